"""Ranked search: tasks that contain all words, ranked by where they match.

If there are none: tasks that contain the words with two adjacent letters swapped. If there are none either: tasks with
similar words in the title or tags.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from sqlalchemy import ARRAY, ColumnElement, Select, Text, and_, any_, bindparam, case, func, literal, or_, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.accounts import repository as accounts
from todo_backend.tasks import views
from todo_backend.tasks.filters import Filters, conditions
from todo_backend.tasks.models import Task
from todo_backend.tasks.repository import PAGE
from todo_backend.tasks.search import fold
from todo_kit import cursors
from todo_kit.database import Database
from todo_kit.errors import Invalid, Unavailable, sqlstate_of
from todo_kit.fields import Moment, TaskNumber
from todo_kit.text import storable

MAX_WORDS = 8
LIKENESS = 0.4
"""Minimum pg_trgm word similarity of a misspelt word: one wrong letter in a word of five passes."""

SHORTEST_SWAPPED = 4
"""Minimum length: swapping two letters of a shorter word too often gives another word."""

LIKE_CHARACTERS, ESCAPED = re.compile(r"[\\%_]"), r"\\\g<0>"
Match = Literal["words", "swapped", "similar"]

SEARCH: Any = col(Task.search)
WHOLE, FIRST_WORD = bindparam("whole", type_=Text), bindparam("first_word", type_=Text)
END_OF_TITLE = func.strpos(SEARCH, "\n")
PLACE: Any = case(
    (func.starts_with(SEARCH, WHOLE + "\n"), 0),
    (func.starts_with(SEARCH, WHOLE), 1),
    (func.strpos(SEARCH, literal(" ") + FIRST_WORD).between(1, END_OF_TITLE), 2),
    (func.strpos(SEARCH, FIRST_WORD) < END_OF_TITLE, 3),
    else_=4,
)
"""0: the query is the title; 1: it begins the title. 2: its first word begins a later word of the title; 3: is within
the title; 4: is only in the tags or the description."""
HITS = select(col(Task.user_id), col(Task.id))
BY_PLACE = HITS.add_columns(PLACE.label("rank"))
HEAD: Any = func.concat_ws("\n", func.split_part(SEARCH, "\n", 1), func.split_part(SEARCH, "\n", 2), type_=Text)
"""Title and tags. Comparing a misspelt word with 2,000 descriptions of 9 KB took seconds, with the heads 0.1 s."""
SIMILARITY_SECONDS = 2
SETTINGS = text("""
    SELECT set_config('pg_trgm.word_similarity_threshold', :likeness, true),
        set_config('statement_timeout', :timeout, true)
""")
QUERY_CANCELED = "57014"


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


async def page(database: Database, user_id: str, query: SearchQuery, now: datetime) -> dict[str, Any]:
    words = fold(query.q).split()[:MAX_WORDS]
    if not words:
        raise Invalid("q", "must have a letter or a digit")
    position = decode(query.cursor, query.fingerprint) if query.cursor else None
    match: Match = position.m if position else "words"
    if position:
        now = position.n
    async with database.autocommit() as session:
        zone = ZoneInfo((await accounts.get(session, user_id)).time_zone) if query.needs_zone else ZoneInfo("UTC")
        where = conditions(query, user_id, now, zone)
        if match == "words":
            rows, total = await _fetch(session, BY_PLACE.where(*where, *contain(words)), words, position, query.limit)
            match = "words" if total or position else "swapped"
        if match == "swapped":
            found = HITS.add_columns(likeness(words).label("rank")).where(*where, *swapped(words))
            rows, total = await _fetch(session, found, words, position, query.limit)
            match = "swapped" if total or position else "similar"
    if match == "similar":
        found = HITS.add_columns(likeness(words).label("rank")).where(*where, *resemble(words))
        rows, total = await _fetch_similar(database, found, words, position, query.limit)
    next_cursor = None
    if len(rows) > query.limit:
        rows = rows[: query.limit]
        last, fingerprint = rows[-1], query.fingerprint
        next_cursor = cursors.encode({"q": fingerprint, "r": last.rank, "i": last.id, "m": match, "n": now.isoformat()})
    return views.page(rows, next_cursor, total)


async def _fetch_similar(
    database: Database, found: Select[Any], words: list[str], position: Cursor | None, limit: int
) -> tuple[Sequence[Any], int]:
    """Raises SearchTimeout after SIMILARITY_SECONDS: no index applies, so the time grows with the number of tasks."""
    try:
        async with database.transaction() as session:
            await session.execute(SETTINGS, {"likeness": str(LIKENESS), "timeout": f"{SIMILARITY_SECONDS}s"})
            return await _fetch(session, found, words, position, limit)
    except DBAPIError as error:
        if sqlstate_of(error) != QUERY_CANCELED:
            raise
        detail = f"no task contains these words, and looking for similar ones took more than {SIMILARITY_SECONDS} s"
        raise SearchTimeout(f"{detail}; check the spelling, or add a filter") from None


async def _fetch(
    session: AsyncSession, found: Select[Any], words: list[str], position: Cursor | None, limit: int
) -> tuple[Sequence[Any], int]:
    """Returns a page by rank, newest first within a rank, and the total. The page has one extra row if more follow.

    Ranks all hits without their large columns, and reads full tasks for the page only.
    """
    hits = found.cte("hits")
    count = select(func.count()).select_from(hits)
    best = select(hits).order_by(hits.c.rank, hits.c.id.desc()).limit(limit + 1)
    if position:
        here = and_(hits.c.rank == position.r, hits.c.id < position.i)
        best = best.where(or_(hits.c.rank > position.r, here))
    shown = best.cte("best")
    statement = PAGE.add_columns(shown.c.rank, count.scalar_subquery().label("total"))
    statement = statement.join(shown, and_(col(Task.user_id) == shown.c.user_id, col(Task.id) == shown.c.id))
    sought = {"whole": " ".join(words), "first_word": words[0]}
    rows = (await session.execute(statement.order_by(shown.c.rank, shown.c.id.desc()), sought)).all()
    if rows or not position:
        return rows, rows[0].total if rows else 0
    return rows, (await session.execute(count, sought)).scalar_one()


def contain(words: list[str]) -> list[ColumnElement[bool]]:
    return [SEARCH.contains(word, autoescape=True) for word in words]


def swapped(words: list[str]) -> list[ColumnElement[bool]]:
    """Returns conditions by which `recieve` finds `receive`. The trigram index serves each pattern."""
    return [SEARCH.op("LIKE", is_comparison=True)(any_(literal(patterns(word), ARRAY(Text)))) for word in words]


def patterns(word: str) -> list[str]:
    swaps = range(len(word) - 1) if len(word) >= SHORTEST_SWAPPED else ()
    variants = [word, *(word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in swaps)]
    return [f"%{LIKE_CHARACTERS.sub(ESCAPED, variant)}%" for variant in dict.fromkeys(variants)]


def resemble(words: list[str]) -> list[ColumnElement[bool]]:
    return [literal(word).op("<%", is_comparison=True)(HEAD) for word in words]


def likeness(words: list[str]) -> Any:
    return sum((1 - func.word_similarity(word, HEAD) for word in words[1:]), 1 - func.word_similarity(words[0], HEAD))


def decode(cursor: str, fingerprint: str) -> Cursor:
    found = cursors.read(cursor, Cursor)
    if found.q != fingerprint:
        raise Invalid("cursor", "belongs to another search")
    return found
