import math
from datetime import timedelta

from todo_kit.errors import Problem


class TooManyRequests(Problem):
    """Too many requests"""

    status = 429
    code = "too_many_requests"

    def __init__(self, detail: str, until: timedelta) -> None:
        super().__init__(detail)
        self._until = until

    def answer_headers(self) -> dict[str, str]:
        return {"Retry-After": str(max(1, math.ceil(self._until.total_seconds())))}


class TooManyAtOnce(TooManyRequests):
    """Too many concurrent requests"""

    code = "too_many_at_once"


class TooManyStreams(TooManyRequests):
    """Too many open streams"""

    code = "too_many_streams"
