"""The conversations of a user, in Dapr's state store, so that any replica can continue any of them.

Each conversation is one document; the list of conversations is another. A write succeeds only if the document is still
the one that was read (ETag). Otherwise the change is applied to the newer document, so that no update is lost.

A document has a key of its own for its format: while a new version is rolled out or back, replicas of the other version
do not meet documents that they cannot read. The first change of a conversation moves it from its former key.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from pydantic import AwareDatetime, BaseModel

from todo_backend.assistant import former
from todo_backend.assistant.items import Item, UserMessage
from todo_kit.errors import NotFound, Unavailable
from todo_kit.ids import uuid7
from todo_kit.sidecar import Sidecar, State

ID_FORM = "thr_[0-9a-f]{32}"
STORE = "todo-state"
ATTEMPTS = 20
MOST_CONVERSATIONS = 100
MOST_ITEMS = 400
MOST_BYTES = 1_500_000
"""Limit of a conversation: the document must fit into one message to the sidecar (4 MB)."""

D = TypeVar("D", bound=BaseModel)


class ConversationNotFound(NotFound):
    """There is no such conversation"""

    code = "conversation_not_found"


def not_found(conversation_id: str) -> ConversationNotFound:
    return ConversationNotFound(f"there is no conversation {conversation_id[:64]!r}")


class Conversation(BaseModel):
    id: str
    title: str | None = None
    created_at: AwareDatetime
    items: list[Item] = []


def new_conversation(now: datetime) -> Conversation:
    return Conversation(id=new_conversation_id(), created_at=now)


def new_conversation_id() -> str:
    return f"thr_{uuid7().hex}"


def within_bounds(items: list[Item]) -> list[Item]:
    """Drops the oldest items beyond the limits, and then those before the next user message, if there is one."""
    left, kept = MOST_BYTES, len(items)
    while kept and len(items) - kept < MOST_ITEMS:
        left -= len(items[kept - 1].model_dump_json().encode())
        if left < 0:
            break
        kept -= 1
    if kept:
        begins = (index for index in range(kept, len(items)) if isinstance(items[index], UserMessage))
        kept = next(begins, kept)
    return items[kept:]


class Entry(BaseModel):
    id: str
    title: str | None
    created_at: AwareDatetime
    updated_at: AwareDatetime


class Conversations(BaseModel):
    """The list of conversations, the most recently used first."""

    entries: list[Entry] = []


class ConversationRepository:
    """The conversations of one user."""

    def __init__(self, sidecar: Sidecar, user_id: str) -> None:
        self._sidecar = sidecar
        self._list_key = f"conversations/{user_id}"

    def _key(self, conversation_id: str) -> str:
        return f"{self._former_key(conversation_id)}/items"

    def _former_key(self, conversation_id: str) -> str:
        return f"{self._list_key}/{conversation_id}"

    async def all(self) -> Conversations:
        found = await self._sidecar.read_state(STORE, self._list_key)
        return Conversations.model_validate_json(found.value) if found else Conversations()

    async def get(self, conversation_id: str) -> Conversation:
        """Returns the conversation. Raises ConversationNotFound if there is none with this id."""
        _, found = await self._read(conversation_id)
        if found is None:
            raise not_found(conversation_id)
        return found

    async def _read(self, conversation_id: str) -> tuple[State | None, Conversation | None]:
        """Returns the document, and the conversation, which may still be in the document of the former format."""
        if not re.fullmatch(ID_FORM, conversation_id):  # others may not even be valid keys of the store
            return None, None
        if known := await self._sidecar.read_state(STORE, self._key(conversation_id)):
            return known, Conversation.model_validate_json(known.value)
        old = await self._sidecar.read_state(STORE, self._former_key(conversation_id))
        return None, Conversation.model_validate(former.converted(old.value)) if old else None

    async def save(self, conversation: Conversation, now: datetime) -> None:
        """Creates the conversation, or updates its title and keeps its items."""

        def renamed(known: Conversation | None) -> Conversation:
            return known.model_copy(update={"title": conversation.title}) if known else conversation

        await self._touch(await self._change_one(conversation.id, renamed), now)

    async def name(self, conversation_id: str, title: str, now: datetime) -> None:
        """Gives the conversation a title, unless it has one. Makes it the most recently used one."""

        def named(known: Conversation | None) -> Conversation:
            if known is None:
                raise not_found(conversation_id)
            return known.model_copy(update={"title": known.title or title})

        await self._touch(await self._change_one(conversation_id, named), now)

    async def change_items(self, conversation_id: str, change: Callable[[list[Item]], list[Item]]) -> Conversation:
        """Replaces the items by `change(items)`; calls it again with newer items if another writer was first.

        Raises ConversationNotFound if there is no such conversation.
        """

        def changed(known: Conversation | None) -> Conversation:
            if known is None:
                raise not_found(conversation_id)
            return known.model_copy(update={"items": within_bounds(change(list(known.items)))})

        return await self._change_one(conversation_id, changed)

    async def use(self, conversation_id: str, now: datetime) -> None:
        """Makes the conversation the most recently used one."""
        await self._touch(await self.get(conversation_id), now)

    async def forget(self, conversation_id: str) -> None:
        def without(known: Conversations | None) -> Conversations:
            entries = known.entries if known else []
            return Conversations(entries=[entry for entry in entries if entry.id != conversation_id])

        await self._change_list(without)
        await self._forget_documents(conversation_id)

    async def forget_all(self) -> None:
        """Deletes every conversation of the user, and the list."""
        for entry in (await self.all()).entries:
            await self._forget_documents(entry.id)
        await self._sidecar.forget_state(STORE, self._list_key)

    async def _touch(self, conversation: Conversation, now: datetime) -> None:
        entry = Entry(id=conversation.id, title=conversation.title, created_at=conversation.created_at, updated_at=now)
        dropped: list[str] = []

        def with_it_first(known: Conversations | None) -> Conversations:
            others = [other for other in (known.entries if known else []) if other.id != conversation.id]
            dropped[:] = [other.id for other in others[MOST_CONVERSATIONS - 1 :]]
            return Conversations(entries=[entry, *others[: MOST_CONVERSATIONS - 1]])

        await self._change_list(with_it_first)
        for conversation_id in dropped:
            await self._forget_documents(conversation_id)

    async def _forget_documents(self, conversation_id: str) -> None:
        # In this order: a turn that is still running would otherwise move the former document to the new key.
        await self._sidecar.forget_state(STORE, self._former_key(conversation_id))
        await self._sidecar.forget_state(STORE, self._key(conversation_id))

    async def _change_list(self, change: Callable[[Conversations | None], Conversations]) -> None:
        async def read() -> tuple[State | None, Conversations | None]:
            known = await self._sidecar.read_state(STORE, self._list_key)
            return known, Conversations.model_validate_json(known.value) if known else None

        await self._change(self._list_key, read, change)

    async def _change_one(
        self, conversation_id: str, change: Callable[[Conversation | None], Conversation]
    ) -> Conversation:
        is_former = False

        async def read() -> tuple[State | None, Conversation | None]:
            nonlocal is_former
            known, conversation = await self._read(conversation_id)
            is_former = known is None and conversation is not None
            return known, conversation

        changed = await self._change(self._key(conversation_id), read, change)
        if is_former:
            await self._leave_former(conversation_id)
        return changed

    async def _leave_former(self, conversation_id: str) -> None:
        """Deletes the former document: a replica of the version before could answer its open question again.

        Raises ConversationNotFound if the conversation was deleted while it was moved.
        """
        if await self._sidecar.read_state(STORE, self._former_key(conversation_id)) is None:
            await self._sidecar.forget_state(STORE, self._key(conversation_id))
            raise not_found(conversation_id)
        await self._sidecar.forget_state(STORE, self._former_key(conversation_id))

    async def _change(
        self, key: str, read: Callable[[], Awaitable[tuple[State | None, D | None]]], change: Callable[[D | None], D]
    ) -> D:
        for _ in range(ATTEMPTS):
            known, document = await read()
            changed = change(document)
            if await self._sidecar.write_state(STORE, key, changed.model_dump_json().encode(), known):
                return changed
        raise Unavailable("the conversation is being written by too many at once")
