"""What a recurrence would bring, and why: the same code that decides the real occurrences."""

from recurring_tasks_service.preview.endpoints import router

__all__ = ["router"]
