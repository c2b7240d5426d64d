"""Runs a service as a process: uvicorn on a port or on inherited sockets, with graceful shutdown."""

import contextlib
import gc
import logging
import socket
import time
from types import FrameType

import uvicorn

from todo_kit.application import Service, create_app
from todo_kit.runtime import Application
from todo_kit.settings import ServiceSettings, load_settings

GRACE_SECONDS = 10


class _Server(uvicorn.Server):
    """Sets `runtime.stopping` on a signal, then serves requests for `drain_seconds` before it shuts down.

    During this time open event streams end, and every response has `Connection: close`: closing a connection that a
    client is about to use would fail that request. Idle connections are closed at the end. With an inherited socket,
    which another process keeps open, the drain ends early once no connection is left. Without one it lasts the full
    time, because new connections arrive until every proxy knows of the shutdown.
    """

    def __init__(self, config: uvicorn.Config, app: Application, settings: ServiceSettings) -> None:
        super().__init__(config)
        self._app = app
        self._drain_seconds = settings.drain_seconds
        self._ends_when_unused = bool(settings.app_fds)
        self._drained_at: float | None = None
        self._signal = 0

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        runtime = self._app.runtime
        if runtime is None or self._drained_at is not None:
            super().handle_exit(sig, frame)
            return
        runtime.stopping.set()
        self._signal, self._drained_at = sig, time.monotonic() + self._drain_seconds

    async def on_tick(self, counter: int) -> bool:
        if self._drained_at is not None and not self.should_exit:
            unused = self._ends_when_unused and not self.server_state.connections
            if unused or time.monotonic() > self._drained_at:
                super().handle_exit(self._signal, None)
        return await super().on_tick(counter)


def run(service: Service) -> None:
    settings = load_settings(service.settings)
    app = create_app(service, settings)
    config = uvicorn.Config(
        app,
        host=settings.app_host,
        port=settings.app_port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        proxy_headers=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        backlog=2048,
    )
    # The SystemExit below reports why a start failed. The middleware logs requests that crash.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    server = _Server(config, app, settings)
    gc.freeze()  # objects loaded so far live as long as the process: exclude them from collections
    with contextlib.suppress(SystemExit):  # uvicorn's own has no message
        server.run(sockets=_inherited(settings))
    if not server.started:
        raise SystemExit(f"{settings.app_id} cannot start: {getattr(app.state, 'failure', 'see the log')}")


def _inherited(settings: ServiceSettings) -> list[socket.socket] | None:
    return [socket.socket(fileno=fd) for fd in settings.app_fds] or None
