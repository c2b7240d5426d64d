"""Recording in the order of arrival, and checking that nothing was changed since."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from audit_service.trail import chain, repository
from audit_service.trail.schemas import EntryIn, FirstInvalid, Verification
from todo_kit.database import Database
from todo_kit.events.envelope import Event
from todo_kit.events.settings import SettingsChanged
from todo_kit.runtime import Runtime
from todo_kit.telemetry import metrics

log = structlog.get_logger()


async def record(_: Runtime, session: AsyncSession, events: Sequence[Event]) -> None:
    """Every event once: the inbox has seen to that, and the table would refuse a second one."""
    await append(
        session,
        [
            {
                "user_id": event.user_id,
                "event_id": event.event_id,
                "action_type": event.event_type,
                "resource_type": "settings" if isinstance(event, SettingsChanged) else "task",
                "resource_id": event.task_id,
                "seq": event.seq,
                "timestamp": event.timestamp,
                "actor_type": event.actor.type,
                "actor_client": event.actor.client,
                "correlation_id": event.correlation_id,
                "payload": event.payload.model_dump(mode="json"),
            }
            for event in events
        ],
    )


async def record_by_hand(session: AsyncSession, entry: EntryIn) -> bool:
    """False when an entry of that event is there already."""
    await repository.lock_heads(session, [entry.user_id])
    if await repository.known(session, [entry.event_id]):
        return False
    await append(session, [entry.model_dump(exclude={"payload"}) | {"payload": entry.payload}])
    return True


async def append(session: AsyncSession, entries: Sequence[dict[str, Any]]) -> None:
    heads = await repository.lock_heads(session, [entry["user_id"] for entry in entries])
    rows = []
    for entry in entries:
        position, previous = heads[entry["user_id"]]
        row = entry | {
            "position": position + 1,
            "previous_hash": previous,
            "payload_digest": chain.digest(entry["payload"]),
        }
        row["hash"] = chain.entry_hash(row)
        heads[entry["user_id"]] = row["position"], row["hash"]
        rows.append(row)
    await repository.add(session, rows)


async def verify(database: Database, user_id: str) -> Verification:
    """Walks the chain. It shows every change, removal and insertion, but not that the newest entries were cut off:

    against that, note down `head_hash` and `checked`, and compare later.
    """
    expected, previous = 1, chain.GENESIS
    async for entries in repository.whole_chain(database, user_id):
        for entry in entries:
            if reason := defect(entry, expected, previous):
                metrics.BROKEN_TRAILS.inc()
                log.error("trail_does_not_verify", position=expected, reason=reason)
                first = FirstInvalid(position=expected, reason=reason)
                return Verification(valid=False, checked=expected - 1, first_invalid=first, head_hash=previous.hex())
            expected, previous = expected + 1, entry["hash"]
    return Verification(valid=True, checked=expected - 1, first_invalid=None, head_hash=previous.hex())


def defect(entry: Mapping[str, Any], position: int, previous: bytes) -> str | None:
    if entry["position"] < 1:
        return "there is an entry before the first"
    if entry["position"] != position:
        return f"entry {position} is missing"
    if entry["previous_hash"] != previous:
        return "it does not continue the entry before it"
    if entry["payload"] is not None and chain.digest(entry["payload"]) != entry["payload_digest"]:
        return "its payload was changed"
    if chain.entry_hash(entry) != entry["hash"]:
        return "it was changed"
    return None
