"""What `make up` does, in order: stores, databases, migrations, sidecars, services, the page."""

import asyncio
import hashlib
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg

from todo_local import dapr, kafka, parts, postgres, resources, secrets, web
from todo_local.process import PartFailed, Supervised, complete
from todo_local.suite import Suite

EXPECTED = (
    PartFailed,
    postgres.PostgresError,
    kafka.KafkaError,
    secrets.SecretsError,
    web.WebError,
    asyncpg.PostgresError,
    OSError,
)
"""Errors that are reported as one message, without a traceback."""


async def start(suite: Suite) -> None:
    """Starts the parts in order, each when what it needs is ready. Raises one of EXPECTED."""
    content = secrets.load(suite.settings)
    server = secrets.server(suite.settings, content, direct=True)
    if not suite.settings.database_url:
        part, server = parts.postgres_part(suite.settings, content)
        suite.add(part)
    stores = add_stores(suite, content) if suite.settings.dapr else []
    await postgres.wait_until_ready(server, check_alive=suite.check_alive)
    await postgres.ensure_databases(server, suite.settings.services, content["passwords"])
    urls, identity = secrets.migration_urls(suite.settings, content), await postgres.identity(server)
    suite.web_build = web.hold() if suite.settings.web else None
    migrating = asyncio.gather(migrate(suite, urls, identity), migrate_web(suite, content))
    if suite.settings.dapr:
        await asyncio.gather(migrating, suite.until_ready(stores))
        await ensure_topics(suite)
        if suite.settings.stores_only:
            dapr.write_environment(suite.settings, content)
        else:
            suite.add_all(dapr.daprd_parts(suite.settings, content))
    else:
        suite.add(parts.sidecar_part(suite.settings, content))
        await migrating
    if not suite.settings.stores_only:
        suite.add_all(parts.service_parts(suite.settings, content))
    if suite.web_build:
        suite.add(web.web_part(suite.settings, content, suite.web_build))
    await suite.until_ready(suite.supervised)


def add_stores(suite: Suite, content: dict[str, Any]) -> list[Supervised]:
    wanted = [] if suite.settings.stores_only else [dapr.sentry_part(suite.settings)]
    if suite.settings.kafka.local:
        wanted.append(dapr.kafka_part(suite.settings))
    if suite.settings.redis and not suite.settings.redis_url:
        wanted.append(dapr.redis_part(suite.settings, content))
    return suite.add_all([part for part in wanted if part])


async def ensure_topics(suite: Suite) -> None:
    days = resources.retention_days()
    await asyncio.to_thread(kafka.ensure_topics, suite.settings.kafka, resources.topics(), days, suite.check_alive)


async def migrate(suite: Suite, urls: dict[str, str], cluster_identity: str) -> None:
    """Migrates the schemas of the services.

    Skipped if this cluster already has these migrations: even without work it takes as long as a service start.
    """
    modules = [service.module for service in suite.settings.services]
    stamp, wanted = suite.run_folder / "migrated", f"{cluster_identity} {migrations_digest(modules)}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    await complete("the migrations", [sys.executable, "-m", "todo_kit", "migrate", *modules], urls)
    stamp.write_text(wanted)


async def migrate_web(suite: Suite, content: dict[str, Any]) -> None:
    if suite.web_build:
        command = web.migration(suite.settings, content, suite.web_build)
        await complete("the migration of sign-in's tables", *command)


def migrations_digest(modules: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for module in modules:
        origin = getattr(find_spec(module), "origin", None)
        for file in sorted(Path(origin or "").parents[2].glob("migrations/versions/*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
