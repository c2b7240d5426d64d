"""Revoked tokens: reported by the sign-in server, shared by the replicas, rejected at once by every replica."""

from todo_backend.revocations.endpoints import router
from todo_backend.revocations.service import RETENTION as GRANTS
from todo_backend.revocations.service import follow, lifespan, revoke

__all__ = ["GRANTS", "follow", "lifespan", "revoke", "router"]
