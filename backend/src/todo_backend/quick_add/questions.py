"""Lists the ambiguities of a text: each choice that the parser made, with its alternatives."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from todo_backend.quick_add import labels
from todo_backend.quick_add.dates import after
from todo_backend.quick_add.fields import Composed, Text, compose, has_passed
from todo_backend.quick_add.meanings import Field, Meaning, Part
from todo_backend.quick_add.resolver import Resolved, conflict
from todo_backend.quick_add.schemas import Alternative, Ambiguity, UnderstoodFields

UNSAID: dict[str, Any] = {
    "due_date": None,
    "time_zone": None,
    "recurrence_pattern": "none",
    "recurrence": None,
    "reminder_lead_time": None,
    "reminders": None,
    "priority": "None",
    "tags": [],
}
"""Defaults, which reset a field that only another alternative sets."""
TIMES = {"day", "clock", "daypart", "until", "rule", "reminders"}
Way = tuple[str, Composed]
"""The label and the result of an alternative."""


def questions(text: Text, resolved: Resolved, answer: Composed) -> list[Ambiguity]:
    found = [*of_readings(text, resolved), *of_others(text, resolved, answer), *of_reminders(text, resolved, answer)]
    if timed := next((part for part in resolved.parts if part.meaning.says.keys() & TIMES), None):
        found += of_passed(text, resolved, answer, timed)
        if not any(part.meaning.counted for part in resolved.parts):
            found += of_clock_changes(text, answer, timed)
    return sorted(found, key=lambda ambiguity: (ambiguity.start, ambiguity.end))


def of_readings(text: Text, resolved: Resolved) -> Iterator[Ambiguity]:
    for index, part in enumerate(resolved.parts):
        ways: list[Way] = []
        chosen = 0
        for choice in range(len(part.readings)):
            parts = [*resolved.parts[:index], part.read_as(choice), *resolved.parts[index + 1 :]]
            way = labelled(text, part.field, part.readings[choice], compose(text, parts))
            same = next((place for place, other in enumerate(ways) if other[1] == way[1]), len(ways))
            ways += [way] if same == len(ways) else []
            chosen = same if choice == part.choice else chosen
        if part.question == "passed" and chosen:
            yield ambiguity(text, part, "passed", ways, chosen, about=ways[0][0])
        elif part.question != "passed" and len(ways) > 1:
            yield ambiguity(text, part, part.question, ways, chosen)


def of_others(text: Text, resolved: Resolved, answer: Composed) -> Iterator[Ambiguity]:
    for other in resolved.others:
        instead = sorted(
            [*(part for part in resolved.parts if not conflict(part, other)), other], key=lambda part: part.start
        )
        first = next((part for part in resolved.parts if conflict(part, other)), None)
        if first is None:
            continue  # a second reminder without a date; the question about the first one covers it
        ways = [
            labelled(text, first.field, first.meaning, answer),
            labelled(text, other.field, other.meaning, compose(text, instead)),
        ]
        yield ambiguity(text, other, "others", ways)


def of_reminders(text: Text, resolved: Resolved, answer: Composed) -> Iterator[Ambiguity]:
    for reminder in resolved.reminders:
        ways: list[Way] = [(text.language.labels["no date"], answer)]
        for day in (text.here.today, after(text.here.today, 1)):
            parts = [*resolved.parts, replace(reminder, readings=(replace(reminder.meaning, day=day),), choice=0)]
            ways.append(labelled(text, "due_date", Meaning(day=day), compose(text, parts)))
        yield ambiguity(text, reminder, "no date", ways)


def of_passed(text: Text, resolved: Resolved, answer: Composed, timed: Part) -> Iterator[Ambiguity]:
    """Asks whether a time that has passed today is meant, or tomorrow. An earlier day is taken as intended."""
    today = text.here.today
    if not isinstance(answer.due, datetime) or answer.due.date() != today or not has_passed(answer.due, text.here):
        return
    tomorrow = Part(0, 0, (Meaning(day=after(today, 1)),), "always", "passed")
    late = replace(compose(text, [*resolved.parts, tomorrow]), title=answer.title)
    ways = [labelled(text, "due_date", tomorrow.meaning, way) for way in (answer, late)]
    yield ambiguity(text, timed, "passed", ways, about=ways[0][0])


def of_clock_changes(text: Text, answer: Composed, timed: Part) -> Iterator[Ambiguity]:
    """Asks about a local time that is skipped or repeated on its day (`todo_kit.dates` resolves it)."""
    due = answer.due
    if not isinstance(due, datetime):
        return
    first, second = (due.replace(tzinfo=text.here.zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return
    skipped = first.astimezone(UTC) > second.astimezone(UTC)
    becomes = first.astimezone(UTC).astimezone(text.here.zone)
    other = after(due.date(), 1) if skipped else None
    instead = datetime.combine(other, due.time()).isoformat() if other else second.isoformat()
    changed = Composed(answer.title, answer.fields | {"due_date": instead}, due)
    labels_of = text.language.labels
    here, language = text.here, text.language
    first_label = labels.when(becomes.replace(tzinfo=None).isoformat(), here, language)
    second_label = labels.when(instead, here, language)
    ways = [
        (labels_of["becomes"].format(first_label) if skipped else first_label, answer),
        (second_label if skipped else labels_of["second"].format(second_label), changed),
    ]
    yield ambiguity(text, timed, "skipped" if skipped else "twice", ways, about=labels.clock(due, here))


def labelled(text: Text, field: Field, meaning: Meaning, composed: Composed) -> Way:
    if not meaning.says:
        return text.language.labels["words"], composed
    field = "recurrence" if meaning.rule else field
    return labels.label(field, composed.fields, text.here, text.language), composed


def ambiguity(
    text: Text, part: Part, question: str, ways: list[Way], chosen: int = 0, *, about: str | None = None
) -> Ambiguity:
    words = text.text[part.start : part.end]
    return Ambiguity(
        field=part.field,
        start=part.start,
        end=part.end,
        text=words,
        question=text.language.questions[question].format(about or words),
        alternatives=[Alternative(label=label, fields=fields) for label, fields in differences(told_apart(text, ways))],
        chosen=chosen,
    )


def told_apart(text: Text, ways: list[Way]) -> list[Way]:
    """Labels alternatives that have the same label by their date: "monthly" does not say when it begins."""
    names = [label for label, _ in ways]
    return [
        labelled(text, "due_date", Meaning(day=way.due), way) if names.count(label) > 1 else (label, way)
        for label, way in ways
    ]


def differences(ways: list[Way]) -> Iterator[tuple[str, UnderstoodFields]]:
    """Yields each alternative with its values of all fields in which the alternatives differ."""
    everything = [UNSAID | composed.fields | {"title": composed.title} for _, composed in ways]
    differing = [name for name in everything[0] if any(fields[name] != everything[0][name] for fields in everything)]
    for (label, _), fields in zip(ways, everything, strict=True):
        yield label, UnderstoodFields.model_validate({name: fields[name] for name in differing})
