"""Limits per account for the whole API: requests per second, concurrent requests and concurrent streams.

Start with `limiter` (decides in memory), then `synchronization` (of the replicas) and `middleware` (every request).
"""

from todo_backend.limits.errors import TooManyRequests
from todo_backend.limits.limiter import limiter_of
from todo_backend.limits.middleware import AccountLimits
from todo_backend.limits.streams import SlotStream
from todo_backend.limits.synchronization import share

__all__ = ["AccountLimits", "SlotStream", "TooManyRequests", "limiter_of", "share"]
