"""`python -m todo_local`: the suite on this machine: up, down, status, logs, reset, token."""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from todo_local import dapr, kafka, mail, parts, postgres, resources, secrets, tokens, web
from todo_local.settings import LocalSettings
from todo_local.status import is_running, process_of, read_status
from todo_local.variables import load

UP_SECONDS = 120.0
DOWN_SECONDS = 60.0
FOREIGN_VARIABLES = ("PG", "DAPR_", "DATABASE_URL")
"""Prefixes of variables that are not passed on: Postgres and Dapr clients read them and would connect elsewhere."""


def up(settings: LocalSettings, args: argparse.Namespace) -> int:
    with_web = not (args.api or args.stores)
    settings = replace(settings, dapr=args.dapr or args.stores, stores_only=args.stores, web=with_web)
    status = read_status(settings)
    if status is not None and is_running(status):
        if any(status.get(name) != getattr(settings, name) for name in ("dapr", "stores_only", "web")):
            print("The suite runs already, but otherwise: make down first", file=sys.stderr)
            return 1
        print(f"The suite runs already: {front_door(settings)}")
        return 0
    if settings.dapr:
        dapr.prepare(settings)
    if settings.web:
        web.prepare()
    started = time.monotonic()
    end_orphans(settings)
    if problem := parts.busy_port(settings):
        print(problem, file=sys.stderr)
        return 1
    process = start_supervisor(settings)
    try:
        return follow_start(settings, process, started)
    except KeyboardInterrupt:
        print("interrupted: stopping what was started", file=sys.stderr)
        end(process)
        return 130


def follow_start(settings: LocalSettings, process: "subprocess.Popen[bytes]", started: float) -> int:
    seen: dict[str, str] = {}
    while time.monotonic() - started < UP_SECONDS:
        status = read_status(settings) or {"pid": 0, "phase": "starting", "parts": [], "problem": ""}
        if status["pid"] == process.pid:
            show_progress(status, seen, started)
            if status["phase"] == "running":
                welcome(settings, time.monotonic() - started)
                return 0
            if status["phase"] == "failed":
                print(status["problem"], file=sys.stderr)
                return 1
        if process.poll() is not None and status["phase"] != "failed":
            print((settings.home / "logs" / "supervisor.log").read_text()[-2000:], file=sys.stderr)
            return 1
        time.sleep(0.1)
    end(process)
    print(f"the suite was not ready after {UP_SECONDS:.0f} s and was stopped; make logs tells more", file=sys.stderr)
    return 1


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(DOWN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def own_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN_VARIABLES)}


def start_supervisor(settings: LocalSettings) -> "subprocess.Popen[bytes]":
    for folder in ("logs", "run"):
        (settings.home / folder).mkdir(parents=True, exist_ok=True)
    with (settings.home / "logs" / "supervisor.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "todo_local", "supervise"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={
                **own_environment(),
                "TODO_HOME": str(settings.home),
                "TODO_PORT": str(settings.port),
                "TODO_DAPR": "1" if settings.dapr else "",
                "TODO_STORES_ONLY": "1" if settings.stores_only else "",
                "TODO_WEB": "1" if settings.web else "",
                "TODO_WEB_PORT": str(settings.web_port),
            },
        )


def show_progress(status: dict[str, Any], seen: dict[str, str], started: float) -> None:
    for part in status["parts"]:
        if seen.get(part["name"]) != part["state"]:
            seen[part["name"]] = part["state"]
            print(f"{time.monotonic() - started:5.1f} s  {part['name']}: {part['state']}", flush=True)


def welcome(settings: LocalSettings, seconds: float) -> None:
    url = f"http://127.0.0.1:{settings.port}"
    if settings.stores_only:
        print(f"\nThe stores run ({seconds:.1f} s). The services:")
        print(f"  set -a; . {settings.home / 'run' / 'dapr.env'}; set +a; dapr run -f .")
        return
    print(f"\nThe suite runs ({seconds:.1f} s): {front_door(settings)}")
    print(f"  {'API':<24} {url}/api/…     described at {url}/docs")
    for service in settings.services[1:]:
        print(f"  {service.app_id:<24} http://127.0.0.1:{settings.app_port(service)}")
    print("  make token FOR=alice   a token for an hour      make status, make logs, make down")


def front_door(settings: LocalSettings) -> str:
    return secrets.web_url(settings) if settings.web else f"http://127.0.0.1:{settings.port}"


def down(settings: LocalSettings, _: argparse.Namespace) -> int:
    status = read_status(settings)
    if not is_running(status):
        end_orphans(settings)
        print("The suite does not run.")
        return 0
    process = psutil.Process(status["pid"] if status else 0)
    try:
        process.send_signal(signal.SIGTERM)
        process.wait(DOWN_SECONDS)
    except psutil.NoSuchProcess:
        pass  # it has already exited
    except psutil.TimeoutExpired:
        print(f"the supervisor (process {process.pid}) does not end", file=sys.stderr)
        return 1
    print("The suite is down; its data is kept.")
    return 0


def end_orphans(settings: LocalSettings) -> None:
    """Stops parts whose supervisor was killed. They are identified by process id and start time, never by name."""
    status = read_status(settings) or {"parts": []}
    for part in status["parts"]:
        if process := process_of(part["pid"], part["started_at"]):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(parts.stop_signal(part["name"]))
                try:
                    process.wait(10)
                except psutil.TimeoutExpired:
                    process.kill()


def show_status(settings: LocalSettings, _: argparse.Namespace) -> int:
    status = read_status(settings)
    if status is None or not is_running(status):
        print("The suite does not run: make up")
        return 1
    table = Table("part", "state", "pid", "restarts", "up (s)", "memory (MB)", box=None)
    for part in status["parts"]:
        memory, age = "", ""
        with contextlib.suppress(psutil.NoSuchProcess):
            if process := process_of(part["pid"], part["started_at"]):
                memory = f"{process.memory_info().rss / 1e6:.0f}"
                age = f"{time.time() - part['started_at']:.0f}"
        table.add_row(part["name"], part["state"], str(part["pid"] or ""), str(part["restarts"]), age, memory)
    Console().print(table)
    return 0 if all(part["state"] == "ready" for part in status["parts"]) else 1


def prepare(settings: LocalSettings, _: argparse.Namespace) -> int:
    dapr.prepare(LocalSettings(settings.home, settings.port))
    return 0


def build_web(_: LocalSettings, args: argparse.Namespace) -> int:
    web.install() if args.install_only else web.prepare()
    return 0


def stop_part(settings: LocalSettings, args: argparse.Namespace) -> int:
    """Stops one part and keeps it stopped until `start`, for testing the suite without it."""
    part = part_named(settings, args.part)
    parts.held_file(settings.home / "run", args.part).touch()
    if process := process_of(part["pid"], part["started_at"]):
        process.send_signal(parts.stop_signal(args.part))
        try:
            process.wait(DOWN_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
    return until(settings, args.part, "stopped")


def start_part(settings: LocalSettings, args: argparse.Namespace) -> int:
    part_named(settings, args.part)
    parts.held_file(settings.home / "run", args.part).unlink(missing_ok=True)
    return until(settings, args.part, "ready")


def until(settings: LocalSettings, name: str, state: str) -> int:
    deadline = time.monotonic() + UP_SECONDS
    while part_named(settings, name)["state"] != state:
        if time.monotonic() > deadline:
            print(f"{name} is not {state} after {UP_SECONDS:.0f} s; make logs tells more", file=sys.stderr)
            return 1
        time.sleep(0.1)
    return 0


def part_named(settings: LocalSettings, name: str) -> dict[str, Any]:
    status = read_status(settings)
    if status is None or not is_running(status):
        sys.exit("The suite does not run: make up")
    parts_by_name: dict[str, dict[str, Any]] = {part["name"]: part for part in status["parts"]}
    if name not in parts_by_name:
        sys.exit(f"{name!r} is no part; there are: {', '.join(parts_by_name)}")
    return parts_by_name[name]


def show_lag(settings: LocalSettings, _: argparse.Namespace) -> int:
    """Prints the lag on the brokers of TODO_KAFKA_BROKERS if set, otherwise on the Kafka or sidecar that runs here."""
    status = read_status(settings) or {"dapr": False}
    if settings.brokers or status["dapr"]:
        groups = {service.app_id: resources.subscribes(service.app_id) for service in settings.services}
        rows = kafka.lag(settings.kafka, groups, resources.topics())
    else:
        rows = sidecar_admin(settings, "/log")["consumers"]
    for row in rows:
        print(json.dumps(row))
    return 0


def sidecar_admin(settings: LocalSettings, path: str) -> dict[str, Any]:
    url, token = f"http://127.0.0.1:{settings.admin_port}{path}", secrets.load(settings)["admin_token"]
    request = urllib.request.Request(url, headers={"admin-token": token})
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        content: dict[str, Any] = json.load(answer)
    return content


def logs(settings: LocalSettings, args: argparse.Namespace) -> int:
    files = sorted((settings.home / "logs").glob(f"{args.part or '*'}.log"))
    if not files:
        names = ", ".join(sorted(file.stem for file in (settings.home / "logs").glob("*.log"))) or "none yet"
        print(f"no log of {args.part!r}; there are: {names}", file=sys.stderr)
        return 1
    command = ["tail", "-n", "100", *(["-F"] if args.follow else []), *map(str, files)]
    return subprocess.run(command, check=False).returncode


def show_mail(settings: LocalSettings, _: argparse.Namespace) -> int:
    found = mail.newest(settings)
    for one in found:
        print(f"{one.date}\n  to {one.recipient}: {one.subject}\n  {one.link}\n")
    if not found:
        print("No mail yet.")
    return 0


def accounts(settings: LocalSettings, args: argparse.Namespace) -> int:
    build = web.hold()
    try:
        command, environment = web.operation(settings, secrets.load(settings), build, args.arguments)
        return subprocess.run(command, env={**own_environment(), **environment}, check=False).returncode
    finally:
        build.lock.close()


def reset(settings: LocalSettings, args: argparse.Namespace) -> int:
    if not args.yes and sys.stdin.isatty() and input(f"Forget all data in {settings.home}? [y/N] ").lower() != "y":
        return 1
    if code := down(settings, args):
        return code
    # Removes known names only: TODO_HOME may be a folder that also holds other files.
    wanted = settings.home / "postgres"
    data = postgres.reachable_data(wanted)
    own = (settings.home / name for name in ("kafka", "redis", "logs", "mail", "run"))
    folders = (data, postgres.unfinished(data), wanted, *own)
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
    for name in ("secrets.json", "secrets.new", "jwks.json"):
        (settings.home / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not empty
        settings.home.rmdir()
    print("All local data is gone.")
    return 0


def token(settings: LocalSettings, args: argparse.Namespace) -> int:
    if not args.user:
        print("whose? make token FOR=alice", file=sys.stderr)
        return 2
    print(tokens.make(secrets.load(settings), args.user, args.seconds))
    return 0


def execute(settings: LocalSettings, args: argparse.Namespace) -> int:
    services = {service.app_id: service for service in settings.services}
    if args.app_id not in services:
        print(f"{args.app_id!r} is no service; there are: {', '.join(services)}", file=sys.stderr)
        return 2
    environment = secrets.service_environment(settings, secrets.load(settings), services[args.app_id])
    return subprocess.run(
        [sys.executable, "-m", *args.command], env={**own_environment(), **environment}, check=False
    ).returncode


def supervise(settings: LocalSettings, _: argparse.Namespace) -> int:
    from todo_local import supervisor  # noqa: PLC0415 - imports aiohttp, which takes 0.1 s and is needed here only

    return supervisor.main(settings)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m todo_local", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, function, text in (
        ("down", down, "stop everything; data is kept"),
        ("status", show_status, "what runs, since when, and how much memory it takes"),
        ("prepare", prepare, "build daprd and fetch Kafka, once a machine"),
        ("mail", show_mail, "the last mails about accounts, with their links"),
        ("lag", show_lag, "how many events each consumer has still to take, by partition"),
        ("supervise", supervise, "what `up` starts in the background"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=function)
    start = commands.add_parser("up", help="start everything in the background and wait until it is ready")
    start.add_argument("--api", action="store_true", help="without the web UI")
    start.add_argument("--dapr", action="store_true", help="with real daprd and Kafka instead of the local sidecar")
    start.add_argument("--stores", action="store_true", help="Kafka and Postgres alone, for `dapr run -f .`")
    start.set_defaults(run=up)
    page = commands.add_parser("build-web", help="install and build the web UI, as far as something has changed")
    page.add_argument("--install-only", action="store_true", help="its packages alone")
    page.set_defaults(run=build_web)
    for word, act, text in (
        ("stop", stop_part, "stop one part for a while"),
        ("start", start_part, "and go on with it"),
    ):
        one = commands.add_parser(word, help=text)
        one.add_argument("part", help="as `status` names it")
        one.set_defaults(run=act)
    follow = commands.add_parser("logs", help="the logs, of all parts or one")
    follow.add_argument("part", nargs="?", default="")
    follow.add_argument("-f", "--follow", action="store_true")
    follow.set_defaults(run=logs)
    forget = commands.add_parser("reset", help="stop and forget all data")
    forget.add_argument("--yes", action="store_true")
    forget.set_defaults(run=reset)
    inside = commands.add_parser("exec", help="run a Python module with a service's environment")
    inside.add_argument("app_id", help="such as audit-service")
    inside.add_argument("command", nargs=argparse.REMAINDER, help="such as todo_kit dead-letters list audit_service")
    inside.set_defaults(run=execute)
    operator = commands.add_parser("accounts", help="list, lock, unlock and delete accounts, reset second factors")
    operator.add_argument("arguments", nargs=argparse.REMAINDER, help="such as lock ann@example.com")
    operator.set_defaults(run=accounts)
    one_hour = commands.add_parser("token", help="a token of the local issuer")
    one_hour.add_argument("user", nargs="?", default="")
    one_hour.add_argument("--seconds", type=int, default=3600)
    one_hour.set_defaults(run=token)
    args = parser.parse_args()
    try:
        sys.exit(args.run(load(), args))
    except (postgres.PostgresError, kafka.KafkaError, secrets.SecretsError, web.WebError) as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"{error.filename or 'todo_local'}: {error.strerror or error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
