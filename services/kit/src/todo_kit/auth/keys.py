"""An issuer's public keys (JWKS, RFC 7517), cached: one fetch at a time, stale keys served while the issuer is away."""

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
"""How long an issuer is left alone after a token named a key it did not have."""
RETRY_SECONDS = 2.0
"""How long after a failure the issuer is left alone."""
MAX_BYTES = 256 * 1024
ALGORITHMS = {"EdDSA": "OKP", "ES256": "EC"}
"""What is accepted, and the key type each needs: everything else, `none` and `HS256` first, is refused."""


class KeySet:
    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, PyJWK] = {}
        self._loaded_at = float("-inf")
        self._failed_at = float("-inf")
        self._lock = asyncio.Lock()

    async def find(self, kid: str) -> PyJWK | None:
        """The key of that id. Asks the issuer when the keys are old or the id is new, one request at a time.

        While one caller waits for an issuer that is slow to answer, the others go on with the key they know.
        Raises Unavailable when there are no keys yet and the issuer does not answer.
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
        try:
            if not self._keys and time.monotonic() - self._failed_at < RETRY_SECONDS:
                raise ConnectionError("it did not answer a moment ago")
            keys = parse_keys(await self._read())
        except (OSError, httpx.HTTPError, ValueError, PyJWTError) as error:
            log.warning("jwks_unavailable", url=self._url, error=str(error))
            if not isinstance(error, ConnectionError):
                self._failed_at = time.monotonic()
            if not self._keys:
                raise Unavailable(f"the keys of the token's issuer cannot be read from {self._url}") from None
            return
        self._keys, self._loaded_at = keys, time.monotonic()

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
    """The signature keys of an accepted algorithm, by id. A symmetric key in the document is never used."""
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
