"""Forwards paths owned by other services, by Dapr service invocation. The owners' API documents describe them."""

from todo_backend.forwarding.endpoints import router

__all__ = ["router"]
