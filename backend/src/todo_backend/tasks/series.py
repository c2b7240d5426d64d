"""Where a task stands in its series, and what a change of its rule or its date makes of that: no database."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from todo_backend.tasks.dates import resolve
from todo_backend.tasks.fields import Recurrence
from todo_backend.tasks.models import Task
from todo_kit.errors import Invalid
from todo_kit.ids import uuid7

NO_DETAILS = Recurrence().model_dump(mode="json")
ENDS_AND_COUNTING = {"until", "mode"}
"""Details that leave the rhythm as it is: the series goes on."""
REMEMBERED = 10
"""So many changes of a rule can be taken back one after the other."""
Place = dict[str, Any]
"""JSON: `rule` and local `due`, by which it is known again, `series_id`, `slot`, `template`, the place `before`, and as
`then` the template that it was left for."""


def rule_of(task: Task) -> list[Any]:
    """Equal for rules that mean the same: no details are the default ones."""
    return [task.recurrence_pattern, task.recurrence or NO_DETAILS, task.time_zone]


def local_due(task: Task) -> str:
    """The wall clock that it is due at. Raises Invalid when it has no date."""
    value = task.due_on or task.due_at
    if value is None:
        raise Invalid("due_date", "a recurring task needs one")
    return resolve(value, ZoneInfo(task.time_zone)).local


def place_of(task: Task) -> Place | None:
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


def follow(task: Task, was: Place | None, meant: str | None, scope: str) -> None:
    """Gives the task its place after a change. `meant` is the new local due date, None when it is what it was.

    Another rhythm starts a series at this occurrence; with scope `series` a new date moves the anchor. A change back
    leads back to the place that was left, or what is undone would have moved the series for good.
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


def _return_to(task: Task, former: Place, scope: str) -> None:
    """What the next ones were told to look like meanwhile, they go on looking like."""
    look = former["template"]
    if scope == "series":
        look = template(task, "", 0)
    elif task.template and task.former_place and task.template != task.former_place["then"]:
        look = task.template
    anchor, anchor_slot = _anchor(former)
    task.template = look | {"anchor": anchor, "anchor_slot": anchor_slot}
    task.series_id, task.slot, task.former_place = UUID(former["series_id"]), former["slot"], former["before"]


def template(task: Task, anchor: str, anchor_slot: int) -> dict[str, Any]:
    return {
        "title": task.title,
        "description": task.description,
        "priority": task.priority,
        "tags": task.tags,
        "reminder_lead_time": task.reminder_lead_time,
        "anchor": anchor,
        "anchor_slot": anchor_slot,
    }


def like(other: Task, task: Task) -> dict[str, Any] | None:
    """The template of `task` for another occurrence of its series, which keeps its own anchor."""
    if task.template is None or other.template is None:
        return task.template
    return task.template | {name: other.template[name] for name in ("anchor", "anchor_slot")}


def _moved_anchor(was: Place, due: str) -> tuple[str, int]:
    """An occurrence that stays on its day moves no day of the series: its 30th may stand for a 31st."""
    anchor, slot = _anchor(was)
    if due == was["due"]:
        return anchor, slot
    if _day(due) == _day(was["due"]):
        return _day(anchor) + due[len(_day(due)) :], slot
    return due, was["slot"]


def _anchor_elsewhere(was: Place, zone: ZoneInfo) -> tuple[str, int]:
    """The same instant on the clock of another zone: there it may be another day. A whole day stays that day."""
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


def _rhythm(rule: list[Any]) -> tuple[Any, ...]:
    pattern, details, _ = rule
    return pattern, {name: value for name, value in details.items() if name not in ENDS_AND_COUNTING}


def _known(place: Place | None, rule: list[Any], due: str) -> Place | None:
    """The last one that had this rule and date."""
    while place and (place["rule"], place["due"]) != (rule, due):
        place = place["before"]
    return place


def _within(place: Place | None, depth: int) -> Place | None:
    return place | {"before": _within(place["before"], depth - 1)} if place and depth else None
