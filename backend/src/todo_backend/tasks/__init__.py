"""Tasks: create, change, complete, delete, restore, list and search."""

from todo_backend.tasks.endpoints import router
from todo_backend.tasks.idempotency import prune as prune_idempotency_keys

__all__ = ["prune_idempotency_keys", "router"]
