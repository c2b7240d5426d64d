"""When a repeating task is due: the one place for the policy. Pure functions; the caller brings the clock and the rows.

The policy:

1.  A series is a local *anchor* (a wall-clock time, or a day for all-day tasks), a time zone and a rule. Its
    occurrences are numbered *slots*; the anchor is the first one. The n-th is computed from the anchor and never from
    the one before it, so monthly on day 31 gives 28 February and then 31 March again.
2.  A month too short for the anchor's day gives its last day. `last_day` always means the month's last day, which is
    not what an anchor on 28 February means.
3.  The anchor is a slot even if the rule does not name its day, because a person chose that date: weekly on Monday
    anchored on a Wednesday is that Wednesday and then the Mondays; `last_day` anchored on the 10th is that 10th and
    then that same month's last day.
4.  A weekly rule with weekdays counts its interval in weeks that begin on Monday.
5.  A wall-clock time that the clocks skip moves forward by the gap (RFC 5545 section 3.3.5). Of one that comes twice,
    the first counts, once. An all-day occurrence is due when its local day starts.
6.  `until` is inclusive: a date means that whole local day, a date-time with an offset an instant, one without is
    local. `count` counts slots from slot 0, done or not. Only one of the two may be given.
7.  Mode `schedule`: what follows is the first slot after both the due instant and the completion. A series left alone
    gives one occurrence then, not one for each that was missed. Rescheduling an occurrence does not move the series.
8.  Mode `completion`: what follows is the local completion day plus the interval, at the anchor's wall-clock time.
    With `last_day` it is the last day of the month reached that way. With weekdays, see `after_completion` in `days`.
9.  A reminder comes exact minutes before the due instant, whatever the clocks do between. Of an all-day task it counts
    from the person's `all_day_reminder_time` on the day: "1 day before" is that time on the day before.

To read: `rule` (what a series is), `local_time` (5), `days` (1 to 4 and 8, on calendar days), `occurrences` (5 to 8),
`reasons` (what people are told), `todo_kit.dates.remind_at` (9).
"""

from recurring_tasks_service.recurrence.occurrences import (
    Occurrence,
    next_occurrence,
    occurrence,
    upcoming,
)
from recurring_tasks_service.recurrence.rule import InvalidRecurrence, Rule, Series

__all__ = [
    "InvalidRecurrence",
    "Occurrence",
    "Rule",
    "Series",
    "next_occurrence",
    "occurrence",
    "upcoming",
]
