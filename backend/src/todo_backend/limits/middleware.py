from starlette.types import ASGIApp, Message, Receive, Scope, Send

from todo_backend.limits.limiter import limiter_of
from todo_kit.errors import Problem, problem_response
from todo_kit.headers import headers_of
from todo_kit.runtime import runtime_in


class AccountLimits:
    """Counts every request with a valid token against its account, and limits the account's concurrent requests.

    A slot is held until the response starts: by then the work is done. Streams have a separate limit.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        header = headers_of(scope).get("authorization", "") if scope["type"] == "http" else ""
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            await self._app(scope, receive, send)
            return
        runtime = runtime_in(scope)
        limiter = limiter_of(runtime)
        try:
            user = await runtime.tokens.verify(token.strip())
        except Problem:  # the endpoint returns the error
            await self._app(scope, receive, send)
            return
        try:
            account = limiter.count(user.id)
            await limiter.enter(account)
        except Problem as problem:
            await problem_response(problem.status, problem.body(), problem.answer_headers())(scope, receive, send)
            return
        inside = True

        async def send_and_leave(message: Message) -> None:
            nonlocal inside
            if inside and message["type"] == "http.response.start":
                inside = False
                limiter.leave(account)
            await send(message)

        try:
            await self._app(scope, receive, send_and_leave)
        finally:
            if inside:
                limiter.leave(account)
