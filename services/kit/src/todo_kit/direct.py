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
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_body_to_args, request_params_to_args
from fastapi.routing import iter_route_contexts
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from todo_kit import errors

Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[Response]])
Values = dict[str, Any]

MARK = "__direct__"
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


@dataclass(slots=True)
class _Call:
    """An endpoint or a dependency, with what it takes from the request."""

    dependant: Dependant
    function: Callable[..., Awaitable[Any]]
    children: list["_Call"]
    queries: dict[bytes, Values] = field(default_factory=dict)
    """Validated query strings, whose models are frozen. Pages repeat few of them, and validating one costs as much as
    its statement."""

    async def arguments(self, request: Request, body: Any, known: dict[Any, Any]) -> Values:
        """Raises _NotWellFormed. `known` has the results of dependencies that were called for this request."""
        values: Values = {}
        for child in self.children:
            if child.function not in known:
                known[child.function] = await child.function(**await child.arguments(request, body, known))
            if name := child.dependant.name:
                values[name] = known[child.function]
        values |= self._parameters(request)
        if self.dependant.body_params:
            given, problems = await request_body_to_args(self.dependant.body_params, body, embed_body_fields=False)
            if problems:
                raise _NotWellFormed
            values |= given
        return values

    def _parameters(self, request: Request) -> Values:
        taken = self.dependant
        values: Values = {}
        if taken.path_params:
            values |= _validated(taken.path_params, request.path_params)
        if taken.query_params:
            values |= self._query(request)
        if taken.header_params:
            values |= _validated(taken.header_params, request.headers)
        for name in (taken.request_param_name, taken.http_connection_param_name):
            if name:
                values[name] = request
        return values

    def _query(self, request: Request) -> Values:
        key: bytes = request.scope["query_string"]
        values = self.queries.get(key)
        if values is None:
            values = _validated(self.dependant.query_params, request.query_params)
            if len(key) <= LONGEST_REMEMBERED_QUERY:
                if len(self.queries) >= REMEMBERED_QUERIES:
                    self.queries.clear()
                self.queries[key] = values
        return values


@dataclass(frozen=True, slots=True)
class _Route:
    path: str
    segments: tuple[str, ...]
    call: _Call | None
    """None for an endpoint that FastAPI calls. It is in the table, as it may come before a direct one."""
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
        route, call, scope["path_params"] = found
        scope["route"] = route
        request, body = Request(scope, receive), None
        try:
            if route.takes_body:
                body = await request.body()
            arguments = await call.arguments(request, None if body is None else _json(request, body), {})
            response = cast("Response", await call.function(**arguments))
        except (_NotWellFormed, ClientDisconnect):
            await self._app(scope, receive if body is None else _again(body, receive), send)
            return
        except Exception as error:
            answer = await errors.answer(request, error)
            if answer is None:
                raise
            response = answer
        await response(scope, receive, send)

    def _find(self, scope: Scope) -> tuple[_Route, _Call, dict[str, str]] | None:
        segments = tuple(scope["path"].split("/"))
        for route in self._routes.get((scope["method"], len(segments)), ()):
            parameters = route.match(segments)
            if parameters is not None:
                return (route, route.call, parameters) if route.call else None
        return None


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
        call = _call(context.dependant, context.path) if is_direct else None
        route = _Route(context.path, segments, call, bool(call and context.body_field))
        for verb in context.methods or ():
            table.setdefault((verb, len(segments)), []).append(route)
    return table


def _call(dependant: Dependant, path: str) -> _Call:
    function = dependant.call
    runs = iscoroutinefunction(function) or iscoroutinefunction(type(function).__call__)
    others = (
        dependant.cookie_params, dependant.websocket_param_name, dependant.response_param_name,
        dependant.background_tasks_param_name, dependant.security_scopes_param_name,
    )  # fmt: skip
    if function is None or not runs or any(others) or len(dependant.body_params) > 1:
        raise TypeError(f"{path}: {function} cannot be called directly; it needs more of FastAPI than parameters")
    children = [_call(child, path) for child in dependant.dependencies]
    return _Call(dependant, function, children)


def _validated(fields: Any, received: Any) -> Values:
    values, problems = request_params_to_args(fields, received)
    if problems:
        raise _NotWellFormed
    return values


def _json(request: Request, body: bytes) -> Any:
    if request.headers.get("content-type", "").lower().encode() not in JSON:
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
