"""The ChatKit server of the assistant. A message starts a turn; a button approves, rejects or undoes."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from agents.exceptions import ModelBehaviorError
from chatkit.actions import Action
from chatkit.server import ChatKitServer
from chatkit.types import (
    HiddenContextItem,
    NoticeEvent,
    ThreadItem,
    ThreadItemDoneEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    WidgetItem,
)

from todo_backend.chat import cards, limits
from todo_backend.chat.agent import UNKNOWN, Assistant, assistant
from todo_backend.chat.answers import questions
from todo_backend.chat.calls import Calls
from todo_backend.chat.failures import CHANGES_STAND, message_for
from todo_backend.chat.history import NOT_APPROVED, pair, pending_calls, text_of, unasked_calls
from todo_backend.chat.provider import ProviderSource
from todo_backend.chat.store import Asking, ConversationStore, new_item_id
from todo_backend.chat.streaming import Running
from todo_backend.chat.turns import Turn
from todo_backend.mcp.caller import CHAT
from todo_backend.rules import consent
from todo_backend.settings import Settings
from todo_backend.undo import service as undo

NAME_CHARACTERS = 60
MOST_RUNS = 3
ANSWERED = "This was answered before."
YES_OR_NO = "I did not understand that as an answer: say yes or no, or use the buttons of the question above."
OUTDATED = "Something was changed since I asked, so I did nothing yet. Is this still what you want?"


class Chat(ChatKitServer[Asking]):
    def __init__(self, settings: Settings, providers: ProviderSource) -> None:
        super().__init__(ConversationStore())
        self._settings = settings
        self.providers = providers
        self.turns: Running = set()

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Asking
    ) -> AsyncIterator[ThreadStreamEvent]:
        if input_user_message is None:
            return
        message = text_of(input_user_message)
        await context.conversations.use(thread.id, context.runtime.clock.now())
        if thread.title is None:
            thread.title = " ".join(message.split())[:NAME_CHARACTERS]
        turn = self._turn(thread, context, f"{thread.id}.{input_user_message.id}")
        async for event in self._told(turn, context, self._answer(turn, thread, context, message)):
            yield event

    async def action(
        self, thread: ThreadMetadata, action: Action[str, Any], sender: WidgetItem | None, context: Asking
    ) -> AsyncIterator[ThreadStreamEvent]:
        payload = action.payload if isinstance(action.payload, dict) else {}
        turn = self._turn(thread, context, f"{thread.id}.{new_item_id()}")
        if action.type in {"approve", "reject"}:
            approved = action.type == "approve"
            events = self._decide(turn, thread, context, str(payload.get("item")), sender, approved=approved)
        elif action.type == "undo" and sender:
            events = self._take_back(context, thread, str(payload.get("step")), sender)
        else:
            return
        async for event in self._told(turn, context, events):
            yield event

    def _turn(self, thread: ThreadMetadata, context: Asking, step: str) -> Turn:
        context.steps.add(step)
        return Turn(context, self._settings, thread.id, step)

    async def _told(
        self, turn: Turn, context: Asking, events: AsyncIterator[ThreadStreamEvent]
    ) -> AsyncIterator[ThreadStreamEvent]:
        """Yields the events, and a message if they fail with a known error, so that the conversation can continue."""
        try:
            async for event in events:
                yield event
        except Exception as error:
            message = message_for(error)
            if message is None:
                raise
            for event in turn.say(message + (CHANGES_STAND if turn.changed else "")):
                yield event
        finally:
            await limits.count_tokens(context, turn.tokens)

    async def _answer(
        self, turn: Turn, thread: ThreadMetadata, context: Asking, message: str
    ) -> AsyncIterator[ThreadStreamEvent]:
        await undo.undo_earlier_attempt(context.runtime, context.user.id, turn.step, CHAT)
        if asked := await self._open_question(thread, context):
            if consent.is_unclear(message):
                for event in turn.say(YES_OR_NO):
                    yield event
                return
            pending, card = asked
            approved, step = consent.is_yes(message), turn.step
            async for event in self._decide(turn, thread, context, pending.id, card, approved=approved, go_on=approved):
                yield event
            if approved:
                return
            turn.step = step  # _decide has set the step of the pending calls
        async for event in self._run(turn, await self._assistant(turn, thread, context), thread, context):
            yield event

    async def _assistant(self, turn: Turn, thread: ThreadMetadata, context: Asking) -> Assistant:
        """Returns the assistant. Its limits include what the step has changed so far, such as before an approval."""
        items = (await context.conversations.get(thread.id)).items
        calls = Calls.after(unasked_calls(items, turn.step))
        return await assistant(context, await self.providers.get(), turn.step, calls)

    async def _run(
        self, turn: Turn, opened: Assistant, thread: ThreadMetadata, context: Asking
    ) -> AsyncIterator[ThreadStreamEvent]:
        for _ in range(MOST_RUNS):
            conversation = await context.conversations.get(thread.id)
            async for event in turn.run(opened, conversation.items):
                yield event
            if not turn.unreadable:
                return
        raise ModelBehaviorError("the model does not write arguments that can be read")

    async def _open_question(
        self, thread: ThreadMetadata, context: Asking
    ) -> tuple[HiddenContextItem, WidgetItem | None] | None:
        items = (await context.conversations.get(thread.id)).items
        return next(questions(items), None)

    async def _decide(
        self, turn: Turn, thread: ThreadMetadata, context: Asking, pending_id: str, card: WidgetItem | None,
        *, approved: bool, go_on: bool = True,
    ) -> AsyncIterator[ThreadStreamEvent]:  # fmt: skip
        """Executes the pending calls or records that they were rejected, and runs the model again if `go_on`.

        Asks again if a task has changed since the calls were shown.
        """
        pending = await claim(thread, context, pending_id, UNKNOWN if approved else NOT_APPROVED)
        if pending is None:
            yield NoticeEvent(level="info", message=ANSWERED)
            return
        calls = pending_calls(pending)
        approved = approved and not any(call.refusal for call in calls)
        turn.step = pending.content["step"]
        context.steps.add(turn.step)
        if approved and await turn.is_outdated(pending):
            async for event in ask_anew(turn, pending, card):
                yield event
            return
        outputs = dict.fromkeys((call.id for call in calls), UNKNOWN if approved else NOT_APPROVED)
        if card:
            widget = cards.answered(calls, await turn.titles(calls), approved=approved)
            yield ThreadItemReplacedEvent(item=card.model_copy(update={"widget": widget}))
        opened = await self._assistant(turn, thread, context)
        for call in calls if approved else []:
            outputs[call.id] = call.refusal or await opened.tools.run(call)
            yield ThreadItemReplacedEvent(item=settled(pending, outputs))
            for event in turn.card(call, outputs[call.id]):
                yield event
        if go_on:
            async for event in self._run(turn, opened, thread, context):
                yield event

    async def _take_back(
        self, context: Asking, thread: ThreadMetadata, step: str, sender: WidgetItem
    ) -> AsyncIterator[ThreadStreamEvent]:
        if not step.startswith(f"{thread.id}."):
            return
        done = await undo.undo(context.runtime, context.user.id, step, CHAT)
        note = {"role": "system", "content": "The person has undone your last changes with the undo button."}
        widgets = [item for item in (await context.conversations.get(thread.id)).items if isinstance(item, WidgetItem)]
        for card in widgets:
            if card.id == sender.id:
                said = cards.undone(done.undone)
                yield ThreadItemReplacedEvent(item=card.model_copy(update={"widget": said}))
            elif (widget := cards.without_undo(card.widget, step)) is not None:
                yield ThreadItemReplacedEvent(item=card.model_copy(update={"widget": widget}))
        yield ThreadItemDoneEvent(
            item=HiddenContextItem(
                id=new_item_id(),
                thread_id=thread.id,
                created_at=context.runtime.clock.now(),
                content={"items": [note]},
            )
        )


async def claim(thread: ThreadMetadata, context: Asking, pending_id: str, output: str) -> HiddenContextItem | None:
    """Settles the pending calls, with `output` as their provisional output, and returns the item as it was.

    Returns None if it is not pending any more: only one of two concurrent answers claims it.
    """
    found: list[HiddenContextItem] = []

    def claimed(items: list[ThreadItem]) -> list[ThreadItem]:
        found[:] = [item for item, _ in questions(items) if item.id == pending_id]
        for pending in found:
            outputs = dict.fromkeys((each["id"] for each in pending.content["pending"]), output)
            items = [settled(pending, outputs) if item.id == pending_id else item for item in items]
        return items

    await context.conversations.change_items(thread.id, claimed)
    return found[0] if found else None


async def ask_anew(turn: Turn, pending: HiddenContextItem, card: WidgetItem | None) -> AsyncIterator[ThreadStreamEvent]:
    """Asks with a new item and a new card, so that a second click on the old button cannot approve unseen changes."""
    calls = pending_calls(pending)
    yield ThreadItemReplacedEvent(item=pending.model_copy(update={"content": {"items": [], "step": turn.step}}))
    if card:
        widget = cards.answered(calls, await turn.titles(calls), approved=False)
        yield ThreadItemReplacedEvent(item=card.model_copy(update={"widget": widget}))
    for event in turn.say(OUTDATED):
        yield event
    async for event in turn.ask(calls):
        yield event


def settled(pending: HiddenContextItem, outputs: Mapping[str, str]) -> HiddenContextItem:
    """Returns the pending item as settled: each call with its output."""
    items = [each for call in pending_calls(pending) for each in pair(call, outputs[call.id])]
    return pending.model_copy(update={"content": {"items": items, "step": pending.content["step"], "asked": True}})
