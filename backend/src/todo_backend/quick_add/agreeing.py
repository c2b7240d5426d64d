"""Which of the phrases that were found hold beside each other, and in which of their readings."""

from dataclasses import dataclass, replace
from datetime import time

from todo_backend.quick_add.clocks import lies_in
from todo_backend.quick_add.composing import NO_REMINDER, as_said, due_date, has_passed, merged
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Part
from todo_backend.quick_add.rules import holds_longer

MAX_TAGS = 20
SMALL_HOURS, NOON = time(3), time(12)
BESIDE_OTHERS = {"tag", "days_later"}
"""Said any number of times."""


@dataclass(frozen=True, slots=True)
class Agreed:
    parts: list[Part]
    others: list[Part]
    """Those that say something else than one before them: they stay words."""
    reminders: list[Part]
    """Those that have no date to come before: they stay words too."""


def agree(found: list[Part], here: Here) -> Agreed:
    parts: list[Part] = []
    others: list[Part] = []
    for part in without_rivals(of_rules(found)):
        if part.meaning.tag and sum(bool(kept.meaning.tag) for kept in parts) >= MAX_TAGS:
            continue
        (others if any(disagree(part, kept) for kept in parts) else parts).append(part)
    reminders = [part for part in parts if part.meaning.reminder not in {None, NO_REMINDER}]
    if as_said(merged(part.meaning for part in parts), here):
        reminders = []
    kept = settled(in_dayparts([part for part in parts if part not in reminders]), here)
    # Once it is settled what each says: "at 8" and "8 pm" may be the same after all.
    against = [other for other in others if any(disagree(other, part) for part in [*kept, *reminders])]
    kept += [other for other in others if other not in against]
    return Agreed(sorted(kept, key=lambda part: part.start), against, reminders)


def of_rules(found: list[Part]) -> list[Part]:
    """Without what speaks of a rule ("10 times", "on the last day") where there is none that it can be of."""
    rules = [part.meaning.rule for part in found if part.meaning.rule]
    has_months = any(rule.pattern in {"monthly", "yearly"} for rule in rules)
    kept = []
    for part in found:
        said = part.meaning.says.keys()
        if said == {"last_day"} and not has_months:
            continue
        if said == {"count"} and not rules:
            continue
        lasts = part.meaning.lasts
        if lasts and not any(holds_longer(lasts, rule) for rule in rules):
            continue
        kept.append(part)
    return kept


def without_rivals(found: list[Part]) -> list[Part]:
    """Without those that are words unless something were meant that is said by others: "send weekly mail on Friday"."""
    sure = [part for part in found if part.meaning != WORDS]
    return [
        part
        for part in found
        if part.meaning != WORDS
        or not any(disagree(part.read_as(choice), other) for choice in range(len(part.readings)) for other in sure)
    ]


def disagree(one: Part, other: Part) -> bool:
    first, second = topics(one.meaning), topics(other.meaning)
    return any(first[topic] != second[topic] for topic in first.keys() & second.keys())


def topics(meaning: Meaning) -> dict[str, object]:
    """A rule has one end."""
    return {
        "end" if topic in {"until", "count", "lasts"} else topic: (topic, value)
        for topic, value in meaning.says.items()
        if topic not in BESIDE_OTHERS
    }


def in_dayparts(parts: list[Part]) -> list[Part]:
    """An hour is no question ("at 7") where the text says "in the evening"."""
    said = merged(part.meaning for part in parts)
    of_a_day = said.daypart == "night" and bool(said.day or said.rule)
    return [narrowed(part, said.daypart, unsure=of_a_day) if said.daypart else part for part in parts]


def narrowed(part: Part, daypart: str, *, unsure: bool) -> Part:
    """Who says "tonight at 4" may be up until then, or dine early."""
    ways = [*part.readings, *(replace(reading, clock=reading.unlikely, unlikely=None) for reading in part.readings)]
    fitting = [way for way in ways if way.clock and lies_in(way.clock, daypart)]
    if unsure and fitting and all(way.clock and SMALL_HOURS <= way.clock < NOON for way in fitting):
        fitting += [way for way in part.readings if way.clock and way.clock not in {found.clock for found in fitting}]
    return replace(part, readings=tuple(fitting)) if fitting else part


def settled(parts: list[Part], here: Here) -> list[Part]:
    """Of each part the first reading that lies ahead; the first one if none does, or if it is words.

    "At 8" gives way before "this Thursday" does.
    """
    for index, part in sorted(enumerate(parts), key=lambda each: each[1].question == "passed"):
        if part.meaning != WORDS:
            ways = [part.read_as(choice) for choice in range(len(part.readings))]
            ahead = [way for way in ways if lies_ahead([*parts[:index], way, *parts[index + 1 :]], here)]
            parts = [*parts[:index], *(ahead[:1] or [part]), *parts[index + 1 :]]
    return parts


def lies_ahead(parts: list[Part], here: Here) -> bool:
    """Of a task that comes again, the next time does, at whatever hour."""
    said = merged(part.meaning for part in parts)
    due = due_date(said, here) if said.rule else as_said(said, here)
    return due is not None and not has_passed(due, here)
