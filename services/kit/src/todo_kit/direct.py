"""Calls frequent endpoints without FastAPI's stack, which costs several times what such an endpoint does.

The endpoint stays a FastAPI route: its signature, validated by FastAPI's own functions, is the only definition. A
request that is not well formed goes on to FastAPI, which answers it. Tokens, limits, correlation, metrics, logs and
error responses come from the same middleware and dependencies on both ways.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

import orjson
from fastapi import FastAPI, Request
from fastapi._compat import ModelField, field_annotation_is_sequence
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_validation_alias, request_params_to_args
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from todo_kit import errors
from todo_kit.headers import headers_of

Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[Response]])
Values = dict[str, Any]

MARK = "__direct__"
MISSING: Any = object()
PLAIN = (type(None), str, int, float)
"""Types of defaults, which requests may share."""
JSON = (b"application/json", b"application/json; charset=utf-8")
REMEMBERED_QUERIES = 1000
LONGEST_REMEMBERED_QUERY = 300


def direct(endpoint: Endpoint) -> Endpoint:
    """Marks an endpoint as frequent: it is called directly. It returns a `Response`, which FastAPI does not validate.

    Its dependencies are coroutines, or classes of `fastapi.security`. One that is not is refused at the start.
    """
    setattr(endpoint, MARK, True)
    return endpoint


class _NotWellFormed(Exception):
    """FastAPI will answer the request."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A single value in the path or in a header."""

    name: str
    key: str
    """The header's name in lower case, or the name in the path."""
    field: ModelField
    default: Any
    """MISSING if the request has to have it."""

    def value(self, given: Mapping[str, str]) -> Any:
        found = given.get(self.key)
        if found is None:
            if self.default is MISSING:
                raise _NotWellFormed
            return self.default
        return _valid(self.field, found)


@dataclass(frozen=True, slots=True)
class _Call:
    """A dependency or, as the last call, the endpoint, with what it takes."""

    function: Callable[..., Awaitable[Any]]
    results: tuple[tuple[str, int], ...]
    """Arguments that are the results of earlier calls, by their place."""
    path: tuple[_Parameter, ...]
    headers: tuple[_Parameter, ...]
    query: list[ModelField]
    body: tuple[ModelField, ...]
    """One at most."""
    request: tuple[str, ...]
    """Arguments that are the request itself."""
    queries: dict[bytes, Values] = field(default_factory=dict)
    """Validated query strings, whose models are frozen. Pages repeat few of them, and validating one costs as much as
    its statement."""

    def arguments(self, request: Request, body: Any, headers: Mapping[str, str], results: list[Any]) -> Values:
        """Raises _NotWellFormed."""
        values: Values = {name: results[place] for name, place in self.results}
        for parameter in self.path:
            values[parameter.name] = parameter.value(request.path_params)
        for parameter in self.headers:
            values[parameter.name] = parameter.value(headers)
        if self.query:
            values |= self._query(request)
        for taken in self.body:
            values[taken.name] = _valid(taken, body)
        for name in self.request:
            values[name] = request
        return values

    def _query(self, request: Request) -> Values:
        key: bytes = request.scope["query_string"]
        values = self.queries.get(key)
        if values is None:
            values, problems = request_params_to_args(self.query, request.query_params)
            if problems:
                raise _NotWellFormed
            if len(key) <= LONGEST_REMEMBERED_QUERY:
                if len(self.queries) >= REMEMBERED_QUERIES:
                    self.queries.clear()
                self.queries[key] = values
        return values


@dataclass(frozen=True, slots=True)
class _Route:
    path: str
    segments: tuple[str, ...]
    calls: tuple[_Call, ...]
    """Empty for an endpoint that FastAPI calls. It is in the table, as it may come before a direct one."""
    takes_body: bool

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """Returns the path parameters, or None if the path is another."""
        parameters = {}
        for expected, given in zip(self.segments, segments, strict=True):
            if expected[:1] == "{":
                if not given:
                    return None
                parameters[expected[1:-1]] = given
            elif expected != given:
                return None
        return parameters


class DirectRoutes:
    """Middleware that calls the endpoints marked `@direct`. The innermost one: all others are for both ways."""

    def __init__(self, app: ASGIApp, routes: Mapping[tuple[str, int], list[_Route]]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._find(scope) if scope["type"] == "http" and not scope.get("root_path") else None
        if found is None:
            await self._app(scope, receive, send)
            return
        route, scope["path_params"] = found
        scope["route"] = route
        request, body = Request(scope, receive), None
        try:
            if route.takes_body:
                body = await request.body()
            response = await _answer(route, request, None if body is None else _json(scope, body))
        except (_NotWellFormed, ClientDisconnect):
            await self._app(scope, receive if body is None else _again(body, receive), send)
            return
        except Exception as error:
            answer = await errors.answer(request, error)
            if answer is None:
                raise
            response = answer
        await response(scope, receive, send)

    def _find(self, scope: Scope) -> tuple[_Route, dict[str, str]] | None:
        segments = tuple(scope["path"].split("/"))
        for route in self._routes.get((scope["method"], len(segments)), ()):
            parameters = route.match(segments)
            if parameters is not None:
                return (route, parameters) if route.calls else None
        return None


async def _answer(route: _Route, request: Request, body: Any) -> Response:
    headers = headers_of(request.scope)
    results: list[Any] = []
    for call in route.calls:
        results.append(await call.function(**call.arguments(request, body, headers, results)))
    return cast("Response", results[-1])


def direct_routes(app: FastAPI) -> dict[tuple[str, int], list[_Route]]:
    """Returns the app's routes by verb and number of segments, in the order in which FastAPI tries them.

    Raises TypeError for a direct endpoint whose signature needs FastAPI's stack.
    """
    table: dict[tuple[str, int], list[_Route]] = {}
    for context in iter_route_contexts(app.routes):
        if context.path is None or context.endpoint is None:
            continue
        is_direct = getattr(context.endpoint, MARK, False)
        segments = tuple(context.path.split("/"))
        calls = _calls(context.dependant, context.path) if is_direct else ()
        route = _Route(context.path, segments, calls, any(call.body for call in calls))
        for verb in context.methods or ():
            table.setdefault((verb, len(segments)), []).append(route)
    return table


def _calls(dependant: Dependant, path: str) -> tuple[_Call, ...]:
    """Returns the dependencies in the order in which FastAPI calls them, each once, and then the endpoint."""
    calls: list[_Call] = []
    places: dict[Any, int] = {}

    def add(taken: Dependant) -> int:
        results = [(child.name, add(child)) for child in taken.dependencies]
        if taken.call not in places:
            named = tuple((name, place) for name, place in results if name)
            calls.append(_call(taken, named, path))
            places[taken.call] = len(calls) - 1
        return places[taken.call]

    add(dependant)
    return tuple(calls)


def _call(taken: Dependant, results: tuple[tuple[str, int], ...], path: str) -> _Call:
    function = taken.call
    runs = iscoroutinefunction(function) or iscoroutinefunction(type(function).__call__)
    others = (
        taken.cookie_params, taken.websocket_param_name, taken.response_param_name, taken.background_tasks_param_name,
        taken.security_scopes_param_name,
    )  # fmt: skip
    bodies = tuple(taken.body_params)
    if function is None or not runs or any(others) or not all(_is_model(body) for body in bodies) or len(bodies) > 1:
        raise TypeError(f"{path}: {function} cannot be called directly; it needs more of FastAPI than parameters")
    return _Call(
        function,
        results,
        tuple(_Parameter(each.name, each.alias, each, MISSING) for each in taken.path_params),
        tuple(_header(each, path) for each in taken.header_params),
        taken.query_params,
        bodies,
        tuple(name for name in (taken.request_param_name, taken.http_connection_param_name) if name),
    )


def _header(given: ModelField, path: str) -> _Parameter:
    default = MISSING if given.field_info.is_required() else given.get_default()
    if field_annotation_is_sequence(given.field_info.annotation) or not (
        default is MISSING or isinstance(default, PLAIN)
    ):
        raise TypeError(f"{path}: the header {given.alias} cannot be read directly; it is not a single value")
    return _Parameter(given.name, get_validation_alias(given).lower(), given, default)


def _is_model(given: ModelField) -> bool:
    annotation = given.field_info.annotation
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _valid(taken: ModelField, value: Any) -> Any:
    found, problems = taken.validate(value)
    if problems:
        raise _NotWellFormed
    return found


def _json(scope: Scope, body: bytes) -> Any:
    kinds = [value for name, value in scope["headers"] if name == b"content-type"]
    if not kinds or kinds[0].lower() not in JSON:
        raise _NotWellFormed
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _NotWellFormed from None


def _again(body: bytes, receive: Receive) -> Receive:
    """Returns a `receive` that begins with the body, which was read already."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again
