"""What happens in a conversation while the assistant answers. An item is stored before its event is sent."""

from dataclasses import dataclass
from datetime import datetime

from todo_backend.assistant.items import Item


@dataclass(frozen=True, slots=True)
class Added:
    item: Item


@dataclass(frozen=True, slots=True)
class Replaced:
    item: Item


@dataclass(frozen=True, slots=True)
class Started:
    """The assistant begins to write a message. `Added` follows with the whole message, unless the process ends."""

    item_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of a message that was started."""

    item_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What the assistant is doing right now."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A hint about the request. It is not part of the conversation."""

    text: str


@dataclass(frozen=True, slots=True)
class Titled:
    title: str


Event = Added | Replaced | Started | TextDelta | Progress | Notice | Titled
