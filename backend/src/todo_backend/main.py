from todo_backend import (
    accounts,
    chat,
    digests,
    erasures,
    export,
    forwarding,
    limits,
    live,
    mcp,
    occurrences,
    overview,
    quick_add,
    reminders,
    revocations,
    tags,
    tasks,
    undo,
)
from todo_backend.settings import Settings
from todo_kit.application import Service
from todo_kit.events import updates
from todo_kit.messaging.subscriptions import Subscription

service = Service(
    title="Todo task API",
    description="Tasks, settings and live updates. The one front door: what other services own is forwarded to them.",
    settings=Settings,
    routers=[
        accounts.router,
        tasks.router,
        undo.router,
        tags.router,
        overview.router,
        quick_add.router,
        live.router,
        chat.router,
        export.router,
        forwarding.router,
        forwarding.unsubscriptions,
        reminders.router,
        occurrences.router,
        digests.router,
        revocations.router,
        erasures.router,
    ],
    subscriptions=[
        Subscription(updates.TOPIC, updates.CONTRACTS, live.append),
    ],
    loops=[
        live.broadcast,
        revocations.follow,
        limits.share,
        erasures.erasure.loop,
    ],
    retention=[live.EVENTS, tasks.IDEMPOTENCY_KEYS, undo.STEPS, revocations.GRANTS],
    middleware=[limits.AccountLimits],
    lifespans=[revocations.lifespan, mcp.lifespan, chat.lifespan],
)
