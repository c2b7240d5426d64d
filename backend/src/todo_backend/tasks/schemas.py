from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator

from todo_backend.tasks.fields import (
    Description,
    Pattern,
    Priority,
    Recurrence,
    ReminderLeadTime,
    Reminders,
    Tags,
    TimeZone,
    Title,
    When,
)
from todo_backend.tasks.filters import Filters
from todo_backend.tasks.positions import Position
from todo_kit.errors import Invalid
from todo_kit.recurrence import read_rrule
from todo_kit.reminders import Reminder, check_lead_time
from todo_kit.text import storable

Scope = Literal["this", "series"]
BulkOp = Literal["create", "update", "retag", "complete", "reopen", "delete", "restore", "purge"]
NOT_NULL = ("title", "description", "priority", "tags", "time_zone", "recurrence_pattern", "reminders")
REMINDERS = "All reminders. The first one in minutes is also `reminder_lead_time`; null there removes all in minutes"

POSITION = (
    "A place between those of two other tasks, as `fractional-indexing` computes it. "
    "With null, or with another day and no position, the task gets the place of its due date and number"
)


class TaskCreate(BaseModel):
    """A new task or, for PUT, all fields of a task. Omitted fields have their defaults."""

    model_config = ConfigDict(extra="forbid")

    title: Title
    description: Description = ""
    priority: Priority = "None"
    tags: Tags = []
    due_date: When | None = None
    time_zone: TimeZone | None = None
    recurrence_pattern: Pattern = "none"
    recurrence: Recurrence | None = None
    reminder_lead_time: ReminderLeadTime = None
    reminders: Annotated[Reminders | None, Field(description=REMINDERS)] = None
    position: Annotated[Position | None, Field(description=POSITION)] = None

    _rrule = model_validator(mode="after")(read_rrule)
    _lead_time = model_validator(mode="after")(check_lead_time)


class TaskPatch(BaseModel):
    """The fields to change. Omitted fields are kept, and so is what `when` does not mention."""

    model_config = ConfigDict(extra="forbid")

    title: Title | None = None
    description: Description | None = None
    priority: Priority | None = None
    tags: Tags | None = None
    due_date: When | None = None
    time_zone: TimeZone | None = None
    recurrence_pattern: Pattern | None = None
    recurrence: Recurrence | None = None
    reminder_lead_time: ReminderLeadTime = None
    reminders: Annotated[Reminders | None, Field(description=REMINDERS)] = None
    position: Annotated[Position | None, Field(description=POSITION)] = None
    when: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(storable)] | None,
        Field(
            description="Date, repetition and reminder in words, on the clock of the account: `at 16:00` keeps the day,"
            " `friday` the time, `next week` the weekday, `+2 days` moves the due date"
        ),
    ] = None

    _rrule = model_validator(mode="after")(read_rrule)
    _lead_time = model_validator(mode="after")(check_lead_time)


def all_fields(data: TaskCreate) -> dict[str, Any]:
    """Returns all fields of a task, its reminders as one list. The lead time is among them only if it was given."""
    fields = {name: getattr(data, name) for name in TaskCreate.model_fields}
    lead_time = fields["reminder_lead_time"]
    if data.reminders is None:
        fields["reminders"] = [] if lead_time is None else [Reminder(minutes_before=lead_time)]
    if "reminder_lead_time" not in data.model_fields_set:
        del fields["reminder_lead_time"]
    return fields


def changed_fields(data: TaskPatch) -> dict[str, Any]:
    fields = {name: getattr(data, name) for name in data.model_fields_set - {"when"}}
    for name in NOT_NULL:
        if name in fields and fields[name] is None:
            raise Invalid(name, "must not be null; leave it out to keep it")
    return fields


class TaskOut(BaseModel):
    id: int
    title: str
    description: str
    status: Literal["pending", "completed", "deleted"]
    completed: bool
    completed_at: datetime | None
    priority: Priority
    tags: list[str]
    due_date: Annotated[
        datetime | date | None,
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string", "format": "date-time"},
                    {"type": "string", "format": "date"},
                    {"type": "null"},
                ]
            }
        ),
    ]
    time_zone: str
    recurrence_pattern: Pattern
    recurrence: Recurrence | None
    rrule: Annotated[str | None, Field(description="The rule as RFC 5545 text; null if it cannot be written so")]
    anchor: Annotated[
        str | None,
        Field(
            description="Where the dates of the series are counted from: the DTSTART of `rrule`, local to `time_zone`"
        ),
    ]
    reminder_lead_time: int | None
    reminders: list[Reminder]
    position: Annotated[str, Field(description="The place in lists sorted by `position`, compared by bytes")]
    series_id: UUID | None
    slot: int | None
    version: int
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


class TaskPage(BaseModel):
    items: list[TaskOut]
    next_cursor: str | None
    total: int


class Retagging(BaseModel):
    """The tags to add and to remove. Added tags take the place of the first removed one."""

    model_config = ConfigDict(extra="forbid")

    add: Tags = []
    remove: Tags = []


class BulkOperation(BaseModel):
    """`data` is the task for `create`, the changes for `update`, and `add` and `remove` (lists of tags) for `retag`.

    Other operations take no `data`, and `create` takes no `id`.
    `if_match` is the expected version. `purge` deletes a task of the trash for good, which cannot be undone.
    """

    model_config = ConfigDict(extra="forbid")

    op: BulkOp
    id: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    data: dict[str, Any] | None = None
    if_match: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    scope: Scope = "this"


class BulkRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    operations: Annotated[list[BulkOperation], Field(min_length=1, max_length=100)]


class BulkMatching(Filters):
    """An operation for all tasks that match the filters. `data` and `scope` are those of a bulk operation.

    `limit` is the number of tasks of one request. Send `next_cursor` as `cursor` until it is null, with one `Undo-Step`
    for all requests.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    op: Literal["update", "retag", "complete", "reopen", "delete", "restore", "purge"]
    data: dict[str, Any] | None = None
    scope: Scope = "this"
    excluded: Annotated[
        tuple[Annotated[int, Field(ge=1, le=2**31 - 1)], ...],
        Field(max_length=1000, description="Tasks to leave as they are"),
    ] = ()
    limit: Annotated[int, Field(ge=1, le=200)] = 200


class BulkFailure(BaseModel):
    """`error` has the problem details."""

    id: int
    error: dict[str, Any]


class BulkMatchingAnswer(BaseModel):
    """`processed` is the number of tasks of this request, with the failed ones."""

    processed: int
    failures: list[BulkFailure]
    next_cursor: str | None


class BulkResult(BaseModel):
    """`status` is the HTTP status of the operation as a single request, except that `delete` has 200 and the task.

    `error` has the problem details of a failed operation.
    """

    index: int
    op: str
    status: int
    task: TaskOut | None
    error: dict[str, Any] | None


class BulkAnswer(BaseModel):
    results: list[BulkResult]
    succeeded: int
    failed: int
