"""Signatures of chain heads, with a key that is not stored in any database.

The hash chain alone does not protect against the owner of the database, who could compute a new chain. A signature of
the head covers the whole chain. It is Ed25519 (RFC 8032) over the JSON array
`["audit-head", user_id, position, hash, signed_at]` without white space: the hash in hexadecimal, the instant in UTC
as RFC 3339 with microseconds.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32


class WrongKey(ValueError):
    """A key is not 32 bytes in Base64."""


@dataclass(frozen=True, slots=True)
class Head:
    user_id: str
    position: int
    hash: bytes
    signed_at: datetime
    key_id: str
    signature: bytes

    def message(self) -> bytes:
        signed_at = self.signed_at.astimezone(UTC).isoformat(timespec="microseconds")
        return orjson.dumps(["audit-head", self.user_id, self.position, self.hash.hex(), signed_at])

    def to_json(self) -> bytes:
        return orjson.dumps(
            {
                "user_id": self.user_id,
                "position": self.position,
                "hash": self.hash.hex(),
                "signed_at": self.signed_at.astimezone(UTC).isoformat(timespec="microseconds"),
                "key_id": self.key_id,
                "signature": base64.b64encode(self.signature).decode(),
            }
        )

    @classmethod
    def from_json(cls, text: bytes) -> "Head":
        """Raises ValueError if the text is not a signed head."""
        try:
            found = orjson.loads(text)
            return cls(
                str(found["user_id"]),
                int(found["position"]),
                bytes.fromhex(found["hash"]),
                datetime.fromisoformat(found["signed_at"]),
                str(found["key_id"]),
                base64.b64decode(found["signature"], validate=True),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"it is not a signed head: {error!r}") from error


class Keys:
    """The signing key, and the public keys of earlier signing keys."""

    def __init__(self, signing: str, former: Sequence[str] = ()) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(_decode(signing))
        publics = [self._private.public_key(), *(Ed25519PublicKey.from_public_bytes(_decode(key)) for key in former)]
        self._publics = {key_id(public): public for public in publics}
        self.key_id = key_id(publics[0])

    def sign(self, user_id: str, position: int, digest: bytes, now: datetime) -> Head:
        head = Head(user_id, position, digest, now, self.key_id, b"")
        return Head(user_id, position, digest, now, self.key_id, self._private.sign(head.message()))

    def accept(self, head: Head) -> bool:
        public = self._publics.get(head.key_id)
        return public is not None and verify(public, head)

    def public_key(self, of: str) -> str:
        return base64.b64encode(self._publics[of].public_bytes_raw()).decode()


def verify(public: Ed25519PublicKey, head: Head) -> bool:
    try:
        public.verify(head.signature, head.message())
    except InvalidSignature:
        return False
    return True


def key_id(public: Ed25519PublicKey) -> str:
    """Returns the first half of the SHA-256 hash of the public key, in hexadecimal."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:32]


def _decode(key: str) -> bytes:
    try:
        raw = base64.b64decode(key, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise WrongKey(f"a key is the Base64 of {KEY_BYTES} bytes: openssl rand -base64 {KEY_BYTES} makes one")
    return raw
