"""Mails about reminders. Those about accounts are sent by the sign-in server."""

from notification_service.email.delivery import CHANNEL, lifespan

__all__ = ["CHANNEL", "lifespan"]
