"""The place of a task in its series, and how a change of its rule or date affects it. Pure: no database.

The rhythm of a rule is its pattern and details without the end date and the mode.
"""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from todo_backend.tasks.fields import Recurrence
from todo_backend.tasks.models import TaskFields
from todo_kit.dates import resolve
from todo_kit.errors import Invalid
from todo_kit.ids import uuid7

NO_DETAILS = Recurrence().model_dump(mode="json")
ENDS_AND_COUNTING = {"until", "mode"}
"""Details that are not part of the rhythm: changing them keeps the series."""
REMEMBERED = 10
"""Maximum depth of `before`: limits how many changes of a rule can be reverted one after the other."""
Place = dict[str, Any]
"""JSON: `rule` and local `due`, which identify the place; `series_id`, `slot` and `template`; the place `before`; and
`then`, the template that replaced this one when the task left the place."""


def rule_of(task: TaskFields) -> list[Any]:
    """Returns equal values for equivalent rules."""
    return _complete([task.recurrence_pattern, task.recurrence, task.time_zone])


def local_due(task: TaskFields) -> str:
    """Returns the due date as wall-clock time in the task's zone. Raises Invalid if there is none."""
    value = task.due_on or task.due_at
    if value is None:
        raise Invalid("due_date", "a recurring task needs one")
    return resolve(value, ZoneInfo(task.time_zone)).local


def place_of(task: TaskFields) -> Place | None:
    if task.template is None:
        return None
    return {
        "rule": rule_of(task),
        "due": local_due(task),
        "series_id": str(task.series_id),
        "slot": task.slot,
        "template": task.template,
        "before": _within(task.former_place, REMEMBERED),
    }


def follow(task: TaskFields, was: Place | None, meant: str | None, scope: str) -> None:
    """Sets the task's place after a change. `was` is the place before, `meant` the new local due date if it changed.

    A new rhythm starts a series at this occurrence. With scope `series`, a new date moves the anchor. A change back to
    a former rule and date restores that place; otherwise the series would stay moved after an undo.
    """
    if task.recurrence_pattern == "none":
        task.former_place = was | {"then": None} if was else task.former_place
        task.template = None
        return
    rule, due = rule_of(task), meant or local_due(task)
    another_rule = was is None or was["rule"] != rule
    if not another_rule and not (scope == "series" and meant):
        if scope == "series" and task.template:
            task.template = template(task, task.template["anchor"], task.template["anchor_slot"])
        return
    if former := _known(task.former_place, rule, due):
        _return_to(task, former, scope)
        return
    if was is None or _rhythm(was["rule"]) != _rhythm(rule):
        task.series_id, task.slot = uuid7(), 0
        task.template = template(task, due, 0)
    elif meant is None and _zone(was["rule"]) != _zone(rule):
        task.template = template(task, *_anchor_elsewhere(was, _zone(rule)))
    else:
        task.template = template(task, *_moved_anchor(was, due))
    task.former_place = was | {"then": task.template} if was else task.former_place


def _return_to(task: TaskFields, former: Place, scope: str) -> None:
    """Puts the task back in the former place. Keeps template changes that were made since."""
    look = former["template"]
    if scope == "series":
        look = template(task, "", 0)
    elif task.template and task.former_place and task.template != task.former_place["then"]:
        look = task.template
    anchor, anchor_slot = _anchor(former)
    task.template = look | {"anchor": anchor, "anchor_slot": anchor_slot}
    task.series_id, task.slot, task.former_place = UUID(former["series_id"]), former["slot"], former["before"]


def template(task: TaskFields, anchor: str, anchor_slot: int) -> dict[str, Any]:
    return {
        "title": task.title,
        "description": task.description,
        "priority": task.priority,
        "tags": task.tags,
        "reminder_lead_time": task.reminder_lead_time,
        "further_reminders": [reminder for reminder in task.further_reminders or () if "at" not in reminder],
        "anchor": anchor,
        "anchor_slot": anchor_slot,
    }


def like(other: TaskFields, task: TaskFields) -> dict[str, Any] | None:
    """Returns the template of `task` with the anchor of `other`, another occurrence of the series."""
    if task.template is None or other.template is None:
        return task.template
    return task.template | {name: other.template[name] for name in ("anchor", "anchor_slot")}


def _moved_anchor(was: Place, due: str) -> tuple[str, int]:
    """Returns the anchor and its slot after a change of the due date.

    If the day is unchanged, the anchor keeps its day too: an occurrence on the 30th may stand for the 31st.
    """
    anchor, slot = _anchor(was)
    if due == was["due"]:
        return anchor, slot
    if _day(due) == _day(was["due"]):
        return _day(anchor) + due[len(_day(due)) :], slot
    return due, was["slot"]


def _anchor_elsewhere(was: Place, zone: ZoneInfo) -> tuple[str, int]:
    """Returns the anchor in another zone: the same instant, perhaps another day. An all-day anchor keeps its day."""
    anchor, slot = _anchor(was)
    value = datetime.fromisoformat(anchor)
    at = resolve(value, _zone(was["rule"])).at
    return resolve(at, zone).local if len(anchor) > len(_day(anchor)) else anchor, slot


def _zone(rule: list[Any]) -> ZoneInfo:
    return ZoneInfo(rule[2])


def _anchor(place: Place) -> tuple[str, int]:
    return place["template"]["anchor"], place["template"]["anchor_slot"]


def _day(local: str) -> str:
    return datetime.fromisoformat(local).date().isoformat()


def _complete(rule: list[Any]) -> list[Any]:
    """Adds the defaults of missing details: tasks and places may be older than a detail."""
    pattern, details, zone = rule
    return [pattern, NO_DETAILS | (details or {}), zone]


def _rhythm(rule: list[Any]) -> tuple[Any, ...]:
    pattern, details, _ = rule
    return pattern, {name: value for name, value in details.items() if name not in ENDS_AND_COUNTING}


def _known(place: Place | None, rule: list[Any], due: str) -> Place | None:
    """Returns the most recent place with this rule and due date, or None."""
    while place and (_complete(place["rule"]), place["due"]) != (rule, due):
        place = place["before"]
    return place


def _within(place: Place | None, depth: int) -> Place | None:
    return place | {"before": _within(place["before"], depth - 1)} if place and depth else None
