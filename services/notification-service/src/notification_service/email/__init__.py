"""Mails about reminders. Those about accounts are sent by the sign-in server."""

from notification_service.email.delivery import lifespan, send

__all__ = ["lifespan", "send"]
