from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class SlotStream(StreamingResponse):
    """A stream that releases its slot at the end, also if the client disconnects before the first byte."""

    def __init__(
        self, chunks: AsyncIterator[bytes], slot: ExitStack, *, media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__(chunks, media_type=media_type, headers=headers)
        self._slot = slot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._slot:
            await super().__call__(scope, receive, send)
