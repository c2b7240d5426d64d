from datetime import datetime, time
from zoneinfo import ZoneInfo

from recurring_tasks_service.preview.schemas import Preview, PreviewedOccurrence, PreviewRequest
from recurring_tasks_service.recurrence import InvalidRecurrence, Occurrence, Series, upcoming
from recurring_tasks_service.rules import instant_of, rule_from
from todo_kit.dates import remind_at
from todo_kit.errors import Invalid


def preview(request: PreviewRequest, all_day_time: time) -> Preview:
    zone = ZoneInfo(request.time_zone)
    try:
        rule = rule_from(request.recurrence_pattern, request.recurrence.model_dump() if request.recurrence else None)
    except InvalidRecurrence as error:
        raise Invalid(f"recurrence.{error.field}", error.message) from None
    instant, anchor = instant_of(request.due_date, zone), request.due_date
    if isinstance(anchor, datetime) and anchor.tzinfo is not None:
        anchor = instant.astimezone(zone).replace(tzinfo=None)
    completed_at = None if request.completed_at is None else instant_of(request.completed_at, zone)
    found, ended_by = upcoming(Series(anchor, zone, rule), 0, instant, completed_at, request.count)
    shown = [show(occurrence, request, all_day_time) for occurrence in found]
    return Preview(occurrences=shown, ended_by=ended_by)


def show(occurrence: Occurrence, request: PreviewRequest, all_day_time: time) -> PreviewedOccurrence:
    due_date = occurrence.due if isinstance(occurrence.local, datetime) else occurrence.local
    lead_time = request.reminder_lead_time
    return PreviewedOccurrence(
        slot=occurrence.slot,
        due_date=due_date,
        local=occurrence.local,
        remind_at=None if lead_time is None else remind_at(due_date, request.time_zone, lead_time, all_day_time),
        reason=occurrence.reason,
    )
