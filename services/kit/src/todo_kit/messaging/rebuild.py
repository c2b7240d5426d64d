"""Rebuilds a service's projections from the audit trail, which keeps events longer than the topics.

Each user is rebuilt in one transaction: the rows of each task are deleted, and its events are replayed by timestamp and
`seq`. Replayed events publish nothing, because their effects were published before. A task is skipped if the service
knows a newer version of it than the trail, so a rebuild can run while the services work.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from todo_kit.errors import Unavailable
from todo_kit.events.envelope import Event
from todo_kit.messaging import outbox
from todo_kit.runtime import Runtime

AUDIT = "audit-service"
PAGE = 500


@dataclass(frozen=True)
class Projection:
    """The rows that a service computes from events, and how to rebuild them."""

    contracts: tuple[type[Event], ...]
    versions: Callable[[AsyncSession, str], Awaitable[dict[int, int]]]
    """Returns the newest known version of each of the user's tasks."""
    forget: Callable[[AsyncSession, str, Sequence[int]], Awaitable[None]]
    """Deletes the rows of these tasks of the user."""
    replay: Callable[[Runtime, AsyncSession, Sequence[Any]], Awaitable[None]]
    """Applies events of different tasks. Called with the first event of each task, then with the second of each…"""
    finish: Callable[[AsyncSession, str, Sequence[int]], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    user_id: str
    tasks: int
    events: int
    left_alone: int
    """Number of tasks that were skipped because the trail does not have their newest version yet."""


async def rebuild(runtime: Runtime, projection: Projection, user_id: str) -> Rebuilt:
    by_task: dict[int, list[Event]] = defaultdict(list)
    async for event in trail_of(runtime, projection, user_id):
        by_task[event.task_id or 0].append(event)
    async with runtime.database.transaction() as session:
        known = await projection.versions(session, user_id)
        newer = {task for task, events in by_task.items() if known.get(task, 0) > max(event.seq for event in events)}
        tasks = sorted(by_task.keys() - newer)
        await projection.forget(session, user_id, tasks)
        published = outbox.mark(session)
        histories = [sorted(by_task[task], key=lambda event: (event.timestamp, event.seq)) for task in tasks]
        for place in range(max(map(len, histories), default=0)):
            events = [history[place] for history in histories if place < len(history)]
            for start in range(0, len(events), PAGE):
                await projection.replay(runtime, session, events[start : start + PAGE])
        if projection.finish:
            await projection.finish(session, user_id, tasks)
        outbox.rewind(session, published)
    return Rebuilt(user_id, len(tasks), sum(map(len, histories)), len(newer))


async def trail_of(runtime: Runtime, projection: Projection, user_id: str) -> AsyncIterator[Event]:
    """Yields the user's events from the first. Omits erased events and those without a contract in the projection."""
    contracts = {contract.model_fields["event_type"].default: contract for contract in projection.contracts}
    position = 0
    while entries := await _ask(runtime, "entries", user_id=user_id, after=position, limit=PAGE):
        for entry in entries:
            contract = contracts.get(entry["event_type"])
            if contract is not None and entry["payload"] is not None:
                try:
                    yield contract.model_validate(entry)
                except ValidationError as error:
                    raise SystemExit(f"entry {entry['position']} of {user_id} does not fit: {error}") from error
        position = entries[-1]["position"]


async def people(runtime: Runtime) -> AsyncIterator[str]:
    """Yields the ids of all users with a trail, in order."""
    after = ""
    while names := await _ask(runtime, "people", after=after, limit=PAGE):
        for name in names:
            yield name
        after = names[-1]


async def _ask(runtime: Runtime, path: str, **query: Any) -> list[Any]:
    """Queries the audit service. Raises Unavailable if it cannot be reached or does not answer with status 200."""
    answer = await runtime.sidecar.invoke(
        AUDIT, f"internal/audit_logs/{path}", verb="GET", query=[(name, str(value)) for name, value in query.items()]
    )
    if answer.status != 200:  # noqa: PLR2004
        raise Unavailable(f"{AUDIT} answered {answer.status}: {answer.body[:200].decode(errors='replace')}")
    content: list[Any] = orjson.loads(answer.body)
    return content
