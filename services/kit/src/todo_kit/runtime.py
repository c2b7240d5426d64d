"""What a running service holds: made once at the start, reached from a request by `runtime_of`."""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from fastapi import FastAPI, Request

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
    """Set when the process is asked to end: long answers finish, loops take no more work."""
    database_away: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by a consumer that could not reach the database; the sidecar holds deliveries while it is."""
    extras: dict[str, Any] = field(default_factory=dict)
    """What a service keeps for itself, such as the hub of live streams."""


def attach(app: FastAPI, runtime: Runtime) -> None:
    app.state.runtime = runtime


def runtime_of(request: Request) -> Runtime:
    return cast("Runtime", request.app.state.runtime)
