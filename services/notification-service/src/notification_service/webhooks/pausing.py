"""Pauses webhooks whose messages do not arrive, and tells their owner."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.notifications import inform
from notification_service.webhooks import repository
from todo_kit.runtime import Runtime
from todo_kit.text import LONGEST_TITLE

TYPE = "webhook_paused"


async def pause(runtime: Runtime, session: AsyncSession, ids: Sequence[UUID], reason: str, now: datetime) -> None:
    for webhook in await repository.pause(session, ids, reason, now):
        host = urlsplit(webhook["url"]).netloc
        title = f"The webhook to {host} is paused"[:LONGEST_TITLE]
        body = f"{reason[0].upper()}{reason[1:]}. Turn it on again in the settings, under Apps."
        await inform(runtime, session, webhook["user_id"], TYPE, title, body)
