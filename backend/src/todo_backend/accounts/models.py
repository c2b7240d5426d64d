from datetime import time

from sqlmodel import Field, SQLModel

from todo_kit.events.settings import ALL_DAY_REMINDER_TIME

DEFAULT_TIME_ZONE = "UTC"


class Account(SQLModel, table=True):
    """Created when the user first creates a task or saves settings; until then the defaults apply."""

    __tablename__ = "accounts"

    user_id: str = Field(primary_key=True)
    time_zone: str = DEFAULT_TIME_ZONE
    default_reminder_lead_time: int | None = None
    all_day_reminder_time: time = Field(default=ALL_DAY_REMINDER_TIME, sa_column_kwargs={"server_default": "09:00"})
    locale: str | None = None
    week_start: str | None = None
    hour_cycle: str | None = None
    settings_version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    last_task_number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
