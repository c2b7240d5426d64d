"""What one account may use of the whole API: requests a second, requests and streams at once.

To read: `limiter` (decides from memory), `sharing` (what the replicas tell each other), `middleware` (every request).
"""

from todo_backend.limits.errors import TooManyRequests
from todo_backend.limits.limiter import limiter_of
from todo_backend.limits.middleware import AccountLimits
from todo_backend.limits.sharing import share

__all__ = ["AccountLimits", "TooManyRequests", "limiter_of", "share"]
