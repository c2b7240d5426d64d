"""Identifiers that sort by the time they were made."""

import secrets
import threading
import time
from datetime import datetime
from uuid import UUID

RANDOM_BITS = 74
STEP_BITS = 32
_lock = threading.Lock()
_last = 0


def uuid7(at: datetime | None = None) -> UUID:
    """A UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits.

    Without `at`, each one is greater than those that the process made before, also within a millisecond and when the
    clock is set back: then the last one is incremented by a random number (section 6.2, method 2).
    """
    global _last  # noqa: PLW0603 - one order per process
    if at:
        return _of(_at(int(at.timestamp() * 1000)))
    with _lock:
        now = _at(time.time_ns() // 1_000_000)
        _last = now if now >> RANDOM_BITS > _last >> RANDOM_BITS else _last + 1 + secrets.randbits(STEP_BITS)
        return _of(_last)


def _at(milliseconds: int) -> int:
    return milliseconds << RANDOM_BITS | secrets.randbits(RANDOM_BITS)


def _of(value: int) -> UUID:
    """With the version before the lower 74 bits, and the variant before the lower 62."""
    milliseconds, a, b = value >> 74, value >> 62 & 0xFFF, value & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | a << 64 | 0x2 << 62 | b)
