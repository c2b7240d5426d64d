from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from todo_backend.accounts.locales import LocaleTag
from todo_backend.quick_add import meanings
from todo_backend.tasks.fields import Pattern, Priority, Recurrence, TimeZone
from todo_kit.fields import Instant
from todo_kit.reminders import Reminder
from todo_kit.text import Storable, storable


class ParseRequest(BaseModel):
    """`literal` lists phrases to keep as words of the title, such as those that the user has dismissed."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(storable)]
    time_zone: Annotated[TimeZone | None, Field(description="Without one, that of the person's settings")] = None
    locale: Annotated[
        LocaleTag | None,
        Field(
            description="BCP 47: the language, which of 3/4 is the month, when weeks begin; without one, the settings"
        ),
    ] = None
    now: Annotated[
        Instant | None,
        Field(description="When the text was typed, if not just now: what “tomorrow” is counted from"),
    ] = None
    task_id: Annotated[
        int | None,
        Field(ge=1, le=2**31 - 1, description="The task that the text changes: the answer has the fields for PATCH"),
    ] = None
    literal: Annotated[list[Annotated[Storable, Field(max_length=200)]], Field(max_length=20)] = []


class UnderstoodFields(BaseModel):
    """Fields of a task, as `POST /tasks` accepts them. Fields that the text does not set are omitted."""

    title: str = ""
    due_date: Annotated[str | None, Field(description="Local to `time_zone`; a plain date for all day")] = None
    time_zone: str | None = None
    recurrence_pattern: Pattern = "none"
    recurrence: Recurrence | None = None
    reminder_lead_time: int | None = None
    reminders: Annotated[list[Reminder] | None, Field(description="All, if the lead time does not say them")] = None
    priority: Priority = "None"
    tags: list[str] = []


class Span(BaseModel):
    """A range of the text; `end` is exclusive. Both count Unicode code points, not UTF-16 units or bytes."""

    field: meanings.Field
    start: int
    end: int
    text: str


class Match(Span):
    """Words that were understood. Several matches may set one field, such as a day and a time."""

    value: Any
    label: str


class Alternative(BaseModel):
    """`fields` override those of the response. A `title` among them replaces the title of the response."""

    label: str
    fields: UnderstoodFields


class Ambiguity(Span):
    """Words with several readings. The response uses the alternative at index `chosen`."""

    question: str
    alternatives: list[Alternative]
    chosen: int


class Understood(BaseModel):
    """`title` is the rest of the text; it may be empty."""

    title: str
    fields: UnderstoodFields
    matches: list[Match]
    ambiguities: list[Ambiguity]
    certain: Annotated[bool, Field(description="Whether there are no ambiguities: a script need not ask")]
