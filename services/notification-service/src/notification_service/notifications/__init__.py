from notification_service.notifications.endpoints import internal, router
from notification_service.notifications.events import follow_tasks, notify
from notification_service.notifications.rebuild import projection
from notification_service.notifications.service import RETENTION, inform

__all__ = ["RETENTION", "follow_tasks", "inform", "internal", "notify", "projection", "router"]
