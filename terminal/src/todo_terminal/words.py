"""Dates, rules and reminders as typed. The quick-add parser of the API interprets dates and rules."""

import os
import re
from enum import StrEnum
from typing import Any

from todo_terminal.api import Api, Json
from todo_terminal.dates import locale_of
from todo_terminal.failures import Usage
from todo_terminal.prompts import choose

_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}.*)?", re.ASCII)
_LEAD_TIME = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)?", re.IGNORECASE | re.ASCII)
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d", re.ASCII)
_MINUTES = {"": 1, "m": 1, "min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
NONE = "none"
FIRST = "with --yes the first one is taken"


class Priority(StrEnum):
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"
    NONE = "None"


class Scope(StrEnum):
    THIS = "this"
    SERIES = "series"


UNSAID: tuple[Any, ...] = (None, NONE, Priority.NONE, [])
"""Defaults of the parser, which say nothing."""


def understand(api: Api, text: str, literal: list[str] | None = None, task_id: int | None = None) -> Json:
    """Returns the answer of `POST …/tasks/parse` for the text of a new task, or of a change of the task."""
    options = {"task_id": task_id, "locale": api.settings.get("locale") or locale_of(os.environ)}
    body: Json = {"text": text, "literal": literal or []}
    return api.ask("/tasks/parse", body | {name: value for name, value in options.items() if value})


def settle(understood: Json, *, decided: set[str], yes: bool, instead: str) -> Json:
    """Returns the task fields of a parsed text, after asking about its ambiguities.

    Does not ask if `yes`, or about fields in `decided`, which the options of the command set.
    """
    fields = dict(understood["fields"])
    fields["title"] = understood["title"]
    for ambiguity in understood["ambiguities"]:
        alternatives = ambiguity["alternatives"]
        differing = {name for alternative in alternatives for name in alternative["fields"]}
        chosen = ambiguity["chosen"]
        if not yes and not differing - {"title", "time_zone"} <= decided:
            first = [chosen, *(place for place in range(len(alternatives)) if place != chosen)]
            labels = [alternatives[place]["label"] for place in first]
            chosen = first[choose(ambiguity["question"], labels, instead)]
        if chosen != ambiguity["chosen"]:
            fields |= alternatives[chosen]["fields"]
    return fields


def due_fields(api: Api, text: str, task_id: int | None = None, *, yes: bool) -> Json:
    """Returns the due date. Of a task, what the text does not mention is kept: "at 16:00" keeps the day."""
    if _WRITTEN.fullmatch(text):
        return {"due_date": text}
    example = "such as 2026-01-31, 2026-01-31T09:00 or 'friday 9am'"
    fields = only(api, text, "--due", ["due_date"], example, task_id, yes=yes)
    return {"due_date": fields["due_date"]}


def repeat_fields(api: Api, text: str, task_id: int | None = None, *, dated: bool, yes: bool) -> Json:
    """Returns the fields of the rule, and its first date unless another option gives the date (`dated`)."""
    if text.lower() == NONE:
        return {"recurrence_pattern": NONE, "recurrence": None}
    example = "such as 'every 2 weeks', 'monthly on the last day' or none"
    fields = only(api, text, "--repeat", ["recurrence_pattern", "recurrence", "due_date"], example, task_id, yes=yes)
    rule = {"recurrence_pattern": fields["recurrence_pattern"], "recurrence": fields.get("recurrence")}
    if dated:
        return rule
    return rule | {name: fields[name] for name in ("due_date", "time_zone") if name in fields}


def only(
    api: Api, text: str, option: str, names: list[str], example: str, task_id: int | None, *, yes: bool
) -> Json:  # fmt: skip
    """Returns the fields of a text for one option. Raises Usage unless it says the first of `names`, and only these."""
    if not text.strip():
        raise Usage(f"{option}: {example}")
    understood = understand(api, text, task_id=task_id)
    fields = settle(understood, decided=set(), yes=yes, instead=f"say it otherwise in {option}, or {FIRST}")
    if fields["title"] or fields.get(names[0]) in (None, NONE):
        raise Usage(f"{option}: {text!r} is not understood: {example}")
    other = sorted(name for name in fields.keys() - {"title", "time_zone", *names} if fields[name] not in UNSAID)
    if other:
        raise Usage(f"{option}: {text!r} also sets {' and '.join(other)}: use the options for that")
    return fields


def reminders(texts: list[str]) -> list[Json]:
    """Parses reminders: how long before the due date, or so many days before at a time. Raises Usage."""
    if [text.lower() for text in texts] == [NONE]:
        return []
    return [reminder(text) for text in texts]


def reminder(text: str) -> Json:
    length, _, clock = text.strip().partition(" ")
    found = minutes(text if not _CLOCK.fullmatch(clock) else length)
    if found is None or (_CLOCK.fullmatch(clock) and found % _MINUTES["d"]):
        raise Usage(f"--remind: {text!r} is not understood: minutes, or such as 30m, 2h, 1d, '1d 18:00' or none")
    if _CLOCK.fullmatch(clock):
        return {"days_before": found // _MINUTES["d"], "time": clock.zfill(len("09:00"))}
    return {"minutes_before": found}


def minutes(text: str) -> int | None:
    """Parses a length of time, such as `30m` or `2h`. Returns None if it is none."""
    match = _LEAD_TIME.fullmatch(text.strip())
    return int(match[1]) * _MINUTES[(match[2] or "").lower()] if match else None


def priority(value: str) -> str:
    """Parses a priority: High, Medium, Low or None in any case, their first letters, or p1 to p4. Raises Usage."""
    given = value.strip().lower()
    for level, each in enumerate(Priority, start=1):
        if given in {each.value.lower(), each.value[0].lower(), f"p{level}"}:
            return each.value
    raise Usage(f"--priority: {value!r} is not High, Medium, Low or None")


def tag(value: str) -> str:
    return value.removeprefix("#")


def given(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
