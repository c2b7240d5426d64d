"""Identifiers that sort by creation time."""

import os
import threading
import time
from datetime import datetime
from uuid import UUID

RANDOM_BITS = 74
STEP_BITS = 32
_lock = threading.Lock()
_last = 0


def uuid7(at: datetime | None = None) -> UUID:
    """Returns a UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits.

    Without `at`, ids increase monotonically within the process. Within one millisecond, or if the clock is set back,
    the last id is incremented by a random number (section 6.2, method 2).
    """
    global _last  # noqa: PLW0603 - one order per process
    if at:
        return _of(_at(int(at.timestamp() * 1000)))
    with _lock:
        now = _at(time.time_ns() // 1_000_000)
        _last = now if now >> RANDOM_BITS > _last >> RANDOM_BITS else _last + 1 + _random(STEP_BITS)
        return _of(_last)


def _at(milliseconds: int) -> int:
    return milliseconds << RANDOM_BITS | _random(RANDOM_BITS)


def _random(bits: int) -> int:
    size = (bits + 7) // 8
    return int.from_bytes(os.urandom(size)) >> size * 8 - bits


def _of(value: int) -> UUID:
    """Inserts the version above the lower 74 bits and the variant above the lower 62 bits."""
    milliseconds, a, b = value >> 74, value >> 62 & 0xFFF, value & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 0x7 << 76 | a << 64 | 0x2 << 62 | b)
