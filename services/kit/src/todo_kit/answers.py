"""JSON responses that FastAPI does not validate: for most content, that would cost more than the query."""

from collections.abc import Mapping
from typing import Any

import orjson
from pydantic import BaseModel
from starlette.responses import Response


def json_answer(
    content: Any, status: int = 200, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    # `default`: asyncpg's UUID is a subclass of the standard one, and orjson does not serialize subclasses of UUID.
    body = orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z)
    return Response(body, status, headers, media_type)


def model_answer(content: BaseModel) -> Response:
    return Response(content.__pydantic_serializer__.to_json(content), media_type="application/json")
