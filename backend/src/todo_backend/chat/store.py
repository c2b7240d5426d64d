"""ChatKit's store: the conversations of the requesting user. The assistant stores its own items by itself."""

from datetime import UTC
from typing import NoReturn, TypeVar

from chatkit.store import Store, StoreItemType
from chatkit.types import Attachment, Page, ThreadItem, ThreadMetadata, UserMessageItem

from todo_backend.assistant.context import RequestContext
from todo_backend.assistant.conversations import Conversation, new_conversation_id
from todo_backend.assistant.items import UserMessage, item_of, new_item_id, put
from todo_backend.chat.widgets import SHOWN, thread_items
from todo_kit.errors import Invalid

MOST = 100
T = TypeVar("T", ThreadItem, ThreadMetadata)


class ConversationStore(Store[RequestContext]):
    def generate_thread_id(self, context: RequestContext) -> str:  # noqa: ARG002
        return new_conversation_id()

    def generate_item_id(self, item_type: StoreItemType, thread: ThreadMetadata, context: RequestContext) -> str:  # noqa: ARG002
        return new_item_id()

    async def load_thread(self, thread_id: str, context: RequestContext) -> ThreadMetadata:
        found = await context.conversations.get(thread_id)
        return ThreadMetadata(id=found.id, title=found.title, created_at=found.created_at)

    async def save_thread(self, thread: ThreadMetadata, context: RequestContext) -> None:
        await context.conversations.save(conversation_of(thread), context.runtime.clock.now())

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: RequestContext
    ) -> Page[ThreadItem]:
        items = (await context.conversations.get(thread_id)).items
        shown = thread_items(thread_id, items)
        return page_of(shown[::-1] if order == "desc" else shown, after, limit)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: RequestContext
    ) -> Page[ThreadMetadata]:
        entries = (await context.conversations.all()).entries
        threads = [ThreadMetadata(id=each.id, title=each.title, created_at=each.created_at) for each in entries]
        return page_of(threads[::-1] if order == "asc" else threads, after, limit)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: RequestContext) -> None:
        """Stores the user's message. All other items come from the assistant, which has stored them before."""
        if isinstance(item, UserMessageItem):
            await context.conversations.change_items(thread_id, put(user_message(item, context)))

    async def save_item(self, thread_id: str, item: ThreadItem, context: RequestContext) -> None:
        """Does nothing: the assistant has stored the item before."""

    async def load_item(self, thread_id: str, item_id: str, context: RequestContext) -> ThreadItem:
        items = (await context.conversations.get(thread_id)).items
        [found] = thread_items(thread_id, [item_of(items, item_id, *SHOWN)])
        return found

    async def delete_thread(self, thread_id: str, context: RequestContext) -> None:
        await context.conversations.forget(thread_id)

    async def delete_thread_item(self, thread_id: str, item_id: str, context: RequestContext) -> None:
        await context.conversations.change_items(
            thread_id, lambda items: [item for item in items if item.id != item_id]
        )

    async def save_attachment(self, attachment: Attachment, context: RequestContext) -> None:  # noqa: ARG002
        no_attachments()

    async def load_attachment(self, attachment_id: str, context: RequestContext) -> Attachment:  # noqa: ARG002
        no_attachments()

    async def delete_attachment(self, attachment_id: str, context: RequestContext) -> None:  # noqa: ARG002
        no_attachments()


def user_message(item: UserMessageItem, context: RequestContext) -> UserMessage:
    text = "".join(part.text for part in item.content)
    return UserMessage(id=item.id, created_at=context.runtime.clock.now(), text=text)


def conversation_of(thread: ThreadMetadata) -> Conversation:
    """Returns the conversation without its items. ChatKit gives new threads a local time without an offset."""
    return Conversation(id=thread.id, title=thread.title, created_at=thread.created_at.astimezone(UTC))


def no_attachments() -> NoReturn:
    raise Invalid("attachments", "are not taken")


def page_of(items: list[T], after: str | None, limit: int) -> Page[T]:
    """Returns the items after the one with this id: none if there is no such item any more."""
    ids = [item.id for item in items]
    start = 0 if after is None else ids.index(after) + 1 if after in ids else len(ids)
    shown = items[start : start + min(limit, MOST)]
    more = start + len(shown) < len(items)
    return Page(data=shown, has_more=more, after=shown[-1].id if more and shown else None)
