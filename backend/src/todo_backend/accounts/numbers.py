"""Numbers of new tasks. Requests that wait for one at the same time get theirs from one statement.

Taking numbers locks the account row until the commit. It is a transaction of its own, before the one that uses them,
so that new tasks of a user do not wait for each other. Unused numbers are skipped. Its commit is not flushed: the log
is in order, so the flush of the task that uses a number covers it. Called while holding task locks, it cannot
deadlock: no transaction locks a task while it holds the account row.
"""

import asyncio
from contextvars import Context
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, text

from todo_backend.accounts.models import DEFAULT_TIME_ZONE
from todo_kit.database import Database
from todo_kit.runtime import Runtime
from todo_kit.statements import prepare

TAKE = prepare(
    text("""
    WITH unflushed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO accounts (user_id, time_zone, last_task_number)
    SELECT CAST(:user_id AS text), CAST(:time_zone AS text), :count FROM unflushed
    ON CONFLICT (user_id) DO UPDATE SET last_task_number = accounts.last_task_number + :count
    RETURNING time_zone, default_reminder_lead_time, last_task_number
""").bindparams(bindparam("count", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class Taken:
    last: int
    time_zone: str
    default_reminder_lead_time: int | None
    """The settings of the account that new tasks depend on."""


class Numbers:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, list[tuple[int, asyncio.Future[Taken]]]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def take(self, user_id: str, count: int = 1) -> Taken:
        """Takes `count` numbers: those up to and including `last`."""
        taken: asyncio.Future[Taken] = asyncio.get_running_loop().create_future()
        if user_id in self._waiting:
            self._waiting[user_id].append((count, taken))
        else:
            self._waiting[user_id] = [(count, taken)]
            # A context of its own: this is for the requests of all who wait.
            task = asyncio.create_task(self._run(user_id), context=Context())
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return await taken

    async def _run(self, user_id: str) -> None:
        try:
            while waiting := self._waiting[user_id]:
                self._waiting[user_id] = []
                await self._take_for(user_id, waiting)
        except Exception as error:  # noqa: BLE001 - each request answers it
            for _, taken in (*waiting, *self._waiting[user_id]):
                if not taken.done():
                    taken.set_exception(error)
        finally:
            del self._waiting[user_id]

    async def _take_for(self, user_id: str, waiting: list[tuple[int, "asyncio.Future[Taken]"]]) -> None:
        values = {"user_id": user_id, "time_zone": DEFAULT_TIME_ZONE, "count": sum(count for count, _ in waiting)}
        [row] = await self._database.fetch(TAKE, values)
        last = row["last_task_number"] - values["count"]
        for count, taken in waiting:
            last += count
            if not taken.done():
                taken.set_result(Taken(last, row["time_zone"], row["default_reminder_lead_time"]))


def numbers_of(runtime: Runtime) -> Numbers:
    found: Numbers | None = runtime.extras.get("numbers")
    if found is None:
        found = runtime.extras["numbers"] = Numbers(runtime.database)
    return found
