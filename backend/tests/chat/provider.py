"""An OpenAI-compatible server that answers by a script: what the wire carries, the good and the bad."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from starlette.responses import StreamingResponse

from tests.support import eventually, free_port

Chunk = dict[str, Any]


@dataclass(frozen=True)
class Says:
    """A text, in pieces."""

    text: str
    pause: float = 0.0
    """Between the pieces."""


@dataclass(frozen=True)
class Calls:
    """Calls of tools, several of them in parallel: (name, arguments), the arguments as an object or as raw text."""

    calls: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Ends:
    """A text that ends for another reason than that all is said; without a reason, the stream just stops."""

    reason: str | None
    text: str = "I am"


@dataclass(frozen=True)
class Refuses:
    text: str = "I cannot help with that."


@dataclass(frozen=True)
class Fails:
    status: int
    code: str = "x"
    message: str = "no"


@dataclass(frozen=True)
class Cuts:
    """Begins to answer, and is gone."""

    text: str = "I am"


@dataclass(frozen=True)
class Raw:
    """What is no answer at all."""

    body: str


def calls(name: str, **arguments: Any) -> Calls:
    return Calls(((name, arguments),))


@dataclass
class Provider:
    url: str
    script: list[Any] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def will(self, *answers: Any) -> None:
        self.script[:] = answers
        self.requests.clear()

    @property
    def last_messages(self) -> list[dict[str, Any]]:
        return list(self.requests[-1]["messages"])


Streamed = Says | Calls | Cuts | Ends | Refuses


def chunks(answer: Streamed) -> Iterator[Chunk]:
    match answer:
        case Refuses(text):
            yield {"refusal": text}
        case Says(text) | Cuts(text) | Ends(text=text):
            for piece in [text[i : i + 4] for i in range(0, len(text), 4)]:
                yield {"content": piece}
        case Calls(wanted):
            for index, (name, arguments) in enumerate(wanted):
                raw = arguments if isinstance(arguments, str) else json.dumps(arguments)
                function = {"name": name, "arguments": raw[:5]}
                call_id = f"call_{id(answer)}_{index}"
                yield {"tool_calls": [{"index": index, "id": call_id, "type": "function", "function": function}]}
                yield {"tool_calls": [{"index": index, "function": {"arguments": raw[5:]}}]}


async def stream(answer: Streamed) -> AsyncIterator[str]:
    def frame(delta: Chunk, finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        content = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        return f"data: {json.dumps(content | more)}\n\n"

    for delta in chunks(answer):
        yield frame(delta)
        await asyncio.sleep(answer.pause if isinstance(answer, Says) else 0)
    if isinstance(answer, Cuts):
        raise ConnectionResetError
    if isinstance(answer, Ends) and answer.reason is None:
        return
    stop = "tool_calls" if isinstance(answer, Calls) else "stop"
    yield frame({}, answer.reason if isinstance(answer, Ends) else stop)
    yield frame({}, usage={"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}, choices=[])
    yield "data: [DONE]\n\n"


@asynccontextmanager
async def running() -> AsyncIterator[Provider]:
    app, port = FastAPI(), free_port()
    provider = Provider(f"http://127.0.0.1:{port}/v1")

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        provider.requests.append(await request.json())
        answer = provider.script.pop(0)
        match answer:
            case Fails(status, code, message):
                error = {"error": {"message": message, "code": code}}
                return Response(json.dumps(error), status, media_type="application/json")
            case Raw(body):
                return Response(body, media_type="text/event-stream")
            case _:
                return StreamingResponse(stream(answer), media_type="text/event-stream")

    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    task = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    try:
        yield provider
    finally:
        server.should_exit = True
        await task
