from datetime import datetime
from zoneinfo import ZoneInfo

from recurring_tasks_service.preview.schemas import Preview, PreviewedOccurrence, PreviewRequest
from recurring_tasks_service.recurrence import InvalidRecurrence, Occurrence, Series, remind_at, upcoming
from recurring_tasks_service.rules import instant_of, rule_from
from todo_kit.errors import Invalid


def preview(request: PreviewRequest) -> Preview:
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
    shown = [show(occurrence, request.reminder_lead_time) for occurrence in found]
    return Preview(occurrences=shown, ended_by=ended_by)


def show(occurrence: Occurrence, lead_time: int | None) -> PreviewedOccurrence:
    all_day = not isinstance(occurrence.local, datetime)
    return PreviewedOccurrence(
        slot=occurrence.slot,
        due_date=occurrence.local if all_day else occurrence.due,
        local=occurrence.local,
        remind_at=None if lead_time is None else remind_at(occurrence.due, lead_time),
        reason=occurrence.reason,
    )
