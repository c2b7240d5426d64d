"""Resolves conflicts between the phrases found, and chooses a reading of each phrase."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from todo_backend.quick_add.clocks import lies_in
from todo_backend.quick_add.details import holds_longer
from todo_backend.quick_add.fields import as_said, due_date, has_passed, merged
from todo_backend.quick_add.language import Context
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Part
from todo_kit.recurrence import BY_MONTH, Rule

MAX_TAGS = 20
SMALL_HOURS, NOON = time(3), time(12)
NEAR_MINUTES = 180
BESIDE_OTHERS = {"tag", "days_later", "keeps_words"}
"""Topics that may have several values."""


@dataclass(frozen=True, slots=True)
class Resolved:
    parts: list[Part]
    others: list[Part]
    """Parts that contradict an accepted part. Their words stay in the title."""
    reminders: list[Part]
    """Reminders in a text without a due date. Their words stay in the title."""


def resolve(found: list[Part], here: Here, context: Context | None = None) -> Resolved:
    """`context` is what the words of the text say about an hour without am or pm."""
    parts: list[Part] = []
    others: list[Part] = []
    for part in without_rivals(with_their_subject(found)):
        if part.meaning.tag and sum(bool(kept.meaning.tag) for kept in parts) >= MAX_TAGS:
            continue
        (others if any(conflict(part, kept) for kept in parts) else parts).append(part)
    if any(part.meaning.rule for part in parts):
        parts = [without_past(part, here) for part in parts]
    reminders = [part for part in parts if part.meaning.reminders]
    if here.due or as_said(merged(part.meaning for part in parts), here):
        reminders = []
    timed = in_dayparts([part for part in parts if part not in reminders], context)
    kept = settled([near_the_former(part, here) for part in timed], here)
    # Check again with the chosen readings: "at 8" and "8 pm" may now be equal.
    against = [other for other in others if any(conflict(other, part) for part in [*kept, *reminders])]
    kept += [other for other in others if other not in against]
    return Resolved(sorted(kept, key=lambda part: part.start), against, reminders)


def with_their_subject(found: list[Part]) -> list[Part]:
    """Reads parts that qualify a rule ("10 times", "on the last day") or a time ("UTC"). Without one they are words."""
    rules = [part.meaning.rule for part in found if part.meaning.rule]
    return [read for part in found if (read := read_beside(part, rules, found))]


def read_beside(part: Part, rules: list[Rule], found: list[Part]) -> Part | None:
    """Returns the part with the readings that it has beside the rules of the text; None if it has none."""
    meaning, said = part.meaning, part.meaning.says.keys()
    of_days = [rule for rule in rules if rule.pattern != "hourly"]
    is_alone = (
        (said == {"last_day"} and not any(rule.pattern in BY_MONTH for rule in rules))
        or ("ordinal" in said and rules)
        or (said in ({"count"}, {"completes"}) and not rules)
        or (said == {"zone"} and not any(other.meaning.clock for other in found))
        or (meaning.lasts and not any(holds_longer(meaning.lasts, rule) for rule in rules))
    )
    if is_alone:
        return None
    if (said == {"nth"} and not takes_nth(rules, found)) or (said in ({"months"}, {"excluded"}) and not of_days):
        return replace(part, readings=(WORDS,), choice=0)
    if meaning.ends and len(of_days) < len(rules):
        return replace(part, readings=(WORDS, *part.readings), choice=0, question="readings")
    if meaning.times and not any(rule.mode == "schedule" for rule in of_days):
        once = tuple(Meaning(clock=clock, keeps_words=True) for clock in meaning.times)
        return replace(part, readings=once, question="readings")
    return part


def takes_nth(rules: list[Rule], found: list[Part]) -> bool:
    """Returns whether a rule can have "the first Tuesday"."""
    patterns = {rule.pattern for rule in rules if not rule.names_days_of_month}
    return "monthly" in patterns or ("yearly" in patterns and any(part.meaning.months for part in found))


def without_past(part: Part, here: Here) -> Part:
    """Drops days in the past if there are others: a rule does not begin there."""
    ahead = tuple(reading for reading in part.readings if reading.day is None or reading.day >= here.today)
    return replace(part, readings=ahead, choice=0) if any(reading.day for reading in ahead) else part


def without_rivals(found: list[Part]) -> list[Part]:
    """Drops parts read as words first if another reading contradicts another part: "send weekly mail on Friday"."""
    sure = [part for part in found if part.meaning != WORDS]
    return [
        part
        for part in found
        if part.meaning != WORDS
        or not any(conflict(part.read_as(choice), other) for choice in range(len(part.readings)) for other in sure)
    ]


def conflict(one: Part, other: Part) -> bool:
    first, second = topics(one.meaning), topics(other.meaning)
    return any(first[topic] != second[topic] for topic in first.keys() & second.keys())


def topics(meaning: Meaning) -> dict[str, object]:
    """Returns what a meaning says, by topic. `until`, `count` and `lasts` share a topic, because a rule has one end.

    Reminders contradict only a text that wants none.
    """
    said: dict[str, object] = {}
    for topic, value in meaning.says.items():
        name = "end" if topic in {"until", "count", "lasts"} else topic
        if topic not in BESIDE_OTHERS:
            said[name] = topic, bool(value) if topic == "reminders" else value
    return said


def in_dayparts(parts: list[Part], context: Context | None) -> list[Part]:
    """Limits ambiguous hours ("at 7") to the part of the day that the text names ("in the evening") or is about.

    12 stays noon, with midnight as another reading, in a text that is only about an evening ("party at 12").
    """
    said = merged(part.meaning for part in parts)
    if said.daypart is None and context == "any":
        return [widened(part) for part in parts]
    of_a_day = said.daypart == "night" and bool(said.day or said.rule)
    daypart = said.daypart or context
    if daypart is None:
        return parts
    return [
        widened(part) if said.daypart is None and is_at_noon(part) else narrowed(part, daypart, unsure=of_a_day)
        for part in parts
    ]


def is_at_noon(part: Part) -> bool:
    return part.meaning.clock is not None and part.meaning.clock.hour == NOON.hour


def widened(part: Part) -> Part:
    """Adds the `unlikely` hours: a backup at 3 may run in the night, a party at 12 may begin at midnight."""
    others = [replace(way, clock=way.unlikely, unlikely=None) for way in part.readings if way.unlikely]
    return replace(part, readings=(*part.readings, *others))


def narrowed(part: Part, daypart: str, *, unsure: bool) -> Part:
    """Keeps the readings in the part of the day, including `unlikely` ones.

    If `unsure` and only hours from 3 am to noon fit, keeps the other readings too: "tonight at 4" may be 4 am or 4 pm.
    """
    if part.meaning.times:
        return part
    ways = [*part.readings, *(replace(reading, clock=reading.unlikely, unlikely=None) for reading in part.readings)]
    ways += [replace(reading, clock=reading.afternoon, afternoon=None) for reading in part.readings]
    fitting = [way for way in ways if way.clock and lies_in(way.clock, daypart)]
    if unsure and fitting and all(way.clock and SMALL_HOURS <= way.clock < NOON for way in fitting):
        fitting += [way for way in part.readings if way.clock and way.clock not in {found.clock for found in fitting}]
    fitting += [WORDS] if fitting and WORDS in part.readings else []
    return replace(part, readings=tuple(fitting)) if fitting else part


def near_the_former(part: Part, here: Here) -> Part:
    """Limits ambiguous hours to those near the time of the task before: of a task at 10:00, "11" is 11:00."""
    if not isinstance(here.due, datetime):
        return part
    former = here.due.hour * 60 + here.due.minute
    clocks = ((way, way.clock.hour * 60 + way.clock.minute) for way in part.readings if way.clock)
    near = tuple(way for way, minute in clocks if abs(minute - former) <= NEAR_MINUTES)
    return replace(part, readings=near) if near else part


def settled(parts: list[Part], here: Here) -> list[Part]:
    """Chooses the first reading of each part that puts the task in the future.

    Keeps the current reading if none does, or if it is words. Parts with the question `passed` are settled last, so
    that the hour in "this Thursday at 8" changes before the day does.
    """
    for index, part in sorted(enumerate(parts), key=lambda each: each[1].question == "passed"):
        if part.meaning != WORDS:
            ways = [part.read_as(choice) for choice in range(len(part.readings))]
            ahead = [way for way in ways if lies_ahead([*parts[:index], way, *parts[index + 1 :]], here)]
            if not ahead and (late := with_afternoon(part)):
                ahead = [way for way in [late] if lies_ahead([*parts[:index], way, *parts[index + 1 :]], here)]
            parts = [*parts[:index], *(ahead[:1] or [part]), *parts[index + 1 :]]
    return parts


def with_afternoon(part: Part) -> Part | None:
    """Returns the part with the hour of the afternoon as another reading, chosen: "at 9", typed at 10, may be 21:00."""
    afternoon = part.meaning.afternoon
    if afternoon is None:
        return None
    late = replace(part.meaning, clock=afternoon, afternoon=None)
    return replace(part, readings=(*part.readings, late), choice=len(part.readings))


def lies_ahead(parts: list[Part], here: Here) -> bool:
    """Returns whether the task is due in the future. With a rule, the next occurrence counts (see `due_date`)."""
    said = merged(part.meaning for part in parts)
    due = due_date(said, here) if said.rule else as_said(said, here)
    return due is not None and not has_passed(due, here)
