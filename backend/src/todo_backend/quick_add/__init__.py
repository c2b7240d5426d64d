"""The quick-add language: a task as it is typed, and which of its words mean what.

To read: `parser` (the way of a text), `languages/english` (what can be said), `days`, `clocks`, `rules` and `marks`
(what it means), `finding` (where it is said), `composing` (what it comes to), `questions` (what remains open).
"""

from todo_backend.quick_add.endpoints import router

__all__ = ["router"]
