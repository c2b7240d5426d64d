from datetime import datetime, time
from zoneinfo import ZoneInfo

from recurring_tasks_service.preview.schemas import Preview, PreviewedOccurrence, PreviewRequest
from recurring_tasks_service.recurrence import Occurrence, Series, upcoming
from todo_kit.dates import resolve
from todo_kit.errors import Invalid
from todo_kit.recurrence import InvalidRecurrence, Rule, rrules
from todo_kit.reminders import Reminder, first_in_minutes


def preview(request: PreviewRequest, all_day_time: time) -> Preview:
    zone = ZoneInfo(request.time_zone)
    if request.recurrence_pattern is None:
        raise Invalid("recurrence_pattern", "is required, unless recurrence has an rrule")
    due = resolve(request.due_date, zone)
    anchor = due.on or datetime.fromisoformat(due.local)
    try:
        rule = Rule.of(request.recurrence_pattern, request.recurrence.model_dump() if request.recurrence else None)
        series = Series(anchor, zone, rule)
    except InvalidRecurrence as error:
        raise Invalid(error.path, error.message) from None
    completed_at = None if request.completed_at is None else resolve(request.completed_at, zone).at
    found, ended_by = upcoming(series, 0, due.at, completed_at, request.count)
    shown = [show(occurrence, request, all_day_time) for occurrence in found]
    return Preview(rrule=rrules.write(rule, anchor, zone), occurrences=shown, ended_by=ended_by)


def show(occurrence: Occurrence, request: PreviewRequest, all_day_time: time) -> PreviewedOccurrence:
    due_date = occurrence.due if isinstance(occurrence.local, datetime) else occurrence.local
    first = first_in_minutes(request.all_reminders)

    def instant(reminder: Reminder) -> datetime:
        return reminder.instant(due_date, request.time_zone, all_day_time)

    return PreviewedOccurrence(
        slot=occurrence.slot,
        due_date=due_date,
        local=occurrence.local,
        remind_at=instant(first) if first else None,
        # A successor has no reminders at instants: they were of the first date.
        reminders=sorted({instant(each) for each in request.all_reminders if each.at is None}),
        reason=occurrence.reason,
    )
