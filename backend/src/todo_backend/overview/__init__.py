"""What a person has, in numbers: how many tasks wait where, and what was completed when."""

from todo_backend.overview.endpoints import router

__all__ = ["router"]
