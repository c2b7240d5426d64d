"""Client of the public API for the signed-in user. Paths are relative to `/api/{user_id}`."""

import secrets
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from todo_terminal import wire
from todo_terminal.access import Access, claims_of

Json = dict[str, Any]
MAX_PAGE = 200
MAX_OPERATIONS = 100
UNDO_STEP = "Undo-Step"


class Api:
    def __init__(self, client: httpx.Client, access: Access) -> None:
        self._client, self._access = client, access
        self.step = str(uuid4())
        """The step of all changes of this command, over any number of requests: they are undone together."""
        self.has_changed = False

    @property
    def user_id(self) -> str:
        return str(claims_of(self._access.token())["sub"])

    @cached_property
    def settings(self) -> Json:
        return self.get("/settings")

    def get(self, path: str, **query: Any) -> Json:
        return self._ask("GET", path, repeatable=True, params={k: v for k, v in query.items() if v not in (None, [])})

    def ask(self, path: str, body: Json) -> Json:
        """Sends a POST that changes nothing, so it can be retried."""
        return self._ask("POST", path, repeatable=True, json=body)

    def create(self, task: Json) -> Json:
        """Creates a task. The idempotency key makes a retry safe if the first answer was lost."""
        return self._ask(
            "POST", "/tasks", repeatable=True, json=task, headers={"Idempotency-Key": secrets.token_hex(16)}
        )

    def update(self, task_id: int, version: int, fields: Json, scope: str) -> Json:
        headers = {"If-Match": f'"{version}"'}
        return self._ask("PATCH", f"/tasks/{task_id}", json=fields, headers=headers, params={"scope": scope})

    def change(self, method: str, path: str, body: Json | None = None, *, seconds: float | None = None) -> Json:
        return self._ask(method, path, json=body, timeout=httpx.USE_CLIENT_DEFAULT if seconds is None else seconds)

    def bulk(self, operations: Sequence[Json]) -> Json:
        """Sends any number of operations in several requests and returns their results as one answer."""
        results: list[Json] = []
        for start in range(0, len(operations), MAX_OPERATIONS):
            answer = self.change("POST", "/tasks/bulk", {"operations": operations[start : start + MAX_OPERATIONS]})
            results += [result | {"index": result["index"] + start} for result in answer["results"]]
        failed = sum(result["error"] is not None for result in results)
        return {"results": results, "succeeded": len(results) - failed, "failed": failed}

    def pages(self, path: str, limit: int | None, **query: Any) -> Json:
        """Fetches up to `limit` items (None for all) over several pages and returns them as one page."""
        page: Json = {"items": [], "next_cursor": query.pop("cursor", None)}
        for size in page_sizes(limit):
            following = self.get(path, limit=size, cursor=page["next_cursor"], **query)
            page = following | {"items": [*page["items"], *following["items"]]}
            if following["next_cursor"] is None:
                break
        return page

    def _ask(self, method: str, path: str, *, repeatable: bool = False, **options: Any) -> Json:
        given = options.pop("headers", {})
        for fresh in (False, True):
            token = self._access.token(fresh=fresh)
            url = f"/api/{quote(str(claims_of(token)['sub']), safe='')}{path}"
            headers = {**given, UNDO_STEP: self.step, "Authorization": f"Bearer {token}"}
            answer = wire.send(self._client, method, url, repeatable=repeatable, headers=headers, **options)
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                break
        if not answer.is_success:
            raise wire.failure_of(answer)
        self.has_changed |= UNDO_STEP in answer.headers
        content: Json = {} if answer.status_code == httpx.codes.NO_CONTENT else wire.json_of(answer)
        return content


def page_sizes(limit: int | None) -> Iterator[int]:
    while limit is None or limit > 0:
        size = MAX_PAGE if limit is None else min(limit, MAX_PAGE)
        yield size
        limit = None if limit is None else limit - size
