"""The quick-add language: a task as it is typed, and which of its words mean what.

To read: `parser` (the way of a text), `languages/english` (what can be said: its `phrases`, and the `words` they are
made of), `days`, `months`, `clocks`, `rules` and `marks` (what it means; `dates` reckons), `finding` (where it is
said), `agreeing` (what of it holds), `composing` (what it comes to), `questions` (what remains open).
"""

from todo_backend.quick_add.endpoints import router

__all__ = ["router"]
