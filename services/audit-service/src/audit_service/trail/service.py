"""Records entries in order of arrival, and verifies that none was changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from audit_service.trail import chain, heads, repository
from audit_service.trail.schemas import EntryIn, FirstInvalid, SignedHead, Verification
from audit_service.trail.signatures import Head
from todo_kit.events.envelope import Event
from todo_kit.events.settings import SettingsChanged
from todo_kit.runtime import Runtime

ERASED = "DataErased"
"""Action type of the entry of an erasure. `up_to` in its payload is the last erased position."""


async def record(_: Runtime, session: AsyncSession, events: Sequence[Event]) -> None:
    """Records events. The inbox removes duplicates; the unique `event_id` would reject one."""
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
    """Records an entry of another service. Returns False if its `event_id` is recorded already."""
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


async def verify(runtime: Runtime, user_id: str) -> Verification:
    """Verifies the user's chain, and compares it with the newest signed head.

    Raises Unavailable if the secret store or the state store, which holds the signed head, cannot be read.
    """
    walk, first, signature = Walk(), None, None
    try:
        head = await heads.signed(runtime, user_id)
        await walk.to_the_end(runtime, user_id, head)
        signature = await _signature(runtime, head)
    except heads.Rewritten as found:
        heads.report(user_id, found.position, found.reason)
        first = FirstInvalid(position=found.position, reason=found.reason)
    return Verification(
        valid=first is None,
        checked=walk.checked,
        first_invalid=first,
        head_hash=walk.hash.hex(),
        erased=walk.erased,
        signature=signature,
    )


class Walk:
    """Verifies a chain from the first entry to the last."""

    def __init__(self) -> None:
        self.checked = 0
        self.hash = chain.GENESIS
        self.erased = 0
        self._unexplained: list[int] = []
        """Positions without a payload that no recorded erasure covers so far."""

    async def to_the_end(self, runtime: Runtime, user_id: str, head: Head | None) -> None:
        """Verifies all entries. Raises Rewritten with the position of the first invalid or missing entry."""
        async for entries in repository.whole_chain(runtime.database, user_id):
            for entry in entries:
                self._step(entry)
                if head and self.checked == head.position and self.hash != head.hash:
                    raise heads.Rewritten(head.position, heads.CHANGED)
        if head and head.position > self.checked:
            raise heads.Rewritten(self.checked + 1, heads.MISSING)
        if self._unexplained:
            raise heads.Rewritten(self._unexplained[0], "its payload is missing, and no erasure was recorded")

    def _step(self, entry: Mapping[str, Any]) -> None:
        position = self.checked + 1
        if reason := chain.defect(entry, position, self.hash):
            raise heads.Rewritten(position, reason)
        self.checked, self.hash = position, entry["hash"]
        if entry["payload"] is None:
            self.erased += 1
            self._unexplained.append(position)
        elif entry["action_type"] == ERASED:
            last = entry["payload"]["up_to"]
            self._unexplained = [missing for missing in self._unexplained if missing > last]


async def _signature(runtime: Runtime, head: Head | None) -> SignedHead | None:
    keys = await heads.keys_of(runtime)
    if head is None or keys is None:
        return None
    return SignedHead(**orjson.loads(head.to_json()), public_key=keys.public_key(head.key_id))
