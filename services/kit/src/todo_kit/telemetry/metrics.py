"""Prometheus metrics of every service. Names follow the Prometheus naming practices: base units, `_total`."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("todo_http_requests_total", "Answered requests", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "todo_http_request_duration_seconds",
    "Time to answer a request",
    ["method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
READY = Gauge("todo_ready", "1 when `/ready` found that check well the last time that it was asked", ["check"])
DATABASE_AWAY = Gauge("todo_database_away", "1 while deliveries are held because the database is away")
OUTBOX_SIZE = Gauge("todo_outbox_size", "Committed events that the broker does not have yet")
OUTBOX_AGE_SECONDS = Gauge("todo_outbox_age_seconds", "Age of the oldest committed event that is not published")
PUBLISHED = Counter("todo_events_published_total", "Events handed to the broker", ["topic"])
PUBLISH_FAILURES = Counter("todo_events_publish_failures_total", "Failed attempts to publish an event", ["topic"])
CONSUMED = Counter("todo_events_consumed_total", "Events whose effect was committed", ["topic"])
DUPLICATES = Counter("todo_events_duplicate_total", "Events that came again and had no second effect", ["topic"])
FAILURES = Counter("todo_events_failed_total", "Failed attempts to handle an event", ["topic"])
DEAD_LETTERS = Counter("todo_dead_letters_total", "Events given up", ["topic"])
REMINDER_LATENESS_SECONDS = Histogram(
    "todo_reminder_lateness_seconds",
    "Time from a reminder's instant to its event",
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 3600, 86400),
)
REMINDER_OVERDUE_SECONDS = Gauge(
    "todo_reminder_overdue_seconds", "How long the oldest reminder that is not sent has been due"
)
DELIVERIES = Counter("todo_deliveries_total", "Attempts to send a notification", ["channel", "outcome"])
DELIVERY_OVERDUE_SECONDS = Gauge(
    "todo_delivery_overdue_seconds", "How long the oldest notification that is not sent has been due", ["channel"]
)
BROKEN_TRAILS = Counter("todo_broken_trails_total", "Verifications that found an audit trail not as it was recorded")


def expect(topic: str) -> None:
    """Initializes a topic's counters at 0.

    A series that starts at 1 shows no increase, so the first dead letter would raise no alert.
    """
    for counter in (CONSUMED, DUPLICATES, FAILURES, DEAD_LETTERS):
        counter.labels(topic)
