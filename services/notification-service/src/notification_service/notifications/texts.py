"""The text of a reminder."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from todo_kit.events.reminders import ReminderPayload

MINUTE, HOUR, DAY = 60, 3600, 86400


def body(reminder: ReminderPayload) -> str:
    """Returns when the task is due, in local time, and how late the reminder is if it is late."""
    due = reminder.due_date
    if isinstance(due, datetime):
        local = due.astimezone(ZoneInfo(reminder.time_zone))
        text = f"Due {day(local)} at {local:%H:%M}"
    else:
        text = f"Due {day(due)}"
    if reminder.late_by_seconds:
        text += f". This reminder is {span(reminder.late_by_seconds)} late"
    return text


def day(value: date) -> str:
    return f"{value:%A}, {value.day} {value:%B} {value.year}"


def span(seconds: int) -> str:
    for unit, name in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second")):
        if count := seconds // unit:
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "0 seconds"
