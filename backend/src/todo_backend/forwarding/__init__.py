"""Forwards paths owned by other services, by Dapr service invocation. The owners' API documents describe them."""

from todo_backend.forwarding.endpoints import forward, router
from todo_backend.forwarding.unsubscriptions import router as unsubscriptions

__all__ = ["forward", "router", "unsubscriptions"]
