from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from notification_service.webhooks import repository, service
from notification_service.webhooks.schemas import (
    MessageOut,
    MessagePage,
    MessageSent,
    WebhookChange,
    WebhookIn,
    WebhookList,
    WebhookOut,
    WebhookWithSecret,
)
from todo_kit import cursors
from todo_kit.auth.dependencies import FirstParty
from todo_kit.database import SessionDep
from todo_kit.errors import described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/webhooks", tags=["Webhooks"])

FULL: dict[int | str, dict[str, Any]] = {409: described("The user has the most webhooks already")}
ONE: dict[int | str, dict[str, Any]] = {404: described("There is no such webhook")}
ACTIVE: dict[int | str, dict[str, Any]] = ONE | {409: described("The webhook is paused")}
MESSAGE: dict[int | str, dict[str, Any]] = ACTIVE | {404: described("There is no such webhook or message")}


@router.get("")
async def list_webhooks(user: FirstParty, session: SessionDep) -> WebhookList:
    """Return where events of the user's tasks are sent, the oldest first."""
    found = await repository.of_user(session, user.id)
    return WebhookList(items=[WebhookOut.model_validate(webhook) for webhook in found])


@router.post("", status_code=201, responses=FULL)
async def create_webhook(request: Request, user: FirstParty, body: WebhookIn) -> WebhookWithSecret:
    """Send events of the user's tasks to a URL, signed with a secret that is shown once."""
    runtime = runtime_of(request)
    await service.check_statement(runtime, user, body)
    async with runtime.database.transaction() as session:
        return WebhookWithSecret.model_validate(await service.create(runtime, session, user, body))


@router.patch("/{webhook_id}", responses=ONE)
async def change_webhook(
    request: Request, user: FirstParty, session: SessionDep, webhook_id: UUID, body: WebhookChange
) -> WebhookOut:
    """Change what is sent, or pause it. A paused webhook drops what waits."""
    changed = await service.change(runtime_of(request), session, user, webhook_id, body)
    return WebhookOut.model_validate(changed)


@router.delete("/{webhook_id}", status_code=204, responses=ONE)
async def delete_webhook(user: FirstParty, session: SessionDep, webhook_id: UUID) -> None:
    """Delete a webhook and its messages."""
    await service.delete(session, user, webhook_id)


@router.post("/{webhook_id}/secret", responses=ONE)
async def replace_secret(
    request: Request, user: FirstParty, session: SessionDep, webhook_id: UUID
) -> WebhookWithSecret:
    """Replace the secret. For a day, messages are signed with both."""
    return WebhookWithSecret.model_validate(
        await service.replace_secret(runtime_of(request), session, user, webhook_id)
    )


@router.post("/{webhook_id}/test", status_code=202, responses=ACTIVE)
async def test_webhook(request: Request, user: FirstParty, session: SessionDep, webhook_id: UUID) -> MessageSent:
    """Send a message of type `test`."""
    return MessageSent(message_id=await service.test(runtime_of(request), session, user, webhook_id))


@router.get("/{webhook_id}/messages")
async def list_messages(
    user: FirstParty,
    session: SessionDep,
    webhook_id: UUID,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> MessagePage:
    """List what was sent to a webhook within 30 days, newest first. None for a webhook that does not exist."""
    before = cursors.id_in(cursor)
    rows = await repository.messages(session, user.id, webhook_id, before, limit + 1)
    next_cursor = cursors.of_id(rows[limit - 1].id) if len(rows) > limit else None
    return MessagePage(items=[MessageOut.model_validate(row) for row in rows[:limit]], next_cursor=next_cursor)


@router.post("/{webhook_id}/messages/{message_id}/send", status_code=202, responses=MESSAGE)
async def send_message_again(
    request: Request, user: FirstParty, session: SessionDep, webhook_id: UUID, message_id: UUID
) -> MessageSent:
    """Send a message again, with the same `webhook-id`. Idempotent while it waits."""
    await service.send_again(runtime_of(request), session, user, webhook_id, message_id)
    return MessageSent(message_id=message_id)
