from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.accounts.models import DEFAULT_TIME_ZONE, Account
from todo_backend.accounts.schemas import UserSettings
from todo_kit.database import Database
from todo_kit.statements import prepare

ZONE = prepare(select(col(Account.time_zone)).where(col(Account.user_id) == bindparam("user_id", type_=String)))


async def get(session: AsyncSession, user_id: str) -> Account:
    return await session.get(Account, user_id) or Account(user_id=user_id)


async def get_zone(database: Database, user_id: str) -> ZoneInfo:
    """Returns the zone in which the user's days begin and end."""
    row = await database.fetch_one(ZONE, {"user_id": user_id})
    return ZoneInfo(row["time_zone"] if row else DEFAULT_TIME_ZONE)


async def lock(session: AsyncSession, user_id: str) -> Account:
    return await session.get(Account, user_id, with_for_update=True) or Account(user_id=user_id)


async def save(session: AsyncSession, user_id: str, settings: UserSettings) -> int:
    """Returns the new version of the settings."""
    values = settings.model_dump()
    statement = insert(Account).values(user_id=user_id, settings_version=1, **values)
    statement = statement.on_conflict_do_update(
        index_elements=["user_id"], set_=values | {"settings_version": col(Account.settings_version) + 1}
    )
    return (await session.execute(statement.returning(col(Account.settings_version)))).scalar_one()
