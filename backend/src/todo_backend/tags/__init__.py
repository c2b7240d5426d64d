"""The colours of tags. Tags themselves are text in their tasks: they are renamed and removed there (`op: retag`)."""

from todo_backend.tags.endpoints import router

__all__ = ["router"]
