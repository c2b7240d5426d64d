"""Tasks: what people create, change, complete, delete, find and get back."""

from todo_backend.tasks.endpoints import router
from todo_backend.tasks.idempotency import prune as prune_idempotency_keys

__all__ = ["prune_idempotency_keys", "router"]
