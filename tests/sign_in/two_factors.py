"""An account with two factors on, and its authenticator app."""

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.sign_in.servers import PASSWORD, Account

OLD_PROOF = """UPDATE session SET "provedAt" = now() - interval '11 minutes' WHERE "userId" = $1"""


def totp(key: bytes, steps: int = 0) -> str:
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@dataclass
class Protected:
    """Somebody with two factors on."""

    account: Account
    key: bytes
    recovery_codes: list[str]

    def code(self) -> str:
        """A code that has not been used yet."""
        self.account.sign_in.sql('UPDATE "twoFactor" SET "lastStep" = NULL WHERE "userId" = $1', self.account.id)
        return totp(self.key)

    def half(self, replica: int = 0, password: str = PASSWORD) -> httpx.Client:
        """A browser in which the password was entered, and no code."""
        browser = self.account.sign_in.browser(replica)
        body = {"email": self.account.email, "password": password}
        answer = browser.post("/api/auth/sign-in/email", json=body).raise_for_status()
        assert answer.json()["twoFactorRedirect"] is True
        return browser

    def post(self, path: str, **body: object) -> httpx.Response:
        return self.account.browser.post(f"/api/auth/{path}", json=body)


def protect(account: Account) -> Protected:
    answer = account.browser.post("/api/auth/two-factor/enable", json={"password": PASSWORD}).raise_for_status()
    secret = parse_qs(urlsplit(answer.json()["totpURI"]).query)["secret"][0]
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    account.browser.post("/api/auth/two-factor/verify-totp", json={"code": totp(key)}).raise_for_status()
    return Protected(account, key, answer.json()["backupCodes"])
