"""`python -m todo_local.sidecar --config FILE`"""

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import asyncpg
import grpc
import uvloop
from aiohttp import web
from dapr.proto import api_service_v1

from todo_local.sidecar.admin import Admin
from todo_local.sidecar.config import SidecarConfig, load
from todo_local.sidecar.delivery import Courier
from todo_local.sidecar.faults import Faults
from todo_local.sidecar.grpc_api import DaprApi
from todo_local.sidecar.http_api import DaprHttp
from todo_local.sidecar.invocation import Invoker
from todo_local.sidecar.log import EventLog
from todo_local.sidecar.publisher import Publisher
from todo_local.sidecar.state import StateStore

GRACE_SECONDS = 3.0
PRUNE_SECONDS = 3600.0
DATABASE_SECONDS = 10.0
MAX_GRPC_BYTES = 4 * 1024 * 1024


async def run(config: SidecarConfig) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    log, faults = EventLog(config.database_url, config.topics), Faults()
    await open_log(log)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        background = [asyncio.create_task(log.write()), asyncio.create_task(prune(log, config.retention_days))]
        runners = [await serve_http(Admin(config, log, faults).application(), config.admin_port)]
        servers = []
        for app in config.apps.values():
            courier = Courier(config, app, log, faults, http)
            publisher, state = Publisher(config, log, faults), StateStore(log.pool)
            api = DaprHttp(config, app, publisher, state, Invoker(config, http), courier)
            runners.append(await serve_http(api.application(), app.http_port))
            servers.append(await serve_grpc(DaprApi(config, app, publisher, state), app.grpc_port))
            background.append(asyncio.create_task(courier.run()))
        sys.stdout.write("sidecar ready\n")
        sys.stdout.flush()
        await stop.wait()
        for server in servers:
            await server.stop(GRACE_SECONDS)
        for task in background:
            task.cancel()
        for runner in runners:
            await runner.cleanup()
    await log.close()


async def open_log(log: EventLog) -> None:
    deadline = asyncio.get_running_loop().time() + DATABASE_SECONDS
    while True:
        try:
            return await log.open()
        except (OSError, asyncpg.PostgresError, TimeoutError) as error:
            if asyncio.get_running_loop().time() > deadline:
                sys.exit(f"the sidecar's database cannot be used: {error}")
            await asyncio.sleep(0.2)


async def serve_http(application: web.Application, port: int) -> web.AppRunner:
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=GRACE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        sys.exit(f"port {port} cannot be used: {error.strerror}; move the suite with TODO_PORT")
    return runner


async def serve_grpc(api: DaprApi, port: int) -> grpc.aio.Server:
    options = [
        ("grpc.so_reuseport", 0),
        ("grpc.max_receive_message_length", MAX_GRPC_BYTES),
        ("grpc.max_send_message_length", MAX_GRPC_BYTES),
    ]
    server = grpc.aio.server(options=options)
    api_service_v1.add_DaprServicer_to_server(api, server)
    try:
        server.add_insecure_port(f"127.0.0.1:{port}")
    except RuntimeError:
        sys.exit(f"port {port} cannot be used; move the suite with TODO_PORT")
    await server.start()
    return server


async def prune(log: EventLog, days: int) -> None:
    while True:
        await asyncio.sleep(PRUNE_SECONDS)
        removed = await log.prune(datetime.now(UTC) - timedelta(days=days))
        sys.stdout.write(f"{removed} log entries older than {days} days removed\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    uvloop.run(run(load(parser.parse_args().config)))


if __name__ == "__main__":
    main()
