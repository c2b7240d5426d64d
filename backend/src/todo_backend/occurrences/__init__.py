"""Creates the next occurrence of a series when the recurring-tasks service requests it."""

from todo_backend.occurrences.endpoints import router

__all__ = ["router"]
