"""The model for the Agents SDK: what is decided, as a response and as the events of one."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import orjson
from agents import Model, ModelResponse, Usage
from agents.items import TResponseInputItem, TResponseOutputItem, TResponseStreamEvent
from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

from todo_backend.accounts.locales import Conventions
from todo_backend.chat.rules.deciding import decide
from todo_backend.chat.rules.decisions import Decision, Say
from todo_backend.chat.rules.streaming import events


class RuleModel(Model):
    """Made anew for each turn, with the instant and the place of the person."""

    def __init__(self, now: datetime, zone: ZoneInfo, conventions: Conventions | None = None) -> None:
        self._now = now
        self._zone = zone
        self._conventions = conventions or Conventions()

    async def get_response(
        self,
        system_instructions: str | None,  # noqa: ARG002 - rules have their own
        input: str | list[TResponseInputItem],  # noqa: A002 - what the SDK calls it
        *_: Any,
        **__: Any,
    ) -> ModelResponse:
        return ModelResponse(output=self._output(input), usage=Usage(requests=1), response_id=None)

    async def stream_response(
        self,
        system_instructions: str | None,  # noqa: ARG002
        input: str | list[TResponseInputItem],  # noqa: A002
        *_: Any,
        **__: Any,
    ) -> AsyncIterator[TResponseStreamEvent]:
        for event in events(self._output(input), self._now):
            yield event

    def _output(self, items: str | list[TResponseInputItem]) -> list[TResponseOutputItem]:
        return output_of(decide(items, self._now, self._zone, self._conventions))


def output_of(decision: Decision) -> list[TResponseOutputItem]:
    """Ids are new each time: a call's id stands for one call of a conversation."""
    if isinstance(decision, Say):
        text = ResponseOutputText(type="output_text", text=decision.text, annotations=[], logprobs=[])
        return [
            ResponseOutputMessage(
                id=f"msg_{uuid4().hex}", type="message", role="assistant", status="completed", content=[text]
            )
        ]
    return [
        ResponseFunctionToolCall(
            id=f"fc_{uuid4().hex}",
            call_id=f"call_{uuid4().hex}",
            type="function_call",
            name=call.tool,
            arguments=orjson.dumps(call.arguments).decode(),
            status="completed",
        )
        for call in decision
    ]
