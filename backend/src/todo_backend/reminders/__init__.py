"""Snoozing of reminders. The recurring-tasks service owns reminders; this service knows the user's clock and words."""

from todo_backend.reminders.endpoints import router

__all__ = ["router"]
