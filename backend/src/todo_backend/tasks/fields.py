"""The input fields of a task. Limits: `todo_kit.text` (titles, tags), `todo_kit.recurrence` (rules), and here."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from todo_backend.tasks.tags import MOST
from todo_kit.fields import ReminderLeadTime, TimeZone, When
from todo_kit.recurrence import Pattern, Recurrence
from todo_kit.reminders import Reminders
from todo_kit.text import Tag, Title, storable

PRIORITIES = ("High", "Medium", "Low", "None")
"""In sort order."""
Priority = Literal["High", "Medium", "Low", "None"]


def _no_duplicates(tags: list[str]) -> list[str]:
    """Of tags that differ only in case, keeps the first spelling."""
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(tag.casefold(), tag)
    return list(first.values())


Description = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(storable)]
Tags = Annotated[list[Tag], Field(max_length=MOST), AfterValidator(_no_duplicates)]

__all__ = ["Pattern", "Recurrence", "ReminderLeadTime", "Reminders", "Tag", "TimeZone", "Title", "When"]
