from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.channels import repository
from todo_kit.events.accounts import GrantEnded
from todo_kit.events.settings import SettingsChanged


async def follow_settings(session: AsyncSession, events: Sequence[SettingsChanged]) -> None:
    newest = {event.user_id: event for event in sorted(events, key=lambda event: event.seq)}
    if newest:
        rows = [(user_id, event.payload.time_zone, event.seq) for user_id, event in newest.items()]
        await repository.follow_settings(session, rows)


async def end_grants(session: AsyncSession, events: Sequence[GrantEnded]) -> None:
    for event in events:
        ended = event.payload
        await repository.remove_devices_of_grant(session, event.user_id, ended.grant, ended.ended_at)
