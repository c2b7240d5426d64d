from recurring_tasks_service import preview, schedules
from recurring_tasks_service.settings import Settings
from todo_kit.application import Service
from todo_kit.erasure import DELETED_ACCOUNTS, Erasure
from todo_kit.events import settings, tasks
from todo_kit.messaging.subscriptions import Subscription

service = Service(
    title="Recurring tasks service",
    description="Series, reminders and the dates of what comes next.",
    settings=Settings,
    routers=[
        preview.router,
        schedules.router,
        schedules.internal,
    ],
    subscriptions=[
        Subscription(tasks.TOPIC, (*tasks.CONTRACTS, *settings.CONTRACTS), schedules.follow),
        DELETED_ACCOUNTS,
    ],
    loops=[schedules.remind, schedules.measure_overdue, schedules.request_occurrences, Erasure().loop],
    projection=schedules.projection,
)
