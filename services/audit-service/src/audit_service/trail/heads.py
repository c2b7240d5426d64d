"""Signs the heads of chains that have grown, and stores the signed heads outside the trail's database.

A head is signed only if the chain still contains the previous signed head and all later entries continue the chain. A
recomputed chain is therefore not signed. A signed head is stored in Dapr's state store, which the owner of this
database cannot write, and published as an event.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, cast

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from audit_service.settings import Settings
from audit_service.trail import chain, repository
from audit_service.trail.models import TrailHead
from audit_service.trail.signatures import Head, Keys
from todo_kit import context
from todo_kit.events import trail as events
from todo_kit.events.envelope import Actor
from todo_kit.ids import uuid7
from todo_kit.loops import every
from todo_kit.messaging import outbox
from todo_kit.runtime import Runtime
from todo_kit.sidecar import State
from todo_kit.telemetry import metrics

log = structlog.get_logger()

INTERVAL_SECONDS = 60.0
BATCH = 200
STORE = "todo-state"
KEYS = "audit.keys"


class Rewritten(Exception):
    """A chain was rewritten: it lacks its signed head or has an invalid entry, or the stored signed head is invalid."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason


async def sign(runtime: Runtime) -> None:
    async for _ in every(runtime, INTERVAL_SECONDS):
        while await sign_batch(runtime) == BATCH:
            pass


async def sign_batch(runtime: Runtime) -> int:
    """Processes a batch of chains that have grown. Returns its size; 0 without a signing key.

    Raises Unavailable if the secret store or the state store cannot be reached.
    """
    keys = await keys_of(runtime)
    if keys is None:
        return 0
    async with runtime.database.transaction() as session:
        grown = await repository.grown_heads(session, BATCH)
    for head in grown:
        try:
            await _sign_one(runtime, keys, head)
        except Rewritten as found:
            report(head.user_id, found.position, found.reason)
            async with runtime.database.transaction() as session:
                await repository.postpone(session, head)
    return len(grown)


async def _sign_one(runtime: Runtime, keys: Keys, row: TrailHead) -> None:
    kept = await runtime.sidecar.read_state(STORE, _key(row.user_id))
    previous = newest(keys, row, kept)
    end = await _follow(runtime, row.user_id, previous)
    head = keys.sign(row.user_id, *end, runtime.clock.now())
    if not await runtime.sidecar.write_state(STORE, _key(row.user_id), head.to_json(), kept):
        return  # another replica has signed in the meantime
    async with runtime.database.transaction() as session:
        if await repository.mark_signed(session, head):
            _publish(session, runtime, head)


async def _follow(runtime: Runtime, user_id: str, previous: Head | None) -> tuple[int, bytes]:
    """Verifies the entries after the previous head. Returns the position and hash of the newest one.

    Raises Rewritten if the chain does not contain the previous head or an entry is invalid.
    """
    if previous:
        await _contains(runtime, previous)
    position, digest = (previous.position, previous.hash) if previous else (0, chain.GENESIS)
    async for entries in repository.chain_after(runtime.database, user_id, position):
        for entry in entries:
            if reason := chain.defect(entry, position + 1, digest):
                raise Rewritten(position + 1, reason)
            position, digest = position + 1, entry["hash"]
    return position, digest


async def _contains(runtime: Runtime, head: Head) -> None:
    async with runtime.database.autocommit() as session:
        found = await repository.hash_at(session, head.user_id, head.position)
    if found != head.hash:
        raise Rewritten(head.position, MISSING if found is None else CHANGED)


MISSING = "it was signed and is missing"
CHANGED = "it or an entry before it is not what was signed"


async def signed(runtime: Runtime, user_id: str) -> Head | None:
    """Returns the user's newest signed head, of the database and the state store; None without one or without a key.

    Raises Unavailable if the secret store or the state store cannot be reached, and Rewritten as `newest` does.
    """
    keys = await keys_of(runtime)
    if keys is None:
        return None
    kept = await runtime.sidecar.read_state(STORE, _key(user_id))
    async with runtime.database.autocommit() as session:
        row = await repository.head(session, user_id)
    return newest(keys, row, kept)


def newest(keys: Keys, row: TrailHead | None, kept: State | None) -> Head | None:
    """Returns the newest validly signed head. Raises Rewritten if the one in the state store is not validly signed."""
    heads = []
    if kept:
        try:
            head = Head.from_json(kept.value)
        except ValueError as error:
            raise Rewritten(0, f"its signed head cannot be read: {error}") from None
        if not keys.accept(head) or (row and head.user_id != row.user_id):
            raise Rewritten(head.position, "its signed head has no valid signature")
        heads.append(head)
    if row and row.signature:
        head = head_of(row)
        if keys.accept(head):
            heads.append(head)
    return max(heads, key=lambda head: head.position, default=None)


def head_of(row: TrailHead) -> Head:
    signed = row.signed_hash, row.signed_at, row.key_id, row.signature
    digest, signed_at, key_id, signature = cast("tuple[bytes, Any, str, bytes]", signed)
    return Head(row.user_id, row.signed_position, digest, signed_at, key_id, signature)


async def keys_of(runtime: Runtime) -> Keys | None:
    """Loads the keys from the settings or the secret store, and caches them.

    Returns None and logs a warning if there is no signing key. Raises Unavailable if the secret store cannot be read.
    """
    if KEYS not in runtime.extras:
        settings = cast("Settings", runtime.settings)
        key = settings.audit_signing_key.get_secret_value() if settings.audit_signing_key else ""
        secret: Mapping[str, str] = {}
        if not key:
            secret = await runtime.sidecar.secret(settings.secret_store, settings.own_secret)
            key = secret.get("AUDIT_SIGNING_KEY", "")
        if not key:
            log.warning("audit_signing_key_missing", effect="the heads of the trails are not signed")
        runtime.extras[KEYS] = Keys(key, settings.audit_former_keys) if key else None
    return cast("Keys | None", runtime.extras[KEYS])


def report(user_id: str, position: int, reason: str) -> None:
    metrics.BROKEN_TRAILS.inc()
    log.error("trail_does_not_verify", user_id=user_id, position=position, reason=reason)


def _key(user_id: str) -> str:
    """Returns the state key. The user id is hashed, because it may contain characters that Dapr reserves."""
    return f"audit-head-{hashlib.sha256(user_id.encode()).hexdigest()}"


def _publish(session: AsyncSession, runtime: Runtime, head: Head) -> None:
    event = events.TrailSigned(
        event_id=uuid7(),
        user_id=head.user_id,
        seq=head.position,
        timestamp=head.signed_at,
        actor=Actor(type="system", client="system"),
        correlation_id=context.current().correlation_id,
        payload=events.TrailHead.model_validate_json(head.to_json()),
    )
    outbox.add(session, events.TOPIC, event, runtime.settings.app_id)
