from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import ARRAY, Integer, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import col

from todo_backend.tasks.filters import INSTANT, OF_STATUS, OWN, PENDING, Status, day_parameters, without_case
from todo_backend.tasks.models import Task
from todo_kit.database import Database
from todo_kit.statements import prepare

MAX_TAGS = 200
STATUSES: tuple[Status, ...] = ("pending", "today", "overdue", "upcoming", "due", "dated")


def _counts() -> Any:
    counts = (func.count().filter(OF_STATUS[status]).label(status) for status in STATUSES)
    at, is_timed = col(Task.due_at), col(Task.due_on).is_(None)
    next_due = func.min(at).filter(is_timed, at >= bindparam("now", type_=INSTANT)).label("next_due")
    return select(*counts, next_due).where(OWN, PENDING)


def _tags() -> Any:
    tagged = select(func.unnest(col(Task.tags)).label("name"), col(Task.id)).where(OWN, PENDING).subquery()
    spelled = (
        select(tagged.c.name, func.min(tagged.c.id).label("oldest"), func.count().label("open"))
        .group_by(tagged.c.name)
        .subquery()
    )
    key, count = without_case(spelled.c.name), func.sum(spelled.c.open)
    first = func.array_agg(aggregate_order_by(spelled.c.name, spelled.c.oldest))[1]
    query = select(first.label("name"), cast(count, Integer).label("open")).group_by(key).order_by(count.desc(), key)
    return query.limit(MAX_TAGS)


def _completed() -> Any:
    day = func.width_bucket(col(Task.completed_at), bindparam("midnights", type_=ARRAY(INSTANT))).label("day")
    query = select(day, col(Task.priority), func.count().label("count"))
    query = query.where(OWN, col(Task.completed_at) >= bindparam("first", type_=INSTANT))
    return query.group_by(day, col(Task.priority))


OPEN = prepare(_counts())
TAGS = prepare(_tags())
COMPLETED = prepare(_completed())
PRIORITIES = prepare(
    select(col(Task.priority), func.count().label("count")).where(OWN, PENDING).group_by(col(Task.priority))
)


async def count_open(database: Database, user_id: str, now: datetime, zone: ZoneInfo) -> asyncpg.Record:
    """Returns a row with a count for each of STATUSES, and `next_due`: when the next timed task becomes overdue."""
    [row] = await database.fetch(OPEN, {"user_id": user_id} | day_parameters(now, zone))
    return row


async def count_tags(database: Database, user_id: str) -> list[asyncpg.Record]:
    """Returns the tags of open tasks with their counts, most used first, each in the spelling of the oldest task."""
    return await database.fetch(TAGS, {"user_id": user_id})


async def count_priorities(database: Database, user_id: str) -> list[asyncpg.Record]:
    return await database.fetch(PRIORITIES, {"user_id": user_id})


async def count_completed(database: Database, user_id: str, midnights: Sequence[datetime]) -> list[asyncpg.Record]:
    """Counts completed tasks by day and priority, including those in the trash. Day 1 starts at the first midnight.

    The midnights are computed in Python: Postgres has its own time zone data, and ours is pinned.
    """
    return await database.fetch(COMPLETED, {"user_id": user_id, "first": midnights[0], "midnights": list(midnights)})
