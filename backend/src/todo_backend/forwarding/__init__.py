"""The paths that other services own, handed on by Dapr service invocation. Their contracts are in their documents."""

from todo_backend.forwarding.endpoints import router

__all__ = ["router"]
