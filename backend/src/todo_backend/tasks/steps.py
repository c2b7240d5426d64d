"""Records the changes of a request with their previous values, as a step. A step is undone whole or not at all.

`note` collects the changes of a transaction, as `todo_kit.messaging.outbox` collects its events; `record` writes them
as one row. Note a change before the flush: SQLAlchemy still has the previous values.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from fastapi import Depends, Header
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import get_history

from todo_backend.tasks.models import Task, TaskFields
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.auth.users import User
from todo_kit.database import Database
from todo_kit.ids import uuid7
from todo_kit.statements import fetch, prepare

HEADER = "Undo-Step"
ID_FORM = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
Op = Literal["create", "update", "complete", "reopen", "delete", "restore", "template"]
Entry = dict[str, Any]
"""JSON: `id` and `title` of the task, `op`, the changed columns `before` (null for a new task), the digest of the task
`after`, and `untouched`: whether the occurrence was unchanged since its creation."""

VISIBLE = (
    "title", "description", "priority", "tags", "due_at", "due_on", "time_zone", "recurrence_pattern", "recurrence",
    "reminder_lead_time", "further_reminders", "series_id", "slot", "completed_at", "deleted_at",
)  # fmt: skip
INTERNAL = ("template", "former_place", "delete_scope", "withdrawn", "position")
"""An undo compares them only if its change has them: a task that was moved in its list since can still be undone."""
COLUMNS = VISIBLE + INTERNAL
SAME = object()
_PARSERS: dict[str, Any] = {
    "due_at": datetime.fromisoformat,
    "due_on": date.fromisoformat,
    "completed_at": datetime.fromisoformat,
    "deleted_at": datetime.fromisoformat,
    "series_id": UUID,
}
_COLLECTED = "undo_entries"
_FORGOTTEN = "purged_tasks"
INSERT = """
    INSERT INTO undo_steps (user_id, id, client, step, entries, made_at)
    SELECT CAST(:user_id AS text), CAST(:step_id AS uuid), CAST(:client AS text), CAST(:step AS text),
        CAST(:entries AS jsonb), CAST(:made_at AS timestamptz)
"""
"""Writes changes as part of a step; the parameters are `parameters_of` them."""
RECORD = text(INSERT)
REDO = "redo:"
"""Prefix of the step that records the undo of another step. Undoing it redoes that one."""
FORGET = prepare(f"""
    DELETE FROM undo_steps WHERE user_id = CAST(:user_id AS text) AND replace(step, '{REDO}', '') IN (
        SELECT replace(step, '{REDO}', '') FROM undo_steps, jsonb_array_elements(entries) AS entry
        WHERE user_id = CAST(:user_id AS text) AND (entry ->> 'id')::int = ANY(CAST(:ids AS int[]))
    )
""")  # noqa: S608 - a prefix of our own
"""Deletes every row of these steps and of their redo. Otherwise an undo would revert a part of the step only."""
BEGAN = prepare("SELECT min(made_at) AS at FROM undo_steps WHERE user_id = CAST(:user_id AS text) AND step = :step")


@dataclass(frozen=True, slots=True)
class Origin:
    """The verified client of a request, and the id of the step that its changes belong to."""

    client: str
    step: str


def client_of(user: User) -> str:
    return f"client:{user.client_id}"


async def origin_of(
    user: CurrentUser,
    step: Annotated[
        str | None,
        Header(alias=HEADER, pattern=ID_FORM, description="A UUID of the client, to undo several requests at once"),
    ] = None,
) -> Origin:
    """Returns the origin of the request. Without the header, the request is a step of its own."""
    return Origin(client_of(user), step or str(uuid7()))


StepOrigin = Annotated[Origin, Depends(origin_of)]


def note(session: AsyncSession, task: Task, op: Op) -> None:
    """Collects a change of the task. Call it after the change and before the flush."""
    before = None if op == "create" else {name: old for name in COLUMNS if (old := _replaced(task, name)) is not SAME}
    version = (get_history(task, "version").deleted or [task.version])[0]
    if entry := entry_of(task, op, before, version):
        session.info.setdefault(_COLLECTED, []).append(entry)


def _replaced(task: Task, name: str) -> Any:
    replaced = get_history(task, name).deleted
    return replaced[0] if replaced else SAME


def entry_of(task: TaskFields, op: Op, before: Mapping[str, Any] | None, version: int) -> Entry | None:
    """Returns the entry of a change, None if nothing has changed.

    `before` has the former values of the changed columns, `version` is the former version.
    """
    if before is not None and not before:
        return None
    entry = {"id": task.id, "op": op, "title": task.title, "before": before, "after": digest(task, before or ())}
    if before is not None and op != "template":
        entry["untouched"] = version == task.made_version
    return entry


def digest(task: TaskFields, names: Any) -> str:
    """Returns a hash of the visible columns, and of the internal columns in `names`."""
    columns = VISIBLE + tuple(name for name in INTERNAL if name in names)
    # Left out if there are none: the hash of a task that is older than the column stays the same.
    values = [getattr(task, name) for name in columns if name != "further_reminders" or task.further_reminders]
    digested = orjson.dumps(values, default=str, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(digested).hexdigest()[:32]


def put_back(task: TaskFields, entry: Entry) -> None:
    for name, value in entry["before"].items():
        parser = _PARSERS.get(name)
        setattr(task, name, parser(value) if parser and value is not None else value)


def mark(session: AsyncSession) -> int:
    """Returns the number of noted changes, for `rewind` after the rollback of a savepoint."""
    return len(session.info.get(_COLLECTED, ()))


def rewind(session: AsyncSession, to: int) -> None:
    del session.info.setdefault(_COLLECTED, [])[to:]


async def record(session: AsyncSession, user_id: str, origin: Origin, now: datetime) -> str | None:
    """Writes the noted changes as part of the step. Returns the id of the step, or None if nothing changed."""
    if ids := session.info.pop(_FORGOTTEN, ()):
        await fetch(session, FORGET, {"user_id": user_id, "ids": ids})
    entries: Sequence[Entry] = session.info.pop(_COLLECTED, ())
    if not entries:
        return None
    await session.execute(RECORD, parameters_of(user_id, origin, entries, now))
    return origin.step


def forget(session: AsyncSession, task: Task) -> None:
    """Makes `record` delete the steps that changed the task: they hold its former values."""
    session.info.setdefault(_FORGOTTEN, []).append(task.id)


async def began(database: Database, user_id: str, step: str) -> datetime | None:
    """Returns when the first request of the step changed something; None if there was none so far."""
    row = await database.fetch_one(BEGAN, {"user_id": user_id, "step": step})
    return row["at"] if row else None


def parameters_of(user_id: str, origin: Origin, entries: Sequence[Entry], now: datetime) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "step_id": uuid7(),
        "client": origin.client,
        "step": origin.step,
        "entries": entries,
        "made_at": now,
    }
