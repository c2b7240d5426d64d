"""Decides in memory whether a request is admitted: a token bucket and a FIFO queue per account."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

from todo_backend.limits.errors import TooManyAtOnce, TooManyRequests, TooManyStreams
from todo_backend.settings import Settings
from todo_kit.runtime import Runtime

RETRY = timedelta(seconds=5)
TELL_AGAIN_SECONDS = 20.0
"""How often a replica repeats that an account's requests or streams are still open."""


@dataclass(slots=True)
class Account:
    level: float
    """Tokens in the bucket. Below 0 if the replicas together accepted more than the burst."""
    at: float
    unshared: int = 0
    """Requests not yet charged to the shared row."""
    open: int = 0
    streams: int = 0
    open_elsewhere: int = 0
    streams_elsewhere: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    told: tuple[int, int] = (0, 0)
    """Open requests and streams in the last report to the other replicas."""
    told_at: float = 0.0
    """When that report was made; the other replicas count it for 60 seconds."""

    def has_news(self, now: float) -> bool:
        uses = (self.open, self.streams)
        return self.unshared > 0 or uses != self.told or (uses != (0, 0) and now - self.told_at > TELL_AGAIN_SECONDS)


class Limiter:
    def __init__(self, settings: Settings, now: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._now = now
        self.accounts: dict[str, Account] = {}

    def account(self, user_id: str) -> Account:
        now, settings = self._now(), self.settings
        account = self.accounts.get(user_id)
        if account is None:
            account = self.accounts[user_id] = Account(settings.requests_burst, now)
        refilled = account.level + (now - account.at) * settings.requests_per_second
        account.level, account.at = min(refilled, settings.requests_burst), now
        return account

    def count(self, user_id: str) -> Account:
        """Takes one request from the account's bucket. Raises TooManyRequests when it is empty."""
        account, rate = self.account(user_id), self.settings.requests_per_second
        if account.level < 1:
            detail = f"this account sends more than {rate:g} requests a second; go on more slowly"
            raise TooManyRequests(detail, timedelta(seconds=(1 - account.level) / rate))
        account.level -= 1
        account.unshared += 1
        return account

    async def enter(self, account: Account) -> None:
        """Waits in FIFO order for a slot of the account; `leave` releases it.

        Raises TooManyAtOnce if the queue is full or the wait takes too long.
        """
        if not account.waiting and account.open < self._most(account):
            account.open += 1
            return
        if len(account.waiting) >= self.settings.requests_waiting:
            raise TooManyAtOnce(f"{len(account.waiting)} requests of this account wait already", RETRY)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        account.waiting.append(turn)
        try:
            async with asyncio.timeout(self.settings.requests_wait_seconds):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self.leave(account)
            elif turn in account.waiting:
                account.waiting.remove(turn)
            if isinstance(error, TimeoutError):
                raise TooManyAtOnce("the earlier requests of this account take too long", RETRY) from None
            raise

    def leave(self, account: Account) -> None:
        account.open -= 1
        self._admit(account)

    def _most(self, account: Account) -> int:
        """Returns the limit for this replica: at least 1, so that its queue advances whatever the others have open."""
        return max(1, self.settings.requests_at_once - account.open_elsewhere)

    def _admit(self, account: Account) -> None:
        while account.waiting and account.open < self._most(account):
            turn = account.waiting.popleft()
            if not turn.done():
                account.open += 1
                turn.set_result(None)

    @contextmanager
    def stream(self, user_id: str) -> Iterator[None]:
        """Holds one of the account's stream slots. Raises TooManyStreams. Claims the slot without an await."""
        account, most = self.account(user_id), self.settings.streams_at_once
        if account.streams + account.streams_elsewhere >= most:
            raise TooManyStreams(f"{most} streams of this account are open already; close one", timedelta(seconds=10))
        account.streams += 1
        try:
            yield
        finally:
            account.streams -= 1

    def news(self) -> list[tuple[str, int, int, int]]:
        """Returns user, uncharged requests, open requests and streams of each account with changes.

        Drops idle accounts with a full bucket.
        """
        told, now = [], self._now()
        for user_id, account in list(self.accounts.items()):
            if account.has_news(now):
                told.append((user_id, account.unshared, account.open, account.streams))
                account.unshared, account.told, account.told_at = 0, (account.open, account.streams), now
            elif account.told == (0, 0) and self.account(user_id).level >= self.settings.requests_burst:
                del self.accounts[user_id]
        return told

    def take_back(self, news: Sequence[tuple[str, int, int, int]]) -> None:
        """Restores the counts of a report that could not be shared, so that the next one includes them."""
        for user_id, unshared, _, _ in news:
            self.account(user_id).unshared += unshared

    def hear(self, user_id: str, level: float, open_elsewhere: int, streams_elsewhere: int) -> None:
        """Applies the shared state: the level of the account's bucket, and what it has open in other replicas."""
        account = self.account(user_id)
        account.level = level - account.unshared
        account.open_elsewhere, account.streams_elsewhere = open_elsewhere, streams_elsewhere
        self._admit(account)


def limiter_of(runtime: Runtime) -> Limiter:
    found: Limiter | None = runtime.extras.get("limits")
    if found is None:
        found = runtime.extras["limits"] = Limiter(cast("Settings", runtime.settings))
    return found
