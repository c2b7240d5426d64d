"""The application factory. Each service declares its parts as one `Service` in its `main.py`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp

from todo_kit import errors
from todo_kit.auth.tokens import TokenVerifier
from todo_kit.clock import Clock, SystemClock
from todo_kit.database import Database
from todo_kit.direct import DirectRoutes, direct_routes
from todo_kit.loops import Loop, keep_running
from todo_kit.messaging import consumer, relay, routes
from todo_kit.messaging.rebuild import Projection
from todo_kit.messaging.subscriptions import Subscription
from todo_kit.retention import INBOX, Retention, pruning
from todo_kit.runtime import Application, Runtime
from todo_kit.settings import ServiceSettings
from todo_kit.sidecar import Sidecar
from todo_kit.telemetry import health, logs, tracing
from todo_kit.telemetry.middleware import RequestTelemetry

log = structlog.get_logger()

PROBLEMS: dict[int | str, dict[str, object]] = {
    status: errors.described(description)
    for status, description in {
        400: "The request cannot be read",
        401: "No valid token",
        403: "The token's user is not the path's, or the token lacks the scope",
        413: "The body is too large",
        422: "A field does not validate",
        429: "The account has sent more requests than its limits allow; `Retry-After` says when to go on",
        503: "A dependency is unavailable",
    }.items()
}


LOOPS_STOP_SECONDS = 10

Lifespan = Callable[[FastAPI, Runtime], AbstractAsyncContextManager[None]]
"""A context manager that stays open while the service runs. It may add routes that do not come from FastAPI."""


@dataclass(frozen=True)
class Service:
    """The parts of a service."""

    title: str
    description: str
    settings: type[ServiceSettings]
    routers: Sequence[APIRouter] = ()
    subscriptions: Sequence[Subscription] = ()
    loops: Sequence[Loop] = ()
    """Background loops. Every replica runs them."""
    retention: Sequence[Retention] = ()
    """Tables whose old rows are deleted."""
    lifespans: Sequence[Lifespan] = ()
    middleware: Sequence[Callable[[ASGIApp], ASGIApp]] = ()
    """Wraps every request, inside the telemetry middleware."""
    projection: Projection | None = None
    """The rows computed from events, if they can be rebuilt from the audit trail."""
    publishes: bool = True
    """Whether the service runs a relay that publishes its outbox."""


def create_app(service: Service, settings: ServiceSettings, *, clock: Clock | None = None) -> Application:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        logs.configure(settings.app_id, settings.log_level)
        provider = tracing.configure(settings.app_id, settings.otel_exporter_otlp_endpoint)
        async with AsyncExitStack() as stack:
            try:
                runtime = await stack.enter_async_context(open_runtime(settings, clock or SystemClock()))
            except (Exception, SystemExit) as error:
                app.state.failure = str(error)
                raise
            app.runtime = runtime
            for opened in service.lifespans:
                await stack.enter_async_context(opened(app, runtime))
            async with loops_running(service, runtime):
                log.info("started", app_id=settings.app_id)
                yield
        provider.shutdown()

    app = Application(
        title=service.title,
        description=service.description,
        version="1.0.0",
        lifespan=lifespan,
        responses=PROBLEMS,
        generate_unique_id_function=_operation_id,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # RequestTelemetry does this
    )
    errors.install(app)
    app.include_router(health.router)
    for router in service.routers:
        app.include_router(router)
    routes.install(app, settings.pubsub_name, service.subscriptions)
    app.add_middleware(DirectRoutes, routes=direct_routes(app))
    for middleware in service.middleware:
        app.add_middleware(middleware)
    app.add_middleware(RequestTelemetry)
    return app


def _operation_id(route: APIRoute) -> str:
    """Returns the function's name. Generated clients use it as the name of the operation."""
    return route.name


@asynccontextmanager
async def open_runtime(settings: ServiceSettings, clock: Clock) -> AsyncIterator[Runtime]:
    sidecar = Sidecar(settings)
    database = Database(
        settings.database_url.get_secret_value(),
        application_name=settings.app_id,
        pool_size=settings.database_pool_size,
        direct_url=settings.database_direct_url.get_secret_value() if settings.database_direct_url else "",
    )
    try:
        yield Runtime(settings, clock, database, sidecar, TokenVerifier(settings.trusted_issuers))
    finally:
        await database.close()
        await sidecar.close()


@asynccontextmanager
async def loops_running(service: Service, runtime: Runtime) -> AsyncIterator[None]:
    kit_loops: list[Loop] = [consumer.watch_database, pruning([INBOX, *service.retention])]
    if service.publishes:
        kit_loops += [relay.run, relay.measure]
    tasks = [asyncio.create_task(keep_running(loop, runtime)) for loop in (*kit_loops, *service.loops)]
    try:
        yield
    finally:
        runtime.stopping.set()
        _, unfinished = await asyncio.wait(tasks, timeout=LOOPS_STOP_SECONDS)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
