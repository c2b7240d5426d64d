"""Builds the title and the fields of the task from the parts of a text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from todo_backend.quick_add.clocks import DAYPARTS, is_beyond_midnight
from todo_backend.quick_add.dates import WEEK, after, fits
from todo_backend.quick_add.details import a_day_later, first_day, last_of, with_details
from todo_backend.quick_add.language import Language
from todo_backend.quick_add.marks import DAY_MINUTES, MAX_LEAD
from todo_backend.quick_add.meanings import WHEN_DUE, WORDS, Here, Meaning, Part, Reminder
from todo_kit.dates import resolve

CLOSING = re.compile(r"[,;:.!?]+(?:\s|$)")
PLACES = {"day", "clock", "daypart", "days_later", "last_day", "nth"}
"""What moves the first date of a rule."""
EMPTIED = re.compile(r" ?(?:\( ?[,;] ?\)|\[ ?[,;] ?\])")
"""Brackets whose words were understood."""
LOOSE_START = re.compile(r"^(?:[-\u2013\u2014] |[ ,;:])+")
LOOSE_END = re.compile(r"(?: [-\u2013\u2014]|[ ,;:])+$")


@dataclass(frozen=True, slots=True)
class Text:
    """The text to parse, the positions of its marks (quotes and backslashes) and literals, its context and language."""

    text: str
    marks: frozenset[int]
    literal: list[tuple[int, int]]
    here: Here
    language: Language


@dataclass(frozen=True, slots=True)
class Composed:
    title: str
    fields: dict[str, Any]
    due: date | None
    """The due date of `fields`, before serialization."""


def compose(text: Text, parts: list[Part]) -> Composed:
    said = merged(part.meaning for part in parts)
    due = due_date(said, text.here)
    fields = time_fields(said, due, text.here) if due else {}
    reminded = due or text.here.due
    if said.reminders is not None and (reminded or not said.reminders):
        fields |= reminder_fields(said, reminded, text.here)
    if said.priority:
        fields["priority"] = said.priority
    if tags := list(dict.fromkeys(part.meaning.tag for part in parts if part.meaning.tag)):
        fields["tags"] = tags
    return Composed(title(text, parts), fields, due)


def merged(meanings: Iterable[Meaning]) -> Meaning:
    said: dict[str, Any] = {}
    for meaning in meanings:
        former = said.get("reminders", ())
        said |= meaning.says
        if meaning.reminders is not None:
            said["reminders"] = together(former, meaning.reminders)
    whole = with_details(Meaning(**said))
    if whole.rule and ends_a_night(whole):
        end = after(whole.until, 1) if whole.until else None
        return replace(whole, rule=a_day_later(whole.rule), until=end)
    return whole


def together(some: tuple[Reminder, ...], others: tuple[Reminder, ...]) -> tuple[Reminder, ...]:
    """Returns all reminders. "Remind me to" alone means when the task is due."""
    every = dict.fromkeys((*some, *others))
    return tuple(reminder for reminder in every if reminder != WHEN_DUE or len(every) == 1)


def due_date(said: Meaning, here: Here) -> date | None:
    """Returns the due date. Without a named day, a past time moves to tomorrow or the next day of the rule."""
    due = as_said(said, here)
    if due and due != here.due and given_day(said) is None and has_passed(due, here):
        today = (with_clock(replace(said, clock=clock), here.today, here) for clock in said.times or ())
        if later := next((at for at in today if at and not has_passed(at, here)), None):
            return later
        return with_clock(said, after(here.today, 1), here)
    return due


def as_said(said: Meaning, here: Here) -> date | None:
    """Returns the named day and time, passed or not. None without a date, time or rule.

    The day defaults to that of the task before, or today. A rule without a day ("every month") keeps its due date.
    "Tonight at 1" is tomorrow, unless it is typed after midnight and before 1: then it is today.
    """
    given = given_day(said)
    if given is None and due_clock(said, here) is None and said.rule is None and said.days_later is None:
        return None
    if here.due and is_plain_rule(said):
        return here.due
    if said.rule and said.rule.pattern == "hourly" and not (due_clock(said, here) or kept_clock(said, here)):
        return datetime.combine(given, DAYPARTS["morning"]) if given else in_hours(said.rule.interval, here)
    said = with_former_weekdays(said, here)
    due = with_clock(said, after(given or here.usual_day, said.days_later or 0), here)
    if due and given and ends_a_night(said) and (given != here.today or has_passed(due, here)):
        return with_clock(said, after(given, 1), here)
    return due


def in_hours(hours: int, here: Here) -> datetime:
    """Returns the local time after that many hours, also across a change of the clocks."""
    at = (here.now.astimezone(UTC) + timedelta(hours=hours)).astimezone(here.zone)
    return at.replace(tzinfo=None, second=0, microsecond=0)


def is_plain_rule(said: Meaning) -> bool:
    rule = said.rule
    names_days = rule is not None and (rule.weekdays or rule.names_days_of_month or rule.months)
    return rule is not None and not names_days and not said.says.keys() & PLACES


def with_former_weekdays(said: Meaning, here: Here) -> Meaning:
    """Adds the weekdays of the task before to a weekly rule if the text names no day: "every 2 weeks at 9"."""
    rule, former = said.rule, here.before.weekdays if here.before else ()
    names_a_day = given_day(said) is not None or said.days_later is not None
    if rule is None or rule.pattern != "weekly" or rule.weekdays or not former or names_a_day:
        return said
    return replace(said, rule=replace(rule, weekdays=former))


def due_clock(said: Meaning, here: Here) -> time | None:
    """Returns the named time. If the task has a time, that of a reminder ("remind me at 8") is not its due time."""
    if isinstance(here.due, datetime) and said.reminders:
        said = replace(said, reminders=None)
    return clock_of(said)


def kept_clock(said: Meaning, here: Here) -> time | None:
    """Returns the time of a text that names none. "End of day" names none and means all day."""
    return here.due.time() if isinstance(here.due, datetime) and said.days_later is None else None


def ends_a_night(said: Meaning) -> bool:
    """Returns whether the time is after the midnight of the named night: "Friday night at 1" is on Saturday."""
    clock = clock_of(said)
    is_exact = said.counted or said.times or said.days_later is not None
    return clock is not None and not is_exact and is_beyond_midnight(clock, said.daypart)


def given_day(said: Meaning) -> date | None:
    """Returns the named day. Without a rule, "until Friday" names the due date."""
    return said.day or (None if said.rule else said.until)


def with_clock(said: Meaning, start: date | None, here: Here) -> date | None:
    day = first_day(said.rule, start) if said.rule and start else start
    if day is None or not fits(day):
        return None
    clock = due_clock(said, here) or kept_clock(said, here)
    return day if clock is None else datetime.combine(day, clock)


def clock_of(said: Meaning) -> time | None:
    """Returns the named time, else that of the part of the day, else that of the reminder ("remind me at 8")."""
    of_reminder = next((each.at for each in said.reminders or () if each.at and each.days is None), None)
    return said.clock or (DAYPARTS[said.daypart] if said.daypart else of_reminder)


def has_passed(due: date, here: Here) -> bool:
    """Returns whether a due date has passed: a day when it is over, a time immediately."""
    if not isinstance(due, datetime):
        return due < here.today
    return resolve(due, here.zone).at < here.now.astimezone(UTC)


def time_fields(said: Meaning, due: date, here: Here) -> dict[str, Any]:
    """Returns the fields in the user's zone. A rule keeps its local time in the zone that the text names."""
    shown, zone = due, here.zone
    if here.home and not said.rule and isinstance(due, datetime):
        shown, zone = resolve(due, here.zone).at.astimezone(here.home).replace(tzinfo=None), here.home
    fields: dict[str, Any] = {"due_date": written(shown, zone), "time_zone": zone.key}
    if said.rule:
        fields["recurrence_pattern"] = said.rule.pattern
        if details := recurrence(said, due, here):
            fields["recurrence"] = details
    return fields


def written(due: date, zone: ZoneInfo) -> str:
    """Formats a due date. The second of two equal local times gets an offset; without one, the first is meant."""
    return due.replace(tzinfo=zone).isoformat() if isinstance(due, datetime) and due.fold else due.isoformat()


def recurrence(said: Meaning, due: date, here: Here) -> dict[str, Any]:
    """Returns the details of the rule that differ from the defaults. "Every 2 weeks" keeps the weekdays of a task."""
    rule = with_former_weekdays(said, here).rule
    if rule is None:
        return {}
    first = due.date() if isinstance(due, datetime) else due
    until = said.until if here.before else not_before(first, said.until)
    until = last_of(said.lasts, first) if said.lasts else until
    ends = {"until": until.isoformat() if until and fits(until) else None, "count": said.count}
    return rule.details() | {name: value for name, value in ends.items() if value is not None}


def ends_before_it_begins(said: Meaning, here: Here) -> bool:
    """Returns whether the rule ends before its first day: "every Friday from 2030 until 2028"."""
    due = due_date(said, here) if said.rule else None
    if due is None or here.before:
        return False
    first = due.date() if isinstance(due, datetime) else due
    until = not_before(first, said.until)
    return until is not None and until < first


def not_before(first: date, until: date | None) -> date | None:
    """Moves an end within the week before the first day by a week: "every Monday until Sunday", on a Saturday."""
    return after(until, WEEK) if until and 0 < (first - until).days < WEEK else until


def reminder_fields(said: Meaning, due: date | None, here: Here) -> dict[str, Any]:
    """Returns the first lead time, and all reminders if that does not say everything."""
    kept = here.before.zone if here.before else None
    zone = here.zone if said.rule else kept or here.home or here.zone
    written = [as_field(reminder, due, here.zone, zone) for reminder in said.reminders or () if due]
    found = [field for field in written if field]
    lead_time = next((field["minutes_before"] for field in found if "minutes_before" in field), None)
    fields: dict[str, Any] = {"reminder_lead_time": lead_time}
    return fields | ({"reminders": found} if found and found != [{"minutes_before": lead_time}] else {})


def as_field(reminder: Reminder, due: date, zone: ZoneInfo, task_zone: ZoneInfo) -> dict[str, Any] | None:
    """Returns the reminder as JSON of `todo_kit.reminders`; None if it cannot be one of a task that is due then.

    A month is counted in days, at the time of the due date. A time of day that is not on the clock of the task is
    counted in minutes.
    """
    if reminder.at and reminder.days is None:
        minutes = minutes_since(reminder.at, due, zone)
        return None if minutes is None else {"minutes_before": minutes}
    days = reminder.days or (due - (due - relativedelta(months=reminder.months))).days
    clock = reminder.at or (due.time() if days and isinstance(due, datetime) else None)
    if clock is None:
        return {"minutes_before": reminder.minutes + days * DAY_MINUTES}
    if zone == task_zone or not isinstance(due, datetime):
        return {"days_before": days, "time": f"{clock:%H:%M}"}
    at = resolve(datetime.combine(due - timedelta(days=days), clock), zone).at
    return {"minutes_before": int((resolve(due, zone).at - at).total_seconds()) // 60}


def minutes_since(clock: time, due: date, zone: ZoneInfo) -> int | None:
    """Returns the minutes from the last such time of day to the due date."""
    at = resolve(due, zone).at
    day = due.date() if isinstance(due, datetime) else due
    for days in (0, 1, 2):
        remind_at = resolve(datetime.combine(day - timedelta(days=days), clock), zone).at
        if remind_at <= at:
            return min(int((at - remind_at).total_seconds()) // 60, MAX_LEAD)
    return None


def title(text: Text, parts: list[Part]) -> str:
    """Returns the text without the understood parts and the connecting words and separators around them."""
    understood = [part for part in parts if part.meaning != WORDS and not keeps_words(part, parts)]
    starts = [0, *(part.end for part in understood)]
    ends = [*(part.start for part in understood), len(text.text)]
    left = reduce(joined, [without_marks(text, start, end) for start, end in zip(starts, ends, strict=True)])
    if not understood:
        return left
    for part in understood:
        if part.meaning.reminders:
            left = text.language.of(part).dangling.sub("", left)
    return LOOSE_START.sub("", LOOSE_END.sub("", EMPTIED.sub("", left)))


def keeps_words(part: Part, parts: list[Part]) -> bool:
    """Returns whether the words say more than the fields can, such as the end of a single day's task."""
    if part.meaning.until and not any(other.meaning.rule for other in parts):
        return any(other.meaning.day for other in parts)
    return bool(part.meaning.keeps_words)


def without_marks(text: Text, start: int, end: int) -> str:
    """Returns a piece of the text without marks, with collapsed white space."""
    piece = text.text[start:end]
    if text.marks:
        piece = "".join(character for at, character in enumerate(piece, start) if at not in text.marks)
    return " ".join(piece.split())


def joined(left: str, right: str) -> str:
    """Joins the pieces around a removed part. Avoids empty brackets, doubled punctuation and a space before it."""
    if left[-1:] + right[:1] in {"()", "[]", "{}", "<>"}:
        left, right = left[:-1].rstrip(), right[1:].lstrip()
    if CLOSING.match(right) or LOOSE_START.match(right):
        left = LOOSE_END.sub("", left)
    if CLOSING.match(right):
        return left + right
    return f"{left} {right}".strip()
