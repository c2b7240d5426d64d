"""Undo: the changes of every client are recorded as steps (`tasks.steps`). A step is undone whole or not at all."""

from todo_backend.undo.endpoints import router
from todo_backend.undo.service import RETENTION as STEPS

__all__ = ["STEPS", "router"]
