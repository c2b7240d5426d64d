"""`reminders`: what is planned, called off and due. Published by the recurring-tasks service."""

from datetime import datetime
from typing import Literal

from todo_kit.events.envelope import Contract, DueDate, Event

TOPIC = "reminders"


class ReminderPayload(Contract):
    title: str
    due_date: DueDate
    time_zone: str
    remind_at: datetime
    lead_time: int
    """Minutes between the reminder and the due instant."""
    late_by_seconds: int = 0
    """How late a triggered reminder is, when the service was away at its instant."""


class ReminderEvent(Event):
    task_id: int
    payload: ReminderPayload


class ReminderScheduled(ReminderEvent):
    event_type: Literal["ReminderScheduled"] = "ReminderScheduled"


class ReminderCancelled(ReminderEvent):
    event_type: Literal["ReminderCancelled"] = "ReminderCancelled"


class ReminderTriggered(ReminderEvent):
    event_type: Literal["ReminderTriggered"] = "ReminderTriggered"


CONTRACTS: tuple[type[Event], ...] = (ReminderScheduled, ReminderCancelled, ReminderTriggered)
