"""The interface of the Agents SDK: a decision as a response of a model."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import orjson
from agents import Model, ModelResponse, Usage
from agents.items import TResponseInputItem, TResponseOutputItem, TResponseStreamEvent
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseFunctionToolCall,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
)

from todo_backend.accounts.locales import Conventions
from todo_backend.quick_add.meanings import Here
from todo_backend.rules.decisions import decide
from todo_backend.rules.vocabulary import Call, Reply

PIECE = 40
"""Characters of a text per event."""


class RuleModel(Model):
    """Created for each turn, with the time and the place of the user."""

    def __init__(self, now: datetime, zone: ZoneInfo, conventions: Conventions | None = None) -> None:
        self._here = Here(now.astimezone(zone), zone, conventions or Conventions())

    async def get_response(
        self,
        system_instructions: str | None,  # noqa: ARG002 - rules have their own
        input: str | list[TResponseInputItem],  # noqa: A002 - the name that the SDK uses
        *_: Any,
        **__: Any,
    ) -> ModelResponse:
        return ModelResponse(output=_output(decide(input, self._here)), usage=Usage(requests=1), response_id=None)

    async def stream_response(
        self,
        system_instructions: str | None,  # noqa: ARG002
        input: str | list[TResponseInputItem],  # noqa: A002
        *_: Any,
        **__: Any,
    ) -> AsyncIterator[TResponseStreamEvent]:
        decision = decide(input, self._here)
        output = _output(decision)
        text = decision.text if isinstance(decision, Reply) else ""
        for number, at in enumerate(range(0, len(text), PIECE)):
            yield ResponseTextDeltaEvent(
                type="response.output_text.delta", delta=text[at : at + PIECE], logprobs=[],
                item_id=output[0].id or "", output_index=0, content_index=0, sequence_number=number,
            )  # fmt: skip
        response = Response(
            id=_new_id("resp"), created_at=self._here.now.timestamp(), model="rules", object="response", output=output,
            parallel_tool_calls=True, status="completed", tool_choice="auto", tools=[],
        )  # fmt: skip
        yield ResponseCompletedEvent(type="response.completed", response=response, sequence_number=len(text))


def _new_id(kind: str) -> str:
    return f"{kind}_{uuid4().hex}"


def _output(decision: Reply | list[Call]) -> list[TResponseOutputItem]:
    if isinstance(decision, Reply):
        content = ResponseOutputText(type="output_text", text=decision.text, annotations=[], logprobs=[])
        return [
            ResponseOutputMessage(
                id=_new_id("msg"), type="message", role="assistant", status="completed", content=[content]
            )
        ]
    return [
        ResponseFunctionToolCall(
            id=_new_id("fc"), call_id=_new_id("call"), type="function_call", status="completed",
            name=call.tool, arguments=orjson.dumps(call.arguments).decode(),
        )
        for call in decision
    ]  # fmt: skip
