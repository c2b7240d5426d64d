"""`python -m todo_kit`: what is done to a service from outside: roles, migrations, dead letters, queues, rebuilding."""

import argparse
import asyncio
import os
import sys
from uuid import UUID

from todo_kit import migrations, operations
from todo_kit.provisioning import provision_or_find

URL_PREFIX = "PROVISION_URL__"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m todo_kit", description=__doc__)
    commands = parser.add_subparsers(required=True)

    migrate = commands.add_parser("migrate", help="bring the schemas of services up to date")
    migrate.add_argument("module", nargs="+", help="such as todo_backend")
    migrate.set_defaults(run=upgrade_all)

    help_text = "make roles, databases and schemas, by PROVISION_URL__ADMIN and the other URLs in PROVISION_URL__*"
    commands.add_parser("provision", help=help_text).set_defaults(run=provision_all)

    check = commands.add_parser("check", help="fail when models and migrations differ")
    check.add_argument("module")
    check.set_defaults(run=lambda args: report(migrations.differences(args.module, owner_url(args.module))))

    for name, function in operations.COMMANDS.items():
        operation = commands.add_parser(name, help=function.__doc__)
        if name == "dead-letters":
            operation.add_argument("action", choices=("list", "show", "replay"))
            operation.add_argument("--event-id", type=UUID)
        operation.add_argument("module", help="such as audit_service; its environment must be set, as for the service")
        if name == "call":
            operation.add_argument("verb", choices=("GET", "POST"))
            operation.add_argument("path", help="under internal/, such as internal/schedules/due")
            operation.add_argument("--query", nargs="*", type=name_and_value, default=[], metavar="NAME=VALUE")
            operation.add_argument("--body", default="", help="JSON, as the service's OpenAPI document describes it")
        else:
            operation.add_argument("--user" if name == "rebuild" else "--topic")
        operation.set_defaults(run=lambda args, function=function: asyncio.run(operations.run(function, args)))

    args = parser.parse_args()
    args.run(args)


def name_and_value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def upgrade_all(args: argparse.Namespace) -> None:
    for module in args.module:
        migrations.upgrade(module, owner_url(module))


def provision_all(_: argparse.Namespace) -> None:
    given = {name: url for name, url in os.environ.items() if name.startswith(URL_PREFIX) and url}
    admin = given.pop(f"{URL_PREFIX}ADMIN", None)
    if not admin or not given:
        raise SystemExit(f"set {URL_PREFIX}ADMIN to the URL of who may make roles, and {URL_PREFIX}* to theirs")
    roles = asyncio.run(provision_or_find(admin, list(given.values())))
    sys.stderr.write(f"roles: {', '.join(roles)}\n")


def owner_url(module: str) -> str:
    """Returns the URL of the schema's owner, which runs the migrations. Raises SystemExit if none is set."""
    names = (f"MIGRATION_DATABASE_URL__{module.upper()}", "MIGRATION_DATABASE_URL")
    for name in names:
        if url := os.environ.get(name):
            return url
    raise SystemExit(f"set {names[0]} (or {names[1]}) to the URL of the schema's owner")


def report(differences: list[str]) -> None:
    if differences:
        raise SystemExit("\n".join(["models and migrations differ; write a migration:", *differences]))


if __name__ == "__main__":
    main()
