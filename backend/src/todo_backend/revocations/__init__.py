"""Revoked tokens: reported by the sign-in server, shared by the replicas, rejected at once by every replica."""

from todo_backend.revocations.endpoints import router
from todo_backend.revocations.service import follow, lifespan, prune

__all__ = ["follow", "lifespan", "prune", "router"]
