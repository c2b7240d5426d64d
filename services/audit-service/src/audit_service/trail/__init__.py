"""Records, lists, verifies and signs audit trails."""

from audit_service.trail.endpoints import internal, router
from audit_service.trail.heads import sign
from audit_service.trail.service import record

__all__ = ["internal", "record", "router", "sign"]
