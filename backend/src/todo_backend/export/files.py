"""What is in the archive. Each file has the items of one request to the API, in the form of its answer."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any

import orjson
from fastapi import Request

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.schemas import UserSettings
from todo_backend.assistant.conversations import ConversationNotFound, ConversationRepository
from todo_backend.forwarding import ask
from todo_backend.tags import repository as tags
from todo_backend.tasks import listing
from todo_backend.tasks.filters import Status
from todo_backend.tasks.listing import ListQuery
from todo_kit.auth.users import User
from todo_kit.errors import Unavailable
from todo_kit.runtime import Runtime, runtime_of

Items = AsyncGenerator[Any, None]

PAGE = "200"
OK = 200


def files_of(request: Request, user: User, account: Mapping[str, Any]) -> dict[str, Items]:
    runtime = runtime_of(request)
    return {
        "account.json": _one(account),
        "settings.json": _settings(runtime, user.id),
        "tasks.json": _tasks(runtime, user.id, "all"),
        "trash.json": _tasks(runtime, user.id, "deleted"),
        "tag_colors.json": _tag_colors(runtime, user.id),
        "conversations.json": _conversations(runtime, user.id),
        "snoozes.json": _answers(request, "recurring-tasks-service", f"api/{user.id}/reminders/snoozes"),
        "notifications.json": _answers(request, "notification-service", f"api/{user.id}/notifications"),
        "channels.json": _answers(request, "notification-service", f"api/{user.id}/notifications/channels"),
        "digest.json": _answers(request, "notification-service", f"api/{user.id}/notifications/digest"),
        "webhooks.json": _answers(request, "notification-service", f"api/{user.id}/webhooks"),
        "history.json": _answers(request, "audit-service", f"api/{user.id}/audit_logs"),
    }


async def _one(item: Any) -> Items:
    yield item


async def _settings(runtime: Runtime, user_id: str) -> Items:
    async with runtime.database.autocommit() as session:
        settings = UserSettings.model_validate(await accounts.get(session, user_id))
    yield settings.model_dump(mode="json")


async def _tasks(runtime: Runtime, user_id: str, status: Status) -> Items:
    cursor: str | None = ""
    while cursor is not None:
        query = ListQuery(status=status, sort="created_at", order="asc", limit=int(PAGE), cursor=cursor or None)
        page = await listing.page(runtime.database, user_id, query, runtime.clock.now())
        for task in page["items"]:
            yield task
        cursor = page["next_cursor"]


async def _tag_colors(runtime: Runtime, user_id: str) -> Items:
    for tag, color in (await tags.colors(runtime.database, user_id)).items():
        yield {"tag": tag, "color": color}


async def _conversations(runtime: Runtime, user_id: str) -> Items:
    repository = ConversationRepository(runtime.sidecar, user_id)
    for entry in (await repository.all()).entries:
        with suppress(ConversationNotFound):  # it may be deleted meanwhile
            yield (await repository.get(entry.id)).model_dump(mode="json")


async def _answers(request: Request, app_id: str, path: str) -> Items:
    """Yields the items of every page, or the whole answer if it has no items. Raises Unavailable."""
    cursor: str | None = ""
    while cursor is not None:
        query = [("limit", PAGE), ("cursor", cursor)] if cursor else [("limit", PAGE)]
        answer = await ask(request, app_id, path, verb="GET", query=query)
        if answer.status != OK:
            raise Unavailable(f"{app_id} answered {answer.status}")
        content = orjson.loads(answer.body)
        cursor = content.get("next_cursor")
        for item in content.get("items", [content]):
            yield item
