from sqlmodel import Field, SQLModel

DEFAULT_TIME_ZONE = "UTC"


class Account(SQLModel, table=True):
    """Made when a person first creates a task or saves settings; until then the defaults hold."""

    __tablename__ = "accounts"

    user_id: str = Field(primary_key=True)
    time_zone: str = DEFAULT_TIME_ZONE
    default_reminder_lead_time: int | None = None
    locale: str | None = None
    week_start: str | None = None
    hour_cycle: str | None = None
    last_task_number: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
