"""Saves settings and publishes the change for the other services."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts import repository
from todo_backend.accounts.schemas import UserSettings
from todo_kit import context
from todo_kit.events.settings import TOPIC, SettingsChanged, SettingsPayload
from todo_kit.ids import uuid7
from todo_kit.messaging import outbox

SOURCE = "todo-backend"


async def save(session: AsyncSession, user_id: str, settings: UserSettings, now: datetime) -> None:
    before = UserSettings.model_validate(await repository.lock(session, user_id)).model_dump(mode="json")
    after = settings.model_dump(mode="json")
    if before == after:
        return
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    version = await repository.save(session, user_id, settings)
    work = context.current()
    event = SettingsChanged(
        event_id=uuid7(),
        user_id=user_id,
        seq=version,
        timestamp=now,
        actor=work.actor,
        correlation_id=work.correlation_id,
        payload=SettingsPayload.model_validate(after | {"changes": changes}),
    )
    outbox.add(session, TOPIC, event, SOURCE)
