"""Dates, repetitions and reminders in words. The quick-add parser computes them, not the model."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import Conventions
from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.parser import understand
from todo_kit.errors import Invalid

FIELDS = ("due_date", "time_zone", "recurrence_pattern", "recurrence", "reminder_lead_time")


def fields_of(when: str, now: datetime, zone: ZoneInfo, conventions: Conventions) -> dict[str, Any]:
    """Returns the fields that the words mean.

    Raises Invalid if the words are ambiguous, set none of FIELDS or other fields, or are only partly understood.
    """
    understood = understand(when, now, zone, ENGLISH, conventions=conventions)
    if understood.ambiguities:
        first = understood.ambiguities[0]
        choices = "; ".join(_said(choice.fields.model_dump(exclude_unset=True)) for choice in first.alternatives)
        raise Invalid("when", f"{first.question} “{first.text}” can mean: {choices}. Ask the person, or say it exactly")
    said = understood.fields.model_dump(mode="json", exclude_unset=True)
    fields = {name: said[name] for name in FIELDS if name in said}
    if other := sorted(said.keys() - {"title", *FIELDS}):
        raise Invalid("when", f"“{when}” says more than when: give {' and '.join(other)} as an argument of its own")
    if understood.title or not fields:
        rest = understood.title or when
        raise Invalid("when", f"“{rest}” is not understood; say it like “friday 9am”, or use due_date")
    return fields


def _said(fields: dict[str, Any]) -> str:
    return ", ".join(f"{value}" for name, value in fields.items() if name in FIELDS) or "no date"
