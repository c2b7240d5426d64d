from pydantic import BaseModel, ConfigDict

from todo_backend.tasks.fields import ReminderLeadTime, TimeZone


class UserSettings(BaseModel):
    """`default_reminder_lead_time`: minutes before the due date, for new tasks that have one; null for none."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    time_zone: TimeZone
    default_reminder_lead_time: ReminderLeadTime = None
