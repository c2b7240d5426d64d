"""Live push: open pages receive a user's changes as server-sent events and resume without a gap."""

from todo_backend.live.endpoints import router
from todo_backend.live.hub import broadcast
from todo_backend.live.log import RETENTION as EVENTS
from todo_backend.live.log import append

__all__ = ["EVENTS", "append", "broadcast", "router"]
