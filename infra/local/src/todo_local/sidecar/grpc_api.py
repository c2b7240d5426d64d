"""The part of Dapr's gRPC API that the suite uses."""

from dataclasses import dataclass
from typing import Any

import grpc
from dapr.proto import api_service_v1, api_v1
from google.protobuf.empty_pb2 import Empty

from todo_local.sidecar import secret_store
from todo_local.sidecar.config import AppConfig, SidecarConfig
from todo_local.sidecar.publisher import Message, Publisher, PublishRefused
from todo_local.sidecar.state import Change, EtagMismatch, StateStore

Context = grpc.aio.ServicerContext[Any, Any]
CODES = {403: grpc.StatusCode.PERMISSION_DENIED, 404: grpc.StatusCode.NOT_FOUND, 500: grpc.StatusCode.UNAVAILABLE}


@dataclass
class DaprApi(api_service_v1.DaprServicer):
    """The gRPC API of one app's sidecar. A caller with its port and token is treated as the app."""

    config: SidecarConfig
    app: AppConfig
    publisher: Publisher
    state: StateStore

    async def PublishEvent(self, request: Any, context: Context) -> Any:  # noqa: N802 - the API's name
        await self._check(context)
        message = Message(request.data, request.data_content_type, dict(request.metadata))
        try:
            await self.publisher.publish(self.app, request.pubsub_name, request.topic, [message])
        except PublishRefused as error:
            await context.abort(CODES[error.status], str(error))
        return Empty()

    async def BulkPublishEvent(self, request: Any, context: Context) -> Any:  # noqa: N802
        """Publishes all entries in one commit, so either all fail or none."""
        await self._check(context)
        messages = [
            Message(entry.event, entry.content_type, {**request.metadata, **entry.metadata})
            for entry in request.entries
        ]
        try:
            await self.publisher.publish(self.app, request.pubsub_name, request.topic, messages)
        except PublishRefused as error:
            if error.status != 500:  # noqa: PLR2004
                await context.abort(CODES[error.status], str(error))
            failed = [
                api_v1.BulkPublishResponseFailedEntry(entry_id=entry.entry_id, error=str(error))
                for entry in request.entries
            ]
            return api_v1.BulkPublishResponse(failedEntries=failed)
        return api_v1.BulkPublishResponse()

    BulkPublishEventAlpha1 = BulkPublishEvent

    async def GetState(self, request: Any, context: Context) -> Any:  # noqa: N802
        await self._check_store(context, request.store_name)
        found = await self.state.get(self.app.app_id, request.key)
        return api_v1.GetStateResponse(data=found[0], etag=found[1]) if found else api_v1.GetStateResponse()

    async def GetBulkState(self, request: Any, context: Context) -> Any:  # noqa: N802
        await self._check_store(context, request.store_name)
        items = []
        for key in request.keys:
            found = await self.state.get(self.app.app_id, key)
            items.append(api_v1.BulkStateItem(key=key, data=found[0] if found else b"", etag=found[1] if found else ""))
        return api_v1.GetBulkStateResponse(items=items)

    async def SaveState(self, request: Any, context: Context) -> Any:  # noqa: N802
        return await self._apply(context, request.store_name, [upsert(item) for item in request.states])

    async def DeleteState(self, request: Any, context: Context) -> Any:  # noqa: N802
        return await self._apply(context, request.store_name, [removal(request)])

    async def DeleteBulkState(self, request: Any, context: Context) -> Any:  # noqa: N802
        return await self._apply(context, request.store_name, [removal(item) for item in request.states])

    async def ExecuteStateTransaction(self, request: Any, context: Context) -> Any:  # noqa: N802
        changes = [
            upsert(operation.request) if operation.operationType == "upsert" else removal(operation.request)
            for operation in request.operations
        ]
        return await self._apply(context, request.storeName, changes)

    async def GetSecret(self, request: Any, context: Context) -> Any:  # noqa: N802
        await self._check(context)
        if request.store_name != self.config.secret_store:
            await context.abort(
                grpc.StatusCode.INVALID_ARGUMENT, f"failed finding secret store with key {request.store_name}"
            )
        secret = secret_store.read(self.config.secrets_file, self.app, request.key)
        if secret is None:
            await context.abort(grpc.StatusCode.PERMISSION_DENIED, f"access denied by policy to get {request.key!r}")
        return api_v1.GetSecretResponse(data=secret)

    async def GetMetadata(self, request: Any, context: Context) -> Any:  # noqa: ARG002, N802
        await self._check(context)
        return api_v1.GetMetadataResponse(id=self.app.app_id, runtime_version="todo-local")

    async def _apply(self, context: Context, store: str, changes: list[Change]) -> Any:
        await self._check_store(context, store)
        try:
            await self.state.apply(self.app.app_id, changes)
        except EtagMismatch as error:
            await context.abort(grpc.StatusCode.ABORTED, str(error))
        return Empty()

    async def _check_store(self, context: Context, store: str) -> None:
        await self._check(context)
        if store != self.config.state_store:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"state store {store} is not found")

    async def _check(self, context: Context) -> None:
        metadata = dict(context.invocation_metadata() or ())
        if metadata.get("dapr-api-token") != self.app.dapr_api_token:
            await context.abort(grpc.StatusCode.UNAUTHENTICATED, "authentication error: api token mismatch")


def upsert(item: Any) -> Change:
    ttl = item.metadata.get("ttlInSeconds")
    return Change(
        "upsert",
        item.key,
        item.value,
        etag=item.etag.value or None,
        first_write=item.options.concurrency == 1,
        ttl_seconds=float(ttl) if ttl else None,
    )


def removal(item: Any) -> Change:
    return Change("delete", item.key, etag=item.etag.value or None)
