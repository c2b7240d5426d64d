from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.accounts import repository as accounts
from todo_backend.tasks import bulk, idempotency, listing, repository, searching, service, steps
from todo_backend.tasks.listing import ListQuery
from todo_backend.tasks.models import Task
from todo_backend.tasks.preconditions import IfMatch, IfNoneMatch, etag, is_unchanged
from todo_backend.tasks.schemas import (
    BulkAnswer,
    BulkRequest,
    Scope,
    TaskCreate,
    TaskOut,
    TaskPage,
    TaskPatch,
    changed_fields,
)
from todo_backend.tasks.searching import SearchQuery
from todo_backend.tasks.steps import Origin, StepOrigin
from todo_backend.tasks.views import row_view, view
from todo_kit.answers import json_answer
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.database import ReadSession, SessionDep
from todo_kit.errors import described
from todo_kit.messaging import outbox
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/tasks", tags=["Tasks"])

TaskId = Annotated[int, Path(ge=1, le=2**31 - 1, description="The task's number, counted per user")]
ScopeQuery = Annotated[Scope, Query(description="this occurrence alone, or its series from here on")]

ONE: dict[int | str, dict[str, Any]] = {404: described("There is no such task")}
STEP: dict[str, Any] = {
    "headers": {
        steps.HEADER: {
            "description": "The step that `POST …/undo` takes; absent when nothing has changed",
            "schema": {"type": "string"},
        }
    }
}
CHANGE = ONE | {200: STEP, 412: described("The task is at another version than If-Match says")}
DELETE = {204: STEP} | {status: answer for status, answer in CHANGE.items() if status != 200}  # noqa: PLR2004


async def changed(session: AsyncSession, origin: Origin, task: Task, now: datetime, status: int = 200) -> Response:
    """Records the step. Returns the task, with the id of the step in a header."""
    headers = {"ETag": etag(task.version)}
    if step := await steps.record(session, task.user_id, origin, now):
        headers[steps.HEADER] = step
    return json_answer(view(task), status, headers)


@router.get("", response_model=TaskPage)
async def list_tasks(
    request: Request, user: CurrentUser, session: ReadSession, query: Annotated[ListQuery, Query()]
) -> Response:
    """Returns a page of tasks. The default `order` is `desc` for `created_at` and `updated_at`, otherwise `asc`."""
    return json_answer(await listing.page(session, user.id, query, runtime_of(request).clock.now()))


@router.post(
    "", status_code=201, response_model=TaskOut,
    responses={201: STEP, 409: described("The Idempotency-Key was used for another request")},
)  # fmt: skip
async def create_task(
    request: Request, user: CurrentUser, origin: StepOrigin, data: TaskCreate, key: idempotency.Key = None
) -> Response:
    """Creates a task. A repeated request with the same `Idempotency-Key` gets the first answer and creates nothing."""
    database, now = runtime_of(request).database, runtime_of(request).clock.now()
    # Take and commit the number first: the account is then locked only briefly, not until the task is written.
    async with database.autocommit() as first:
        if key and (answer := await idempotency.earlier_answer(first, user.id, key, data)):
            return json_answer(answer, 201, {"ETag": etag(answer["version"])})
        account = await accounts.take_numbers(first, user.id)
    async with database.transaction() as session:
        task = await service.create(session, account, account.last_task_number, data, now)
        if key and not await idempotency.remember(session, user.id, key, data, as_json(task), now):
            await session.rollback()
            outbox.rewind(session, 0)  # the task was rolled back: publish no event
            steps.rewind(session, 0)
            answer = await idempotency.earlier_answer(session, user.id, key, data)
            return json_answer(answer, 201, {"ETag": etag(answer["version"] if answer else 1)})
        return await changed(session, origin, task, now, 201)


@router.get("/search", response_model=TaskPage)
async def search_tasks(request: Request, user: CurrentUser, query: Annotated[SearchQuery, Query()]) -> Response:
    """Returns matching tasks, best match first. Matches parts of words and ignores case and accents.

    If no task contains the words, returns tasks that contain them with two adjacent letters swapped; if there are none
    either, tasks with similar words in the title or tags.
    """
    runtime = runtime_of(request)
    return json_answer(await searching.page(runtime.database, user.id, query, runtime.clock.now()))


@router.post("/bulk", responses={200: STEP})
async def bulk_change(
    request: Request, response: Response, user: CurrentUser, origin: StepOrigin, body: BulkRequest
) -> BulkAnswer:
    """Runs up to 100 operations in order, each with its own result. A failed one does not affect the others."""
    runtime = runtime_of(request)
    answer, step = await bulk.run(runtime.database, user.id, body.operations, runtime.clock.now(), origin)
    if step:
        response.headers[steps.HEADER] = step
    return answer


@router.get("/{task_id}", response_model=TaskOut, responses=ONE | {304: {"description": "Unchanged"}})
async def get_task(
    user: CurrentUser, session: ReadSession, task_id: TaskId, if_none_match: IfNoneMatch = None
) -> Response:
    task = await repository.get_row(session, user.id, task_id)
    tag = etag(task.version)
    if is_unchanged(if_none_match, task.version):
        return Response(status_code=304, headers={"ETag": tag})
    return json_answer(row_view(task), headers={"ETag": tag})


@router.put("/{task_id}", response_model=TaskOut, responses=CHANGE)
async def replace_task(
    request: Request, user: CurrentUser, origin: StepOrigin, session: SessionDep, task_id: TaskId, data: TaskCreate,
    versions: IfMatch, scope: ScopeQuery = "this",
) -> Response:  # fmt: skip
    """Replaces the task. Omitted fields are reset to their defaults, except for the time zone, which is kept."""
    fields = data.model_dump(exclude={"recurrence"}) | {"recurrence": data.recurrence}
    if data.time_zone is None:
        del fields["time_zone"]
    now = runtime_of(request).clock.now()
    task = await service.update(session, user.id, task_id, fields, now, versions=versions, scope=scope)
    return await changed(session, origin, task, now)


@router.patch("/{task_id}", response_model=TaskOut, responses=CHANGE)
async def update_task(
    request: Request, user: CurrentUser, origin: StepOrigin, session: SessionDep, task_id: TaskId, data: TaskPatch,
    versions: IfMatch, scope: ScopeQuery = "this",
) -> Response:  # fmt: skip
    """Changes the fields in the body.

    A change of `recurrence_pattern` or `recurrence` starts a new series at this occurrence. A change of `until`, `mode`
    or the time zone alone keeps the series. Changing the rule back returns the task to its former place in its series.
    """
    fields = changed_fields(data)
    now = runtime_of(request).clock.now()
    task = await service.update(session, user.id, task_id, fields, now, versions=versions, scope=scope)
    return await changed(session, origin, task, now)


@router.delete("/{task_id}", status_code=204, responses=DELETE)
async def delete_task(
    request: Request, response: Response, user: CurrentUser, origin: StepOrigin, session: SessionDep,
    task_id: TaskId, versions: IfMatch,
    scope: ScopeQuery = "this",
) -> None:  # fmt: skip
    """Moves the task to the trash; `restore` brings it back. In a series, skips this occurrence or ends the series."""
    now = runtime_of(request).clock.now()
    await service.delete(session, user.id, task_id, now, versions=versions, scope=scope)
    if step := await steps.record(session, user.id, origin, now):
        response.headers[steps.HEADER] = step


@router.post("/{task_id}/restore", response_model=TaskOut, responses=CHANGE)
async def restore_task(
    request: Request, user: CurrentUser, origin: StepOrigin, session: SessionDep, task_id: TaskId, versions: IfMatch
) -> Response:
    now = runtime_of(request).clock.now()
    return await changed(session, origin, await service.restore(session, user.id, task_id, now, versions), now)


@router.patch("/{task_id}/complete", response_model=TaskOut, responses=CHANGE)
async def complete_task(
    request: Request, user: CurrentUser, origin: StepOrigin, session: SessionDep, task_id: TaskId, versions: IfMatch
) -> Response:
    """Completes the task. Idempotent. The next occurrence of a recurring task is created shortly afterwards."""
    now = runtime_of(request).clock.now()
    return await changed(session, origin, await service.complete(session, user.id, task_id, now, versions), now)


@router.patch("/{task_id}/reopen", response_model=TaskOut, responses=CHANGE)
async def reopen_task(
    request: Request, user: CurrentUser, origin: StepOrigin, session: SessionDep, task_id: TaskId, versions: IfMatch
) -> Response:
    """Reopens the task. Idempotent. Withdraws the next occurrence, unless it was changed."""
    now = runtime_of(request).clock.now()
    return await changed(session, origin, await service.reopen(session, user.id, task_id, now, versions), now)


def as_json(task: Task) -> dict[str, Any]:
    return TaskOut.model_validate(view(task)).model_dump(mode="json")
