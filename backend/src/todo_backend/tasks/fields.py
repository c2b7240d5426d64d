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
CODES: dict[str, int] = {"High": 1, "Medium": -1, "Low": 3, "None": 2}
"""The stored codes. 2 meant Medium, the default at that time. It looked like no priority everywhere, so it now means
None, and no row has to change. Replicas of the release before read -1 as Medium, too."""
PRIORITY_OF = {code: name for name, code in CODES.items()}


def _no_duplicates(tags: list[str]) -> list[str]:
    """Of tags that differ only in case, keeps the first spelling."""
    first: dict[str, str] = {}
    for tag in tags:
        first.setdefault(tag.casefold(), tag)
    return list(first.values())


Description = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(storable)]
Tags = Annotated[list[Tag], Field(max_length=MOST), AfterValidator(_no_duplicates)]

__all__ = ["Pattern", "Recurrence", "ReminderLeadTime", "Reminders", "Tag", "TimeZone", "Title", "When"]
