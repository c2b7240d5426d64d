from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Index, SmallInteger, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, SQLModel

from todo_backend.tasks import positions
from todo_backend.tasks.fields import CODES
from todo_kit.columns import instant

OPEN = "completed_at IS NULL AND deleted_at IS NULL"


class TaskFields(SQLModel):
    """A task, numbered per user. `search` is the searched text, folded by `search.fold`.

    Changes are computed on these fields, with a session (`Task`) or without.
    """

    user_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True)
    title: str = Field(sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    priority: int = Field(default=CODES["None"], sa_type=SmallInteger)
    """One of CODES."""
    tags: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(String), nullable=False))
    due_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    due_on: date | None = None
    """The day of an all-day task, whose `due_at` is the start of that day."""
    time_zone: str
    recurrence_pattern: str = "none"
    recurrence: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    reminder_lead_time: int | None = None
    """Minutes before the due date, of the first reminder in minutes."""
    further_reminders: list[dict[str, Any]] | None = Field(
        default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True)
    )
    """The other reminders, as JSON of `todo_kit.reminders.Reminder`."""
    position: str | None = Field(default=None, sa_column=Column(Text(collation="C"), nullable=True))
    """Where the user has put the task by hand (see `positions`)."""
    series_id: UUID | None = None
    slot: int | None = None
    predecessor: int | None = None
    predecessor_series: UUID | None = None
    """The occurrence whose completion or deletion requested this one, and its series at that time. Both are kept when
    this task starts a series of its own."""
    template: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    """What successors copy. A change of this occurrence alone does not affect it."""
    former_place: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True), nullable=True))
    """The place in a series before the rule or the anchor changed (see `series`)."""
    withdrawn: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Deleted, unchanged, because the predecessor was reopened or restored. Completing or skipping the predecessor
    again brings it back."""
    made_version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """The version at which the task was created or brought back. If it equals `version`, the task is unchanged."""
    delete_scope: str | None = None
    search: str = Field(sa_type=Text)
    version: int = 1
    created_at: datetime = Field(sa_column=instant())
    updated_at: datetime = Field(sa_column=instant())
    completed_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    deleted_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    purged_at: datetime | None = Field(default=None, sa_column=instant(nullable=True))
    """When the task was deleted for good. Only its place in its series is left (see `transitions.purge`)."""


class PlainTask(TaskFields):
    """A task without a session. Pydantic's constructor and assignments would cost a tenth of a new task."""

    def __init__(self, **values: Any) -> None:
        vars(self).update(_DEFAULTS | values)

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)[name] = value


_DEFAULTS = {
    name: field.default
    for name, field in TaskFields.model_fields.items()
    if not field.is_required() and field.default_factory is None
}


class Task(TaskFields, table=True):
    __tablename__ = "tasks"
    __table_args__ = (
        Index("ix_tasks_kept", "user_id", "created_at", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_tasks_open", "user_id", "due_at", "id", postgresql_where=text(OPEN)),
        Index("ix_tasks_position", "user_id", text(positions.EXPRESSION), "id", postgresql_where=text(OPEN)),
        Index("ix_tasks_deleted", "user_id", "deleted_at", postgresql_where=text("deleted_at IS NOT NULL")),
        Index("uq_tasks_series_slot", "user_id", "series_id", "slot", unique=True),
        Index("uq_tasks_predecessor", "user_id", "predecessor_series", "predecessor", unique=True),
        Index(
            "ix_tasks_search",
            "user_id",
            "search",
            postgresql_using="gin",
            postgresql_ops={"search": "gin_trgm_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
    )


class TaskTally(SQLModel, table=True):
    """An increase or decrease of a user's number of tasks (see `tallies`)."""

    __tablename__ = "task_tallies"

    id: int = Field(sa_column=Column(BigInteger, Identity(always=True), primary_key=True))
    user_id: str = Field(index=True)
    delta: int


class IdempotencyKey(SQLModel, table=True):
    """The answer to the first request with the key. Repeated requests get the same answer."""

    __tablename__ = "idempotency_keys"

    user_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request_hash: bytes
    answer: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    created_at: datetime = Field(sa_column=instant(index=True))
