"""Opaque page cursors: the position where a page ended, as URL-safe text."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

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


def of_id(id_: UUID) -> str:
    """Returns the cursor of a page that ends with this id."""
    return encode({"i": str(id_)})


def id_in(cursor: str | None) -> UUID | None:
    """Returns the id where the page before ended, or None for the first page. Raises Invalid."""
    try:
        return UUID(str(decode(cursor).get("i"))) if cursor is not None else None
    except ValueError:
        raise not_ours() from None


def not_ours() -> Invalid:
    return Invalid("cursor", "is not one that this API made")
