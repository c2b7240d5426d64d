"""Recurrence rules: the vocabulary of the APIs, the events, the recurrence engine and quick-add.

`Recurrence` holds the details of a rule in API requests and answers. `Rule` is a complete rule with its pattern; only
its constructor checks whether the details fit the pattern. `rrules` reads and writes rules as RFC 5545 text.
"""

from todo_kit.recurrence.details import Recurrence, read_rrule
from todo_kit.recurrence.rules import (
    BY_MONTH,
    FREQUENCIES,
    MAX_COUNT,
    MAX_INTERVAL,
    WEEKDAYS,
    Frequency,
    InvalidRecurrence,
    Mode,
    Pattern,
    Rule,
    RuleDay,
    Skip,
    Weekday,
    calls_for_successor,
    fitting,
)

__all__ = [
    "BY_MONTH",
    "FREQUENCIES",
    "MAX_COUNT",
    "MAX_INTERVAL",
    "WEEKDAYS",
    "Frequency",
    "InvalidRecurrence",
    "Mode",
    "Pattern",
    "Recurrence",
    "Rule",
    "RuleDay",
    "Skip",
    "Weekday",
    "calls_for_successor",
    "fitting",
    "read_rrule",
]
