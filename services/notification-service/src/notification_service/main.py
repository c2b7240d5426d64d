from notification_service import notifications
from notification_service.settings import Settings
from todo_kit.application import Service
from todo_kit.events import reminders, tasks
from todo_kit.messaging.subscriptions import Subscription

service = Service(
    title="Notification service",
    description="What a person is to be told: each reminder once.",
    settings=Settings,
    routers=[
        notifications.router,
        notifications.internal,
    ],
    subscriptions=[
        Subscription(tasks.TOPIC, tasks.CONTRACTS, notifications.follow_tasks),
        Subscription(reminders.TOPIC, (reminders.ReminderTriggered,), notifications.notify),
    ],
    retention=[notifications.RETENTION],
    projection=notifications.projection,
)
