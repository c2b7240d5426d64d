"""Dates, repetitions and reminders in words. The quick-add parser computes them, not the model."""

from typing import Any

from todo_backend.mcp.caller import Caller
from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import Ambiguity
from todo_kit.errors import Invalid

FIELDS = ("due_date", "time_zone", "recurrence_pattern", "recurrence", "reminder_lead_time")


def ambiguities(when: str, caller: Caller) -> list[Ambiguity]:
    return understand(when, caller.now, caller.zone, ENGLISH, conventions=caller.conventions).ambiguities


def fields_of(when: str, caller: Caller, chosen: str = "") -> dict[str, Any]:
    """Returns the fields that the words mean. `chosen` is the label of an alternative that the person has chosen.

    Raises Invalid if the words are ambiguous, are not understood completely, or set a field that is not in FIELDS.
    """
    understood = understand(when, caller.now, caller.zone, ENGLISH, conventions=caller.conventions)
    said = understood.fields.model_dump(mode="json", exclude_unset=True)
    title = understood.title
    if understood.ambiguities:
        first, *more = understood.ambiguities
        choice = next((each for each in first.alternatives if each.label == chosen), None)
        if more or not choice:
            labels = "; ".join(each.label for each in first.alternatives)
            raise Invalid(
                "when", f"{first.question} “{first.text}” can mean: {labels}. Ask the person, or say it exactly"
            )
        said |= choice.fields.model_dump(mode="json", exclude_unset=True)
        title = said.pop("title", title)
    fields = {name: said[name] for name in FIELDS if said.get(name) not in (None, "none")}
    if other := sorted(name for name in said.keys() - {"title", *FIELDS} if said[name]):
        raise Invalid(
            "when",
            f"“{when}” also sets {' and '.join(other)}: give {'it' if len(other) == 1 else 'them'} as an argument",
        )
    if title or not fields:
        raise Invalid("when", f"“{title or when}” is not understood; say it like “friday 9am”, or use due_date")
    return fields
