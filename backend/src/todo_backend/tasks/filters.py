"""Filters of lists and search. A day begins and ends in the user's time zone."""

import hashlib
import operator
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, String, and_, collate, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from todo_backend.tasks.fields import PRIORITIES, Priority, Tag, When
from todo_backend.tasks.models import Task
from todo_kit.dates import day_bounds, resolve

Status = Literal["pending", "completed", "overdue", "today", "upcoming", "due", "dated", "deleted", "all"]
OF_THE_DAY = {"overdue", "today", "upcoming", "due"}
LIVE = col(Task.deleted_at).is_(None)
STATUS_HELP = (
    "`overdue`: the due time, or the day of an all-day task, has passed. `today`: due on this day, passed or not. "
    "`upcoming`: has a due date and is not overdue. `due`: overdue or today. `dated`: overdue or upcoming. "
    "These five are open tasks, as `pending`. `all`: everything that is not deleted"
)


class Filters(BaseModel):
    """Query parameters shared by list and search."""

    model_config = ConfigDict(frozen=True)

    status: Annotated[Status, Field(description=STATUS_HELP)] = "all"
    priority: Annotated[list[Priority] | None, Field(max_length=3)] = None
    tags: Annotated[list[Tag] | None, Field(max_length=20)] = None
    tags_match: Literal["any", "all"] = "any"
    due_after: Annotated[When | None, Field(description="Inclusive; without an offset in the person's zone")] = None
    due_before: Annotated[When | None, Field(description="Exclusive; without an offset in the person's zone")] = None
    series_id: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str | None, Field(max_length=2000, description="`next_cursor` of the page before")] = None

    @property
    def needs_zone(self) -> bool:
        return self.status in OF_THE_DAY or self.due_after is not None or self.due_before is not None

    @property
    def narrow(self) -> bool:
        """Whether the filters select less than all tasks that are not deleted."""
        return bool(
            self.status != "all"
            or self.priority
            or self.tags
            or self.due_after is not None
            or self.due_before is not None
            or self.series_id is not None
        )

    @property
    def fingerprint(self) -> str:
        """A hash of the query without its page. A cursor is valid only for the query that created it."""
        question = self.model_dump(exclude={"limit", "cursor"})
        return hashlib.sha256(orjson.dumps(question)).hexdigest()[:16]


def conditions(filters: Filters, user_id: str, now: datetime, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Task.user_id) == user_id, of_status(filters.status, now, zone)]
    if filters.priority:
        found.append(col(Task.priority).in_([PRIORITIES.index(name) + 1 for name in filters.priority]))
    if filters.tags:
        together = [filters.tags] if filters.tags_match == "any" else [[tag] for tag in filters.tags]
        found.extend(col(Task.tags).overlap(_spellings(user_id, tags)) for tags in together)  # type: ignore[attr-defined]
    if filters.due_after is not None:
        found.append(_due(operator.ge, filters.due_after, zone))
    if filters.due_before is not None:
        found.append(_due(operator.lt, filters.due_before, zone))
    if filters.series_id is not None:
        found.append(col(Task.series_id) == filters.series_id)
    return found


def without_case(tag: Any) -> ColumnElement[str]:
    """Returns the form in which tags are compared, independent of the database's locale.

    Normalizes to NFC, because tags of older rows may not be.
    """
    return func.lower(collate(func.normalize(tag), "und-x-icu"))


def _spellings(user_id: str, tags: Sequence[str]) -> Any:
    """Returns the user's spellings of the tags. One lookup is faster than folding the tags of every task."""
    used = select(func.unnest(col(Task.tags)).label("name")).where(col(Task.user_id) == user_id).distinct().subquery()
    names = select(used.c.name).where(without_case(used.c.name).in_([without_case(tag) for tag in tags]))
    return func.array(names.scalar_subquery(), type_=ARRAY(String))


def _due(compare: Callable[[Any, Any], ColumnElement[bool]], value: datetime | date, zone: ZoneInfo) -> Any:
    """Compares days with days: an all-day task on the 10th matches the 10th whatever its time zone."""
    at, on = col(Task.due_at), col(Task.due_on)
    by_instant = compare(at, resolve(value, zone).at)
    return by_instant if isinstance(value, datetime) else or_(and_(on.is_(None), by_instant), compare(on, value))


def of_status(status: Status, now: datetime, zone: ZoneInfo) -> ColumnElement[bool]:  # noqa: PLR0911 - one a status
    """A timed task is overdue when its instant has passed, an all-day task when its day is over."""
    at, on = col(Task.due_at), col(Task.due_on)
    pending = and_(col(Task.completed_at).is_(None), LIVE)
    today, start, end = day_bounds(now, zone)
    match status:
        case "all":
            return LIVE
        case "pending":
            return pending
        case "completed":
            return and_(col(Task.completed_at).is_not(None), LIVE)
        case "deleted":
            return and_(col(Task.deleted_at).is_not(None), col(Task.withdrawn).is_(False))
        case "overdue":
            return and_(pending, or_(and_(on.is_(None), at < now), on < today))
        case "today":
            return and_(pending, or_(and_(on.is_(None), at >= start, at < end), on == today))
        case "upcoming":
            return and_(pending, or_(and_(on.is_(None), at >= now), on >= today))
        case "due":
            return and_(pending, or_(and_(on.is_(None), at < end), on <= today))
        case "dated":
            return and_(pending, at.is_not(None))
