"""The recurrence policy: when a recurring task is due. Pure functions; the caller supplies the time and the data.

The policy:

1.  A series is a local *anchor* (a wall-clock time, or a day for all-day tasks), a time zone and a rule. Its
    occurrences are numbered *slots*; the anchor is the first one. The n-th slot is computed from the anchor, never from
    the previous slot. So monthly on day 31 gives 28 February and then 31 March.
2.  In a month that is too short for the anchor's day, or for one of `month_days`, the slot is the last day of the
    month; with `skip: omit`, as in RFC 5545, there is none. `last_day` always means the last day of the month; an
    anchor on 28 February does not. A month without a fifth Friday or a 23rd working day has no slot.
3.  The anchor is a slot even if the rule does not name its day, because the user chose that date. Weekly on Monday,
    anchored on a Wednesday: that Wednesday, then the Mondays. `last_day`, anchored on the 10th: that 10th, then the
    last day of the same month. With several `times`, such a day has the anchor's time alone.
4.  A weekly rule with weekdays counts its interval in weeks that begin on Monday, a monthly one in calendar months.
    `months` limits a rule to these months. Working days are Monday to Friday; holidays are not known.
    An hourly rule counts hours that pass, also where the clocks change.
5.  A wall-clock time in a DST gap moves forward by the gap (RFC 5545 section 3.3.5). If a wall-clock time repeats,
    only the first one counts. An all-day occurrence is due when its local day starts.
6.  `until` is inclusive. A date means the whole local day, a date-time with an offset an instant, a date-time without
    an offset a local time. `count` counts slots from slot 0, completed or not. Only one of the two may be given.
    `excluded_dates` are slots that are never made, but counted (RFC 5545 EXDATE).
7.  Mode `schedule`: the next occurrence is the first slot after both the due instant and the completion. Missed slots
    are skipped. Rescheduling an occurrence does not move the series.
8.  Mode `completion`: the next occurrence is the local completion day plus the interval, at the anchor's wall-clock
    time. With `last_day`, it is the last day of the resulting month. If the rule names days, see `after_completion` in
    `days`.
9.  A reminder is sent exact minutes before the due instant, even across a DST change. For an all-day task, the lead
    time counts from the user's `all_day_reminder_time` on the day: "1 day before" is that time on the previous day.

Modules: `todo_kit.recurrence` (rules, their text, the days of a month), `series`, `local_time` (5), `days` (1 to 4 and
8, on calendar days), `occurrences` (5 to 8), `reasons` (texts for the user), `todo_kit.dates.remind_at` (9).
"""

from recurring_tasks_service.recurrence.occurrences import (
    Occurrence,
    next_occurrence,
    occurrence,
    upcoming,
)
from recurring_tasks_service.recurrence.series import Series
from todo_kit.recurrence import InvalidRecurrence, Rule

__all__ = [
    "InvalidRecurrence",
    "Occurrence",
    "Rule",
    "Series",
    "next_occurrence",
    "occurrence",
    "upcoming",
]
