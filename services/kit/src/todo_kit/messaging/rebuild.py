"""Makes a service's projections anew from the audit trail, which keeps what the topics have long forgotten.

A person at a time and in one transaction: what is known of a task is forgotten, and everything that the trail tells of
it is replayed in the order of its versions. Nothing is published meanwhile, since all of it was published once. A task
of which the service knows a newer version than the trail does is left alone, so the services can go on working.
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
    """What a service derives from events, and how it is made anew."""

    contracts: tuple[type[Event], ...]
    versions: Callable[[AsyncSession, str], Awaitable[dict[int, int]]]
    """The newest version that is known of each of a person's tasks."""
    forget: Callable[[AsyncSession, str, Sequence[int]], Awaitable[None]]
    """Removes what is known of these tasks of a person."""
    replay: Callable[[Runtime, AsyncSession, Sequence[Any]], Awaitable[None]]
    """Applies events of different tasks; it is called with each task's first event, then with each one's second…"""
    finish: Callable[[AsyncSession, str, Sequence[int]], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Rebuilt:
    user_id: str
    tasks: int
    events: int
    left_alone: int
    """Tasks of which the trail does not know the newest version yet."""


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
    """A person's events from the first on; what was erased and what matters elsewhere is left out."""
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
    """Everybody who has a trail, in the order of the names."""
    after = ""
    while names := await _ask(runtime, "people", after=after, limit=PAGE):
        for name in names:
            yield name
        after = names[-1]


async def _ask(runtime: Runtime, path: str, **query: Any) -> list[Any]:
    """Raises Unavailable when the audit service does not answer as it should."""
    answer = await runtime.sidecar.invoke(
        AUDIT, f"internal/audit_logs/{path}", verb="GET", query=[(name, str(value)) for name, value in query.items()]
    )
    if answer.status != 200:  # noqa: PLR2004
        raise Unavailable(f"{AUDIT} answered {answer.status}: {answer.body[:200].decode(errors='replace')}")
    content: list[Any] = orjson.loads(answer.body)
    return content
