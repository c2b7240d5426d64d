"""Settings of a user, and the counter of task numbers."""

from todo_backend.accounts.endpoints import router

__all__ = ["router"]
