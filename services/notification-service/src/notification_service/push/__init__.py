"""Web push: messages that a browser shows while the page is closed."""

from notification_service.push.delivery import CHANNEL, lifespan

__all__ = ["CHANNEL", "lifespan"]
