"""Whatever keeps another service from answering is told in one way."""

from typing import Any, cast

import pytest
from aiohttp import ClientOSError, ClientPayloadError, ServerDisconnectedError

from todo_kit.errors import Unavailable
from todo_kit.sidecar import Sidecar


@pytest.mark.parametrize(
    "error", [ServerDisconnectedError(), ClientPayloadError(), ClientOSError(), ConnectionResetError(), TimeoutError()]
)
async def test_a_sidecar_that_dies_amid_a_call_is_unavailable(error: Exception) -> None:
    class Client:
        async def invoke_method(self, *_: Any, **__: Any) -> None:
            raise error

    with pytest.raises(Unavailable, match="audit-service does not answer"):
        await Sidecar(cast("Any", Client()), "pubsub").invoke("audit-service", "anything", verb="GET")
