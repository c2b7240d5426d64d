"""Resources of a running service: created once at the start, available to a request through `runtime_of`."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from fastapi import FastAPI, Request
from starlette.types import Scope

from todo_kit.clock import Clock

if TYPE_CHECKING:
    from todo_kit.auth.tokens import TokenVerifier
    from todo_kit.database import Database
    from todo_kit.settings import ServiceSettings
    from todo_kit.sidecar import Sidecar


@dataclass
class Runtime:
    settings: "ServiceSettings"
    clock: Clock
    database: "Database"
    sidecar: "Sidecar"
    tokens: "TokenVerifier"
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the process is asked to stop: streams end, loops take no more work."""
    database_away: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by a consumer that could not reach the database. The sidecar holds deliveries while it is set."""
    extras: dict[str, Any] = field(default_factory=dict)
    """Objects of the service, such as the hub of live streams."""


class Application(FastAPI):
    runtime: Runtime | None = None
    """None before the start. Not in `state`, which looks names up in Python: a request reads it several times."""


def runtime_of(request: Request) -> Runtime:
    return runtime_in(request.scope)


def runtime_in(scope: Scope) -> Runtime:
    return cast("Runtime", scope["app"].runtime)
