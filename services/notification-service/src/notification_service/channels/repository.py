from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from notification_service.channels.models import ChannelSettings, PushSubscription
from todo_kit.auth.users import ALL
from todo_kit.statements import fetch, prepare

SETTINGS_OF = prepare("""
    SELECT user_id, email, email_problem, quiet_start, quiet_end, time_zone FROM channel_settings
    WHERE user_id = ANY(CAST(:users AS text[]))
""")
DEVICES_OF = prepare("""
    SELECT id, user_id, name FROM push_subscriptions WHERE user_id = ANY(CAST(:users AS text[]))
""")
# Rows without a channel are made, too: the user may set quiet hours later.
FOLLOW_SETTINGS = prepare("""
    INSERT INTO channel_settings (user_id, time_zone, settings_seq)
    SELECT * FROM unnest(CAST(:users AS text[]), CAST(:zones AS text[]), CAST(:seqs AS int[])) AS e (user_id, zone, seq)
    ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE SET time_zone = excluded.time_zone, settings_seq = excluded.settings_seq
    WHERE channel_settings.settings_seq < excluded.settings_seq
""")


async def settings_of(session: AsyncSession, users: Sequence[str]) -> dict[str, asyncpg.Record]:
    return {row["user_id"]: row for row in await fetch(session, SETTINGS_OF, {"users": users})}


async def devices_of(session: AsyncSession, users: Sequence[str]) -> list[asyncpg.Record]:
    return await fetch(session, DEVICES_OF, {"users": users})


async def follow_settings(session: AsyncSession, newest: Sequence[tuple[str, str, int]]) -> None:
    """Stores (user, time zone, version) of settings that are newer than the known ones."""
    users, zones, seqs = zip(*newest, strict=True)
    await fetch(session, FOLLOW_SETTINGS, {"users": users, "zones": zones, "seqs": seqs})


async def get(session: AsyncSession, user_id: str) -> ChannelSettings:
    return await session.get(ChannelSettings, user_id) or ChannelSettings(user_id=user_id)


async def save(session: AsyncSession, user_id: str, values: dict[str, Any]) -> None:
    statement = insert(ChannelSettings).values(user_id=user_id, settings_seq=0, **values)
    await session.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))


async def unsubscribe(session: AsyncSession, token: str) -> None:
    query = select(ChannelSettings).where(col(ChannelSettings.unsubscribe_token) == token).with_for_update()
    found = (await session.execute(query)).scalar_one_or_none()
    if found is not None:
        found.email = None


async def devices(session: AsyncSession, user_id: str) -> Sequence[PushSubscription]:
    query = select(PushSubscription).where(col(PushSubscription.user_id) == user_id)
    return (await session.execute(query.order_by(col(PushSubscription.created_at)))).scalars().all()


async def count_devices(session: AsyncSession, user_id: str, *, besides: str) -> int:
    query = select(func.count()).select_from(PushSubscription)
    query = query.where(col(PushSubscription.user_id) == user_id, col(PushSubscription.endpoint) != besides)
    return int((await session.execute(query)).scalar_one())


async def subscribe(session: AsyncSession, subscription: PushSubscription) -> None:
    """Adds or renews the subscription of an endpoint. A browser that somebody else used before is the new user's."""
    values = subscription.model_dump()
    renewed = {name: value for name, value in values.items() if name not in {"id", "endpoint", "created_at"}}
    statement = insert(PushSubscription).values(values)
    await session.execute(statement.on_conflict_do_update(index_elements=["endpoint"], set_=renewed))


async def remove_device(session: AsyncSession, user_id: str, id_: UUID) -> bool:
    mine = col(PushSubscription.user_id) == user_id, col(PushSubscription.id) == id_
    return bool((await session.execute(delete(PushSubscription).where(*mine))).rowcount)  # type: ignore[attr-defined]


async def remove_devices_of_grant(session: AsyncSession, user_id: str, grant: str, ended_at: datetime) -> None:
    """Removes what the grant has subscribed until `ended_at`, or what the user has, if the grant is empty."""
    ended = [col(PushSubscription.user_id) == user_id]
    if grant == ALL:
        ended.append(col(PushSubscription.seen_at) < ended_at + timedelta(seconds=1))  # it has whole seconds
    else:
        ended.append(col(PushSubscription.grant_id) == grant)
    await session.execute(delete(PushSubscription).where(*ended))


async def set_address_problem(session: AsyncSession, user_id: str, address: str, problem: str | None) -> None:
    """Sends nothing more but tests to an address, or everything again."""
    named = col(ChannelSettings.user_id) == user_id, col(ChannelSettings.email) == address
    await session.execute(update(ChannelSettings).where(*named).values(email_problem=problem))


async def forget_device(session: AsyncSession, id_: UUID, endpoint: str) -> None:
    """Removes a subscription that its push service does not know any more, unless it was renewed."""
    gone = col(PushSubscription.id) == id_, col(PushSubscription.endpoint) == endpoint
    await session.execute(delete(PushSubscription).where(*gone))
