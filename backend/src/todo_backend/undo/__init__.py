"""Undo: what every client changes is kept as steps (`tasks.steps`), and a step is undone whole or not at all."""

from todo_backend.undo.endpoints import router
from todo_backend.undo.service import prune

__all__ = ["prune", "router"]
