"""Opaque cursors: where a page ended, as URL-safe text that only this API reads."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

from todo_kit.errors import Invalid

M = TypeVar("M", bound=BaseModel)


def encode(position: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode().rstrip("=")


def decode(cursor: str) -> dict[str, Any]:
    """Raises Invalid naming `cursor`. What the fields hold is still to be checked: a cursor is input (see `read`)."""
    try:
        position = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, ValueError):
        position = None
    if not isinstance(position, dict):
        raise not_ours()
    return position


def read(cursor: str, model: type[M]) -> M:
    """The cursor's fields, checked like those of a body: what fits the model can be put into a query."""
    try:
        return model.model_validate(decode(cursor))
    except ValidationError:
        raise not_ours() from None


def not_ours() -> Invalid:
    return Invalid("cursor", "is not one that this API made")
