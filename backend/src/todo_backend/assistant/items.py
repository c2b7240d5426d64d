"""The items of a conversation, as they are stored."""

import secrets
from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, Field

from todo_backend.assistant.calls import Call
from todo_kit.errors import NotFound

MOST_OUTPUT = 16_000
"""Maximum characters kept of a tool's output, because a conversation is one document of the state store."""


def new_item_id() -> str:
    """Returns an id that fits, together with the conversation's, into a correlation id of 64 characters."""
    return f"itm_{secrets.token_hex(11)}"


class ItemNotFound(NotFound):
    """There is no such item in the conversation"""

    code = "item_not_found"


class _Item(BaseModel):
    id: str = Field(default_factory=new_item_id)
    created_at: AwareDatetime


class UserMessage(_Item):
    kind: Literal["user_message"] = "user_message"
    text: str


class AssistantMessage(_Item):
    kind: Literal["assistant_message"] = "assistant_message"
    text: str


class Note(_Item):
    """Tells the model what happened beside the conversation. Users do not see it."""

    kind: Literal["note"] = "note"
    step: str = ""
    """The step that was undone."""
    text: str


class StoredCall(BaseModel):
    id: str
    tool: str
    arguments: dict[str, Any]
    output: str = ""

    @classmethod
    def of(cls, call: "Call | StoredCall", output: str = "") -> "StoredCall":
        return cls(id=call.id, tool=call.tool, arguments=call.arguments, output=cut(output))


class ToolCalls(_Item):
    """Calls that needed no approval, with their outputs. Users see the `Change` of each that changed something."""

    kind: Literal["tool_calls"] = "tool_calls"
    step: str
    calls: list[StoredCall]


class Change(_Item):
    """What a call has changed, for the user. A step is undone once, by any of its changes."""

    kind: Literal["change"] = "change"
    step: str
    title: str
    lines: list[str]
    more: int = 0
    """The number of further tasks, which `lines` leaves out."""
    failures: list[str] = []
    can_undo: bool


QuestionState = Literal["open", "approved", "rejected", "outdated"]


class Question(_Item):
    """Calls that are executed when the user approves them.

    `texts` has a question and its details for each call. `versions` has number and version of each task when the user
    was asked. An outdated question was replaced by a newer one.
    """

    kind: Literal["question"] = "question"
    step: str
    calls: list[StoredCall]
    texts: list[list[str]]
    versions: list[tuple[int, int]] | None = None
    state: QuestionState = "open"

    def settled(self, state: QuestionState, output: str) -> "Question":
        outputs = [StoredCall.of(call, output) for call in self.calls]
        return self.model_copy(update={"state": state, "calls": outputs})

    def with_output(self, call_id: str, output: str) -> "Question":
        outputs = [StoredCall.of(call, output) if call.id == call_id else call for call in self.calls]
        return self.model_copy(update={"calls": outputs})


Item = Annotated[
    UserMessage | AssistantMessage | Note | ToolCalls | Change | Question,
    Field(discriminator="kind"),
]
Kind = TypeVar("Kind", UserMessage, AssistantMessage, Note, ToolCalls, Change, Question)


def cut(output: str) -> str:
    return output if len(output) <= MOST_OUTPUT else output[:MOST_OUTPUT] + "… (cut: ask for less at once)"


def put(item: Item) -> Callable[[list[Item]], list[Item]]:
    """Returns a change of a list: it replaces the item with the same id, or appends the item."""

    def changed(items: list[Item]) -> list[Item]:
        if any(each.id == item.id for each in items):
            return [item if each.id == item.id else each for each in items]
        return [*items, item]

    return changed


def item_of(items: Iterable[Item], item_id: str, *kinds: type[BaseModel]) -> Item:
    """Returns the item. Raises ItemNotFound if there is none of these kinds with the id."""
    for item in items:
        if item.id == item_id and isinstance(item, kinds):
            return item
    raise ItemNotFound(f"the conversation has no item {item_id[:64]!r}")


def of_kind(items: Iterable[Item], kind: type[Kind]) -> list[Kind]:
    return [item for item in items if isinstance(item, kind)]
