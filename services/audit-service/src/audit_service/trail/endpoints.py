from typing import Annotated

import asyncpg
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from audit_service.trail import repository, service
from audit_service.trail.schemas import ActorOut, AuditLogOut, AuditLogPage, EntryIn, EventOut, Recorded, Verification
from todo_kit import cursors
from todo_kit.answers import model_answer
from todo_kit.auth.dependencies import CurrentUser, from_sidecar
from todo_kit.database import ReadSession, SessionDep
from todo_kit.dates import at_utc
from todo_kit.direct import direct
from todo_kit.fields import When
from todo_kit.runtime import runtime_of
from todo_kit.text import Storable

router = APIRouter(prefix="/api/{user_id}/audit_logs", tags=["Audit"])
internal = APIRouter(prefix="/internal/audit_logs", tags=["Internal"], dependencies=[Depends(from_sidecar)])

INT8_MAX = 2**63 - 1


class Position(BaseModel):
    """The content of a cursor."""

    p: Annotated[int, Field(strict=True, ge=0, le=INT8_MAX)]


@router.get("", response_model=AuditLogPage)
@direct
async def list_audit_logs(
    request: Request,
    user: CurrentUser,
    resource_id: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="The task's number")] = None,
    action_type: Annotated[list[Storable] | None, Query(max_length=20)] = None,
    from_: Annotated[When | None, Query(alias="from", description="Inclusive")] = None,
    to: Annotated[When | None, Query(description="Exclusive")] = None,
    correlation_id: Annotated[Storable | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Response:
    """List who changed what and through which client, newest first."""
    filters = {
        "resource_id": resource_id,
        "action_types": action_type or None,
        "since": from_ and at_utc(from_),
        "until": to and at_utc(to),
        "correlation_id": correlation_id,
        "before": None if cursor is None else cursors.read(cursor, Position).p,
    }
    rows = await repository.page(runtime_of(request).database, user.id, filters, limit + 1)
    next_cursor = cursors.encode({"p": rows[limit - 1]["position"]}) if len(rows) > limit else None
    return model_answer(AuditLogPage(items=[show(row) for row in rows[:limit]], next_cursor=next_cursor))


@router.get("/verify")
async def verify_audit_logs(request: Request, user: CurrentUser) -> Verification:
    """Verify the trail with its hash chain and its newest signed head."""
    return await service.verify(runtime_of(request), user.id)


@internal.post("")
async def record_audit_log(session: SessionDep, entry: EntryIn) -> Recorded:
    """Record an entry for another service. Idempotent by `event_id`."""
    return Recorded(recorded=await service.record_by_hand(session, entry))


@internal.get("/people")
async def list_people(
    session: ReadSession,
    after: Annotated[Storable, Query(max_length=128)] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> list[str]:
    """List the ids of users with a trail, in order, starting after `after`."""
    return await repository.people(session, after, limit)


@internal.get("/entries")
async def list_entries(
    session: ReadSession,
    user_id: Annotated[Storable, Query(min_length=1, max_length=128)],
    after: Annotated[int, Query(ge=0, le=INT8_MAX)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> list[EventOut]:
    """List a user's entries as events, oldest first, after the position `after`. For rebuilding projections."""
    return [EventOut.of(row) for row in await repository.entries(session, user_id, after, limit)]


def show(row: asyncpg.Record) -> AuditLogOut:
    changes = (row["payload"] or {}).get("changes")
    actor = ActorOut(type=row["actor_type"], client=row["actor_client"])
    # An entry of another service may have a field `changes` of another type.
    changes = changes if isinstance(changes, dict) else None
    return AuditLogOut(**{**row, "actor": actor, "changes": changes, "hash": row["hash"].hex()})
