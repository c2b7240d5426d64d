"""A sidecar may come before its app or after it, and may die: nothing that was taken is lost."""

from functools import partial

import grpc
import pytest

from tests.sidecars.stage import PUBSUB, Stage, event
from tests.support import eventually


async def test_a_killed_sidecar_goes_on_where_it_was(stage: Stage) -> None:
    before = event()
    await stage.publish("task-updates", before)
    await stage.stop_sidecars()
    async with stage.http() as http:
        with pytest.raises(Exception, match="connect"):
            await http.get("/healthz")
    await stage.start_sidecars()
    after = event()
    await stage.publish("task-updates", after)
    for sent in (before, after):
        await eventually(partial(stage.backend.deliveries, sent["id"]), 30)


async def test_publishing_without_a_sidecar_fails_and_does_not_hang(stage: Stage) -> None:
    async with stage.sdk() as client:
        await stage.stop_sidecars()
        try:
            with pytest.raises((grpc.RpcError, Exception)):
                await client.publish_event(PUBSUB, "task-updates", "{}")
        finally:
            await stage.start_sidecars()
