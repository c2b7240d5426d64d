"""Previews of a recurrence, with reasons. Uses the same code as the real occurrences."""

from recurring_tasks_service.preview.endpoints import router

__all__ = ["router"]
