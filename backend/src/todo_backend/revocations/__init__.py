"""Revoked tokens: told by the sign-in server, shared by the replicas, refused by each of them at once."""

from todo_backend.revocations.endpoints import router
from todo_backend.revocations.service import follow, lifespan, prune

__all__ = ["follow", "lifespan", "prune", "router"]
