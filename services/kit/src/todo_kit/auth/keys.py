"""Cache of an issuer's public keys (JWKS, RFC 7517). Stale keys are used while the issuer is away."""

import asyncio
import time
from pathlib import Path
from urllib.parse import unquote, urlparse

import httpx
import orjson
import structlog
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWTError

from todo_kit.errors import Unavailable

log = structlog.get_logger()

FRESH_SECONDS = 300.0
UNKNOWN_KEY_COOL_DOWN_SECONDS = 30.0
"""Minimum age of the cached keys before an unknown key id causes another fetch."""
RETRY_SECONDS = 2.0
"""Minimum time after a failed fetch before the next one."""
FIRST_KEYS_SECONDS = 3.0
"""How long a request waits for the first keys. After a restart of everything the issuer is ready a moment later."""
MAX_BYTES = 256 * 1024
ALGORITHMS = {"EdDSA": "OKP", "ES256": "EC"}
"""The accepted algorithms and their key types. All others are rejected, most importantly `none` and `HS256`."""


class KeySet:
    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, PyJWK] = {}
        self._loaded_at = float("-inf")
        self._failed_at = float("-inf")
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> PyJWK | None:
        """Returns the key with the id, or None. Fetches the keys if they are stale or the id is unknown.

        Only one fetch runs at a time. Meanwhile other callers use their key if it is cached, even if it is stale.
        Raises Unavailable if no keys are cached and the fetch fails.
        """
        if not self._knows_enough(kid) and not (kid in self._keys and self._lock.locked()):
            async with self._lock:
                if not self._knows_enough(kid):
                    await self._load()
        return self._keys.get(kid)

    def _knows_enough(self, kid: str) -> bool:
        now = time.monotonic()
        if not self._keys:
            return False
        if now - self._failed_at < RETRY_SECONDS:
            return True
        return now - self._loaded_at < (FRESH_SECONDS if kid in self._keys else UNKNOWN_KEY_COOL_DOWN_SECONDS)

    async def _load(self) -> None:
        if not self._keys and time.monotonic() - self._failed_at < RETRY_SECONDS:
            raise self._unavailable()
        try:
            keys = parse_keys(await (self._read() if self._keys else self._read_first()))
        except (OSError, httpx.HTTPError, ValueError, PyJWTError) as error:
            log.warning("jwks_unavailable", url=self._url, error=str(error))
            self._failed_at = time.monotonic()
            if not self._keys:
                raise self._unavailable() from None
            return
        self._keys, self._loaded_at = keys, time.monotonic()

    def _unavailable(self) -> Unavailable:
        return Unavailable(f"the keys of the token's issuer cannot be read from {self._url}")

    async def _read_first(self) -> bytes:
        deadline = time.monotonic() + FIRST_KEYS_SECONDS
        while True:
            try:
                return await self._read()
            except (OSError, httpx.HTTPError):
                if time.monotonic() >= deadline:
                    raise
            await asyncio.sleep(0.1)

    async def _read(self) -> bytes:
        parsed = urlparse(self._url)
        if parsed.scheme == "file":
            return await asyncio.to_thread(Path(unquote(parsed.path)).read_bytes)
        async with httpx.AsyncClient(timeout=5.0, follow_redirects=False) as client:
            answer = await client.get(self._url)
            answer.raise_for_status()
            if len(answer.content) > MAX_BYTES:
                raise ValueError("the key set is too large")
            return answer.content


def parse_keys(document: bytes) -> dict[str, PyJWK]:
    """Returns the signature keys of accepted algorithms by id. Symmetric keys are ignored."""
    content = orjson.loads(document)
    if not isinstance(content, dict):
        raise ValueError("it is not a key set")  # noqa: TRY004 - like every other document that is none
    keys = PyJWKSet.from_dict(content).keys
    return {
        key.key_id: key
        for key in keys
        if key.key_id
        and key.key_type in ALGORITHMS.values()
        and key.public_key_use in (None, "sig")
        and key.algorithm_name in ALGORITHMS
    }
