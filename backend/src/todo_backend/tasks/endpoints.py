from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from todo_backend.quick_add.date_words import DateWords, words_of
from todo_backend.tasks import execution, idempotency, listing, matching, repository, searching, steps
from todo_backend.tasks.commands import (
    Command,
    CompleteTask,
    CreateTask,
    DeleteTask,
    ReopenTask,
    RestoreTask,
    UpdateTask,
    command,
)
from todo_backend.tasks.execution import Outcome
from todo_backend.tasks.listing import ListQuery
from todo_backend.tasks.preconditions import IfMatch, IfNoneMatch, etag, is_unchanged
from todo_backend.tasks.schemas import (
    BulkAnswer,
    BulkMatching,
    BulkMatchingAnswer,
    BulkOperation,
    BulkRequest,
    BulkResult,
    Scope,
    TaskCreate,
    TaskOut,
    TaskPage,
    TaskPatch,
    all_fields,
    changed_fields,
)
from todo_backend.tasks.searching import SearchQuery
from todo_backend.tasks.single import Executed
from todo_backend.tasks.steps import Origin, StepOrigin
from todo_backend.tasks.views import row_view
from todo_kit.answers import json_answer
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.auth.users import User
from todo_kit.direct import direct
from todo_kit.errors import Problem, described
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


async def execute(request: Request, user: User, origin: Origin, command: Command) -> Response:
    """Executes the command. Returns the task, with its version and the id of the step in headers."""
    executed = await execution.execute(runtime_of(request), user.id, command, origin)
    return answered(executed, 201 if isinstance(command, CreateTask) else 200)


def answered(executed: Executed, status: int = 200) -> Response:
    headers = {"ETag": etag(executed.task["version"])} | ({steps.HEADER: executed.step} if executed.step else {})
    return json_answer(executed.task, status, headers)


@router.get("", response_model=TaskPage)
@direct
async def list_tasks(request: Request, user: CurrentUser, query: Annotated[ListQuery, Query()]) -> Response:
    """Returns a page of tasks. The default `order` is `desc` for `created_at` and `updated_at`, otherwise `asc`."""
    runtime = runtime_of(request)
    return json_answer(await listing.page(runtime.database, user.id, query, runtime.clock.now()))


@router.post(
    "", status_code=201, response_model=TaskOut,
    responses={201: STEP, 409: described("The Idempotency-Key was used for another request")},
)  # fmt: skip
@direct
async def create_task(
    request: Request, user: CurrentUser, origin: StepOrigin, data: TaskCreate, key: idempotency.Key = None
) -> Response:
    """Creates a task. A repeated request with the same `Idempotency-Key` gets the first answer and creates nothing."""
    command = CreateTask(data)
    if key is None:
        return await execute(request, user, origin, command)
    return answered(await execution.create_once(runtime_of(request), user.id, command, key, origin), 201)


@router.get("/search", response_model=TaskPage)
@direct
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
    has_words = any("when" in (operation.data or {}) for operation in body.operations)
    words = await words_of(runtime.database, user.id) if has_words else None
    commands = [command_of(operation, words) for operation in body.operations]
    outcomes, step = await execution.execute_all(runtime, user.id, commands, origin)
    if step:
        response.headers[steps.HEADER] = step
    results = [result(*each) for each in zip(range(len(outcomes)), body.operations, outcomes, strict=True)]
    succeeded = sum(result.error is None for result in results)
    return BulkAnswer(results=results, succeeded=succeeded, failed=len(results) - succeeded)


@router.post("/bulk/matching", responses={200: STEP})
async def bulk_change_matching(
    request: Request, response: Response, user: CurrentUser, origin: StepOrigin, body: BulkMatching
) -> BulkMatchingAnswer:
    """Runs an operation for all tasks that match filters, up to 200 in a request: continue with `next_cursor`.

    Tasks that were created after the first request are left out.
    """
    answer, step = await matching.change(runtime_of(request), user.id, body, origin)
    if step:
        response.headers[steps.HEADER] = step
    return answer


def command_of(operation: BulkOperation, words: Callable[[str], DateWords] | None) -> Command | Problem:
    versions = [operation.if_match] if operation.if_match else None
    try:
        return command(operation.op, operation.id, operation.data or {}, versions, operation.scope, words)
    except Problem as problem:
        return problem


def result(index: int, operation: BulkOperation, outcome: Outcome) -> BulkResult:
    """Returns the result with the status of a single request, except that a deletion has 200 and the task."""
    problem = outcome.problem
    if problem:
        return BulkResult(index=index, op=operation.op, status=problem.status, task=None, error=problem.body())
    status = 201 if operation.op == "create" else 200
    return BulkResult(index=index, op=operation.op, status=status, task=outcome.task, error=None)


@router.get("/{task_id}", response_model=TaskOut, responses=ONE | {304: {"description": "Unchanged"}})
@direct
async def get_task(request: Request, user: CurrentUser, task_id: TaskId, if_none_match: IfNoneMatch = None) -> Response:
    task = await repository.get_row(runtime_of(request).database, user.id, task_id)
    tag = etag(task["version"])
    if is_unchanged(if_none_match, task["version"]):
        return Response(status_code=304, headers={"ETag": tag})
    return json_answer(row_view(task), headers={"ETag": tag})


@router.put("/{task_id}", response_model=TaskOut, responses=CHANGE)
async def replace_task(
    request: Request, user: CurrentUser, origin: StepOrigin, task_id: TaskId, data: TaskCreate, versions: IfMatch,
    scope: ScopeQuery = "this",
) -> Response:  # fmt: skip
    """Replaces the task. Omitted fields are reset to their defaults, except for the time zone, which is kept."""
    fields = all_fields(data)
    if data.time_zone is None:
        del fields["time_zone"]
    return await execute(request, user, origin, UpdateTask(task_id, fields, versions, scope))


@router.patch("/{task_id}", response_model=TaskOut, responses=CHANGE)
@direct
async def update_task(
    request: Request, user: CurrentUser, origin: StepOrigin, task_id: TaskId, data: TaskPatch, versions: IfMatch,
    scope: ScopeQuery = "this",
) -> Response:  # fmt: skip
    """Changes the fields in the body.

    A change of `recurrence_pattern` or `recurrence` starts a new series at this occurrence. A change of `until`, `mode`
    or the time zone alone keeps the series. Changing the rule back returns the task to its former place in its series.
    """
    when = (await words_of(runtime_of(request).database, user.id))(data.when) if data.when else None
    return await execute(request, user, origin, UpdateTask(task_id, changed_fields(data), versions, scope, when))


@router.delete("/{task_id}", status_code=204, responses=DELETE)
@direct
async def delete_task(
    request: Request, user: CurrentUser, origin: StepOrigin, task_id: TaskId, versions: IfMatch,
    scope: ScopeQuery = "this",
) -> Response:  # fmt: skip
    """Moves the task to the trash; `restore` brings it back. In a series, skips this occurrence or ends the series."""
    command = DeleteTask(task_id, versions, scope)
    executed = await execution.execute(runtime_of(request), user.id, command, origin)
    return Response(status_code=204, headers={steps.HEADER: executed.step} if executed.step else None)


@router.post("/{task_id}/restore", response_model=TaskOut, responses=CHANGE)
async def restore_task(
    request: Request, user: CurrentUser, origin: StepOrigin, task_id: TaskId, versions: IfMatch
) -> Response:
    return await execute(request, user, origin, RestoreTask(task_id, versions))


@router.patch("/{task_id}/complete", response_model=TaskOut, responses=CHANGE)
@direct
async def complete_task(
    request: Request, user: CurrentUser, origin: StepOrigin, task_id: TaskId, versions: IfMatch
) -> Response:
    """Completes the task. Idempotent. The next occurrence of a recurring task is created shortly afterwards."""
    return await execute(request, user, origin, CompleteTask(task_id, versions))


@router.patch("/{task_id}/reopen", response_model=TaskOut, responses=CHANGE)
@direct
async def reopen_task(
    request: Request, user: CurrentUser, origin: StepOrigin, task_id: TaskId, versions: IfMatch
) -> Response:
    """Reopens the task. Idempotent. Withdraws the next occurrence, unless it was changed."""
    return await execute(request, user, origin, ReopenTask(task_id, versions))
