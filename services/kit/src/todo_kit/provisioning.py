"""Creates databases, roles and schemas from the URLs that their users connect with. Idempotent.

The role `<schema>_owner` owns and migrates its schema. The service logs in as `<schema>`, which may read and write rows
and nothing else. No other role has access to the schema. A role without such an owner owns the database of its URL.
Each run sets the password of a role to that of its URL: to change a password, change the URL.
"""

import sys
from collections.abc import Sequence
from typing import Any, TypeAlias

import asyncpg
from sqlalchemy import URL, make_url

from todo_kit.database import dsn_of

OWNER = "_owner"
EXTENSIONS = ("pg_trgm", "btree_gin")

Connection: TypeAlias = "asyncpg.Connection[Any]"


async def provision_or_find(admin_url: str, urls: Sequence[str]) -> list[str]:
    """Calls `provision`. If the administrator cannot log in, checks that every other role can and changes nothing.

    A rollback restores the values of an earlier revision, and the administrator's password may have changed since.
    Returns the names of the roles. Raises SystemExit if another role cannot log in either.
    """
    try:
        await (await asyncpg.connect(dsn_of(admin_url))).close()
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        refused = str(error)
    else:
        return await provision(admin_url, urls)
    for url in map(make_url, urls):
        try:
            await (await asyncpg.connect(dsn_of(url.render_as_string(False)))).close()
        except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
            raise SystemExit(f"{role_of(url)}: {error}, and who could change it is refused too: {refused}") from error
    sys.stderr.write(f"nothing was made: {refused}; all the others can log in as they are\n")
    return [role_of(make_url(url)) for url in urls]


async def provision(admin_url: str, urls: Sequence[str]) -> list[str]:
    """Creates what is missing and returns the names of the roles. `admin_url` needs CREATEROLE and CREATEDB."""
    wanted = sorted((make_url(url) for url in urls), key=role_of)
    by_database: dict[str, list[URL]] = {}
    for url in wanted:
        by_database.setdefault(url.database or "", []).append(url)
    admin = await asyncpg.connect(dsn_of(admin_url))
    try:
        existing = {row["datname"] for row in await admin.fetch("SELECT datname FROM pg_database")}
        for url in wanted:
            await ensure_role(admin, role_of(url), url.password or "")
        for database, its_urls in by_database.items():
            if database not in existing:
                await run(admin, "CREATE DATABASE %I", database)
            await run(admin, "REVOKE ALL ON DATABASE %I FROM PUBLIC", database)
            for url in its_urls:
                await run(admin, "GRANT CONNECT, TEMPORARY ON DATABASE %I TO %I", database, role_of(url))
    finally:
        await admin.close()
    for database, its_urls in by_database.items():
        inside = await asyncpg.connect(dsn_of(make_url(admin_url).set(database=database).render_as_string(False)))
        try:
            await fill(inside, database, [role_of(url) for url in its_urls])
        finally:
            await inside.close()
    return [role_of(url) for url in wanted]


async def fill(connection: Connection, database: str, roles: Sequence[str]) -> None:
    """Creates the schemas and extensions in a database; makes each role without an owner role the database's owner."""
    owners = [role for role in roles if role.endswith(OWNER)]
    for role in roles:
        if role not in owners and f"{role}{OWNER}" not in owners:
            await run(connection, "ALTER DATABASE %I OWNER TO %I", database, role)
    if not owners:
        return
    await connection.execute("CREATE SCHEMA IF NOT EXISTS extensions; GRANT USAGE ON SCHEMA extensions TO PUBLIC")
    for extension in EXTENSIONS:
        await run(connection, "CREATE EXTENSION IF NOT EXISTS %I SCHEMA extensions", extension)
    for owner in owners:
        schema = owner.removesuffix(OWNER)
        defaults = "ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT "
        await run(connection, "CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I", schema, owner)
        await run(connection, "REVOKE ALL ON SCHEMA %I FROM PUBLIC", schema)
        for role in {owner, schema} & set(roles):
            await run(connection, "ALTER ROLE %I SET search_path = %I, extensions", role, schema)
        if schema in roles:
            await run(connection, "GRANT USAGE ON SCHEMA %I TO %I", schema, schema)
            rows = "SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I"
            await run(connection, defaults + rows, owner, schema, schema)
            await run(connection, defaults + "USAGE ON SEQUENCES TO %I", owner, schema, schema)


async def ensure_role(connection: Connection, name: str, password: str) -> None:
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name):
        await run(connection, "CREATE ROLE %I LOGIN", name)
    await run(connection, "ALTER ROLE %I PASSWORD %L", name, password)
    if not await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        await run(connection, "GRANT %I TO CURRENT_USER", name)  # needed to make it the owner of an object


async def run(connection: Connection, statement: str, *names: str) -> None:
    """Executes a statement, with names quoted by Postgres' `format`: utility statements take no parameters."""
    places = ", ".join(f"${number}::text" for number in range(2, len(names) + 2))
    await connection.execute(await connection.fetchval(f"SELECT format($1, {places})", statement, *names))


def role_of(url: URL) -> str:
    if not url.username or not url.database:
        raise SystemExit(f"{url.render_as_string()}: names no role or no database")
    return url.username
