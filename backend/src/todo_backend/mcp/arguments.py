"""The arguments of the tools that add and change tasks."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from todo_backend.mcp.caller import Caller
from todo_backend.tasks.commands import Command, combined, command
from todo_backend.tasks.fields import Priority
from todo_kit.dates import resolve
from todo_kit.errors import Invalid, Problem
from todo_kit.fields import FIRST_YEAR, LAST_YEAR

MOST_ITEMS = 25
"""Tasks in one call."""
DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
FAIL_ALONE = {"items": "fail alone"}
"""Context of a validation that reports invalid items one by one instead of refusing the whole call."""


def first_error(invalid: ValidationError) -> str:
    first = invalid.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    return f"{where}: {said}" if where else said


class Words(BaseModel):
    """Fields that new tasks and changes have in common."""

    model_config = ConfigDict(extra="forbid")

    when: str | None = Field(
        None, max_length=200,
        description="Date, repetition and reminder in English words, preferred: `tomorrow 5pm`, "
        "`every month on the last day, remind 1d and 1h`. In a change, the rest of the date is kept: `at 16:00`",
    )  # fmt: skip
    due_date: str | None = Field(
        None, description="Instead of `when`: `2026-11-25T09:00` on the person's clock, or `2026-11-25`"
    )
    description: str | None = None
    priority: Priority | None = None
    recurrence_pattern: Literal["none", "hourly", "daily", "weekly", "monthly", "yearly"] | None = None
    recurrence: dict[str, Any] | None = Field(
        None, description="interval, weekdays, last_day, until, count, mode (schedule, completion); or `rrule`"
    )
    reminder_lead_time: int | None = Field(None, description="Minutes before")

    def given(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True, exclude_unset=True, exclude={"when", "id", "clear", "scope"})


class NewTask(Words):
    title: str = Field(description="Without date, priority and tags")
    tags: list[str] | None = None

    @property
    def item(self) -> str:
        return self.title[:80]

    def command(self, caller: Caller, chosen: str) -> Command:
        """Raises Invalid if `when` is not clear, or contradicts another argument."""
        said = caller.words(self.when, chosen).fields(caller.now) if self.when else {}
        return command("create", None, combined(self.given(), said))


Clearable = Literal["due_date", "description", "recurrence", "reminder_lead_time"]
CLEARED: dict[str, dict[str, Any]] = {
    "due_date": {"due_date": None},
    "description": {"description": ""},
    "recurrence": {"recurrence_pattern": "none"},
    "reminder_lead_time": {"reminders": []},
}
"""What clearing sets, in the task API."""


class TaskChange(Words):
    """What is left out stays as it is; a new date leaves the repetition alone."""

    id: int = Field(ge=1, le=2**31 - 1, description="The task's number")
    title: str | None = None
    tags: list[str] | None = Field(None, description="All tags that it shall have")
    clear: list[Clearable] = Field(default_factory=list, description="What shall be taken away")
    scope: Literal["this", "series"] = Field(
        "this", description="Of a repeating task: this occurrence alone, or all from here on"
    )

    @model_validator(mode="after")
    def _null_clears(self) -> "TaskChange":
        """Replaces nulls by their names in `clear`, so that an approval shows what a change takes away.

        Refuses other nulls: a client that sends null for whatever it leaves out would clear the date.
        """
        nulls = {name for name in self.model_fields_set if getattr(self, name) is None}
        if kept := sorted(nulls - CLEARED.keys() - {"recurrence_pattern"}):
            raise ValueError(f"{' and '.join(kept)} cannot be null: leave out what shall stay as it is")
        if nulls:
            names = {"recurrence" if name == "recurrence_pattern" else name for name in nulls}
            self.clear = [name for name in get_args(Clearable) if name in {*names, *self.clear}]
            self.model_fields_set.difference_update(nulls)
        return self

    @property
    def item(self) -> str:
        return str(self.id)

    def command(self, caller: Caller, chosen: str) -> Command:
        """Raises Invalid if the arguments contradict each other."""
        found = _on_the_persons_clock(self.given(), caller)
        said = caller.words(self.when).understood(caller.now).fields.model_fields_set if self.when else set()
        combined(found, dict.fromkeys(said))
        for name in self.clear:
            if {name, *CLEARED[name]} & {*found, *said}:
                raise Invalid("clear", f"contradicts the new {name}: give only one of them")
            found |= CLEARED[name]
        words = partial(caller.words, chosen=chosen)
        when = {"when": self.when} if self.when else {}
        return command("update", self.id, found | when, scope=self.scope, words=words)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item of a call whose values are invalid. It fails alone."""

    item: str
    error: str

    def command(self, _: Caller, __: str) -> Command:
        raise Problem(self.error)


def _alone(value: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    """Returns an Unreadable instead of refusing the whole call, if the context of the validation asks for it."""
    try:
        return validate(value)
    except ValidationError as invalid:
        if info.context is not FAIL_ALONE:
            raise
        name = value.get("title", value.get("id", "")) if isinstance(value, dict) else ""
        return Unreadable(str(name)[:80], first_error(invalid))


def _on_the_persons_clock(fields: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """Interprets a local due date in the caller's zone, which may differ from the zone of the task.

    A change that sets a rule also sets the task's zone to the caller's. Any other change keeps the task's zone and
    converts the date to an instant.
    """
    local = _local_time(fields.get("due_date"))
    if fields.get("recurrence_pattern", "none") != "none" or (fields.get("recurrence") or {}).get("rrule"):
        return fields | ({"time_zone": caller.zone.key} if local else {})
    kept = {name: value for name, value in fields.items() if name != "time_zone"}
    return kept | ({"due_date": resolve(local, caller.zone).at.isoformat()} if local else {})


def _local_time(given: str | None) -> datetime | None:
    """Returns None for a day, an instant or an invalid date, which is refused later with the other fields."""
    with suppress(ValueError):
        found = datetime.fromisoformat(given) if given and not DAY.fullmatch(given) else None
        return found if found and found.tzinfo is None and FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


NewTasks = Annotated[list[Annotated[NewTask, WrapValidator(_alone)]], Field(min_length=1, max_length=MOST_ITEMS)]
TaskChanges = Annotated[list[Annotated[TaskChange, WrapValidator(_alone)]], Field(min_length=1, max_length=MOST_ITEMS)]
