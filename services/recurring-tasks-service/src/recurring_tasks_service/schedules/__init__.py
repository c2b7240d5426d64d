"""Scheduled reminders, and requests for successors that the task API has not created yet."""

from recurring_tasks_service.schedules.clock import measure_overdue, remind
from recurring_tasks_service.schedules.endpoints import internal, router
from recurring_tasks_service.schedules.follow import follow
from recurring_tasks_service.schedules.rebuild import projection
from recurring_tasks_service.schedules.requests import request_occurrences

__all__ = ["follow", "internal", "measure_overdue", "projection", "remind", "request_occurrences", "router"]
