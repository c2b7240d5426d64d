"""The daily digest: what is due, by mail, at a time that the user has chosen. `service` adds one, `worker` sends it."""

from notification_service.digests.endpoints import router
from notification_service.digests.repository import unsubscribe
from notification_service.digests.service import DIGESTS, follow_settings, schedule
from notification_service.digests.worker import Digests

__all__ = ["DIGESTS", "Digests", "follow_settings", "router", "schedule", "unsubscribe"]
