from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from notification_service import (
    channels,
    deliveries,
    digests,
    email,
    ledger,
    notifications,
    push,
    unsubscriptions,
    webhooks,
)
from notification_service.settings import Settings
from todo_kit import erasure
from todo_kit.application import Service
from todo_kit.erasure import Erasure
from todo_kit.events import accounts, reminders, settings, tasks
from todo_kit.events.accounts import AccountDeleted, GrantEnded
from todo_kit.events.reminders import ReminderTriggered
from todo_kit.events.settings import SettingsChanged
from todo_kit.events.tasks import TaskEvent
from todo_kit.messaging.subscriptions import Subscription
from todo_kit.runtime import Runtime


async def follow(runtime: Runtime, session: AsyncSession, events: Sequence[TaskEvent | SettingsChanged]) -> None:
    changed = [event for event in events if isinstance(event, SettingsChanged)]
    of_tasks = [event for event in events if isinstance(event, TaskEvent)]
    await notifications.follow_tasks(runtime, session, of_tasks)
    await webhooks.queue(runtime, session, of_tasks)
    await channels.follow_settings(session, changed)
    await digests.follow_settings(runtime, session, changed)


async def remind(runtime: Runtime, session: AsyncSession, events: Sequence[ReminderTriggered]) -> None:
    await webhooks.queue(runtime, session, await notifications.notify(runtime, session, events))


async def follow_accounts(
    runtime: Runtime, session: AsyncSession, events: Sequence[GrantEnded | AccountDeleted]
) -> None:
    await erasure.record(runtime, session, [event for event in events if isinstance(event, AccountDeleted)])
    ended = [event for event in events if isinstance(event, GrantEnded)]
    await channels.end_grants(session, ended)
    await webhooks.end_access(runtime, session, ended)


service = Service(
    title="Notification service",
    description="What a person is to be told: each reminder once, in the page, by mail and by push.",
    settings=Settings,
    routers=[
        notifications.router,
        channels.router,
        digests.router,
        webhooks.router,
        notifications.internal,
        unsubscriptions.router,
    ],
    subscriptions=[
        Subscription(tasks.TOPIC, (*tasks.CONTRACTS, *settings.CONTRACTS), follow),
        Subscription(reminders.TOPIC, (ReminderTriggered,), remind),
        Subscription(accounts.TOPIC, accounts.CONTRACTS, follow_accounts),
    ],
    loops=[
        deliveries.deliver(email.CHANNEL),
        deliveries.deliver(push.CHANNEL),
        ledger.loop(webhooks.Webhooks),
        digests.schedule,
        ledger.loop(digests.Digests),
        Erasure().loop,
    ],
    lifespans=[email.lifespan, push.lifespan, webhooks.lifespan],
    retention=[
        notifications.RETENTION,
        deliveries.RETENTION,
        channels.SUBSCRIPTIONS,
        webhooks.MESSAGES,
        digests.DIGESTS,
    ],
    projection=notifications.projection,
)
