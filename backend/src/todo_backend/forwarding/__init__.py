"""Forwards paths owned by other services, by Dapr service invocation. The owners' API documents describe them."""

from todo_backend.forwarding.endpoints import ask, forward, router
from todo_backend.forwarding.unsubscriptions import router as unsubscriptions

__all__ = ["ask", "forward", "router", "unsubscriptions"]
