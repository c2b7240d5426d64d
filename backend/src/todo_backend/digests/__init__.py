"""What is due, for the daily digest that the notification service sends by mail."""

from todo_backend.digests.endpoints import router

__all__ = ["router"]
