"""Keyset pagination of tasks. A cursor holds the end of the page, so inserts and deletes do not shift other rows."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, Select, and_, collate, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.accounts import repository as accounts
from todo_backend.tasks import tallies, views
from todo_backend.tasks.filters import Filters, conditions
from todo_backend.tasks.models import Task
from todo_backend.tasks.repository import PAGE
from todo_kit import cursors
from todo_kit.errors import Invalid
from todo_kit.fields import Moment, TaskNumber
from todo_kit.text import Storable

Sort = Literal["due_date", "priority", "created_at", "updated_at", "title"]
Order = Literal["asc", "desc"]
TITLE_ORDER = "title_order"
"""An ICU collation created by a migration: letters with accents sort beside those without, and 9 before 10."""
KEYS: dict[str, Any] = {
    "due_date": col(Task.due_at),
    "priority": col(Task.priority),
    "created_at": col(Task.created_at),
    "updated_at": col(Task.updated_at),
    "title": collate(col(Task.title), TITLE_ORDER),
}
VALUES: dict[str, TypeAdapter[Any]] = {
    "due_date": TypeAdapter(Moment | None),
    "priority": TypeAdapter(Annotated[int, Field(ge=1, le=3)]),
    "created_at": TypeAdapter(Moment),
    "updated_at": TypeAdapter(Moment),
    "title": TypeAdapter(Annotated[Storable, Field(max_length=1000)]),
}
"""Validators of the sort value in a cursor, by sort key."""
NEWEST_FIRST = {"created_at", "updated_at"}
COUNT = select(func.count()).select_from(Task)


class ListQuery(Filters):
    sort: Sort = "created_at"
    order: Order | None = None

    @property
    def direction(self) -> Order:
        return self.order or ("desc" if self.sort in NEWEST_FIRST else "asc")


@dataclass(frozen=True, slots=True)
class Position:
    """The end of a page: sort value and number of the last row, and the time of the request for the first page."""

    value: Any
    task_id: int
    now: datetime


async def page(session: AsyncSession, user_id: str, query: ListQuery, now: datetime) -> dict[str, Any]:
    sort, order = query.sort, query.direction
    position = decode(query.cursor, query.fingerprint, sort) if query.cursor else None
    if position:
        now = position.now
    zone = ZoneInfo((await accounts.get(session, user_id)).time_zone) if query.needs_zone else ZoneInfo("UTC")
    where = conditions(query, user_id, now, zone)
    count = COUNT.where(*where) if query.narrow else tallies.TOTAL
    statement = ordered(sort, order).add_columns(count.correlate(None).scalar_subquery().label("total"))
    statement = statement.where(*where).limit(query.limit + 1)
    if position:
        statement = statement.where(after(KEYS[sort], order, position))
    rows = (await session.execute(statement, {"user_id": user_id})).all()
    total = rows[0].total if rows else (await session.execute(count, {"user_id": user_id})).scalar_one()
    if rows and rows[0].tallies > tallies.COMPACTED_FROM:
        await tallies.fold(session, user_id)
    next_cursor = None
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        next_cursor = encode(Position(rows[-1].sort_key, rows[-1].id, now), query.fingerprint)
    return views.page(rows, next_cursor, total)


@cache
def ordered(sort: Sort, order: Order) -> Select[Any]:
    """Returns the ordered select, with the sort value. Cached: building it costs more than running it."""
    key = KEYS[sort]
    by_key = key.asc().nulls_last() if order == "asc" else key.desc().nulls_last()
    by_id = col(Task.id).asc() if order == "asc" else col(Task.id).desc()
    if sort in NEWEST_FIRST and order == "desc":
        by_key = key.desc()  # never null; without NULLS LAST the index serves both directions
    rows = tallies.ROWS.correlate(None).scalar_subquery()
    return PAGE.add_columns(key.label("sort_key"), rows.label("tallies")).order_by(by_key, by_id)


def after(key: Any, order: Order, position: Position) -> ColumnElement[bool]:
    """Returns the condition for rows after the position. Rows without a value come last in both directions."""
    task_id = col(Task.id)
    if position.value is None:
        behind = task_id > position.task_id if order == "asc" else task_id < position.task_id
        return and_(key.is_(None), behind)
    here = tuple_(position.value, position.task_id)
    behind = tuple_(key, task_id) > here if order == "asc" else tuple_(key, task_id) < here
    return or_(behind, key.is_(None)) if key is KEYS["due_date"] else behind


def encode(position: Position, fingerprint: str) -> str:
    value = position.value.isoformat() if isinstance(position.value, datetime) else position.value
    return cursors.encode({"q": fingerprint, "v": value, "i": position.task_id, "n": position.now.isoformat()})


class Cursor(BaseModel):
    """The JSON form of a position."""

    q: str
    v: Any
    i: TaskNumber
    n: Moment


def decode(cursor: str, fingerprint: str, sort: Sort) -> Position:
    found = cursors.read(cursor, Cursor)
    if found.q != fingerprint:
        raise Invalid("cursor", "belongs to a list with other filters or another order")
    try:
        return Position(VALUES[sort].validate_python(found.v), found.i, found.n)
    except ValidationError:
        raise cursors.not_ours() from None
