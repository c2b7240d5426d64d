"""The state store keeps what those who read the same write once; the secret store tells an app its own secrets."""

import grpc
import pytest
from dapr.clients.exceptions import DaprGrpcError, DaprInternalError
from dapr.clients.grpc._request import TransactionalStateOperation, TransactionOperationType
from dapr.clients.grpc._state import Concurrency, StateOptions

from tests.sidecars.stage import SECRETS, STATE, Stage

FIRST_WRITE = StateOptions(concurrency=Concurrency.first_write)
UPSERT, DELETE = TransactionOperationType.upsert, TransactionOperationType.delete


async def test_state_is_kept_changed_and_forgotten(stage: Stage, user: str) -> None:
    async with stage.sdk() as client:
        assert (await client.get_state(STATE, user)).data == b""
        await client.save_state(STATE, user, "one")
        assert (await client.get_state(STATE, user)).data == b"one"
        await client.delete_state(STATE, user)
        assert (await client.get_state(STATE, user)).data == b""


async def test_of_two_who_read_the_same_the_second_writer_is_refused(stage: Stage, user: str) -> None:
    async with stage.sdk() as client:
        await client.save_state(STATE, user, "one")
        read = await client.get_state(STATE, user)
        await client.save_state(STATE, user, "two", etag=read.etag, options=FIRST_WRITE)
        with pytest.raises(DaprInternalError, match="etag"):
            await client.save_state(STATE, user, "three", etag=read.etag, options=FIRST_WRITE)
        with pytest.raises(DaprGrpcError):
            await client.delete_state(STATE, user, etag=read.etag, options=FIRST_WRITE)
        assert (await client.get_state(STATE, user)).data == b"two"


async def test_a_transaction_is_kept_whole_or_not_at_all(stage: Stage, user: str) -> None:
    one, two = f"{user}-1", f"{user}-2"
    async with stage.sdk() as client:
        await client.execute_state_transaction(
            STATE,
            [TransactionalStateOperation(key=one, data="a"), TransactionalStateOperation(key=two, data="b")],
        )
        stale = (await client.get_state(STATE, two)).etag
        await client.save_state(STATE, two, "changed")
        with pytest.raises(DaprGrpcError):
            await client.execute_state_transaction(
                STATE,
                [
                    TransactionalStateOperation(key=one, data="never", operation_type=UPSERT),
                    TransactionalStateOperation(key=two, data="never", etag=stale, operation_type=UPSERT),
                ],
            )
        assert (await client.get_state(STATE, one)).data == b"a"
        assert (await client.get_state(STATE, two)).data == b"changed"
        await client.execute_state_transaction(STATE, [TransactionalStateOperation(key=one, operation_type=DELETE)])
        assert (await client.get_state(STATE, one)).data == b""


async def test_state_can_be_read_and_written_over_http(stage: Stage, user: str) -> None:
    async with stage.http() as http:
        assert (await http.get(f"/state/{STATE}/{user}")).status_code == 204
        assert (await http.post(f"/state/{STATE}", json=[{"key": user, "value": {"a": 1}}])).status_code == 204
        read = await http.get(f"/state/{STATE}/{user}")
        assert (read.status_code, read.json()) == (200, {"a": 1})
        stale = [{"key": user, "value": 2, "etag": "1", "options": {"concurrency": "first-write"}}]
        assert (await http.post(f"/state/{STATE}", json=stale)).status_code == 409
        assert (await http.delete(f"/state/{STATE}/{user}")).status_code == 204
        assert (await http.get(f"/state/nowhere/{user}")).status_code == 400


async def test_an_app_reads_its_own_secret_and_no_other(stage: Stage) -> None:
    async with stage.sdk() as client, stage.http() as http:
        assert "DATABASE_URL" in (await client.get_secret(SECRETS, "todo-backend")).secret
        for store, key in ((SECRETS, "audit-service"), (SECRETS, "todo-kafka"), ("nowhere", "todo-backend")):
            with pytest.raises(grpc.RpcError):
                await client.get_secret(store, key)
        assert (await http.get(f"/secrets/{SECRETS}/audit-service")).status_code == 403
