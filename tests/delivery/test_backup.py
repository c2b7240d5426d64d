"""Backup and restore on a real Postgres; the cluster and the broker only write down what they are told."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
import pytest

from tests.delivery.stage import ROOT, Answer, Stage, one_line
from tests.support import free_port, newest_postgres
from todo_kit import migrations
from todo_kit.provisioning import provision
from todo_local import postgres
from todo_local.settings import SERVICES

DEPLOYMENTS = "todo-backend 2\naudit-service 1\n"
TOOLS = ("mkdir", "mv", "date", "pg_dump", "pg_restore", "psql")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[postgres.Cluster]:
    """With the programs that a backup needs, which the suite's own package leaves out."""
    folder = tmp_path_factory.mktemp("server")
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TODO_POSTGRES", str(newest_postgres()))
        with postgres.temporary_postgres(folder, free_port()) as (cluster, _):
            yield cluster


@pytest.fixture
async def admin(server: postgres.Cluster) -> dict[str, str]:
    """Who may make roles and databases and nothing else, as at a cloud's Postgres; the suite is migrated by it."""
    connection = await asyncpg.connect(server.url())
    try:
        await connection.execute("DROP DATABASE IF EXISTS todo")
        for row in await connection.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'todo_before%'"):
            await connection.execute(f'DROP DATABASE "{row["datname"]}"')
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = 'cloud'"):
            await connection.execute("CREATE ROLE cloud LOGIN CREATEROLE CREATEDB PASSWORD 'cloud'")
    finally:
        await connection.close()
    roles = [role for service in SERVICES for role in (service.schema, f"{service.schema}_owner")]
    urls = {role: server.url("todo", role, role) for role in roles}
    await provision(server.url("postgres", "cloud", "cloud"), list(urls.values()))
    for service in SERVICES:
        await asyncio.to_thread(migrations.upgrade, service.module, urls[f"{service.schema}_owner"])
    return {"PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": "cloud", "PGPASSWORD": "cloud"}


@pytest.fixture
def operator(stage: Stage) -> Stage:
    stage.programs("helm", "kubectl", "rpk")
    for name in TOOLS:
        (stage.bin / name).unlink(missing_ok=True)
        folder = newest_postgres() / "bin"
        (stage.bin / name).symlink_to(shutil.which(name, path=f"{folder}:/usr/bin:/bin") or name)
    stage.answers += [
        Answer(["kubectl", "get", "deployments"], DEPLOYMENTS),
        Answer(["kubectl", "get", "pods"], "pod/a\npod/b\n"),
        Answer(["rpk", "group", "list"], "BROKER  GROUP          STATE\n0       audit-service  Empty\n"),
    ]
    return stage


async def rows(server: postgres.Cluster, query: str, *, role: str = "postgres", database: str = "todo") -> list[Any]:
    connection = await asyncpg.connect(server.url(database, role, None if role == "postgres" else role))
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


GRANTS = """
    SELECT nspname, relname, pg_get_userbyid(relowner), granted.* FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    CROSS JOIN LATERAL aclexplode(
        coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner))
    ) AS granted
    WHERE nspname IN ('backend', 'audit', 'recurring', 'notifications') AND relkind IN ('r', 'p', 'S', 'v')
    ORDER BY 1, 2, granted.grantee, granted.privilege_type
"""
DEFAULTS = "SELECT defaclrole::regrole::text, defaclacl::text FROM pg_default_acl ORDER BY 1, 2"
MAY_CONNECT = "SELECT datacl::text FROM pg_database WHERE datname = 'todo'"


async def test_what_was_backed_up_comes_back_with_the_rights_of_everybody(
    operator: Stage, server: postgres.Cluster, admin: dict[str, str]
) -> None:
    await rows(
        server, "INSERT INTO backend.accounts (user_id, time_zone) VALUES ('ann', 'UTC') RETURNING 1", role="backend"
    )
    before = [await rows(server, query) for query in (GRANTS, DEFAULTS, MAY_CONNECT)]
    made = await asyncio.to_thread(operator.run, "backup.sh", "--to", "kept", **admin)
    assert made.returncode == 0, made.stderr
    [file] = (operator.folder / "kept").iterdir()
    assert file.stat().st_mode & 0o077 == 0, "everybody's tasks are nobody else's to read"
    await rows(server, "DELETE FROM backend.accounts RETURNING 1", role="backend")

    done = await asyncio.to_thread(operator.run, "restore.sh", "--from", str(file), "--yes", **admin)
    assert done.returncode == 0, done.stderr
    assert await rows(server, "SELECT user_id FROM backend.accounts", role="backend") == [("ann",)]
    assert [await rows(server, query) for query in (GRANTS, DEFAULTS, MAY_CONNECT)] == before
    [(kept,)] = await rows(server, "SELECT datname FROM pg_database WHERE datname LIKE 'todo_before%'")
    assert await rows(server, "SELECT user_id FROM backend.accounts", database=kept) == []
    [query] = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "operations.md").read_text(), re.DOTALL)
    assert await rows(server, query) == [], "whose last change the trail does not know"


async def test_the_suite_stands_still_while_it_is_restored(operator: Stage, admin: dict[str, str]) -> None:
    await asyncio.to_thread(operator.run, "backup.sh", "--to", "kept", **admin)
    [file] = (operator.folder / "kept").iterdir()
    done = await asyncio.to_thread(operator.run, "restore.sh", "--from", str(file), "--yes", **admin)
    assert done.returncode == 0, done.stderr
    operator.order(
        ["kubectl", "scale", "deployment", "--selector", "--replicas", "0"],
        ["kubectl", "wait", "pod/a", "pod/b", "--for", "delete"],
        ["rpk", "group", "seek", "audit-service", "--to", "end"],
        ["kubectl", "scale", "deployment", "todo-backend", "--replicas", "2"],
        ["kubectl", "rollout", "status", "deployment", "audit-service"],
        ["kubectl", "exec", "deployment/recurring-tasks-service", "rebuild", "recurring_tasks_service"],
        ["kubectl", "exec", "deployment/notification-service", "rebuild", "notification_service"],
        ["helm", "test", "todo"],
    )
    assert not operator.called("rpk", "group", "seek", "todo-backend"), "there is no such group yet"


async def test_a_restore_ends_sessions_that_are_open_and_admits_no_new_ones(
    operator: Stage, server: postgres.Cluster, admin: dict[str, str]
) -> None:
    await asyncio.to_thread(operator.run, "backup.sh", "--to", "kept", **admin)
    [file] = (operator.folder / "kept").iterdir()
    async with pooler(server.url("todo", "backend", "backend")) as reconnected:
        done = await asyncio.to_thread(operator.run, "restore.sh", "--from", str(file), "--yes", **admin)
        assert done.returncode == 0, done.stderr
        await asyncio.wait_for(reconnected.wait(), 10)
    [(kept,)] = await rows(server, "SELECT datname FROM pg_database WHERE datname LIKE 'todo_before%'")
    assert await rows(server, "SELECT 1", database=kept) == [(1,)], "it can be looked into"


@asynccontextmanager
async def pooler(url: str) -> AsyncIterator[asyncio.Event]:
    """A session that opens again whenever it ends; the event is set when it did."""
    reconnected = asyncio.Event()
    connection = await asyncpg.connect(url)
    # InternalClientError: the session was ended, and the end of the TCP stream has not arrived yet.
    ended = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

    async def keep_open() -> None:
        session = connection
        try:
            while True:
                try:
                    await session.fetchval("SELECT 1")
                    await asyncio.sleep(0.01)
                except ended:
                    with suppress(*ended):
                        session = await asyncpg.connect(url)
                        reconnected.set()
        finally:
            await session.close()

    task = asyncio.create_task(keep_open())
    try:
        yield reconnected
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_nothing_is_done_before_it_is_meant(
    operator: Stage, server: postgres.Cluster, admin: dict[str, str]
) -> None:
    await asyncio.to_thread(operator.run, "backup.sh", "--to", "kept", **admin)
    [file] = (operator.folder / "kept").iterdir()
    asked = await asyncio.to_thread(operator.run, "restore.sh", "--from", str(file), **admin)
    assert asked.returncode == 1
    assert "--yes" in asked.stderr.splitlines()[-1]
    shown = await asyncio.to_thread(operator.run, "restore.sh", "--from", str(file), "--dry-run", **admin)
    assert shown.returncode == 0, shown.stderr
    assert "pg_restore" in shown.stderr
    assert not operator.called("kubectl", "scale")
    assert await rows(server, "SELECT datname FROM pg_database WHERE datname LIKE 'todo_before%'") == []


async def test_a_restore_that_fails_leaves_the_database_as_it_was_under_another_name(
    operator: Stage, server: postgres.Cluster, admin: dict[str, str]
) -> None:
    many = "SELECT md5(number::text), 'UTC' FROM generate_series(1, 5000) AS number"
    await rows(server, f"INSERT INTO backend.accounts (user_id, time_zone) {many} RETURNING 1", role="backend")
    await asyncio.to_thread(operator.run, "backup.sh", "--to", "kept", **admin)
    [file] = (operator.folder / "kept").iterdir()
    file.write_bytes(file.read_bytes()[:-20_000])
    done = await asyncio.to_thread(operator.run, "restore.sh", "--from", str(file), "--yes", **admin)
    assert done.returncode == 1
    [(kept,)] = await rows(server, "SELECT datname FROM pg_database WHERE datname LIKE 'todo_before%'")
    assert kept in done.stderr
    assert not operator.called("kubectl", "scale", "deployment", "todo-backend"), "it stands still"


@pytest.mark.parametrize("script", ["backup.sh", "restore.sh"])
def test_it_is_said_what_is_missing(operator: Stage, script: str) -> None:
    target = "--to" if script == "backup.sh" else "--from"
    one_line(operator.run(script), target)
    one_line(operator.run(script, target, "somewhere"), "PGHOST")
    address = {"PGHOST": "127.0.0.1", "PGUSER": "cloud"}
    (operator.folder / "other").write_text("no dump")
    if script == "restore.sh":
        one_line(operator.run(script, target, "nowhere", **address), "nowhere")
        assert operator.run(script, target, "other", **address).stderr.splitlines()[-1].endswith("or not whole")
    assert not operator.called("kubectl", "scale")
