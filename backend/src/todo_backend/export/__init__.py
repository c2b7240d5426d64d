"""The archive of an account: what all services and the sign-in server have of the user, as JSON files in a ZIP file."""

from todo_backend.export.endpoints import router

__all__ = ["router"]
