"""Opaque cursors: where a page ended, as URL-safe text that only this API reads."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import orjson

from todo_kit.errors import Invalid


def encode(position: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode().rstrip("=")


def decode(cursor: str) -> dict[str, Any]:
    """Raises Invalid naming `cursor`. What the fields hold is for the caller to check: a cursor is input."""
    try:
        position = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, ValueError):
        position = None
    if not isinstance(position, dict):
        raise Invalid("cursor", "is not one that this API made")
    return position
