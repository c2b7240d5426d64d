from collections.abc import Sequence
from datetime import timedelta
from typing import cast
from uuid import UUID

import orjson
from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service import ledger
from notification_service.settings import Settings
from notification_service.webhooks import repository, signing, urls
from notification_service.webhooks.events import NAME
from notification_service.webhooks.models import LIFETIME, Message, Webhook
from notification_service.webhooks.schemas import WebhookChange, WebhookIn
from todo_kit.auth.users import User
from todo_kit.database import after_commit
from todo_kit.errors import Conflict, Invalid, NotFound
from todo_kit.ids import uuid7
from todo_kit.retention import Retention
from todo_kit.runtime import Runtime
from todo_kit.text import folded

MAX_WEBHOOKS = 10
MESSAGES = Retention("webhook_messages", "finished_at", timedelta(days=30))
TEST = "test"
BY_USER = "you paused it"


class TooManyWebhooks(Conflict):
    """There are too many webhooks"""

    code = "too_many_webhooks"


class WebhookPaused(Conflict):
    """The webhook is paused"""

    code = "webhook_paused"


class WebhookNotFound(NotFound):
    """There is no such webhook"""

    code = "webhook_not_found"


class MessageNotFound(NotFound):
    """There is no such message"""

    code = "message_not_found"


class Statement(BaseModel):
    """The claims of a statement: who wants a webhook, and where."""

    sub: str
    url: str


async def check_statement(runtime: Runtime, user: User, given: WebhookIn) -> None:
    """Raises Unauthorized, or Invalid if the statement is about something else.

    It may have to fetch keys: no session is open meanwhile.
    """
    if problem := urls.problem_of(given.url, cast("Settings", runtime.settings).webhook_networks):
        raise Invalid("url", problem)
    claims = await runtime.tokens.verify_statement(given.statement, "webhook")
    try:
        stated = Statement.model_validate(claims)
    except ValidationError as error:
        raise Invalid("statement", f"{error.errors()[0]['loc'][0]}: {error.errors()[0]['msg']}") from None
    if stated.sub != user.id:
        raise Invalid("statement", "is of another user")
    if stated.url != given.url:
        raise Invalid("statement", "is about another URL")


async def create(runtime: Runtime, session: AsyncSession, user: User, given: WebhookIn) -> Webhook:
    await repository.lock_user(session, user.id)
    if len(await repository.of_user(session, user.id)) >= MAX_WEBHOOKS:
        raise TooManyWebhooks(f"there are {MAX_WEBHOOKS} already; delete one of them")
    webhook = Webhook(
        id=uuid7(),
        user_id=user.id,
        url=given.url,
        events=list(dict.fromkeys(given.events)),
        tags=distinct(given.tags),
        secret=signing.new_secret(),
        created_at=runtime.clock.now(),
    )
    session.add(webhook)
    await session.flush()
    return webhook


async def change(runtime: Runtime, session: AsyncSession, user: User, id_: UUID, given: WebhookChange) -> Webhook:
    webhook = await lock(session, user, id_)
    if given.events is not None and given.tags is not None:
        webhook.events, webhook.tags = list(dict.fromkeys(given.events)), distinct(given.tags)
    if given.paused is False:
        webhook.paused = webhook.failing_since = None
    await session.flush()
    if given.paused:
        await repository.pause(session, [id_], BY_USER, runtime.clock.now())
        await session.refresh(webhook)
    return webhook


def distinct(tags: Sequence[str]) -> list[str]:
    """Of tags that are the same, keeps the first spelling."""
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(folded(tag), tag)
    return list(first.values())


async def delete(session: AsyncSession, user: User, id_: UUID) -> None:
    await session.delete(await lock(session, user, id_))


async def replace_secret(runtime: Runtime, session: AsyncSession, user: User, id_: UUID) -> Webhook:
    webhook = await lock(session, user, id_)
    webhook.previous_secret, webhook.previous_until = webhook.secret, runtime.clock.now() + signing.OVERLAP
    webhook.secret = signing.new_secret()
    await session.flush()
    return webhook


async def test(runtime: Runtime, session: AsyncSession, user: User, id_: UUID) -> UUID:
    """Adds a message of type `test`, whatever the webhook's events are. Raises WebhookPaused."""
    webhook, now = await lock_active(session, user, id_), runtime.clock.now()
    content = {"type": TEST, "timestamp": now, "data": {"webhook_id": str(id_)}}
    message = Message(
        id=uuid7(),
        user_id=user.id,
        webhook_id=webhook.id,
        event_id=uuid7(),
        type=TEST,
        body=orjson.dumps(content, option=orjson.OPT_UTC_Z).decode(),
        due_at=now,
        expires_at=now + LIFETIME,
        created_at=now,
    )
    await repository.add(session, [message])
    after_commit(session, lambda: ledger.wake(runtime, NAME))
    return message.id


async def send_again(runtime: Runtime, session: AsyncSession, user: User, id_: UUID, message_id: UUID) -> None:
    """Sends a message once more, with the same id. Raises WebhookPaused."""
    await lock_active(session, user, id_)
    if not await repository.send_again(session, user.id, id_, message_id, runtime.clock.now()):
        raise MessageNotFound(f"the webhook has no message {message_id}")
    after_commit(session, lambda: ledger.wake(runtime, NAME))


async def lock_active(session: AsyncSession, user: User, id_: UUID) -> Webhook:
    webhook = await lock(session, user, id_)
    if webhook.paused is not None:
        raise WebhookPaused("turn it on first")
    return webhook


async def lock(session: AsyncSession, user: User, id_: UUID) -> Webhook:
    webhook = await repository.lock(session, user.id, id_)
    if webhook is None:
        raise WebhookNotFound(f"there is no webhook {id_}")
    return webhook
