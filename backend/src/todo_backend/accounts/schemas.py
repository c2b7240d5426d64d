from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from todo_backend.accounts.locales import HourCycle, KnownLocale
from todo_backend.tasks.fields import ReminderLeadTime, TimeZone
from todo_kit.events.settings import ALL_DAY_REMINDER_TIME
from todo_kit.fields import ClockTime
from todo_kit.recurrence import Weekday


class UserSettings(BaseModel):
    """`default_reminder_lead_time`: minutes before the due time, for new timed tasks; null for no reminder.

    `all_day_reminder_time`: when reminders of all-day tasks are sent, `HH:MM` in the task's time zone.
    """

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    time_zone: TimeZone
    default_reminder_lead_time: ReminderLeadTime = None
    all_day_reminder_time: Annotated[ClockTime, Field(json_schema_extra={"default": "09:00"})] = ALL_DAY_REMINDER_TIME
    locale: Annotated[KnownLocale | None, Field(description="BCP 47, such as en-US; null: from the client")] = None
    week_start: Annotated[Weekday | None, Field(description="First day of the week; null: from the locale")] = None
    hour_cycle: Annotated[HourCycle | None, Field(description="12 or 24 hours; null: from the locale")] = None
