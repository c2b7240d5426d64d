"""A database that is away is told apart from a statement that it refuses: the one is waited for, the other is not."""

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError, IntegrityError

from todo_kit import errors
from todo_kit.errors import DatabaseAway, database_is_away


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
        DatabaseAway("ConnectionRefusedError"),
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
        FileNotFoundError("a file of the service"),
        ConnectionResetError("of another service"),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_refused(error: Exception) -> None:
    assert not database_is_away(error)


@pytest.mark.parametrize(
    ("error", "status"), [(DatabaseAway("refused"), 503), (FileNotFoundError("a template"), 500), (TimeoutError(), 500)]
)
async def test_only_a_failed_connection_to_the_database_is_answered_with_503(error: Exception, status: int) -> None:
    app = FastAPI()
    errors.install(app)

    @app.get("/")
    async def fail() -> None:
        raise error

    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        assert (await client.get("/")).status_code == status
