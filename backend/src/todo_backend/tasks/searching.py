"""Ranked search: tasks that contain all words, ranked by where they match.

If there are none: tasks that contain the words with two adjacent letters swapped. If there are none either: tasks with
similar words in the title or tags.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import asyncpg
from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Float,
    Integer,
    Text,
    and_,
    any_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlmodel import col

from todo_backend.accounts import repository as accounts
from todo_backend.tasks import views
from todo_backend.tasks.filters import OWN, Filters, Shape, conditions, parameters, shape_of
from todo_backend.tasks.models import Task
from todo_backend.tasks.repository import PAGE
from todo_backend.tasks.search import fold
from todo_kit import cursors
from todo_kit.database import Database
from todo_kit.errors import Invalid, Unavailable
from todo_kit.fields import Moment, TaskNumber
from todo_kit.statements import Statement, prepare
from todo_kit.text import storable

MAX_WORDS = 8
LIKENESS = 0.4
"""Minimum pg_trgm word similarity of a misspelt word: one wrong letter in a word of five passes."""

SHORTEST_SWAPPED = 4
"""Minimum length: swapping two letters of a shorter word too often gives another word."""

LIKE_CHARACTERS, ESCAPED = re.compile(r"[\\%_]"), r"\\\g<0>"
Match = Literal["words", "swapped", "similar"]

SEARCH: Any = col(Task.search)
TITLE: Any = func.split_part(SEARCH, "\n", 1, type_=Text)
HEAD: Any = func.concat_ws("\n", TITLE, func.split_part(SEARCH, "\n", 2), type_=Text)
"""Title and tags. Comparing a misspelt word with 2,000 descriptions of 9 KB took seconds, with the heads 0.1 s."""
SIMILARITY_SECONDS = 2
SETTINGS = """
    SELECT set_config('pg_trgm.word_similarity_threshold', $1, true), set_config('statement_timeout', $2, true)
"""
STATEMENTS = 500
"""Shapes of searches whose statements are kept."""


class SearchTimeout(Unavailable):
    """The search for similar words timed out"""

    code = "search_timeout"


class SearchQuery(Filters):
    q: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(storable)]


class Cursor(BaseModel):
    """Where a page ended: the last hit's rank and number, how the hits match, and when the first page was requested."""

    q: str
    r: Annotated[float, Field(allow_inf_nan=False)]
    i: TaskNumber
    m: Match
    n: Moment


class HitsShape(NamedTuple):
    filters: Shape
    match: Match
    words: int
    is_later: bool
    """Whether the page comes after a position."""


async def page(database: Database, user_id: str, query: SearchQuery, now: datetime) -> dict[str, Any]:
    words = fold(query.q).split()[:MAX_WORDS]
    if not words:
        raise Invalid("q", "must have a letter or a digit")
    position = decode(query.cursor, query.fingerprint) if query.cursor else None
    if position:
        now = position.n
    zone = await accounts.get_zone(database, user_id) if query.needs_zone else ZoneInfo("UTC")
    values = parameters(query, user_id, now, zone) | word_parameters(words) | {"limit": query.limit + 1}
    if position:
        values |= {"rank": position.r, "task_id": position.i}
    for match in [position.m] if position else MATCHES:
        shape = HitsShape(shape_of(query), match, len(words), is_later=position is not None)
        rows, total = await _fetch(database, shape, values)
        if total:
            break
    next_cursor = None
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        last = {"r": rows[-1]["rank"], "i": rows[-1]["id"], "m": match}
        next_cursor = cursors.encode({"q": query.fingerprint, "n": now.isoformat()} | last)
    return views.page(rows, next_cursor, total)


async def _fetch(database: Database, shape: HitsShape, values: Mapping[str, Any]) -> tuple[list[asyncpg.Record], int]:
    """Returns a page by rank, newest first within a rank, and the total. The page has one extra row if more follow."""
    fetch = _fetch_similar if shape.match == "similar" else Database.fetch
    rows = await fetch(database, page_statement(shape), values)
    if rows or not shape.is_later:
        return rows, rows[0]["total"] if rows else 0
    [(total,)] = await fetch(database, count_statement(shape), values)
    return rows, total


async def _fetch_similar(database: Database, statement: Statement, values: Mapping[str, Any]) -> list[asyncpg.Record]:
    """Raises SearchTimeout after SIMILARITY_SECONDS: no index applies, so the time grows with the number of tasks."""
    try:
        async with database.driver() as driver, driver.transaction():
            await driver.execute(SETTINGS, str(LIKENESS), f"{SIMILARITY_SECONDS}s")
            return await driver.fetch(statement.sql, *statement.arguments(values))
    except asyncpg.QueryCanceledError:
        detail = f"no task contains these words, and looking for similar ones took more than {SIMILARITY_SECONDS} s"
        raise SearchTimeout(f"{detail}; check the spelling, or add a filter") from None


@lru_cache(STATEMENTS)
def count_statement(shape: HitsShape) -> Statement:
    return prepare(select(func.count()).select_from(_hits(shape)))


@lru_cache(STATEMENTS)
def page_statement(shape: HitsShape) -> Statement:
    """Ranks all hits without their large columns, and reads full tasks for the page only."""
    hits = _hits(shape)
    total = select(func.count()).select_from(hits).scalar_subquery()
    best = select(hits, total.label("total")).order_by(hits.c.rank, hits.c.id.desc())
    if shape.is_later:
        rank, number = bindparam("rank", type_=Float), bindparam("task_id", type_=Integer)
        best = best.where(or_(hits.c.rank > rank, and_(hits.c.rank == rank, hits.c.id < number)))
    shown = best.limit(bindparam("limit", type_=Integer)).cte("best")
    statement = PAGE.add_columns(shown.c.rank, shown.c.total).join(shown, and_(OWN, col(Task.id) == shown.c.id))
    return prepare(statement.order_by(shown.c.rank, shown.c.id.desc()))


def _hits(shape: HitsShape) -> Any:
    """Returns a table with number and rank of every hit.

    OFFSET 0 keeps Postgres from computing the title again for each comparison.
    """
    words = range(shape.words)
    compared = (SEARCH, TITLE.label("title")) if shape.match == "words" else (HEAD.label("head"),)
    found = select(col(Task.id), *compared).where(*conditions(shape.filters))
    found = found.where(*(MATCHES[shape.match](word) for word in words))
    each = found.offset(literal_column("0")).subquery()
    rank = _place(each.c) if shape.match == "words" else _unlikeness(each.c.head, words)
    return select(each.c.id, rank.label("rank")).cte("hits")


def _contains(word: int) -> ColumnElement[bool]:
    return SEARCH.like(bindparam(f"pattern_{word}", type_=Text))  # type: ignore[no-any-return]


def _contains_swapped(word: int) -> ColumnElement[bool]:
    """Returns the condition by which `recieve` finds `receive`. The trigram index serves each pattern."""
    return SEARCH.op("LIKE", is_comparison=True)(any_(bindparam(f"patterns_{word}", type_=ARRAY(Text))))  # type: ignore[no-any-return]


def _resembles(word: int) -> ColumnElement[bool]:
    return bindparam(f"word_{word}", type_=Text).op("<%", is_comparison=True)(HEAD)


MATCHES: dict[Match, Callable[[int], ColumnElement[bool]]] = {
    "words": _contains,
    "swapped": _contains_swapped,
    "similar": _resembles,
}
"""In the order in which they are tried: the condition for one word."""


def _place(task: Any) -> Any:
    """0: the query is the title; 1: it begins the title. 2: its first word begins a later word of the title; 3: is
    within the title; 4: is only in the tags or the description.
    """
    whole, first = bindparam("whole", type_=Text), bindparam("word_0", type_=Text)
    return case(
        (task.title == whole, 0),
        (func.starts_with(task.search, whole), 1),
        (func.strpos(task.title, literal(" ") + first) > 0, 2),
        (func.strpos(task.title, first) > 0, 3),
        else_=4,
    )


def _unlikeness(head: Any, words: range) -> Any:
    parts = [1 - func.word_similarity(bindparam(f"word_{word}", type_=Text), head) for word in words]
    return sum(parts[1:], parts[0])


def word_parameters(words: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {"whole": " ".join(words)}
    for place, word in enumerate(words):
        found |= {f"word_{place}": word, f"pattern_{place}": _pattern(word), f"patterns_{place}": patterns(word)}
    return found


def patterns(word: str) -> list[str]:
    swaps = range(len(word) - 1) if len(word) >= SHORTEST_SWAPPED else ()
    variants = [word, *(word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in swaps)]
    return [_pattern(variant) for variant in dict.fromkeys(variants)]


def _pattern(word: str) -> str:
    return f"%{LIKE_CHARACTERS.sub(ESCAPED, word)}%"


def decode(cursor: str, fingerprint: str) -> Cursor:
    found = cursors.read(cursor, Cursor)
    if found.q != fingerprint:
        raise Invalid("cursor", "belongs to another search")
    return found
