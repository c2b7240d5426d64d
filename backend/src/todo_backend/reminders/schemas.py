from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from todo_kit.fields import Instant
from todo_kit.text import storable

Words = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(storable)]


class Snooze(BaseModel):
    """When the reminder is sent again: after some minutes, at an instant, or at a time in words. One of them."""

    model_config = ConfigDict(extra="forbid")

    minutes: Annotated[int | None, Field(ge=1, le=366 * 24 * 60, strict=True)] = None
    until: Annotated[Instant | None, Field(description="At most 366 days from now")] = None
    when: Annotated[
        Words | None,
        Field(
            description="Such as “tomorrow 9am” or “2 hours”; a day without a time means the user's time for all-day"
            " reminders"
        ),
    ] = None

    @model_validator(mode="after")
    def _is_one(self) -> "Snooze":
        if [self.minutes, self.until, self.when].count(None) != 2:  # noqa: PLR2004
            raise ValueError("one of minutes, until and when is needed")
        return self


class Snoozed(BaseModel):
    task_id: int
    until: AwareDatetime


class PendingSnooze(Snoozed):
    title: str


class PendingSnoozes(BaseModel):
    items: list[PendingSnooze]
    """By time, at most 500."""
