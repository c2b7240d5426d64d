"""SQL for the driver, compiled once from SQLAlchemy expressions. Building one for each request costs more than it runs.

A value of a request is a `bindparam` without a value; two requests of one shape then share a prepared statement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
from sqlalchemy import ClauseElement, Table, make_url, text
from sqlalchemy.ext.asyncio import AsyncSession

from todo_kit.errors import DatabaseAway

CONNECTION = "connection"
"""The driver's connection, in the `info` of a session of `Database`."""
_DIALECT = make_url("postgresql+asyncpg://").get_dialect()()


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    names: tuple[str, ...]
    """The parameters by their place: `$1` is the first one."""
    constants: Mapping[str, Any]
    """The values of parameters that are part of the expression."""

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Returns the values by their place. Raises KeyError, with the name, if one is missing."""
        constants = self.constants
        return [constants[name] if name in constants else values[name] for name in self.names]


def prepare(expression: ClauseElement | str) -> Statement:
    """Compiles an expression, or SQL with `:name` for parameters.

    A list is one array parameter (`= ANY`): `IN` would need a statement per length.
    """
    expression = text(expression) if isinstance(expression, str) else expression
    compiled: Any = expression.compile(dialect=_DIALECT)
    if compiled.literal_execute_params or compiled.post_compile_params:
        raise TypeError(f"IN and literal_execute are not supported; compare with ANY of an array: {compiled.string}")
    names = tuple(compiled.positiontup)
    constants = {name: compiled.binds[name].value for name in names if not compiled.binds[name].required}
    return Statement(compiled.string, names, constants)


def insert_sql(table: Table, names: Sequence[str]) -> str:
    """Returns the SQL that inserts rows in order. The parameters are one array per column: see `arrays_of`."""
    quote = _DIALECT.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    arrays = ", ".join(f"CAST(:{name} AS {table.c[name].type.compile(_DIALECT)}[])" for name in names)
    return (
        f"INSERT INTO {quote(table.name)} ({columns}) SELECT {columns}"  # noqa: S608 - names of our own
        f" FROM unnest({arrays}) WITH ORDINALITY AS given ({columns}, place) ORDER BY place"
    )


def arrays_of(rows: Sequence[Mapping[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in rows] for name in names}


async def fetch(session: AsyncSession, statement: Statement, values: Mapping[str, Any]) -> list[asyncpg.Record]:
    """Executes the statement in the session's transaction, without the cost of the session.

    Changes of the session's objects that are not flushed are not visible to it.
    """
    with away_when_unreachable():
        rows: list[asyncpg.Record] = await session.info[CONNECTION].fetch(statement.sql, *statement.arguments(values))
    return rows


@contextmanager
def away_when_unreachable() -> Iterator[None]:
    """Maps the errors of a lost or slow connection to DatabaseAway."""
    try:
        yield
    except (OSError, TimeoutError) as error:
        raise DatabaseAway(f"{type(error).__name__}: {error}") from error
