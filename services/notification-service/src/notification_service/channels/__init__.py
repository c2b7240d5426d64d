from notification_service.channels.endpoints import router
from notification_service.channels.events import end_grants, follow_settings
from notification_service.channels.repository import unsubscribe
from notification_service.channels.service import SUBSCRIPTIONS

__all__ = ["SUBSCRIPTIONS", "end_grants", "follow_settings", "router", "unsubscribe"]
