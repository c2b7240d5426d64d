"""Encrypts pushed messages (RFC 8291, RFC 8188) and signs the requests that carry them (RFC 8292)."""

import base64
import os
import struct

import jwt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LONGEST_MESSAGE = 3993
"""Bytes of text, so that the encrypted message is one record of 4096 bytes, which every push service takes."""
RECORD_BYTES = 4096
AUTH_BYTES = 16
LAST_RECORD = b"\2"


def encrypt(message: bytes, p256dh: str, auth: str) -> bytes:
    """Returns the body of the request, in the encoding aes128gcm. Raises ValueError if a key is not a usable one."""
    if len(message) > LONGEST_MESSAGE:
        raise ValueError(f"the message has more than {LONGEST_MESSAGE} bytes")
    receiver, secret = keys_of(p256dh, auth)
    sender = ec.generate_private_key(ec.SECP256R1())
    public, salt = point(sender.public_key()), os.urandom(16)
    shared = sender.exchange(ec.ECDH(), receiver)
    ikm = _derive(secret, shared, b"WebPush: info\0" + point(receiver) + public, 32)
    key = _derive(salt, ikm, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(salt, ikm, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!IB", RECORD_BYTES, len(public)) + public
    return header + AESGCM(key).encrypt(nonce, message + LAST_RECORD, None)


def keys_of(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """Returns the browser's public key and its secret. Raises ValueError if one is malformed."""
    secret = decode(auth)
    if len(secret) != AUTH_BYTES:
        raise ValueError(f"auth has {len(secret)} bytes instead of {AUTH_BYTES}")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(p256dh)), secret


def authorization(key: ec.EllipticCurvePrivateKey, origin: str, subject: str, expires_at: int) -> str:
    """Returns the Authorization header for a push service. It may be used again until it expires, within 24 hours."""
    token = jwt.encode({"aud": origin, "exp": expires_at, "sub": subject}, key, algorithm="ES256")
    return f"vapid t={token},k={encode(point(key.public_key()))}"


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Decodes base64url with or without padding. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)
