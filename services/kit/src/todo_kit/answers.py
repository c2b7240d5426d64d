"""JSON answers whose content is made by hand, where Pydantic's checks of every item would cost more than the query."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response


def json_answer(
    content: Any, status: int = 200, headers: Mapping[str, str] | None = None, media_type: str = "application/json"
) -> Response:
    return Response(orjson.dumps(content, option=orjson.OPT_UTC_Z), status, headers, media_type)
