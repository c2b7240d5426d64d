"""Web push: messages that a browser shows while the page is closed."""

from notification_service.push.delivery import lifespan, send

__all__ = ["lifespan", "send"]
