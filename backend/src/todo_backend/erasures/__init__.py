"""Accounts that were deleted: reported by the sign-in server, passed on to every service, erased here."""

from todo_backend.erasures.endpoints import router
from todo_backend.erasures.service import erasure

__all__ = ["erasure", "router"]
