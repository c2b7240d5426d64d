"""A response as the events in which a model's server would send it: texts a few words at a time."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid4

from agents.items import TResponseOutputItem, TResponseStreamEvent
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseContentPartAddedEvent,
    ResponseContentPartDoneEvent,
    ResponseCreatedEvent,
    ResponseFunctionCallArgumentsDeltaEvent,
    ResponseFunctionCallArgumentsDoneEvent,
    ResponseFunctionToolCall,
    ResponseOutputItemAddedEvent,
    ResponseOutputItemDoneEvent,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseTextDeltaEvent,
    ResponseTextDoneEvent,
)

MODEL = "rules"
PIECE = 40
"""Characters of a text that come at once."""


def events(output: Sequence[TResponseOutputItem], now: datetime) -> Iterator[TResponseStreamEvent]:
    number = itertools.count()
    response = Response(
        id=f"resp_{uuid4().hex}",
        created_at=now.timestamp(),
        model=MODEL,
        object="response",
        output=[],
        parallel_tool_calls=True,
        status="in_progress",
        tool_choice="auto",
        tools=[],
    )
    yield ResponseCreatedEvent(type="response.created", response=response, sequence_number=next(number))
    for index, item in enumerate(output):
        if isinstance(item, ResponseOutputMessage):
            yield from of_message(item, index, number)
        elif isinstance(item, ResponseFunctionToolCall):
            yield from of_call(item, index, number)
    done = response.model_copy(update={"output": list(output), "status": "completed"})
    yield ResponseCompletedEvent(type="response.completed", response=done, sequence_number=next(number))


def of_message(message: ResponseOutputMessage, index: int, number: Iterator[int]) -> Iterator[TResponseStreamEvent]:
    [part] = message.content
    text = part.text if isinstance(part, ResponseOutputText) else ""
    begun = message.model_copy(update={"content": [], "status": "in_progress"})
    empty = ResponseOutputText(type="output_text", text="", annotations=[], logprobs=[])
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added", item=begun, output_index=index, sequence_number=next(number)
    )
    yield ResponseContentPartAddedEvent(
        type="response.content_part.added", part=empty,
        item_id=message.id, output_index=index, content_index=0, sequence_number=next(number),
    )  # fmt: skip
    for piece in pieces(text):
        yield ResponseTextDeltaEvent(
            type="response.output_text.delta", delta=piece, logprobs=[],
            item_id=message.id, output_index=index, content_index=0, sequence_number=next(number),
        )  # fmt: skip
    yield ResponseTextDoneEvent(
        type="response.output_text.done", text=text, logprobs=[],
        item_id=message.id, output_index=index, content_index=0, sequence_number=next(number),
    )  # fmt: skip
    yield ResponseContentPartDoneEvent(
        type="response.content_part.done", part=part,
        item_id=message.id, output_index=index, content_index=0, sequence_number=next(number),
    )  # fmt: skip
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done", item=message, output_index=index, sequence_number=next(number)
    )


def of_call(call: ResponseFunctionToolCall, index: int, number: Iterator[int]) -> Iterator[TResponseStreamEvent]:
    item_id = call.id or call.call_id
    begun = call.model_copy(update={"arguments": "", "status": "in_progress"})
    yield ResponseOutputItemAddedEvent(
        type="response.output_item.added", item=begun, output_index=index, sequence_number=next(number)
    )
    yield ResponseFunctionCallArgumentsDeltaEvent(
        type="response.function_call_arguments.delta", delta=call.arguments,
        item_id=item_id, output_index=index, sequence_number=next(number),
    )  # fmt: skip
    yield ResponseFunctionCallArgumentsDoneEvent(
        type="response.function_call_arguments.done", arguments=call.arguments, name=call.name,
        item_id=item_id, output_index=index, sequence_number=next(number),
    )  # fmt: skip
    yield ResponseOutputItemDoneEvent(
        type="response.output_item.done", item=call, output_index=index, sequence_number=next(number)
    )


def pieces(text: str) -> Iterator[str]:
    for at in range(0, len(text), PIECE):
        yield text[at : at + PIECE]
