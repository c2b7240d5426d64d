"""Ranked search: first what the words are part of, best place first; only when there is nothing, what is like them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.accounts import repository as accounts
from todo_backend.tasks import views
from todo_backend.tasks.filters import Filters, conditions
from todo_backend.tasks.models import Task
from todo_backend.tasks.repository import LOOK
from todo_backend.tasks.search import fold
from todo_kit import cursors
from todo_kit.errors import Invalid

MAX_WORDS = 8
LIKENESS = 0.4
"""How alike (pg_trgm word similarity) a misspelt word must be: one wrong letter in a word of five passes."""

SEARCH: Any = col(Task.search)
TITLE: Any = func.split_part(SEARCH, "\n", 1)


async def page(
    session: AsyncSession, user_id: str, q: str, filters: Filters, now: datetime,
    *, limit: int, cursor: str | None,
) -> dict[str, Any]:  # fmt: skip
    words = fold(q).split()[:MAX_WORDS]
    if not words:
        raise Invalid("q", "must have a letter or a digit")
    fingerprint = filters.fingerprint(*words)
    position = decode(cursor, fingerprint) if cursor else None
    zone = ZoneInfo((await accounts.get(session, user_id)).time_zone) if filters.needs_zone else ZoneInfo("UTC")
    where = conditions(filters, user_id, now, zone)
    alike = position is not None and position["alike"]
    if not alike:
        rows, total = await _fetch(session, [*where, *contain(words)], place(words), position, limit)
        alike = total == 0
    if alike:
        await session.execute(
            text("SELECT set_config('pg_trgm.word_similarity_threshold', :v, true)"), {"v": str(LIKENESS)}
        )
        rows, total = await _fetch(session, [*where, *resemble(words)], likeness(words), position, limit)
    next_cursor = None
    if len(rows) > limit:
        rows = rows[:limit]
        next_cursor = cursors.encode({"q": fingerprint, "r": rows[-1].rank, "i": rows[-1].id, "a": alike})
    return views.page(rows, next_cursor, total)


async def _fetch(
    session: AsyncSession, where: list[Any], rank: Any, position: dict[str, Any] | None, limit: int
) -> tuple[list[Any], int]:
    """A page by rank, newest first within a rank, and how many there are in all."""
    total = (await session.execute(select(func.count()).select_from(Task).where(*where))).scalar_one()
    if not total:
        return [], 0
    query = select(*LOOK, rank.label("rank")).where(*where)
    if position:
        behind = and_(rank == position["rank"], col(Task.id) < position["id"])
        query = query.where(or_(rank > position["rank"], behind))
    query = query.order_by(text("rank"), col(Task.id).desc())
    return list((await session.execute(query.limit(limit + 1))).all()), total


def contain(words: list[str]) -> list[ColumnElement[bool]]:
    return [SEARCH.contains(word, autoescape=True) for word in words]


def place(words: list[str]) -> Any:
    """0 the title itself, 1 its beginning, 2 the beginning of a word in it, 3 within it, 4 tags or description."""
    whole = " ".join(words)
    return case(
        (whole == TITLE, 0),
        (TITLE.startswith(whole, autoescape=True), 1),
        (TITLE.contains(f" {words[0]}", autoescape=True), 2),
        (TITLE.contains(words[0], autoescape=True), 3),
        else_=4,
    )


def resemble(words: list[str]) -> list[ColumnElement[bool]]:
    return [literal(word).op("<%", is_comparison=True)(SEARCH) for word in words]


def likeness(words: list[str]) -> Any:
    return sum(
        (1 - func.word_similarity(word, SEARCH) for word in words[1:]), 1 - func.word_similarity(words[0], SEARCH)
    )


def decode(cursor: str, fingerprint: str) -> dict[str, Any]:
    content = cursors.decode(cursor)
    if content.get("q") != fingerprint:
        raise Invalid("cursor", "belongs to another search")
    try:
        return {"rank": float(content["r"]), "id": int(content["i"]), "alike": bool(content["a"])}
    except (KeyError, TypeError, ValueError):
        raise Invalid("cursor", "is not one that this API made") from None
