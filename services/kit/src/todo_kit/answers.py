"""JSON responses without Pydantic, for content whose validation would cost more than the query."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response


def json_answer(
    content: Any, status: int = 200, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    # `default`: asyncpg's UUID is a subclass of the standard one, and orjson does not serialize subclasses of UUID.
    body = orjson.dumps(content, default=str, option=orjson.OPT_UTC_Z)
    return Response(body, status, headers, media_type)
