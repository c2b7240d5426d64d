"""Tokens that were revoked before they expire. Every request checks this in-memory list; the service fills it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from todo_kit.auth.users import ALL, User
from todo_kit.errors import Unauthorized, Unavailable


@dataclass(frozen=True, slots=True)
class Revocation:
    user_id: str
    grant: str
    revoked_at: int
    """Seconds since the epoch by the issuer's clock, like the `iat` of tokens."""
    expires_at: int
    """When every token that the revocation covers has expired."""

    def covers(self, user: User) -> bool:
        """Returns whether the revocation covers the token.

        A revoked session stays revoked. An app may be connected again, so tokens issued later are valid.
        """
        if user.id != self.user_id or self.grant not in {ALL, user.grant}:
            return False
        return self.grant.startswith("session:") or user.issued_at <= self.revoked_at


class Revocations:
    def __init__(self) -> None:
        self.known = True
        """A service that shares the list between replicas sets this to False until it has read the list. No token is
        accepted while it is False."""
        self._revoked: defaultdict[str, dict[str, Revocation]] = defaultdict(dict)
        self._watched: defaultdict[str, set[tuple[User, asyncio.Event]]] = defaultdict(set)

    def check(self, user: User) -> None:
        """Raises Unauthorized if the token was revoked, and Unavailable if the list has not been read yet."""
        if not self.known:
            raise Unavailable("the list of revoked tokens has not been read yet")
        if self._covers(user):
            raise Unauthorized("the token was revoked")

    def add(self, revocations: Iterable[Revocation]) -> None:
        for revocation in revocations:
            known = self._revoked[revocation.user_id].get(revocation.grant)
            if known is None or known.revoked_at <= revocation.revoked_at:
                self._revoked[revocation.user_id][revocation.grant] = revocation
            for user, revoked in self._watched.get(revocation.user_id, ()):
                if revocation.covers(user):
                    revoked.set()

    def forget(self, expired_at: float) -> None:
        for user_id, revocations in list(self._revoked.items()):
            left = {grant: each for grant, each in revocations.items() if each.expires_at > expired_at}
            if left:
                self._revoked[user_id] = left
            else:
                del self._revoked[user_id]

    @contextmanager
    def watch(self, user: User) -> Iterator[asyncio.Event]:
        """Yields an event that is set when the token is revoked."""
        revoked = asyncio.Event()
        if self._covers(user):
            revoked.set()
        entry = (user, revoked)
        self._watched[user.id].add(entry)
        try:
            yield revoked
        finally:
            self._watched[user.id].discard(entry)
            if not self._watched[user.id]:
                del self._watched[user.id]

    def _covers(self, user: User) -> bool:
        revoked = self._revoked.get(user.id)
        return revoked is not None and any(each.covers(user) for each in revoked.values())


def grant_from_claims(claims: dict[str, Any], *, first_party: bool) -> str:
    if first_party and (session := claims.get("sid")):
        return f"session:{session}"
    return f"app:{app}" if (app := claims.get("client_id")) else ALL


async def until_revoked(revocations: Revocations, user: User, frames: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yields the frames of a stream until it ends or the token is revoked."""
    with revocations.watch(user) as revoked:
        ended = asyncio.ensure_future(revoked.wait())
        following = asyncio.ensure_future(_next(frames))
        try:
            while True:
                await asyncio.wait({ended, following}, return_when=asyncio.FIRST_COMPLETED)
                if ended.done() or (frame := following.result()) is None:
                    return
                yield frame
                following = asyncio.ensure_future(_next(frames))
        finally:
            ended.cancel()
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await frames.aclose()  # type: ignore[attr-defined]  # streams are generators, whose `finally` must run


async def _next(frames: AsyncIterator[bytes]) -> bytes | None:
    return await anext(frames, None)
