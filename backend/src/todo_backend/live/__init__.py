"""Live push: open pages receive a user's changes as server-sent events and resume without a gap."""

from todo_backend.live.endpoints import router
from todo_backend.live.hub import broadcast
from todo_backend.live.log import append, prune

__all__ = ["append", "broadcast", "prune", "router"]
