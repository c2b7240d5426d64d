"""Counts of a user's tasks: open ones by view, tag and priority, completed ones by day."""

from todo_backend.overview.endpoints import router

__all__ = ["router"]
