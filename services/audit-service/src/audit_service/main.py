from audit_service import trail
from audit_service.settings import Settings
from todo_kit.application import Service
from todo_kit.erasure import DELETED_ACCOUNTS
from todo_kit.events import reminders, settings, tasks
from todo_kit.messaging.subscriptions import Subscription

service = Service(
    title="Audit service",
    description="Who changed what, when and through what; the trail only grows, and shows it when it was changed.",
    settings=Settings,
    routers=[
        trail.router,
        trail.internal,
    ],
    subscriptions=[
        Subscription(tasks.TOPIC, (*tasks.CONTRACTS, *settings.CONTRACTS), trail.record),
        Subscription(reminders.TOPIC, reminders.CONTRACTS, trail.record),
        DELETED_ACCOUNTS,
    ],
    loops=[trail.sign, trail.erasure.loop],
)
