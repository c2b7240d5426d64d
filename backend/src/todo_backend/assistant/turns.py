"""Runs of the agent as events: streamed text, changes by tool calls, questions."""

import time
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from agents import ItemHelpers, Runner, RunResultStreaming, StreamEvent
from agents.exceptions import ModelBehaviorError
from agents.items import MessageOutputItem, ToolCallItem, ToolCallOutputItem
from sqlalchemy import Row

from todo_backend.assistant import cards
from todo_backend.assistant.agent import AgentSession
from todo_backend.assistant.calls import Call, Calls
from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.events import Added, Event, Progress, Started, TextDelta
from todo_backend.assistant.failures import DECLINED
from todo_backend.assistant.history import model_input
from todo_backend.assistant.items import AssistantMessage, Item, Question, StoredCall, ToolCalls, new_item_id
from todo_backend.assistant.streaming import with_silences
from todo_backend.settings import Settings
from todo_backend.tasks import repository

MOST_STEPS = 12
PROGRESS = "Working on your tasks…"
WAITING = "Waiting for an answer of the assistant's model ({} s)…"
STOPPED = "… (stopped)"


class Turn:
    """Converts runs of the agent to events. The public attributes are final when the events have been consumed."""

    def __init__(self, context: RequestContext, settings: Settings, conversation_id: str, step: str) -> None:
        self._context = context
        self._settings = settings
        self.conversation_id = conversation_id
        self.step = step
        self.tokens = 0
        self.changed = False
        self.unreadable = False
        """The last run ended with refused calls. The model must run again to read why."""
        self._message_id = ""
        """Of the message that is being written, "" if there is none."""
        self._text = ""
        """The text of this message so far."""
        self._tools: dict[str, str] = {}
        """Names of tools by call id."""
        self._in_hand: set[str] = set()
        self._running: RunResultStreaming | None = None

    @property
    def _now(self) -> datetime:
        return self._context.runtime.clock.now()

    async def run(self, session: AgentSession, items: Sequence[Item]) -> AsyncIterator[Event]:
        """Runs the agent. Raises TimeoutError after `assistant_turn_seconds`, and the provider's exceptions."""
        started = time.monotonic()
        self._running = result = Runner.run_streamed(
            session.agent,
            model_input(self.conversation_id, items, self.step),
            max_turns=MOST_STEPS,
            run_config=session.config,
        )
        try:
            async for event in with_silences(result.stream_events(), self._settings.assistant_progress_seconds):
                for shown in self._shown(event, session.calls) if event else self._waiting(started):
                    yield shown
                if time.monotonic() > started + self._settings.assistant_turn_seconds:
                    raise TimeoutError
                if self._context.gone.is_set():
                    # Wait for a call that is being executed, so that its result is recorded.
                    result.cancel("after_turn" if self._in_hand else "immediate")
        finally:
            self.close()
        async for shown in self._end(result, session.calls):
            yield shown

    def close(self) -> None:
        """Ends the run and counts its tokens. For an abandoned run, whose generator is closed some time later."""
        if self._running:
            self.tokens += self._running.context_wrapper.usage.total_tokens
            self._running.cancel()
            self._running = None

    async def _end(self, result: RunResultStreaming, known: Calls) -> AsyncIterator[Event]:
        ids = dict.fromkeys(each.call_id for each in result.interruptions if each.call_id)
        calls = [known.find(call_id, self._tools[call_id]) for call_id in ids]
        refused = [call for call in calls if call.refusal]
        self.unreadable = bool(refused)
        for call in refused:
            for shown in self.done(call, call.refusal):
                yield shown
        if valid := [call for call in calls if not call.refusal]:
            yield await self.ask(valid)
        elif self._context.gone.is_set() and not result.final_output:
            for shown in self.say(f"{self._text}{STOPPED}"):
                yield shown
        elif not calls and not str(result.final_output or "").strip():
            raise ModelBehaviorError("the model has said nothing")

    def _shown(self, event: StreamEvent, known: Calls) -> list[Event]:
        if event.type == "raw_response_event":
            return self._delta(event.data.delta) if event.data.type == "response.output_text.delta" else []
        if event.type != "run_item_stream_event":
            return []
        match event.item:
            case MessageOutputItem():
                text = ItemHelpers.text_message_output(event.item)
                return self.say(text or (DECLINED if is_refusal(event.item) else ""))
            case ToolCallItem():
                raw: Any = event.item.raw_item
                self._in_hand.add(raw.call_id)
                self._tools[raw.call_id] = raw.name
                return [Progress(PROGRESS)]
            case ToolCallOutputItem():
                raw_output: Any = event.item.raw_item
                call_id = raw_output["call_id"]
                self._in_hand.discard(call_id)
                return self.done(known.find(call_id, self._tools[call_id]), str(event.item.output))
            case _:
                return []

    def _delta(self, text: str) -> list[Event]:
        self._text += text
        if self._message_id:
            return [TextDelta(self._message_id, text)]
        if not self._text.strip():
            return []
        self._message_id = new_item_id()
        return [Started(self._message_id, self._now), TextDelta(self._message_id, self._text)]

    def say(self, text: str) -> list[Event]:
        """Returns a message. It replaces text that the model has begun to stream."""
        item_id = self._message_id or new_item_id()
        self._message_id, self._text = "", ""
        return [Added(AssistantMessage(id=item_id, created_at=self._now, text=text))] if text.strip() else []

    def unfinished(self) -> list[Event]:
        """Returns the text so far as a message if the turn was ended while the model was writing."""
        return self.say(self._text)

    def _waiting(self, started: float) -> list[Event]:
        return [Progress(WAITING.format(round(time.monotonic() - started)))]

    def done(self, call: Call, output: str) -> list[Event]:
        """Returns the call with its output for the model, and for the user what it has changed."""
        made = ToolCalls(created_at=self._now, step=self.step, calls=[StoredCall.of(call, output)])
        return [Added(made), *self.change(call, output)]

    def change(self, call: Call, output: str) -> list[Event]:
        change = cards.change_of(call, output, self.step, self._now)
        if change is None:
            return []
        self.changed = True
        return [Added(change)]

    async def ask(self, calls: Sequence[Call]) -> Added:
        tasks = await self._named(calls)
        titles = {task.id: task.title for task in tasks}
        return Added(
            Question(
                created_at=self._now,
                step=self.step,
                calls=[StoredCall.of(call) for call in calls],
                texts=[cards.texts_of(call, titles) for call in calls],
                versions=versions_of(tasks),
            )
        )

    async def is_outdated(self, question: Question, calls: Sequence[Call]) -> bool:
        """Returns whether a task has changed since the user was asked about it."""
        return question.versions is not None and question.versions != versions_of(await self._named(calls))

    async def _named(self, calls: Sequence[Call]) -> Sequence[Row[Any]]:
        ids = [number for call in calls for number in call.numbers]
        async with self._context.runtime.database.autocommit() as session:
            return await repository.get_rows(session, self._context.user.id, ids)


def is_refusal(item: MessageOutputItem) -> bool:
    return any(part.type == "refusal" for part in item.raw_item.content)


def versions_of(tasks: Sequence[Row[Any]]) -> list[tuple[int, int]]:
    """Returns number and version of each task."""
    return [(task.id, task.version) for task in tasks]
