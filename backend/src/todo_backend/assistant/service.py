"""Answers messages and decisions, and undoes steps. An item is stored before its event is sent."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from agents.exceptions import ModelBehaviorError

from todo_backend.assistant import cards, limits
from todo_backend.assistant.agent import UNKNOWN, AgentSession, open_session
from todo_backend.assistant.calls import Calls, read
from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.events import Added, Event, Notice, Replaced, Titled
from todo_backend.assistant.failures import CHANGES_STAND, message_for
from todo_backend.assistant.history import NOT_APPROVED, step_of, unasked_calls
from todo_backend.assistant.items import (
    AssistantMessage,
    Change,
    Item,
    Note,
    Question,
    UserMessage,
    new_item_id,
    of_kind,
    put,
)
from todo_backend.assistant.provider import ProviderSource
from todo_backend.assistant.streaming import Running, finish
from todo_backend.assistant.turns import Turn
from todo_backend.mcp.caller import CHAT
from todo_backend.rules import consent
from todo_backend.settings import Settings
from todo_backend.undo import service as undo_steps

NAME_CHARACTERS = 60
MOST_RUNS = 3
ANSWERED = "This was answered before."
YES_OR_NO = "I did not understand that as an answer: say yes or no, or use the buttons of the question above."
OUTDATED = "Something was changed since I asked, so I did nothing yet. Is this still what you want?"
NO_LONGER_VALID = "Error: nothing was done: the arguments are no longer valid. Call the tool again."
UNDONE = "The person has undone your last changes with the undo button."


class Assistant:
    def __init__(self, settings: Settings, providers: ProviderSource) -> None:
        self._settings = settings
        self.providers = providers
        self.running: Running = set()
        """Turns that are streamed."""

    async def close(self) -> None:
        await finish(self.running)
        await self.providers.close()

    async def answer(self, context: RequestContext, conversation_id: str, message: UserMessage) -> AsyncIterator[Event]:
        """Answers a message that has been stored in the conversation."""
        now = context.runtime.clock.now()
        if (await context.conversations.get(conversation_id)).title is None:
            title = " ".join(message.text.split())[:NAME_CHARACTERS]
            await context.conversations.name(conversation_id, title, now)
            yield Titled(title)
        else:
            await context.conversations.use(conversation_id, now)
        turn = self._turn(context, conversation_id, message.id)
        async for event in self._stored(turn, context, self._answer(turn, context, message)):
            yield event

    async def decide(
        self, context: RequestContext, conversation_id: str, question_id: str, *, approved: bool
    ) -> AsyncIterator[Event]:
        """Executes the calls of the question if they are approved, and lets the model go on."""
        turn = self._turn(context, conversation_id, new_item_id())
        events = self._decide(turn, context, question_id, approved=approved)
        async for event in self._stored(turn, context, events):
            yield event

    async def undo(
        self, context: RequestContext, conversation_id: str, step: str, change_id: str
    ) -> AsyncIterator[Event]:
        """Undoes a step of the conversation by the button of one of its changes."""
        turn = self._turn(context, conversation_id, new_item_id())
        events = self._undo(turn, context, step, change_id)
        async for event in self._stored(turn, context, events):
            yield event

    def _turn(self, context: RequestContext, conversation_id: str, item_id: str) -> Turn:
        step = step_of(conversation_id, item_id)
        context.steps.add(step)
        return Turn(context, self._settings, conversation_id, step)

    async def _stored(
        self, turn: Turn, context: RequestContext, events: AsyncGenerator[Event, None]
    ) -> AsyncIterator[Event]:
        """Stores the items of the events and yields the events."""
        try:
            async with aclosing(explained(turn, events)) as told:
                async for event in told:
                    await keep(context, turn.conversation_id, event)
                    yield event
        finally:
            turn.close()
            await limits.count_tokens(context, turn.tokens)
            for event in turn.unfinished():
                await keep(context, turn.conversation_id, event)

    async def _answer(self, turn: Turn, context: RequestContext, message: UserMessage) -> AsyncGenerator[Event, None]:
        await undo_steps.undo_earlier_attempt(context.runtime, context.user.id, turn.step, CHAT)
        await forget_earlier_attempt(context, turn)
        if question := await self._open_question(turn, context):
            if consent.is_unclear(message.text):
                for event in turn.say(YES_OR_NO):
                    yield event
                return
            approved, step = consent.is_yes(message.text), turn.step
            async for event in self._decide(turn, context, question.id, approved=approved, go_on=approved):
                yield event
            if approved:
                return
            turn.step = step  # _decide has set the step of the question
        async for event in self._run(turn, context, await self._open_session(turn, context)):
            yield event

    async def _open_session(self, turn: Turn, context: RequestContext) -> AgentSession:
        """Opens a session. Its limits include what the step has changed so far, such as before an approval."""
        items = (await context.conversations.get(turn.conversation_id)).items
        calls = Calls.after(unasked_calls(items, turn.step))
        return await open_session(context, await self.providers.get(), turn.step, calls)

    async def _run(self, turn: Turn, context: RequestContext, session: AgentSession) -> AsyncIterator[Event]:
        for _ in range(MOST_RUNS):
            conversation = await context.conversations.get(turn.conversation_id)
            async for event in turn.run(session, conversation.items):
                yield event
            if not turn.unreadable:
                return
        raise ModelBehaviorError("the model does not write arguments that can be read")

    async def _open_question(self, turn: Turn, context: RequestContext) -> Question | None:
        items = (await context.conversations.get(turn.conversation_id)).items
        return next(iter(open_questions(items)), None)

    async def _decide(
        self, turn: Turn, context: RequestContext, question_id: str, *, approved: bool, go_on: bool = True
    ) -> AsyncGenerator[Event, None]:
        """Executes the calls of the question or records that they were rejected, and runs the model if `go_on`.

        Asks again if a task has changed since the user was asked.
        """
        question = await claim(context, turn.conversation_id, question_id, approved=approved)
        if question is None:
            yield Notice(ANSWERED)
            return
        calls = [read(call.id, call.tool, call.arguments) for call in question.calls]
        turn.step = question.step
        context.steps.add(turn.step)
        if approved and any(call.refusal for call in calls):
            calls, question = [], question.settled("rejected", NO_LONGER_VALID)
        elif approved and await turn.is_outdated(question, calls):
            # A new question, so that a second click on the old button cannot approve unseen changes.
            yield Replaced(question.model_copy(update={"state": "outdated"}))
            for event in turn.say(OUTDATED):
                yield event
            yield await turn.ask(calls)
            return
        yield Replaced(question)
        session = await self._open_session(turn, context)
        for call in calls if approved else []:
            output = await session.tools.run(call)
            question = question.with_output(call.id, output)
            yield Replaced(question)
            for event in turn.change(call, output):
                yield event
        if go_on:
            async for event in self._run(turn, context, session):
                yield event

    async def _undo(
        self, turn: Turn, context: RequestContext, step: str, change_id: str
    ) -> AsyncGenerator[Event, None]:
        if not step.startswith(f"{turn.conversation_id}."):
            return
        done = await undo_steps.undo(context.runtime, context.user.id, step, CHAT)
        for change in of_kind((await context.conversations.get(turn.conversation_id)).items, Change):
            if change.id == change_id:
                yield Replaced(cards.undone(change, done.lines))
            elif change.step == step and change.can_undo:
                yield Replaced(change.model_copy(update={"can_undo": False}))
        if done.is_new:
            yield Added(Note(created_at=context.runtime.clock.now(), step=step, text=UNDONE))


async def explained(turn: Turn, events: AsyncGenerator[Event, None]) -> AsyncGenerator[Event, None]:
    """Yields the events. A known error becomes a message, so that the conversation can continue."""
    try:
        async with aclosing(events):
            async for event in events:
                yield event
    except Exception as error:
        message = message_for(error)
        if message is None:
            raise
        for event in turn.say(message + (CHANGES_STAND if turn.changed else "")):
            yield event


async def keep(context: RequestContext, conversation_id: str, event: Event) -> None:
    if isinstance(event, Added | Replaced):
        await context.conversations.change_items(conversation_id, put(event.item))


async def forget_earlier_attempt(context: RequestContext, turn: Turn) -> None:
    """Removes the calls of this step, so that the model does not read of changes that were undone.

    What users saw of it was removed by their client, which asked to answer the message again.
    """

    def without(items: list[Item]) -> list[Item]:
        return [item for item in items if isinstance(item, UserMessage | AssistantMessage) or item.step != turn.step]

    items = (await context.conversations.get(turn.conversation_id)).items
    if len(without(items)) < len(items):
        await context.conversations.change_items(turn.conversation_id, without)


def open_questions(items: list[Item]) -> list[Question]:
    return [question for question in of_kind(items, Question) if question.state == "open"]


def settled_by(question: Question, *, approved: bool) -> Question:
    return question.settled("approved", UNKNOWN) if approved else question.settled("rejected", NOT_APPROVED)


async def claim(context: RequestContext, conversation_id: str, question_id: str, *, approved: bool) -> Question | None:
    """Settles the question, with unknown outputs until its calls are executed, and returns it.

    Returns None if it is not open any more: only one of two concurrent answers claims it.
    """
    claimed: list[Question] = []

    def settled(items: list[Item]) -> list[Item]:
        claimed.clear()
        for question in open_questions(items):
            if question.id == question_id:
                claimed.append(settled_by(question, approved=approved))
                return put(claimed[0])(items)
        return items

    await context.conversations.change_items(conversation_id, settled)
    return claimed[0] if claimed else None
