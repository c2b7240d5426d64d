"""Forwards paths owned by other services, by Dapr service invocation. The owners' API documents describe them."""

from todo_backend.forwarding.endpoints import forward, router

__all__ = ["forward", "router"]
