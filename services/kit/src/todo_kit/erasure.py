"""Erases what a service knows about a user whose account was deleted.

The event only records the user; from then on the inbox ignores events of the user, which may arrive late. A loop
deletes the rows when every request and every batch that began before has ended: what those wrote is deleted, too.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from todo_kit.columns import instant
from todo_kit.events.accounts import TOPIC, AccountDeleted
from todo_kit.loops import Loop, every
from todo_kit.messaging import dead_letters
from todo_kit.messaging.subscriptions import Subscription
from todo_kit.runtime import Runtime

log = structlog.get_logger()

INTERVAL_SECONDS = 10.0
BEGUN_BEFORE = timedelta(minutes=15)
"""Longer than any request, batch, or answer of the assistant."""

TABLES = text("""
    SELECT c.table_name FROM information_schema.columns AS c
    JOIN information_schema.tables AS t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND c.column_name = 'user_id' AND t.table_type = 'BASE TABLE'
    ORDER BY c.table_name
""")
OWN = "erased_users"
UNPUBLISHED = text("DELETE FROM outbox WHERE starts_with(key, CAST(:user_id AS text) || '/') AND topic <> :kept")

Erase = Callable[[Runtime, AsyncSession, str], Awaitable[None]]
"""Deletes what is not a row with a `user_id`. Called in the transaction of the rows, and again if that fails."""


class ErasedUser(SQLModel, table=True):
    """A user whose account was deleted. The row stays, so that late events and requests bring nothing back."""

    __tablename__ = OWN

    user_id: str = Field(primary_key=True)
    recorded_at: datetime = Field(sa_column=instant())
    """When this service learned of it, by its own clock: the event may be late."""
    erased_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))


@dataclass(frozen=True)
class Erasure:
    """What a service has of a user besides its rows, and which rows stay."""

    erase: Erase | None = None
    kept: Collection[str] = ()
    """Tables whose rows stay."""

    @property
    def loop(self) -> Loop:
        async def erase_deleted_accounts(runtime: Runtime) -> None:
            async for _ in every(runtime, INTERVAL_SECONDS):
                await self.erase_waiting(runtime)

        return erase_deleted_accounts

    async def erase_waiting(self, runtime: Runtime) -> set[str]:
        """Erases the users whose time has come, and returns their ids. One that fails holds up no other."""
        waiting = (
            select(col(ErasedUser.user_id))
            .where(
                col(ErasedUser.erased_at).is_(None),
                col(ErasedUser.recorded_at) <= runtime.clock.now() - BEGUN_BEFORE,
            )
            .order_by(col(ErasedUser.recorded_at))
        )
        async with runtime.database.transaction() as session:
            users = (await session.execute(waiting)).scalars().all()
        erased = set()
        for user_id in users:
            try:
                if await self.erase_user(runtime, user_id):
                    log.info("user_erased", owner=user_id)
                    erased.add(user_id)
            except Exception as error:  # noqa: BLE001 - the next interval tries it again
                log.error("user_not_erased", owner=user_id, error=f"{type(error).__name__}: {error}"[:500])  # noqa: TRY400
        return erased

    async def erase_user(self, runtime: Runtime, user_id: str) -> bool:
        """Erases a user. Returns whether this replica did: one that another replica is erasing is skipped."""
        waiting = select(ErasedUser).where(col(ErasedUser.user_id) == user_id, col(ErasedUser.erased_at).is_(None))
        async with runtime.database.transaction() as session:
            found = (await session.execute(waiting.with_for_update(skip_locked=True))).scalar_one_or_none()
            if found is None:
                return False
            await delete_rows(session, user_id, self.kept)
            if self.erase:
                await self.erase(runtime, session, user_id)
            found.erased_at = runtime.clock.now()
            return True


async def record(runtime: Runtime, session: AsyncSession, events: Sequence[AccountDeleted]) -> None:
    """Records the users. Their rows are deleted later."""
    rows = [{"user_id": event.user_id, "recorded_at": runtime.clock.now()} for event in events]
    if rows:
        await session.execute(insert(ErasedUser).values(rows).on_conflict_do_nothing())


DELETED_ACCOUNTS = Subscription(TOPIC, (AccountDeleted,), record)
"""The subscription of a service that follows nothing else of accounts."""


async def delete_rows(session: AsyncSession, user_id: str, kept: Collection[str] = ()) -> None:
    """Deletes the user's rows in every table that has the column `user_id`, and the user's events that wait here.

    Goes on until nothing is left: a trigger may write what a deletion implies.
    """
    tables = [name for name in (await session.execute(TABLES)).scalars() if name not in {OWN, *kept}]
    deleted = 1
    while deleted:
        deleted = 0
        for table in tables:
            statement = text(f'DELETE FROM "{table}" WHERE user_id = :user_id')  # noqa: S608 - from the catalogue
            deleted += int((await session.execute(statement, {"user_id": user_id})).rowcount)  # type: ignore[attr-defined]
    if await session.scalar(select(func.to_regclass("outbox"))):
        await session.execute(UNPUBLISHED, {"user_id": user_id, "kept": TOPIC})
    await dead_letters.forget_user(session, user_id)
