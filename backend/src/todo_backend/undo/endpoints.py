from fastapi import APIRouter, Request

from todo_backend.tasks.steps import client_of
from todo_backend.undo import service
from todo_backend.undo.schemas import RedoAnswer, RedoRequest, UndoAnswer, UndoRequest
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.errors import described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}", tags=["Undo"])


@router.post(
    "/undo",
    responses={
        404: described("There is no such step, it is too old, or another app has made it"),
        409: described("Tasks of the step were changed since (`tasks` has their numbers)"),
    },
)
async def undo_step(request: Request, user: CurrentUser, body: UndoRequest) -> UndoAnswer:
    """Undoes all changes of a step, or none. Idempotent. An app can undo only its own steps."""
    client = None if user.scopes is None else client_of(user)
    done = await service.undo(runtime_of(request), user.id, body.step, client)
    return UndoAnswer(undone=done.lines, tasks=done.tasks)


@router.post(
    "/redo",
    responses={
        404: described("There is no such step that was undone, it is too old, or another app has made it"),
        409: described("Tasks of the step were changed since the undo (`tasks` has their numbers)"),
    },
)
async def redo_step(request: Request, user: CurrentUser, body: RedoRequest) -> RedoAnswer:
    """Redoes all changes of a step that was undone, or none. Idempotent. It can be undone again as the same step."""
    client = None if user.scopes is None else client_of(user)
    done = await service.redo(runtime_of(request), user.id, body.step, client)
    return RedoAnswer(redone=done.lines, tasks=done.tasks)
