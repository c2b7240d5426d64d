"""Tasks: create, change, complete, delete, restore, list and search."""

from todo_backend.tasks.endpoints import router
from todo_backend.tasks.idempotency import RETENTION as IDEMPOTENCY_KEYS

__all__ = ["IDEMPOTENCY_KEYS", "router"]
