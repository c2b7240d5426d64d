from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from todo_backend.accounts.locales import LocaleTag
from todo_backend.quick_add import meanings
from todo_backend.tasks.fields import Pattern, Priority, Recurrence, TimeZone
from todo_kit.fields import Instant
from todo_kit.text import Storable, storable


def _written(value: Any) -> Any:
    """No numbers, which Pydantic takes for Unix times, also in a string."""
    if not isinstance(value, str) or "T" not in value.upper():
        raise ValueError("must be an RFC 3339 date-time with an offset")
    return value


class ParseRequest(BaseModel):
    """`literal`: phrases that are words of the title, whatever they could mean: those that a person has dismissed."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(storable)]
    time_zone: Annotated[TimeZone | None, Field(description="Without one, that of the person's settings")] = None
    locale: Annotated[
        LocaleTag | None,
        Field(description="BCP 47: which of 3/4 is the month, when weeks begin; without one, that of the settings"),
    ] = None
    now: Annotated[
        Annotated[Instant, BeforeValidator(_written)] | None,
        Field(description="When the text was typed, if not just now: what “tomorrow” is counted from"),
    ] = None
    literal: Annotated[list[Annotated[Storable, Field(max_length=200)]], Field(max_length=20)] = []


class UnderstoodFields(BaseModel):
    """Fields of a task, as `POST /tasks` takes them; what the text says nothing of is left out."""

    title: str = ""
    due_date: Annotated[str | None, Field(description="Local to `time_zone`; a plain date for all day")] = None
    time_zone: str | None = None
    recurrence_pattern: Pattern = "none"
    recurrence: Recurrence | None = None
    reminder_lead_time: int | None = None
    priority: Priority = "Medium"
    tags: list[str] = []


class Span(BaseModel):
    """A place in the text, `end` not included. Both count Unicode code points, not UTF-16 units or bytes."""

    field: meanings.Field
    start: int
    end: int
    text: str


class Match(Span):
    """Words that were understood. Several of them may say one field, as a day and a time do."""

    value: Any
    label: str


class Alternative(BaseModel):
    """`fields` are to be put over those of the answer; a `title` among them is to be taken instead of the answer's."""

    label: str
    fields: UnderstoodFields


class Ambiguity(Span):
    """Words that can be understood in several ways; the answer is made with the `chosen` one."""

    question: str
    alternatives: list[Alternative]
    chosen: int


class Understood(BaseModel):
    """The title is what is left of the text, which may be nothing."""

    title: str
    fields: UnderstoodFields
    matches: list[Match]
    ambiguities: list[Ambiguity]
