"""The short form of a task for a model. Default values are left out to keep the model's context small."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, NotRequired, cast
from zoneinfo import ZoneInfo

import orjson
from mcp_types import CallToolResult, TextContent
from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from todo_backend.mcp.caller import Caller
from todo_backend.quick_add.labels import rule
from todo_backend.quick_add.languages.english import ENGLISH
from todo_kit.reminders import Reminder


class TaskLine(TypedDict):
    """A task in short. Dates are on the person's clock; what is not there is not set."""

    id: int
    title: str
    due: NotRequired[str]
    overdue: NotRequired[bool]
    repeats: NotRequired[str]
    remind_minutes_before: NotRequired[int]
    remind_at: NotRequired[str]
    also_remind_at: NotRequired[list[str]]
    priority: NotRequired[str]
    tags: NotRequired[list[str]]
    completed_at: NotRequired[str]
    deleted_at: NotRequired[str]
    description: NotRequired[str]
    has_description: NotRequired[bool]


class TaskList(TypedDict):
    now: str
    time_zone: str
    total: int
    tasks: list[TaskLine]
    next_cursor: NotRequired[str]


class Failure(TypedDict):
    """`item` is the task's number, or for a new one its title; `position` counts the items of the call from 0."""

    item: str
    position: int
    error: str


TaskLines = Annotated[list[TaskLine], WithJsonSchema({"type": "array"})]
Failures = Annotated[list[Failure], WithJsonSchema({"type": "array", "description": "item, position (from 0), error"})]
"""Only `TaskList` has the schema of a task, because a model reads the schemas of all tools with every request."""


class Found(TypedDict):
    total: int
    tasks: TaskLines
    next_cursor: NotRequired[str]


class Changed(TypedDict):
    success_count: int
    tasks: TaskLines
    failures: Failures


def line(task: Mapping[str, Any], caller: Caller, *, full: bool = False) -> TaskLine:
    zone, now = caller.zone, caller.now
    shown: dict[str, Any] = {"id": task["id"], "title": task["title"]}
    due = task["due_date"]
    if due is not None:
        shown["due"] = local(due, zone)
        if not task["completed"] and _is_over(due, zone, now):
            shown["overdue"] = True
    if task["recurrence_pattern"] != "none":
        shown["repeats"] = rule(task["recurrence_pattern"], task["recurrence"] or {}, caller.here, ENGLISH)
    if task["reminders"] and due is not None:
        shown |= _reminders(task, due, caller)
    if task["priority"] != "None":
        shown["priority"] = task["priority"]
    if task["tags"]:
        shown["tags"] = task["tags"]
    for name in ("completed_at", "deleted_at"):
        if task[name] is not None:
            shown[name] = local(task[name], zone)
    if task["description"]:
        shown |= {"description": task["description"]} if full else {"has_description": True}
    return cast("TaskLine", shown)


def _reminders(task: Mapping[str, Any], due: datetime | date, caller: Caller) -> dict[str, Any]:
    lead_time, reminders = task["reminder_lead_time"], map(Reminder.model_validate, task["reminders"])
    at = [local(each.instant(due, task["time_zone"], caller.all_day_reminder_time), caller.zone) for each in reminders]
    further = {"also_remind_at": at[1:]} if len(at) > 1 else {}
    minutes = {} if lead_time is None else {"remind_minutes_before": lead_time}
    return {**minutes, "remind_at": at[0], **further}


def local(value: datetime | date, zone: ZoneInfo) -> str:
    """Returns `Wed 2026-11-25 09:00`, without a time for a day. The model need not compute the weekday."""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%a %Y-%m-%d %H:%M")
    return value.strftime("%a %Y-%m-%d")


def _is_over(due: datetime | date, zone: ZoneInfo, now: datetime) -> bool:
    return due < now if isinstance(due, datetime) else due < now.astimezone(zone).date()


def answer(content: Mapping[str, Any], *, failed: bool = False) -> CallToolResult:
    """Returns the content as an object, and as JSON text for clients without support for structured content."""
    text = orjson.dumps(content, default=str).decode()
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=dict(content), is_error=failed
    )
