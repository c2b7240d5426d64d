"""The trail: recording, reading, verifying."""

from audit_service.trail.endpoints import internal, router
from audit_service.trail.service import record

__all__ = ["internal", "record", "router"]
