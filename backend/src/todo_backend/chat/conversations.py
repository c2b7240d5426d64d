"""The conversations of a user, in Dapr's state store, so that any replica can continue any of them.

Each conversation is one document; the list of conversations is another. A write succeeds only if the document is still
the one that was read (ETag). Otherwise the change is applied to the newer document, so that no update is lost.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from chatkit.types import ThreadItem, ThreadMetadata, UserMessageItem
from pydantic import AwareDatetime, BaseModel

from todo_backend.chat.schemas import ID_FORM
from todo_kit.errors import NotFound, Unavailable
from todo_kit.sidecar import Sidecar

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


class ItemNotFound(NotFound):
    """There is no such item in the conversation"""

    code = "item_not_found"


class Conversation(BaseModel):
    thread: ThreadMetadata
    items: list[ThreadItem] = []


def within_bounds(items: list[ThreadItem]) -> list[ThreadItem]:
    """Drops the oldest items beyond the limits, and then those before the next user message, if there is one."""
    left, kept = MOST_BYTES, len(items)
    while kept and len(items) - kept < MOST_ITEMS:
        left -= len(items[kept - 1].model_dump_json())
        if left < 0:
            break
        kept -= 1
    if kept:
        begins = (index for index in range(kept, len(items)) if isinstance(items[index], UserMessageItem))
        kept = next(begins, kept)
    return items[kept:]


def item_of(items: Sequence[ThreadItem], kind: type[Any], item_id: str) -> Any:
    for item in items:
        if isinstance(item, kind) and item.id == item_id:
            return item
    raise ItemNotFound(f"the conversation has no item {item_id[:64]!r}")


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
        return f"{self._list_key}/{conversation_id}"

    async def all(self) -> Conversations:
        found = await self._sidecar.read_state(STORE, self._list_key)
        return Conversations.model_validate_json(found.value) if found else Conversations()

    async def get(self, conversation_id: str) -> Conversation:
        is_one = re.fullmatch(ID_FORM, conversation_id)  # others may not even be valid keys of the store
        found = await self._sidecar.read_state(STORE, self._key(conversation_id)) if is_one else None
        if found is None:
            raise ConversationNotFound(f"there is no conversation {conversation_id[:64]!r}")
        return Conversation.model_validate_json(found.value)

    async def save(self, thread: ThreadMetadata, now: datetime) -> None:
        """Creates the conversation, or updates its title and status and keeps its items."""

        def take(known: Conversation | None) -> Conversation:
            return Conversation(thread=thread, items=known.items if known else [])

        await self._change(self._key(thread.id), Conversation, take)
        await self._touch(thread, now)

    async def change_items(
        self, conversation_id: str, change: Callable[[list[ThreadItem]], list[ThreadItem]]
    ) -> Conversation:
        """Replaces the items by `change(items)`; calls it again with newer items if another writer was first.

        Raises ConversationNotFound if there is no such conversation.
        """

        def changed(known: Conversation | None) -> Conversation:
            if known is None:
                raise ConversationNotFound(f"there is no conversation {conversation_id[:64]!r}")
            return Conversation(thread=known.thread, items=within_bounds(change(list(known.items))))

        return await self._change(self._key(conversation_id), Conversation, changed)

    async def use(self, conversation_id: str, now: datetime) -> None:
        """Makes the conversation the most recently used one."""
        await self._touch((await self.get(conversation_id)).thread, now)

    async def forget(self, conversation_id: str) -> None:
        def without(known: Conversations | None) -> Conversations:
            entries = known.entries if known else []
            return Conversations(entries=[entry for entry in entries if entry.id != conversation_id])

        await self._change(self._list_key, Conversations, without)
        await self._sidecar.forget_state(STORE, self._key(conversation_id))

    async def _touch(self, thread: ThreadMetadata, now: datetime) -> None:
        entry = Entry(id=thread.id, title=thread.title, created_at=thread.created_at, updated_at=now)
        dropped: list[str] = []

        def with_it_first(known: Conversations | None) -> Conversations:
            others = [other for other in (known.entries if known else []) if other.id != thread.id]
            dropped[:] = [other.id for other in others[MOST_CONVERSATIONS - 1 :]]
            return Conversations(entries=[entry, *others[: MOST_CONVERSATIONS - 1]])

        await self._change(self._list_key, Conversations, with_it_first)
        for conversation_id in dropped:
            await self._sidecar.forget_state(STORE, self._key(conversation_id))

    async def _change(self, key: str, model: type[D], change: Callable[[D | None], D]) -> D:
        for _ in range(ATTEMPTS):
            known = await self._sidecar.read_state(STORE, key)
            document = change(model.model_validate_json(known.value) if known else None)
            if await self._sidecar.write_state(STORE, key, document.model_dump_json().encode(), known):
                return document
        raise Unavailable("the conversation is being written by too many at once")
