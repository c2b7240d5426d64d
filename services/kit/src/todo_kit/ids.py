"""Identifiers that sort by the time they were made."""

import os
import time
from datetime import datetime
from uuid import UUID


def uuid7(at: datetime | None = None) -> UUID:
    """A UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, of now or of that time, then random bits."""
    milliseconds = int(at.timestamp() * 1000) if at else time.time_ns() // 1_000_000
    value = milliseconds << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
