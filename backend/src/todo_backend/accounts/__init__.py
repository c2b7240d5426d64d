"""A person's settings, and the counter that numbers their tasks."""

from todo_backend.accounts.endpoints import router

__all__ = ["router"]
