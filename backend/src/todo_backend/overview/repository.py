from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, DateTime, Integer, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.tasks.filters import Status, of_status, without_case
from todo_backend.tasks.models import Task

MAX_TAGS = 200
OWN = col(Task.user_id) == bindparam("user_id")
STATUSES: tuple[Status, ...] = ("pending", "today", "overdue", "upcoming", "due", "dated")


async def count_open(session: AsyncSession, user_id: str, now: datetime, zone: ZoneInfo) -> Any:
    """Returns a row with a count for each of STATUSES, and `next_due`: when the next timed task becomes overdue."""
    counts = (func.count().filter(of_status(status, now, zone)).label(status) for status in STATUSES)
    at, is_timed = col(Task.due_at), col(Task.due_on).is_(None)
    next_due = func.min(at).filter(is_timed, at >= now).label("next_due")
    query = select(*counts, next_due).where(OWN, of_status("pending", now, zone))
    return (await session.execute(query, {"user_id": user_id})).one()


async def count_tags(session: AsyncSession, user_id: str, now: datetime, zone: ZoneInfo) -> Sequence[Any]:
    """Returns the tags of open tasks with their counts, most used first, each in the spelling of the oldest task."""
    tag = func.unnest(col(Task.tags)).label("name")
    tagged = select(tag, col(Task.id)).where(OWN, of_status("pending", now, zone)).subquery()
    spelled = (
        select(tagged.c.name, func.min(tagged.c.id).label("oldest"), func.count().label("open"))
        .group_by(tagged.c.name)
        .subquery()
    )
    key, count = without_case(spelled.c.name), func.sum(spelled.c.open)
    first = func.array_agg(aggregate_order_by(spelled.c.name, spelled.c.oldest))[1]
    query = select(first.label("name"), cast(count, Integer).label("open")).group_by(key).order_by(count.desc(), key)
    return (await session.execute(query.limit(MAX_TAGS), {"user_id": user_id})).all()


async def count_priorities(session: AsyncSession, user_id: str, now: datetime, zone: ZoneInfo) -> Sequence[Any]:
    query = select(col(Task.priority), func.count().label("count")).where(OWN, of_status("pending", now, zone))
    return (await session.execute(query.group_by(col(Task.priority)), {"user_id": user_id})).all()


async def count_completed(session: AsyncSession, user_id: str, midnights: Sequence[datetime]) -> Sequence[Any]:
    """Counts completed tasks by day and priority, including those in the trash. Day 1 starts at the first midnight.

    The midnights are computed in Python: Postgres has its own time zone data, and ours is pinned.
    """
    bounds = bindparam("midnights", type_=ARRAY(DateTime(timezone=True)))
    day = func.width_bucket(col(Task.completed_at), bounds).label("day")
    query = select(day, col(Task.priority), func.count().label("count"))
    query = query.where(OWN, col(Task.completed_at) >= midnights[0]).group_by(day, col(Task.priority))
    return (await session.execute(query, {"user_id": user_id, "midnights": list(midnights)})).all()
