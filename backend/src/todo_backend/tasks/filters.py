"""Filters of lists and search. A day begins and ends in the user's time zone.

The conditions depend on the shape of a query alone, and its values are parameters: queries of one shape share a
prepared statement.
"""

import hashlib
import operator
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    DateTime,
    SmallInteger,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    collate,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from todo_backend.tasks.fields import CODES, Priority, Tag, When
from todo_backend.tasks.models import Task
from todo_kit.dates import day_bounds, resolve

Status = Literal["pending", "completed", "overdue", "today", "upcoming", "due", "dated", "deleted", "all"]
OF_THE_DAY = {"overdue", "today", "upcoming", "due"}
USER: BindParameter[str] = bindparam("user_id", type_=String)
OWN = col(Task.user_id) == USER
LIVE = col(Task.deleted_at).is_(None)
PENDING = and_(col(Task.completed_at).is_(None), LIVE)
INSTANT = DateTime(timezone=True)
_NOW, _START, _END = (bindparam(name, type_=INSTANT) for name in ("now", "start", "end"))
_TODAY = bindparam("today", type_=Date)
_AT, _ON = col(Task.due_at), col(Task.due_on)
_TIMED = _ON.is_(None)
OF_STATUS: dict[Status, ColumnElement[bool]] = {
    "all": LIVE,
    "pending": PENDING,
    "completed": and_(col(Task.completed_at).is_not(None), LIVE),
    "deleted": and_(col(Task.deleted_at).is_not(None), col(Task.withdrawn).is_(False), col(Task.purged_at).is_(None)),
    "overdue": and_(PENDING, or_(and_(_TIMED, _AT < _NOW), _ON < _TODAY)),
    "today": and_(PENDING, or_(and_(_TIMED, _AT >= _START, _AT < _END), _ON == _TODAY)),
    "upcoming": and_(PENDING, or_(and_(_TIMED, _AT >= _NOW), _ON >= _TODAY)),
    "due": and_(PENDING, or_(and_(_TIMED, _AT < _END), _ON <= _TODAY)),
    "dated": and_(PENDING, _AT.is_not(None)),
}
"""A timed task is overdue when its instant has passed, an all-day task when its day is over."""
STATUS_HELP = (
    "`overdue`: the due time, or the day of an all-day task, has passed. `today`: due on this day, passed or not. "
    "`upcoming`: has a due date and is not overdue. `due`: overdue or today. `dated`: overdue or upcoming. "
    "These five are open tasks, as `pending`. `all`: everything that is not deleted"
)


class Filters(BaseModel):
    """Query parameters shared by list and search."""

    model_config = ConfigDict(frozen=True)

    status: Annotated[Status, Field(description=STATUS_HELP)] = "all"
    priority: Annotated[list[Priority] | None, Field(max_length=4)] = None
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

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the query without its page. A cursor is valid only for the query that created it."""
        question = self.model_dump(exclude={"limit", "cursor"})
        return hashlib.sha256(orjson.dumps(question)).hexdigest()[:16]


class Shape(NamedTuple):
    """Which conditions a query has, without their values."""

    status: Status
    has_priority: bool
    tag_groups: int
    """A task has a tag of each group."""
    due_after: Literal["instant", "day"] | None
    due_before: Literal["instant", "day"] | None
    has_series: bool


def shape_of(filters: Filters) -> Shape:
    return Shape(
        filters.status,
        bool(filters.priority),
        len(_tag_groups(filters)),
        _kind(filters.due_after),
        _kind(filters.due_before),
        filters.series_id is not None,
    )


def conditions(shape: Shape) -> list[ColumnElement[bool]]:
    found = [OWN, OF_STATUS[shape.status]]
    if shape.has_priority:
        found.append(col(Task.priority) == any_(bindparam("priorities", type_=ARRAY(SmallInteger))))
    tags: Any = col(Task.tags)
    found += [tags.overlap(_spellings(f"tags_{group}")) for group in range(shape.tag_groups)]
    if shape.due_after:
        found.append(_due(operator.ge, "due_after", shape.due_after))
    if shape.due_before:
        found.append(_due(operator.lt, "due_before", shape.due_before))
    if shape.has_series:
        found.append(col(Task.series_id) == bindparam("series_id", type_=Uuid))
    return found


def parameters(filters: Filters, user_id: str, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """Returns the values of the conditions."""
    found: dict[str, Any] = {"user_id": user_id, "series_id": filters.series_id}
    if filters.status in OF_THE_DAY:
        found |= day_parameters(now, zone)
    if filters.priority:
        found["priorities"] = [CODES[name] for name in filters.priority]
    for group, tags in enumerate(_tag_groups(filters)):
        found[f"tags_{group}"] = tags
    for name, value in (("due_after", filters.due_after), ("due_before", filters.due_before)):
        if value is not None:
            found[name] = resolve(value, zone).at
            found[f"{name}_day"] = value
    return found


def day_parameters(now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    today, start, end = day_bounds(now, zone)
    return {"now": now, "today": today, "start": start, "end": end}


def without_case(tag: Any) -> ColumnElement[str]:
    """Returns the form in which tags are compared, independent of the database's locale.

    Normalizes to NFC, because tags of older rows may not be.
    """
    return func.lower(collate(func.normalize(tag), "und-x-icu"))


def _kind(value: datetime | date | None) -> Literal["instant", "day"] | None:
    if value is None:
        return None
    return "instant" if isinstance(value, datetime) else "day"


def _tag_groups(filters: Filters) -> list[list[str]]:
    if not filters.tags:
        return []
    return [filters.tags] if filters.tags_match == "any" else [[tag] for tag in filters.tags]


def _spellings(name: str) -> Any:
    """Returns the user's spellings of the tags. One lookup is faster than folding the tags of every task."""
    used = select(func.unnest(col(Task.tags)).label("name")).where(OWN).distinct().subquery()
    given = func.unnest(bindparam(name, type_=ARRAY(String))).table_valued("tag").render_derived()
    wanted = select(without_case(given.c.tag))
    names = select(used.c.name).where(without_case(used.c.name).in_(wanted))
    return func.array(names.scalar_subquery(), type_=ARRAY(String))


def _due(compare: Callable[[Any, Any], ColumnElement[bool]], name: str, kind: Literal["instant", "day"]) -> Any:
    """Compares days with days: an all-day task on the 10th matches the 10th whatever its time zone."""
    by_instant = compare(_AT, bindparam(name, type_=INSTANT))
    if kind == "instant":
        return by_instant
    return or_(and_(_TIMED, by_instant), compare(_ON, bindparam(f"{name}_day", type_=Date)))
