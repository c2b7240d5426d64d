"""Operator commands of a service. Each command writes one JSON document per line."""

import argparse
import json
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from http import HTTPStatus
from importlib import import_module
from posixpath import normpath
from typing import Any

import orjson
from sqlalchemy import text

from todo_kit.application import Service, open_runtime
from todo_kit.clock import SystemClock
from todo_kit.messaging import consumer, dead_letters
from todo_kit.messaging.rebuild import people, rebuild
from todo_kit.runtime import Runtime
from todo_kit.settings import load_settings

Line = dict[str, Any]
Command = Callable[[Runtime, Service, argparse.Namespace], AsyncIterator[Line]]

WAITING = text("""
    SELECT topic, count(*) AS events, count(DISTINCT key) AS keys, min(created_at) AS oldest,
        CAST(extract(epoch FROM clock_timestamp() - min(created_at)) AS float) AS oldest_age_seconds
    FROM outbox WHERE CAST(:topic AS text) IS NULL OR topic = :topic GROUP BY topic ORDER BY topic
""")
TAKEN = text("""
    SELECT consumer AS topic, count(*) AS events, min(received_at) AS since, max(received_at) AS newest,
        count(*) FILTER (WHERE received_at > now() - interval '1 minute') AS last_minute
    FROM inbox WHERE CAST(:topic AS text) IS NULL OR consumer = :topic GROUP BY consumer ORDER BY consumer
""")


async def run(command: Command, args: argparse.Namespace) -> None:
    service = service_of(args.module)
    count = 0
    async with open_runtime(load_settings(service.settings), SystemClock()) as runtime:
        async for line in command(runtime, service, args):
            count += 1
            sys.stdout.write(json.dumps(line, default=str) + "\n")
            sys.stdout.flush()
    sys.stderr.write(f"{count} {'line' if count == 1 else 'lines'}\n")


def service_of(module: str) -> Service:
    service = import_module(f"{module}.main").service
    if not isinstance(service, Service):
        raise SystemExit(f"{module}.main has no Service named `service`")
    return service


async def attend_dead_letters(runtime: Runtime, service: Service, args: argparse.Namespace) -> AsyncIterator[Line]:
    """list, show or replay what a service could not handle"""
    async with runtime.database.transaction() as session:
        letters = await dead_letters.find(session, args.topic, args.event_id)
    for letter in letters:
        line = {"topic": letter.topic, "event_id": letter.event_id, "attempts": letter.attempts}
        line |= {"given_up_at": letter.given_up_at, "reason": letter.reason}
        if args.action == "show":
            line["event"] = orjson.loads(letter.body)
        if args.action == "replay":
            line["result"] = await _replay(runtime, service, letter)
        yield line


async def _replay(runtime: Runtime, service: Service, letter: dead_letters.DeadLetter) -> str:
    for subscription in service.subscriptions:
        if subscription.topic == letter.topic:
            return await consumer.replay(runtime, subscription, letter)
    return "the service does not subscribe to this topic any more"


async def show_outbox(runtime: Runtime, _: Service, args: argparse.Namespace) -> AsyncIterator[Line]:
    """What is committed and waits to be published, by topic"""
    async with runtime.database.autocommit() as session:
        for row in await session.execute(WAITING, {"topic": args.topic}):
            yield dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a row's names


async def show_inbox(runtime: Runtime, _: Service, args: argparse.Namespace) -> AsyncIterator[Line]:
    """What has had its effect, by topic"""
    async with runtime.database.autocommit() as session:
        for row in await session.execute(TAKEN, {"topic": args.topic}):
            yield dict(row._mapping)  # noqa: SLF001


async def rebuild_projections(runtime: Runtime, service: Service, args: argparse.Namespace) -> AsyncIterator[Line]:
    """Make what a service derives from events anew from the audit trail, while it runs (--user for one person)"""
    if service.projection is None:
        raise SystemExit(f"{args.module} derives nothing that could be made anew")
    if args.user:
        yield asdict(await rebuild(runtime, service.projection, args.user))
        return
    async for user_id in people(runtime):
        yield asdict(await rebuild(runtime, service.projection, user_id))


async def call_internal(runtime: Runtime, _: Service, args: argparse.Namespace) -> AsyncIterator[Line]:
    """Call an internal endpoint of a service through the service's own sidecar, such as GET internal/schedules/due"""
    path = normpath(args.path).removeprefix("/")
    if not path.startswith("internal/"):
        raise SystemExit(f"{args.path}: only paths under internal/ can be called")
    answer = await runtime.sidecar.invoke(
        runtime.settings.app_id, path, verb=args.verb, body=args.body.encode(), query=args.query
    )
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise SystemExit(f"{args.verb} {path}: {answer.status} {answer.body.decode(errors='replace')}")
    yield orjson.loads(answer.body or b"{}")


COMMANDS: dict[str, Command] = {
    "dead-letters": attend_dead_letters,
    "outbox": show_outbox,
    "inbox": show_inbox,
    "rebuild": rebuild_projections,
    "call": call_internal,
}
