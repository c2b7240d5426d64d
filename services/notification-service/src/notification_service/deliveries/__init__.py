"""The ledger: one row for each notification and target, from which channels send."""

from datetime import timedelta

from notification_service.deliveries.worker import deliver
from todo_kit.retention import Retention

RETENTION = Retention("deliveries", "finished_at", timedelta(days=90))

__all__ = ["RETENTION", "deliver"]
