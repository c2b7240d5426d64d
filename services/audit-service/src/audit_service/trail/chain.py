"""The hash chain. A pure function of the entries, so that an export can be verified with about thirty lines of code.

The hash of an entry is SHA-256 over the JSON array of the fields in `COVERED`, in that order and without white space:
instants in UTC as RFC 3339 with microseconds, digests in hexadecimal. `payload_digest` is SHA-256 over the payload as
JSON with sorted keys. The `previous_hash` of a user's first entry is 32 zero bytes. `recorded_at`, when the database
inserted the entry, is not covered.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

GENESIS = bytes(32)
COVERED = (
    "previous_hash", "user_id", "position", "event_id", "action_type", "resource_type", "resource_id", "seq",
    "timestamp", "actor_type", "actor_client", "correlation_id", "payload_digest",
)  # fmt: skip


def digest(payload: Any) -> bytes:
    return hashlib.sha256(orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)).digest()


def entry_hash(entry: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(orjson.dumps([_plain(entry[name]) for name in COVERED])).digest()


def defect(entry: Mapping[str, Any], position: int, previous: bytes) -> str | None:
    """Returns why an entry is invalid at `position` after the entry with the hash `previous`; None if it is valid."""
    if entry["position"] < 1:
        return "there is an entry before the first"
    if entry["position"] != position:
        return f"entry {position} is missing"
    if entry["previous_hash"] != previous:
        return "it does not continue the entry before it"
    if entry["payload"] is not None and digest(entry["payload"]) != entry["payload_digest"]:
        return "its payload was changed"
    if entry_hash(entry) != entry["hash"]:
        return "it was changed"
    return None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
