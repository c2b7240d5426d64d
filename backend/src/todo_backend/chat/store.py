"""ChatKit's store, backed by the conversations of the requesting user."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import UTC
from typing import NoReturn, TypeVar

from chatkit.store import Store, StoreItemType
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata

from todo_backend.chat.conversations import ConversationRepository, item_of
from todo_kit.auth.users import User
from todo_kit.errors import Invalid
from todo_kit.ids import uuid7
from todo_kit.runtime import Runtime

MOST = 100
T = TypeVar("T", ThreadItem, ThreadMetadata)


@dataclass(frozen=True, slots=True)
class Asking:
    """The context of a request to the assistant."""

    runtime: Runtime
    user: User
    token: str
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client has disconnected. The turn then ends at its next event."""
    steps: set[str] = field(default_factory=set)
    """Ids of the steps of the request: the step of its message, and the step of an approval that it answers."""

    @property
    def conversations(self) -> ConversationRepository:
        return ConversationRepository(self.runtime.sidecar, self.user.id)


class ConversationStore(Store[Asking]):
    def generate_thread_id(self, context: Asking) -> str:  # noqa: ARG002
        return f"thr_{uuid7().hex}"

    def generate_item_id(self, item_type: StoreItemType, thread: ThreadMetadata, context: Asking) -> str:  # noqa: ARG002
        return new_item_id()

    async def load_thread(self, thread_id: str, context: Asking) -> ThreadMetadata:
        return (await context.conversations.get(thread_id)).thread

    async def save_thread(self, thread: ThreadMetadata, context: Asking) -> None:
        if thread.created_at.tzinfo is None:
            thread.created_at = thread.created_at.astimezone(UTC)
        await context.conversations.save(
            ThreadMetadata.model_validate(thread.model_dump()), context.runtime.clock.now()
        )

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: Asking
    ) -> Page[ThreadItem]:
        items = (await context.conversations.get(thread_id)).items
        if order == "desc":
            items = items[::-1]
        return page_of(items, after, limit)

    async def load_threads(self, limit: int, after: str | None, order: str, context: Asking) -> Page[ThreadMetadata]:
        entries = (await context.conversations.all()).entries
        threads = [ThreadMetadata(id=each.id, title=each.title, created_at=each.created_at) for each in entries]
        return page_of(threads[::-1] if order == "asc" else threads, after, limit)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Asking) -> None:
        await self.save_item(thread_id, item, context)

    async def save_item(self, thread_id: str, item: ThreadItem, context: Asking) -> None:
        def put(items: list[ThreadItem]) -> list[ThreadItem]:
            if any(each.id == item.id for each in items):
                return [item if each.id == item.id else each for each in items]
            return [*items, item]

        await context.conversations.change_items(thread_id, put)

    async def load_item(self, thread_id: str, item_id: str, context: Asking) -> ThreadItem:
        found: ThreadItem = item_of((await context.conversations.get(thread_id)).items, object, item_id)
        return found

    async def delete_thread(self, thread_id: str, context: Asking) -> None:
        await context.conversations.forget(thread_id)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: Asking) -> None:
        await context.conversations.change_items(
            thread_id, lambda items: [item for item in items if item.id != item_id]
        )

    async def save_attachment(self, attachment: Attachment, context: Asking) -> None:  # noqa: ARG002
        no_attachments()

    async def load_attachment(self, attachment_id: str, context: Asking) -> Attachment:  # noqa: ARG002
        no_attachments()

    async def delete_attachment(self, attachment_id: str, context: Asking) -> None:  # noqa: ARG002
        no_attachments()


def new_item_id() -> str:
    """Returns an id that fits, together with the conversation's, into a correlation id of 64 characters."""
    return f"itm_{secrets.token_hex(11)}"


def no_attachments() -> NoReturn:
    raise Invalid("attachments", "are not taken")


def page_of(items: list[T], after: str | None, limit: int) -> Page[T]:
    ids = [item.id for item in items]
    start = ids.index(after) + 1 if after in ids else 0
    shown = items[start : start + min(limit, MOST)]
    more = start + len(shown) < len(items)
    return Page(data=shown, has_more=more, after=shown[-1].id if more and shown else None)
