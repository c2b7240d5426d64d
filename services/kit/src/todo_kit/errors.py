"""API errors: RFC 9457 problem details with a stable code.

A domain error is a `Problem` subclass: its docstring is its title, `status` and `code` are class attributes.
"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, ClassVar

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from todo_kit.answers import json_answer

log = structlog.get_logger()

MAX_FIELD_ERRORS = 100
"""Limits the response, which could otherwise be larger than the request body."""


class FieldError(BaseModel):
    field: str
    message: str


class ProblemDetails(BaseModel):
    """The body of every error answer (`application/problem+json`, RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] | None = None


def described(description: str) -> dict[str, Any]:
    """Returns an error response for the API's description."""
    return {
        "model": ProblemDetails,
        "content": {"application/problem+json": {}},
        "description": description,
    }


class Problem(Exception):
    """Bad request"""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, detail: str, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    def body(self) -> dict[str, Any]:
        title = (type(self).__doc__ or "").strip()
        return problem_body(self.status, self.code, title, self.detail, **self.extra)

    def answer_headers(self) -> dict[str, str]:
        return self.headers


class Unauthorized(Problem):
    """Authentication required"""

    status = 401
    code = "unauthorized"
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(Problem):
    """Access denied"""

    status = 403
    code = "forbidden"


class InsufficientScope(Forbidden):
    """Insufficient scope"""

    code = "insufficient_scope"

    def __init__(self, *scopes: str) -> None:
        scope = " ".join(scopes)
        super().__init__(f"the token needs the scope {scope}", scope=scope)

    def answer_headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{self.extra["scope"]}"'}


class NotFound(Problem):
    """Not found"""

    status = 404
    code = "not_found"


class Conflict(Problem):
    """Conflict with the current state"""

    status = 409
    code = "conflict"


class PreconditionFailed(Problem):
    """The resource changed since you read it"""

    status = 412
    code = "precondition_failed"


class Invalid(Problem):
    """Validation failed"""

    status = 422
    code = "validation_error"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}", errors=[{"field": field, "message": message}])


class Unavailable(Problem):
    """A dependency is unavailable; try again"""

    status = 503
    code = "unavailable"
    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}


class DatabaseAway(Exception):
    """The database cannot be reached, or does not answer in time"""


def problem_body(status: int, code: str, title: str, detail: str, **extra: Any) -> dict[str, Any]:
    return {
        "type": f"urn:todo:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        "detail": detail,
    } | extra


def problem_response(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return json_answer(body, status, headers, "application/problem+json")


def database_is_away(error: BaseException) -> bool:
    """Returns whether the error means that Postgres is unavailable, rather than that it rejected the statement.

    Postgres is unreachable (SQLSTATE class 08), out of space or connections (53), shutting down (57), or read-only
    because it is now a standby (25006).

    `OSError` and `TimeoutError` do not count: they may come from a file or another service. Those of a database
    connection are raised as DatabaseAway (see `database`).
    """
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    sqlstate = sqlstate_of(error)
    if sqlstate[:2] in {"08", "53", "57"} or sqlstate == "25006":
        return True
    return isinstance(error, DatabaseAway | asyncpg.InterfaceError | PoolTimeout) or isinstance(
        _driver_error(error), asyncpg.InterfaceError
    )


def _driver_error(error: BaseException) -> BaseException:
    cause = getattr(error, "orig", None) or error
    return getattr(cause, "__cause__", None) or cause


def sqlstate_of(error: BaseException) -> str:
    """Returns the SQLSTATE of the error, or an empty string if it is not a Postgres error."""
    cause = getattr(error, "orig", None) or error
    return str(getattr(cause, "sqlstate", None) or getattr(_driver_error(error), "sqlstate", None) or "")


def field_errors(error: RequestValidationError) -> list[dict[str, str]]:
    """Returns one entry per error, with the field as a dotted path (`recurrence.interval`) and without the input."""
    return [
        {
            "field": _field(problem),
            "message": str(problem["msg"]).removeprefix("Value error, "),
        }
        for problem in error.errors()[:MAX_FIELD_ERRORS]
    ]


def _field(problem: Any) -> str:
    if problem["type"] == "json_invalid":
        return "body"  # `loc` is a character offset here
    return ".".join(str(part) for part in problem["loc"][1:]) or str(problem["loc"][0])


async def _on_problem(_: Request, error: Exception) -> Response:
    if not isinstance(error, Problem):
        raise TypeError(error)
    return problem_response(error.status, error.body(), error.answer_headers())


async def _on_validation_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise TypeError(error)
    errors = field_errors(error)
    detail = "; ".join(f"{entry['field']}: {entry['message']}" for entry in errors[:5])
    title = (Invalid.__doc__ or "").strip()
    return problem_response(422, problem_body(422, Invalid.code, title, detail, errors=errors))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise TypeError(error)
    if isinstance(error.__cause__, Problem):  # FastAPI turns any error raised while it reads a body into a 400
        return await _on_problem(request, error.__cause__)
    title = HTTPStatus(error.status_code).phrase
    code = title.lower().replace(" ", "_")
    body = problem_body(error.status_code, code, title, str(error.detail))
    return problem_response(error.status_code, body, dict(error.headers or {}))


async def _on_database_error(_: Request, error: Exception) -> Response:
    if database_is_away(error):
        log.warning("database_away", error=str(error))
        problem = Unavailable("the database cannot be reached")
    elif sqlstate_of(error)[:2] == "40":  # a deadlock or another rollback that a retry resolves
        log.warning("transaction_lost", error=str(error))
        problem = Unavailable("somebody else has changed the same at the same time")
    else:
        raise error
    return problem_response(problem.status, problem.body(), problem.headers)


def crash_response() -> Response:
    """Returns the response to an unexpected error. It contains no internal details."""
    detail = "the service failed; the X-Correlation-ID of this answer finds it in the log"
    return problem_response(500, problem_body(500, "internal_error", "Internal Server Error", detail))


Handler = Callable[[Request, Exception], Awaitable[Response]]
HANDLERS: dict[type[Exception], Handler] = {
    Problem: _on_problem,
    RequestValidationError: _on_validation_error,
    HTTPException: _on_http_exception,
    DBAPIError: _on_database_error,
    PoolTimeout: _on_database_error,
    asyncpg.PostgresError: _on_database_error,
    asyncpg.InterfaceError: _on_database_error,
    DatabaseAway: _on_database_error,
}


def install(app: FastAPI) -> None:
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


async def answer(request: Request, error: Exception) -> Response | None:
    """Returns the response to the error, None if it is an unexpected one."""
    for kind in type(error).__mro__:
        if handler := HANDLERS.get(kind):
            return await handler(request, error)
    return None
