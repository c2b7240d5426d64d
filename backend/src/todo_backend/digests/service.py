from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts import repository as accounts
from todo_backend.accounts.locales import conventions_of
from todo_backend.digests.schemas import Digest, DigestTask
from todo_backend.overview import repository as counts
from todo_backend.tasks import listing
from todo_backend.tasks.listing import ListQuery
from todo_kit.runtime import Runtime

MAX_TASKS = 20
"""Of each kind."""


async def digest_of(runtime: Runtime, user_id: str) -> Digest:
    """Returns the open tasks that are due today, and those of days before. Also a task of today may be late by now."""
    now, database = runtime.clock.now(), runtime.database
    async with database.autocommit() as session:
        hour_cycle = conventions_of(await accounts.get(session, user_id)).hour_cycle
    zone = await accounts.get_zone(database, user_id)
    day = now.astimezone(zone).date()
    number = await counts.count_open(database, user_id, now, zone)
    overdue, today = [
        (await listing.page(database, user_id, ListQuery(status=status, sort="due_date", limit=MAX_TASKS), now))[
            "items"
        ]
        for status in ("due", "today")
    ]
    return Digest(
        overdue=[_task(task, zone, day, hour_cycle) for task in overdue if _day_of(task["due_date"], zone) < day],
        today=[_task(task, zone, day, hour_cycle) for task in today],
        overdue_count=number["due"] - number["today"],
        today_count=number["today"],
    )


def _task(task: dict[str, Any], zone: ZoneInfo, today: date, hour_cycle: str) -> DigestTask:
    due: date | datetime = task["due_date"]
    day = _day_of(due, zone)
    if day < today:
        return DigestTask(title=task["title"], due=f"{day.day} {day:%B}" + (f" {day.year}" * (day.year != today.year)))
    if not isinstance(due, datetime):
        return DigestTask(title=task["title"], due="")
    local = due.astimezone(zone)
    clock = f"{local:%H:%M}" if hour_cycle == "h23" else f"{local.hour % 12 or 12}:{local:%M %p}"
    return DigestTask(title=task["title"], due=clock)


def _day_of(due: date | datetime, zone: ZoneInfo) -> date:
    return due.astimezone(zone).date() if isinstance(due, datetime) else due
