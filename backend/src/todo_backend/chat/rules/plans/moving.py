"""Other dates, repetitions and reminders, reckoned from the date that a task has."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from todo_backend.chat.rules import times
from todo_backend.chat.rules.decisions import Plan, Question, Say, Situation, Task
from todo_backend.chat.rules.plans.adding import ask, picks_of
from todo_backend.chat.rules.plans.updating import alike, chosen_and_read, each
from todo_backend.chat.rules.wording import due_of, named, quoted
from todo_backend.quick_add.meanings import Here

TO_WHEN = "To when? Say it like “friday 9am”."
PLAIN_RULE = re.compile(
    r"(?:(?:every|each) (?:(?:other|[0-9]{1,3}|two|three|four|five|six) )?(?:days?|weeks?|months?|years?)|daily|"
    r"weekly|monthly|"
    r"yearly|annually|biweekly|fortnightly|quarterly|once an? (?:day|week|month|year))",
    re.IGNORECASE,
)
"""It says how often and not on which days: a task that has a date keeps it."""
MONTHS_OF_YEAR = 12
LAST_YEAR = 2199


def move(situation: Situation) -> Plan:
    words = situation.intent.get("when")
    if not words:
        yield from ()
        return Say(TO_WHEN, question=Question(TO_WHEN, situation.intent, "when"))
    picks = picks_of(situation.intent)
    found = times.read(words, situation.here, picks)
    if found is None or "due_date" not in found.fields:
        return Say(f"{quoted(words)} is no date that I understand, so nothing was changed. {TO_WHEN}")
    chosen = yield from chosen_and_read(situation)
    if isinstance(chosen, Say):
        return chosen
    if len(chosen) == 1 and (clock := on_its_day(words, chosen[0], situation.here, picks)):
        found = clock
    if len(found.open) > len(picks):
        return ask(situation.intent, found.open[len(picks)])
    return (yield from each(situation, chosen, lambda task: moved(found.fields, task)))


def on_its_day(words: str, task: Task, here: Here, picks: tuple[int, ...]) -> times.Reading | None:
    """To "move it to 5pm" leaves the day as it is: words that go with any day say none."""
    due = due_of(task)
    if due is None:
        return None
    day = due.date() if isinstance(due, datetime) else due
    found = times.read(f"{day.isoformat()} {words}", here, picks)
    same = found and times.due(found.fields)
    return found if isinstance(same, datetime) and same.date() == day and not says_day(words, here) else None


def says_day(words: str, here: Here) -> bool:
    """Whether the words go with no other day than their own."""
    other = here.today + timedelta(days=400)
    found = times.read(f"{other.isoformat()} {words}", here)
    due = found and times.due(found.fields)
    return not (isinstance(due, datetime) and due.date() == other)


def moved(fields: Mapping[str, Any], task: Task) -> dict[str, Any]:
    """A day alone keeps the time that the task has."""
    named_fields = {name: fields[name] for name in ("due_date", "priority", "reminder_lead_time") if name in fields}
    due, there = times.due(dict(fields)), due_of(task)
    if due is not None and not isinstance(due, datetime) and isinstance(there, datetime):
        named_fields["due_date"] = datetime.combine(due, there.time()).isoformat()
    return named_fields


def shift(situation: Situation) -> Plan:
    """By so much later or earlier than it is due."""
    number, unit = times.amount_of(situation.intent.get("amount"))
    if not number:
        yield from ()
        return Say("I did not understand by how much; say it like “push task 2 by 2 days”.")
    amount = -number if situation.intent.get("way") == "earlier" else number
    chosen = yield from chosen_and_read(situation)
    if isinstance(chosen, Say):
        return chosen
    return (yield from each(situation, chosen, lambda task: shifted(task, amount, unit, situation.here)))


def shifted(task: Task, amount: int, unit: str, here: Here) -> dict[str, Any] | str:
    due = due_of(task)
    if due is None:
        return f"{named(task)} has no date to move; say it like “move task {task['id']} to friday 9am”."
    if unit in {"hours", "minutes"} and not isinstance(due, datetime):
        return f"{named(task)} is due that day at no certain time; say it like “move task {task['id']} to 5pm”."
    try:
        return {"due_date": later(due, amount, unit, here).isoformat()}
    except (ValueError, OverflowError):
        return "That is too far away, so nothing was changed."


def later(due: datetime | date, amount: int, unit: str, here: Here) -> datetime | date:
    """Days are days on the wall clock, hours are hours that pass."""
    match unit:
        case "hours" | "minutes" if isinstance(due, datetime):
            at = due.replace(tzinfo=here.zone).astimezone(UTC) + timedelta(**{unit: amount})
            return at.astimezone(here.zone)  # with its offset: an hour that comes twice is one of the two
        case "months" | "years":
            return months_later(due, amount * (MONTHS_OF_YEAR if unit == "years" else 1))
        case _:
            return due + timedelta(**{unit: amount})


def months_later(due: datetime | date, months: int) -> datetime | date:
    """The same day of another month, or its last one."""
    index = due.year * MONTHS_OF_YEAR + due.month - 1 + months
    year, month = index // MONTHS_OF_YEAR, index % MONTHS_OF_YEAR + 1
    for day in range(due.day, 0, -1):
        try:
            return due.replace(year=year, month=month, day=day)
        except ValueError:
            if year > LAST_YEAR or year < 1:
                raise
    raise ValueError(months)


def repeat(situation: Situation) -> Plan:
    words = situation.intent.get("when")
    picks = picks_of(situation.intent)
    found = times.read(words, situation.here, picks)
    if found is None:
        return Say(f"{quoted(words)} is no repetition that I understand, so nothing was changed.")
    if len(found.open) > len(picks):
        return ask(situation.intent, found.open[len(picks)])
    if "recurrence_pattern" not in found.fields:
        return Say(f"{quoted(words)} does not repeat, so nothing was changed.")
    plain = PLAIN_RULE.fullmatch(words.strip()) is not None

    def change(task: Task) -> dict[str, Any]:
        rule: dict[str, Any] = {
            name: found.fields[name] for name in ("recurrence_pattern", "recurrence") if name in found.fields
        }
        return rule if plain and due_of(task) is not None else moved(found.fields, task) | rule

    chosen = yield from chosen_and_read(situation)
    return chosen if isinstance(chosen, Say) else (yield from each(situation, chosen, change))


def repeat_never(situation: Situation) -> Plan:
    return (yield from alike(situation, clear=["recurrence"]))


def lead(situation: Situation) -> Plan:
    """A reminder so long before."""
    number, unit = times.amount_of(situation.intent.get("lead"))
    minutes = number * {"minutes": 1, "hours": 60, "days": 24 * 60, "weeks": 7 * 24 * 60}.get(unit, 1)
    chosen = yield from chosen_and_read(situation)
    if isinstance(chosen, Say):
        return chosen

    def change(task: Task) -> dict[str, Any] | str:
        without = f"{named(task)} has no date to be reminded of; say it like “move task {task['id']} to friday 9am”."
        return {"reminder_lead_time": minutes} if due_of(task) is not None else without

    return (yield from each(situation, chosen, change))


PLANS: Mapping[str, Callable[[Situation], Plan]] = {
    "move": move,
    "shift": shift,
    "repeat": repeat,
    "repeat never": repeat_never,
    "lead": lead,
}
