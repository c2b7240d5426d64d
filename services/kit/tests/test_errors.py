"""A database that is away is told apart from a statement that it refuses: the one is waited for, the other is not."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from todo_kit.errors import database_is_away


def wrapped(cause: Exception) -> DBAPIError:
    return DBAPIError("SELECT 1", {}, cause)


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.CannotConnectNowError("the database system is starting up"),
        asyncpg.AdminShutdownError("terminating connection"),
        asyncpg.ConnectionDoesNotExistError("connection was closed"),
        asyncpg.TooManyConnectionsError("too many clients"),
        asyncpg.InterfaceError("connection is closed"),
        wrapped(asyncpg.AdminShutdownError("terminating connection")),
        wrapped(asyncpg.ReadOnlySQLTransactionError("cannot execute INSERT in a read-only transaction")),
        ConnectionRefusedError(),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_away(error: Exception) -> None:
    assert database_is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("INSERT", {}, asyncpg.UniqueViolationError("duplicate key")),
        wrapped(asyncpg.CheckViolationError("a check")),
        wrapped(asyncpg.DataError("invalid byte sequence")),
        ValueError("a bug"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_refused(error: Exception) -> None:
    assert not database_is_away(error)
