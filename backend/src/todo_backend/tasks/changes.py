"""Applies changes of fields to a task: pure functions, no database."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.tasks import series
from todo_backend.tasks.events import Changes
from todo_backend.tasks.fields import CODES
from todo_backend.tasks.models import TaskFields
from todo_backend.tasks.search import document
from todo_backend.tasks.views import reminders_of, view
from todo_kit.dates import Due, resolve
from todo_kit.errors import Invalid
from todo_kit.recurrence import InvalidRecurrence, Rule, fitting
from todo_kit.reminders import MAX_REMINDERS, Reminder, first_in_minutes, in_order

DERIVED = {"version", "updated_at", "created_at", "series_id", "slot", "rrule", "anchor", "reminder_lead_time"}


def apply(task: TaskFields, fields: Mapping[str, Any], scope: str = "this") -> Changes:
    """Sets validated fields and the values derived from them. Returns the changed fields as the API shows them.

    With scope `series`, later occurrences copy this one. Raises Invalid if the fields contradict each other.
    """
    before, was = view(task), series.place_of(task)
    due = _set_fields(task, fields)
    _set_reminders(task, fields)
    if due and was and scope == "series" and "recurrence" not in fields:
        task.recurrence = _with_moved_time(task.recurrence, was["due"], due.local)
    check(task)
    task.recurrence = _with_effective_skip(task)
    changes = between(before, view(task))
    if changes or scope == "series":
        series.follow(task, was, due.local if due and "due_date" in changes else None, scope)
        task.search = document(task.title, task.description, task.tags)
    return changes


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """Returns the fields that differ, without the derived ones: another due date also gives another position."""
    derived = DERIVED | {"position"} if before["due_date"] != after["due_date"] else DERIVED
    return {name: (before[name], after[name]) for name in before if before[name] != after[name] and name not in derived}


def _set_fields(task: TaskFields, fields: Mapping[str, Any]) -> Due | None:
    values = dict(fields)
    due_given = "due_date" in values
    due_date = values.pop("due_date", None)
    if "priority" in values:
        values["priority"] = CODES[values["priority"]]
    if recurrence := values.get("recurrence"):
        values["recurrence"] = recurrence if isinstance(recurrence, dict) else recurrence.model_dump(mode="json")
    for name in ("reminders", "reminder_lead_time"):
        values.pop(name, None)  # set by `_set_reminders`
    was = task.recurrence_pattern
    if (pattern := values.get("recurrence_pattern", was)) != was:
        kept = fitting(was, pattern, task.recurrence) if task.recurrence and pattern != "none" else None
        values.setdefault("recurrence", kept)
    for name, value in values.items():
        setattr(task, name, value)
    zone = ZoneInfo(task.time_zone)
    if not due_given and task.due_on and "time_zone" in values:
        due_given, due_date = True, task.due_on
    if not due_given:
        return None
    due = resolve(due_date, zone) if due_date is not None else None
    if "position" not in values and _day_of(task, zone) != (due and datetime.fromisoformat(due.local).date()):
        task.position = None
    task.due_at, task.due_on = (due.at, due.on) if due else (None, None)
    if task.due_on and task.recurrence and "recurrence" not in values:
        task.recurrence = task.recurrence | {"times": []}
    return due


def _day_of(task: TaskFields, zone: ZoneInfo) -> date | None:
    return task.due_on or (task.due_at and task.due_at.astimezone(zone).date())


def _set_reminders(task: TaskFields, fields: Mapping[str, Any]) -> None:
    """Sets the reminders. A lead time alone replaces the first one in minutes; null removes all that are in minutes."""
    if task.due_at and not fields.keys() & {"reminders", "reminder_lead_time"}:
        return
    former = [Reminder.model_validate(each) for each in reminders_of(task) if task.due_at]
    if "reminders" in fields:
        reminders = fields["reminders"]
    elif fields.get("reminder_lead_time") is not None:
        kept = former[task.reminder_lead_time is not None :]
        reminders = [Reminder(minutes_before=fields["reminder_lead_time"]), *kept]
    elif "reminder_lead_time" in fields:
        reminders = [each for each in former if each.minutes_before is None]
    else:
        reminders = []
    if task.due_at is None and reminders:
        raise Invalid("reminder_lead_time" if "reminder_lead_time" in fields else "reminders", "needs a due_date")
    if len(ordered := in_order(reminders)) > MAX_REMINDERS:
        raise Invalid("reminders", f"at most {MAX_REMINDERS}")
    first = first_in_minutes(ordered)
    task.reminder_lead_time = first.minutes_before if first else None
    task.further_reminders = [each.model_dump(mode="json") for each in ordered[first is not None :]] or None


def _with_effective_skip(task: TaskFields) -> dict[str, Any] | None:
    """Returns the details of the rule, with the default `skip` if it changes no date.

    So the text of a rule is read as the same rule, and does not start a new series.
    """
    if not task.recurrence or task.recurrence.get("skip", "backward") == "backward":
        return task.recurrence
    day = datetime.fromisoformat(series.local_due(task)).day
    may_lack_day = Rule.of(task.recurrence_pattern, task.recurrence).may_lack_day(day)
    return task.recurrence if may_lack_day else task.recurrence | {"skip": "backward"}


def _with_moved_time(recurrence: dict[str, Any] | None, was: str, now: str) -> dict[str, Any] | None:
    """Moves the time of the due date among the times of the rule. `was` and `now` are local, ISO."""
    times = (recurrence or {}).get("times", [])
    before, after = (datetime.fromisoformat(at).strftime("%H:%M") for at in (was, now))
    if recurrence is None or before not in times or "T" not in now:
        return recurrence
    return recurrence | {"times": sorted({after, *(at for at in times if at != before)})}


def check(task: TaskFields) -> None:
    """Raises Invalid, naming the field, if the fields contradict each other."""
    pattern = task.recurrence_pattern
    if pattern == "none" and task.recurrence is not None:
        raise Invalid("recurrence", "needs a recurrence_pattern")
    if pattern != "none" and task.due_at is None:
        raise Invalid("due_date", "a recurring task needs one")
    if pattern != "none":
        try:
            Rule.of(pattern, task.recurrence).check_due_date(all_day=task.due_on is not None)
        except InvalidRecurrence as error:
            raise Invalid(error.path, error.message) from None
