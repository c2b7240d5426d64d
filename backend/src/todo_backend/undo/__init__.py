"""What an assistant changed, kept with what takes it back: all that one request of a person led to is one step."""

from todo_backend.undo.service import prune

__all__ = ["prune"]
