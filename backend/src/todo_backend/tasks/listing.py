"""Keyset pagination of tasks. A cursor holds the end of the page, so inserts and deletes do not shift other rows."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    collate,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlmodel import col

from todo_backend.accounts import repository as accounts
from todo_backend.tasks import positions, tallies, views
from todo_backend.tasks.fields import CODES, PRIORITIES
from todo_backend.tasks.filters import INSTANT, Filters, Shape, conditions, parameters, shape_of
from todo_backend.tasks.models import Task
from todo_backend.tasks.repository import PAGE
from todo_kit import cursors
from todo_kit.database import Database
from todo_kit.errors import Invalid
from todo_kit.fields import Moment, TaskNumber
from todo_kit.statements import Statement, prepare
from todo_kit.text import Storable

Sort = Literal["position", "due_date", "priority", "created_at", "updated_at", "title"]
Order = Literal["asc", "desc"]
TITLE_ORDER = "title_order"
"""An ICU collation created by a migration: letters with accents sort beside those without, and 9 before 10."""
RANKS = f"'{{{','.join(str(CODES[name]) for name in PRIORITIES)}}}'::smallint[]"
KEYS: dict[str, Any] = {
    "position": literal_column(positions.EXPRESSION, Text),
    "due_date": col(Task.due_at),
    "priority": func.array_position(literal_column(RANKS), col(Task.priority), type_=Integer),
    "created_at": col(Task.created_at),
    "updated_at": col(Task.updated_at),
    "title": collate(col(Task.title), TITLE_ORDER),
}
VALUES: dict[str, TypeAdapter[Any]] = {
    "position": TypeAdapter(positions.Position),
    "due_date": TypeAdapter(Moment | None),
    "priority": TypeAdapter(Annotated[int, Field(ge=1, le=4)]),
    "created_at": TypeAdapter(Moment),
    "updated_at": TypeAdapter(Moment),
    "title": TypeAdapter(Annotated[Storable, Field(max_length=1000)]),
}
"""Validators of the sort value in a cursor, by sort key."""
NEWEST_FIRST = {"created_at", "updated_at"}
TYPES: dict[str, Any] = {"position": Text, "priority": Integer, "title": Text}
"""SQL types of the sort value; the others are instants."""
COUNT = select(func.count()).select_from(Task)
STATEMENTS = 500
"""Shapes of queries whose statements are kept."""


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


class PageShape(NamedTuple):
    filters: Shape
    is_narrow: bool
    sort: Sort
    direction: Order
    after: Literal["value", "null"] | None
    """Whether the page comes after a position, whose sort value may be null."""


async def page(database: Database, user_id: str, query: ListQuery, now: datetime) -> dict[str, Any]:
    position = decode(query.cursor, query.fingerprint, query.sort) if query.cursor else None
    if position:
        now = position.now
    zone = await accounts.get_zone(database, user_id) if query.needs_zone else ZoneInfo("UTC")
    shape = PageShape(shape_of(query), query.narrow, query.sort, query.direction, _kind_of(position))
    values = parameters(query, user_id, now, zone) | {"limit": query.limit + 1}
    if position:
        values |= {"value": position.value, "task_id": position.task_id}
    rows = await database.fetch(page_statement(shape), values)
    if rows:
        total = rows[0]["total"]
        if rows[0]["tallies"] > tallies.COMPACTED_FROM:
            await database.fetch(tallies.FOLD, values)
    else:
        [(total,)] = await database.fetch(count_statement(shape.filters, query.narrow), values)
    next_cursor = None
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        next_cursor = encode(Position(rows[-1]["sort_key"], rows[-1]["id"], now), query.fingerprint)
    return views.page(rows, next_cursor, total)


def _kind_of(position: Position | None) -> Literal["value", "null"] | None:
    if position is None:
        return None
    return "null" if position.value is None else "value"


@lru_cache(STATEMENTS)
def count_statement(filters: Shape, is_narrow: bool) -> Statement:
    return prepare(_count(filters, is_narrow))


def _count(filters: Shape, is_narrow: bool) -> Any:
    return COUNT.where(*conditions(filters)) if is_narrow else tallies.TOTAL


@lru_cache(STATEMENTS)
def page_statement(shape: PageShape) -> Statement:
    """Returns the ordered select, with the sort value, the total, and the number of tallies."""
    key, direction = KEYS[shape.sort], shape.direction
    by_key = key.asc().nulls_last() if direction == "asc" else key.desc().nulls_last()
    by_id = col(Task.id).asc() if direction == "asc" else col(Task.id).desc()
    if shape.sort in NEWEST_FIRST and direction == "desc":
        by_key = key.desc()  # never null; without NULLS LAST the index serves both directions
    total = _count(shape.filters, shape.is_narrow).correlate(None).scalar_subquery()
    rows = tallies.ROWS.correlate(None).scalar_subquery()
    statement = PAGE.add_columns(key.label("sort_key"), rows.label("tallies"), total.label("total"))
    statement = statement.where(*conditions(shape.filters))
    if shape.after:
        statement = statement.where(after(shape))
    return prepare(statement.order_by(by_key, by_id).limit(bindparam("limit", type_=Integer)))


def after(shape: PageShape) -> ColumnElement[bool]:
    """Returns the condition for rows after the position. Rows without a value come last in both directions."""
    key, number, last = KEYS[shape.sort], col(Task.id), bindparam("task_id", type_=Integer)
    if shape.after == "null":
        return and_(key.is_(None), number > last if shape.direction == "asc" else number < last)
    row, here = tuple_(key, number), tuple_(bindparam("value", type_=TYPES.get(shape.sort, INSTANT)), last)
    behind = row > here if shape.direction == "asc" else row < here
    return or_(behind, key.is_(None)) if shape.sort == "due_date" else behind


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
