"""Events of a user's tasks, sent to URLs that the user has chosen. `events` adds messages, `worker` sends them."""

from notification_service.webhooks.endpoints import router
from notification_service.webhooks.events import end_access, queue
from notification_service.webhooks.sender import lifespan
from notification_service.webhooks.service import MESSAGES
from notification_service.webhooks.worker import Webhooks

__all__ = ["MESSAGES", "Webhooks", "end_access", "lifespan", "queue", "router"]
