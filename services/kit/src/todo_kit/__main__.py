"""`python -m todo_kit`: what is done to a service from outside: migrations, contracts, dead letters."""

import argparse
import asyncio
import json
import os
import sys
from importlib import import_module
from uuid import UUID

import orjson

from todo_kit import migrations
from todo_kit.application import Service, open_runtime
from todo_kit.clock import SystemClock
from todo_kit.messaging import consumer, dead_letters
from todo_kit.runtime import Runtime
from todo_kit.settings import load_settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m todo_kit", description=__doc__)
    commands = parser.add_subparsers(required=True)

    migrate = commands.add_parser("migrate", help="bring the schemas of services up to date")
    migrate.add_argument("module", nargs="+", help="such as todo_backend")
    migrate.set_defaults(run=upgrade_all)

    check = commands.add_parser("check", help="fail when models and migrations differ")
    check.add_argument("module")
    check.set_defaults(run=lambda args: report(migrations.differences(args.module, owner_url(args.module))))

    letters = commands.add_parser("dead-letters", help="list, show or replay what a service could not handle")
    letters.add_argument("action", choices=("list", "show", "replay"))
    letters.add_argument("module", help="such as audit_service; its environment must be set, as for the service")
    letters.add_argument("--topic")
    letters.add_argument("--event-id", type=UUID)
    letters.set_defaults(run=lambda args: asyncio.run(attend_dead_letters(args)))

    args = parser.parse_args()
    args.run(args)


def upgrade_all(args: argparse.Namespace) -> None:
    for module in args.module:
        migrations.upgrade(module, owner_url(module))


def owner_url(module: str) -> str:
    """Migrations run as the schema's owner, not as the service."""
    names = (f"MIGRATION_DATABASE_URL__{module.upper()}", "MIGRATION_DATABASE_URL")
    for name in names:
        if url := os.environ.get(name):
            return url
    raise SystemExit(f"set {names[0]} (or {names[1]}) to the URL of the schema's owner")


def report(differences: list[str]) -> None:
    if differences:
        raise SystemExit("\n".join(["models and migrations differ; write a migration:", *differences]))


def service_of(module: str) -> Service:
    service = import_module(f"{module}.main").service
    if not isinstance(service, Service):
        raise SystemExit(f"{module}.main has no Service named `service`")
    return service


async def attend_dead_letters(args: argparse.Namespace) -> None:
    service = service_of(args.module)
    async with open_runtime(load_settings(service.settings), SystemClock()) as runtime:
        async with runtime.database.transaction() as session:
            letters = await dead_letters.find(session, args.topic, args.event_id)
        for letter in letters:
            line = {"topic": letter.topic, "event_id": str(letter.event_id), "attempts": letter.attempts}
            line |= {"given_up_at": str(letter.given_up_at), "reason": letter.reason}
            if args.action == "show":
                line["event"] = orjson.loads(letter.body)
            if args.action == "replay":
                line["result"] = await replay(runtime, service, letter)
            sys.stdout.write(json.dumps(line) + "\n")
        sys.stderr.write(f"{len(letters)} dead letters\n")


async def replay(runtime: Runtime, service: Service, letter: dead_letters.DeadLetter) -> str:
    for subscription in service.subscriptions:
        if subscription.topic == letter.topic:
            return await consumer.replay(runtime, subscription, letter)
    return "the service does not subscribe to this topic any more"


if __name__ == "__main__":
    main()
