"""The fields of a task as they come in, each with its limits."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from todo_kit.events.tasks import Pattern
from todo_kit.fields import Recurrence, ReminderLeadTime, TimeZone, When
from todo_kit.text import storable

PRIORITIES = ("High", "Medium", "Low")
"""In their order: a sort by priority brings High first."""
Priority = Literal["High", "Medium", "Low"]


def _no_duplicates(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(storable)]
Description = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(storable)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50), AfterValidator(storable)]
Tags = Annotated[list[Tag], Field(max_length=20), AfterValidator(_no_duplicates)]

__all__ = ["Pattern", "Recurrence", "ReminderLeadTime", "TimeZone", "When"]
