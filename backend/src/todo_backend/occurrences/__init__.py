"""The next occurrence of a series, asked for by the recurring-tasks service when one was completed or skipped."""

from todo_backend.occurrences.endpoints import router

__all__ = ["router"]
