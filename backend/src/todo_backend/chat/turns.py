"""Runs of the agent as ChatKit events: streamed text, cards of tool calls, approvals."""

import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

from agents import ItemHelpers, Runner, RunResultStreaming, StreamEvent
from agents.exceptions import ModelBehaviorError
from agents.items import MessageOutputItem, ToolCallItem, ToolCallOutputItem
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartTextDelta,
    AssistantMessageItem,
    HiddenContextItem,
    ProgressUpdateEvent,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadStreamEvent,
    WidgetItem,
)
from sqlalchemy import Row

from todo_backend.chat import cards
from todo_backend.chat.agent import Assistant
from todo_backend.chat.calls import Call, Calls
from todo_backend.chat.failures import DECLINED
from todo_backend.chat.history import model_input, pair, pending_calls
from todo_backend.chat.store import Asking, new_item_id
from todo_backend.chat.streaming import with_silences
from todo_backend.settings import Settings
from todo_backend.tasks import repository

MOST_STEPS = 12
PROGRESS = "Working on your tasks…"
WAITING = "Waiting for an answer of the assistant's model ({} s)…"
STOPPED = "… (stopped)"


class Turn:
    """Converts runs of the agent to events. The public attributes are final when the events have been consumed."""

    def __init__(self, asking: Asking, settings: Settings, thread_id: str, step: str) -> None:
        self._asking = asking
        self._settings = settings
        self._thread_id = thread_id
        self.step = step
        self.tokens = 0
        self.changed = False
        self.unreadable = False
        """The last run ended with refused calls. The model must run again to read why."""
        self._message: AssistantMessageItem | None = None
        self._text = ""
        """The text of the current message so far."""
        self._tools: dict[str, str] = {}
        """Names of tools by call id."""
        self._in_hand: set[str] = set()

    def item(self, kind: type[Any], **fields: Any) -> Any:
        now = self._asking.runtime.clock.now()
        return kind(id=new_item_id(), thread_id=self._thread_id, created_at=now, **fields)

    async def run(self, assistant: Assistant, items: Sequence[ThreadItem]) -> AsyncIterator[ThreadStreamEvent]:
        """Runs the agent. Raises TimeoutError after `assistant_turn_seconds`, and the provider's exceptions."""
        started = time.monotonic()
        result = Runner.run_streamed(
            assistant.agent, model_input(items, self.step), max_turns=MOST_STEPS, run_config=assistant.config
        )
        try:
            async for event in with_silences(result.stream_events(), self._settings.assistant_progress_seconds):
                for shown in self._shown(event, assistant.calls) if event else self._waiting(started):
                    yield shown
                if time.monotonic() > started + self._settings.assistant_turn_seconds:
                    raise TimeoutError
                if self._asking.gone.is_set():
                    # Wait for a call that is being executed, so that its result is recorded.
                    result.cancel("after_turn" if self._in_hand else "immediate")
        finally:
            self.tokens += result.context_wrapper.usage.total_tokens
            result.cancel()
        async for shown in self._end(result, assistant.calls):
            yield shown

    async def _end(self, result: RunResultStreaming, known: Calls) -> AsyncIterator[ThreadStreamEvent]:
        ids = dict.fromkeys(each.call_id for each in result.interruptions if each.call_id)
        calls = [known.find(call_id, self._tools[call_id]) for call_id in ids]
        refused = [call for call in calls if call.refusal]
        self.unreadable = bool(refused)
        for call in refused:
            for shown in self.done(call, call.refusal):
                yield shown
        if valid := [call for call in calls if not call.refusal]:
            async for shown in self.ask(valid):
                yield shown
        elif self._asking.gone.is_set() and not result.final_output:
            for shown in self._said(f"{self._text}{STOPPED}"):
                yield shown
        elif not calls and not str(result.final_output or "").strip():
            raise ModelBehaviorError("the model has said nothing")

    def _shown(self, event: StreamEvent, known: Calls) -> list[ThreadStreamEvent]:
        if event.type == "raw_response_event":
            return self._delta(event.data.delta) if event.data.type == "response.output_text.delta" else []
        if event.type != "run_item_stream_event":
            return []
        match event.item:
            case MessageOutputItem():
                text = ItemHelpers.text_message_output(event.item)
                return self._said(text or (DECLINED if is_refusal(event.item) else ""))
            case ToolCallItem():
                raw: Any = event.item.raw_item
                self._in_hand.add(raw.call_id)
                self._tools[raw.call_id] = raw.name
                return [ProgressUpdateEvent(text=PROGRESS)]
            case ToolCallOutputItem():
                raw_output: Any = event.item.raw_item
                call_id = raw_output["call_id"]
                self._in_hand.discard(call_id)
                return self.done(known.find(call_id, self._tools[call_id]), str(event.item.output))
            case _:
                return []

    def _delta(self, text: str) -> list[ThreadStreamEvent]:
        started: list[ThreadStreamEvent] = []
        if self._message is None:
            self._message = self.item(AssistantMessageItem, content=[])
            part = AssistantMessageContentPartAdded(content_index=0, content=AssistantMessageContent(text=""))
            started = [
                ThreadItemAddedEvent(item=self._message),
                ThreadItemUpdatedEvent(item_id=self._message.id, update=part),
            ]
        self._text += text
        delta = AssistantMessageContentPartTextDelta(content_index=0, delta=text)
        return [*started, ThreadItemUpdatedEvent(item_id=self._message.id, update=delta)]

    def _said(self, text: str) -> list[ThreadStreamEvent]:
        message = self._message or self.item(AssistantMessageItem, content=[])
        self._message, self._text = None, ""
        if not text.strip():
            return []
        return [ThreadItemDoneEvent(item=message.model_copy(update={"content": [AssistantMessageContent(text=text)]}))]

    def _waiting(self, started: float) -> list[ThreadStreamEvent]:
        return [ProgressUpdateEvent(text=WAITING.format(round(time.monotonic() - started)))]

    def say(self, text: str) -> list[ThreadStreamEvent]:
        """Returns a message that is not the model's. It replaces text that the model has begun to stream."""
        return self._said(text)

    def done(self, call: Call, output: str) -> list[ThreadStreamEvent]:
        """Returns a hidden item with the call and its result for the model, and a card if something was changed."""
        hidden = self.item(HiddenContextItem, content={"items": pair(call, output), "step": self.step})
        return [ThreadItemDoneEvent(item=hidden), *self.card(call, output)]

    def card(self, call: Call, output: str) -> list[ThreadStreamEvent]:
        card = cards.done(call, output, self.step)
        if card is None:
            return []
        self.changed = True
        return [ThreadItemDoneEvent(item=self.item(WidgetItem, widget=card))]

    async def ask(self, calls: Sequence[Call]) -> AsyncIterator[ThreadStreamEvent]:
        tasks = await self._named(calls)
        seen = versions_of(tasks)
        stored = [call.stored() for call in calls]
        pending = self.item(HiddenContextItem, content={"pending": stored, "step": self.step, "seen": seen})
        card = self.item(WidgetItem, widget=cards.question(calls, titles_of(tasks), pending.id))
        pending.content["card"] = card.id
        yield ThreadItemDoneEvent(item=pending)
        yield ThreadItemDoneEvent(item=card)

    async def titles(self, calls: Sequence[Call]) -> dict[int, str]:
        return titles_of(await self._named(calls))

    async def is_outdated(self, pending: HiddenContextItem) -> bool:
        """Returns whether a task has changed since the user was asked about it."""
        now = versions_of(await self._named(pending_calls(pending)))
        return bool(pending.content.get("seen", now) != now)

    async def _named(self, calls: Sequence[Call]) -> Sequence[Row[Any]]:
        ids = [number for call in calls for number in call.numbers]
        async with self._asking.runtime.database.autocommit() as session:
            return await repository.get_rows(session, self._asking.user.id, ids)


def is_refusal(item: MessageOutputItem) -> bool:
    return any(part.type == "refusal" for part in item.raw_item.content)


def titles_of(tasks: Sequence[Row[Any]]) -> dict[int, str]:
    return {task.id: task.title for task in tasks}


def versions_of(tasks: Sequence[Row[Any]]) -> list[list[int]]:
    """Returns number and version of each task, as lists, because they are compared with stored JSON."""
    return [[task.id, task.version] for task in tasks]
