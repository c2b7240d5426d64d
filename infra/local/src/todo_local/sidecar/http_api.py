"""The part of Dapr's HTTP API that the suite and developers with curl use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from aiohttp import web

from todo_local.sidecar import secret_store
from todo_local.sidecar.config import AppConfig, SidecarConfig
from todo_local.sidecar.delivery import Courier
from todo_local.sidecar.invocation import InvocationFailed, Invoker
from todo_local.sidecar.publisher import Message, Publisher, PublishRefused
from todo_local.sidecar.state import Change, EtagMismatch, StateStore

OPEN = ("/v1.0/healthz",)
"""Paths that need no token, as in daprd."""
MAX_BODY_BYTES = 4 * 1024 * 1024


@dataclass
class DaprHttp:
    config: SidecarConfig
    app: AppConfig
    publisher: Publisher
    state: StateStore
    invoker: Invoker
    courier: Courier

    def application(self) -> web.Application:
        application = web.Application(middlewares=[self._guard], client_max_size=MAX_BODY_BYTES)
        application.add_routes(
            [
                web.get("/v1.0/healthz", self._healthz),
                web.get("/v1.0/healthz/outbound", self._outbound),
                web.get("/v1.0/metadata", self._metadata),
                web.post("/v1.0/publish/bulk/{pubsub}/{topic}", self._publish_bulk),
                web.post("/v1.0-alpha1/publish/bulk/{pubsub}/{topic}", self._publish_bulk),
                web.post("/v1.0/publish/{pubsub}/{topic}", self._publish),
                web.get("/v1.0/secrets/{store}/{key}", self._secret),
                web.post("/v1.0/state/{store}", self._save_state),
                web.get("/v1.0/state/{store}/{key}", self._get_state),
                web.delete("/v1.0/state/{store}/{key}", self._delete_state),
                web.route("*", "/v1.0/invoke/{app_id}/method/{path:.*}", self._invoke),
            ]
        )
        return application

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if not request.path.startswith(OPEN) and request.headers.get("dapr-api-token") != self.app.dapr_api_token:
            return problem(401, "ERR_UNAUTHORIZED", "invalid api token")
        try:
            return await handler(request)
        except PublishRefused as error:
            return problem(error.status, error.code, str(error))
        except InvocationFailed as error:
            return problem(error.status, error.code, str(error))
        except EtagMismatch as error:
            return problem(409, "ERR_STATE_SAVE", str(error))

    async def _healthz(self, _: web.Request) -> web.Response:
        """Returns 204 once delivery of the app's subscriptions has begun: as in daprd, after it was first healthy."""
        return web.Response(status=204 if self.courier.followed else 500)

    async def _outbound(self, _: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _metadata(self, _: web.Request) -> web.Response:
        return answer({"id": self.app.app_id, "runtimeVersion": "todo-local"})

    async def _publish(self, request: web.Request) -> web.Response:
        message = Message(await request.read(), request.content_type, metadata_of(request))
        await self.publisher.publish(self.app, request.match_info["pubsub"], request.match_info["topic"], [message])
        return web.Response(status=204)

    async def _publish_bulk(self, request: web.Request) -> web.Response:
        common = metadata_of(request)
        messages = []
        for entry in orjson.loads(await request.read()):
            event = entry["event"]
            body = event.encode() if isinstance(event, str) else orjson.dumps(event)
            messages.append(Message(body, entry.get("contentType", ""), {**common, **entry.get("metadata", {})}))
        await self.publisher.publish(self.app, request.match_info["pubsub"], request.match_info["topic"], messages)
        return web.Response(status=204)

    async def _secret(self, request: web.Request) -> web.Response:
        if request.match_info["store"] != self.config.secret_store:
            return problem(401, "ERR_SECRET_STORE_NOT_FOUND", "failed finding secret store")
        secret = secret_store.read(self.config.secrets_file, self.app, request.match_info["key"])
        return answer(secret) if secret else problem(403, "ERR_PERMISSION_DENIED", "access denied by policy")

    async def _save_state(self, request: web.Request) -> web.Response:
        self._check_store(request)
        changes = [
            Change(
                "upsert",
                item["key"],
                orjson.dumps(item.get("value")),
                etag=item.get("etag"),
                first_write=(item.get("options") or {}).get("concurrency") == "first-write",
                ttl_seconds=float(ttl) if (ttl := (item.get("metadata") or {}).get("ttlInSeconds")) else None,
            )
            for item in orjson.loads(await request.read())
        ]
        await self.state.apply(self.app.app_id, changes)
        return web.Response(status=204)

    async def _get_state(self, request: web.Request) -> web.Response:
        self._check_store(request)
        found = await self.state.get(self.app.app_id, request.match_info["key"])
        if found is None:
            return web.Response(status=204)
        return web.Response(body=found[0], content_type="application/json", headers={"etag": found[1]})

    async def _delete_state(self, request: web.Request) -> web.Response:
        self._check_store(request)
        change = Change("delete", request.match_info["key"], etag=request.headers.get("if-match"))
        await self.state.apply(self.app.app_id, [change])
        return web.Response(status=204)

    def _check_store(self, request: web.Request) -> None:
        if request.match_info["store"] != self.config.state_store:
            raise PublishRefused(400, "ERR_STATE_STORE_NOT_FOUND", "state store is not found")

    async def _invoke(self, request: web.Request) -> web.Response:
        prefix = f"/v1.0/invoke/{request.match_info['app_id']}/method/"
        result = await self.invoker.invoke(
            self.app,
            request.match_info["app_id"],
            request.method,
            request.raw_path.removeprefix(prefix),
            request.headers.items(),
            await request.read(),
        )
        return web.Response(status=result.status, headers=result.headers, body=result.body)


def metadata_of(request: web.Request) -> dict[str, str]:
    """Reads metadata from the query, such as `?metadata.partitionKey=…`."""
    return {k.removeprefix("metadata."): v for k, v in request.query.items() if k.startswith("metadata.")}


def answer(content: Any, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(content), status=status, content_type="application/json")


def problem(status: int, code: str, message: str) -> web.Response:
    return answer({"errorCode": code, "message": message}, status)
