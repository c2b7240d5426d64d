"""Records, lists, verifies, signs and erases audit trails."""

from audit_service.trail.endpoints import internal, router
from audit_service.trail.erasure import erasure
from audit_service.trail.heads import sign
from audit_service.trail.service import record

__all__ = ["erasure", "internal", "record", "router", "sign"]
