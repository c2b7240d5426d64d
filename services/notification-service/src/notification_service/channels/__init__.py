from notification_service.channels.endpoints import internal, router
from notification_service.channels.events import end_grants, follow_settings
from notification_service.channels.service import SUBSCRIPTIONS

__all__ = ["SUBSCRIPTIONS", "end_grants", "follow_settings", "internal", "router"]
