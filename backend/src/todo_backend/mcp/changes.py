"""Converts the arguments of tools to bulk operations, and their results to a short answer."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal

from mcp_types import CallToolResult
from pydantic import BaseModel, ConfigDict, Field

from todo_backend.mcp.caller import Caller
from todo_backend.mcp.views import Changed, Failure, answer, line
from todo_backend.mcp.wording import fields_of
from todo_backend.tasks import bulk
from todo_backend.tasks.dates import resolve
from todo_backend.tasks.schemas import BulkOperation, BulkResult
from todo_kit.errors import Problem
from todo_kit.fields import FIRST_YEAR, LAST_YEAR

MANY = 25
DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
ADVICE = {
    "task_not_found": "list_tasks or search_tasks says which numbers there are",
    "task_deleted": "restore_task brings it back",
    "precondition_failed": "read it again with list_tasks",
}
"""Advice to the model on its next step, by the code of the problem."""


class Words(BaseModel):
    """Fields that new tasks and changes have in common."""

    model_config = ConfigDict(extra="forbid")

    when: str | None = Field(
        None, max_length=200,
        description="Date, time, repetition and reminder in English words: `tomorrow 5pm`, `every other tuesday 9am`, "
        "`every month on the last day, remind 1 day before`. Preferred: the server reckons with the person's calendar.",
    )  # fmt: skip
    due_date: str | None = Field(
        None, description="Instead of `when`: `2026-11-25T09:00` on the person's clock, or `2026-11-25` for all day"
    )
    description: str | None = None
    priority: Literal["High", "Medium", "Low"] | None = None
    recurrence_pattern: Literal["none", "daily", "weekly", "monthly", "yearly"] | None = None
    recurrence: dict[str, Any] | None = Field(
        None, description="Details: interval, weekdays (MO…SU), last_day, until, count, mode (schedule, completion)"
    )
    reminder_lead_time: int | None = Field(None, description="Minutes before the due date")

    def fields(self, caller: Caller) -> dict[str, Any]:
        given = self.model_dump(exclude_none=True, exclude={"when", "id", "clear", "scope"})
        return given | (fields_of(self.when, caller.now, caller.zone, caller.conventions) if self.when else {})


class NewTask(Words):
    title: str = Field(description="Without date, priority and tags, which have fields of their own")
    tags: list[str] | None = None


class TaskChange(Words):
    """What is left out stays as it is; a new date leaves the repetition alone."""

    id: int = Field(ge=1, le=2**31 - 1, description="The task's number")
    title: str | None = None
    tags: list[str] | None = Field(None, description="All tags that it shall have")
    clear: list[Literal["due_date", "description", "recurrence", "reminder_lead_time"]] = Field(
        default_factory=list, description="What shall be taken away"
    )
    scope: Literal["this", "series"] = Field(
        "this", description="Of a repeating task: this occurrence alone, or all from here on"
    )

    def fields(self, caller: Caller) -> dict[str, Any]:
        found = _on_the_persons_clock(super().fields(caller), caller)
        empty: dict[str, Any] = {"due_date": None, "description": "", "reminder_lead_time": None}
        for name in self.clear:
            found |= {"recurrence_pattern": "none"} if name == "recurrence" else {name: empty[name]}
        return found


def _on_the_persons_clock(fields: dict[str, Any], caller: Caller) -> dict[str, Any]:
    """Interprets a local due date in the caller's zone, which may differ from the zone of the task.

    A change that sets a rule also sets the task's zone to the caller's. Any other change keeps the task's zone and
    converts the date to an instant.
    """
    local = _local_time(fields.get("due_date"))
    if fields.get("recurrence_pattern", "none") != "none":
        return fields | ({"time_zone": caller.zone.key} if local else {})
    kept = {name: value for name, value in fields.items() if name != "time_zone"}
    return kept | ({"due_date": resolve(local, caller.zone).at.isoformat()} if local else {})


def _local_time(given: str | None) -> datetime | None:
    """Returns None for a day, an instant or an invalid date, which is refused later with the other fields."""
    with suppress(ValueError):
        found = datetime.fromisoformat(given) if given and not DAY.fullmatch(given) else None
        return found if found and found.tzinfo is None and FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


class Meant:
    """The operations of a call, and the items that failed because their fields could not be understood."""

    def __init__(self) -> None:
        self.operations: list[BulkOperation] = []
        self.items: list[str] = []
        self.failures: list[Failure] = []

    def add(self, op: str, item: str, caller: Caller, words: Words) -> None:
        try:
            data = words.fields(caller)
        except Problem as problem:
            self.failures.append({"item": item, "error": problem.detail})
            return
        task_id, scope = getattr(words, "id", None), getattr(words, "scope", "this")
        self.operations.append(BulkOperation.model_validate({"op": op, "id": task_id, "data": data, "scope": scope}))
        self.items.append(item)


async def change(caller: Caller, meant: Meant) -> CallToolResult:
    results: Sequence[BulkResult] = []
    if meant.operations:
        database, now = caller.runtime.database, caller.now
        answered, _ = await bulk.run(database, caller.user.id, meant.operations, now, caller.origin)
        results = answered.results
    failures = meant.failures + [
        {"item": item, "error": explained(result.error)}
        for item, result in zip(meant.items, results, strict=True)
        if result.error
    ]
    tasks = [line(result.task.model_dump(), caller) for result in results if result.task]
    changed: Changed = {"success_count": len(tasks), "tasks": tasks, "failures": failures}
    return answer(changed, failed=not tasks)


async def each(caller: Caller, op: str, ids: Sequence[int], scope: str = "this") -> CallToolResult:
    meant = Meant()
    for task_id in ids:
        meant.operations.append(BulkOperation.model_validate({"op": op, "id": task_id, "scope": scope}))
        meant.items.append(str(task_id))
    return await change(caller, meant)


def explained(error: dict[str, Any]) -> str:
    detail = str(error["detail"]).removeprefix("data.").split("; POST ")[0]
    advice = ADVICE.get(error["code"])
    return f"{detail}; {advice}" if advice else detail
