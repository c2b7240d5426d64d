"""Opaque page cursors: the position where a page ended, as URL-safe text."""

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
    """Returns the position. Raises Invalid for `cursor`. Does not validate the fields, which are input: see `read`."""
    try:
        position = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, orjson.JSONDecodeError, ValueError):
        position = None
    if not isinstance(position, dict):
        raise not_ours()
    return position


def read(cursor: str, model: type[M]) -> M:
    """Returns the cursor's fields, validated by the model, so that they are safe in a query. Raises Invalid."""
    try:
        return model.model_validate(decode(cursor))
    except ValidationError:
        raise not_ours() from None


def not_ours() -> Invalid:
    return Invalid("cursor", "is not one that this API made")
