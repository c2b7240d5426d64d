"""A series: a local anchor, a time zone and a rule."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from todo_kit import fields
from todo_kit.recurrence import InvalidRecurrence, Rule

End = Literal["until", "count"]
FIRST_YEAR, LAST_YEAR = fields.FIRST_YEAR - 1, fields.LAST_YEAR + 1
"""The local years of the instants that due dates can have."""


@dataclass(frozen=True, slots=True)
class Series:
    """A rule and its local anchor: a naive date-time, or a date for all-day. The constructor raises InvalidRecurrence.

    `anchor_slot` is the slot number of the anchor. It is above 0 if a later occurrence moved the anchor.
    """

    anchor: date | datetime
    zone: ZoneInfo
    rule: Rule
    anchor_slot: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.anchor, datetime) and self.anchor.tzinfo is not None:
            raise InvalidRecurrence("anchor", "must be local, without an offset")
        if not FIRST_YEAR <= self.anchor.year <= LAST_YEAR:
            raise InvalidRecurrence("anchor", f"must be in the years {FIRST_YEAR} to {LAST_YEAR}")
        self.rule.check_due_date(all_day=self.all_day)
        if self.anchor_slot < 0:
            raise InvalidRecurrence("anchor_slot", "must not be negative")

    @property
    def all_day(self) -> bool:
        return not isinstance(self.anchor, datetime)

    @property
    def first_day(self) -> date:
        return self.anchor.date() if isinstance(self.anchor, datetime) else self.anchor

    @property
    def wall_time(self) -> time:
        """The time of day of the anchor; midnight for all-day."""
        return self.anchor.time() if isinstance(self.anchor, datetime) else time()

    @property
    def times(self) -> tuple[time, ...]:
        """The times of each day after the anchor's."""
        return self.rule.times or (self.wall_time,)
