from fastapi import APIRouter, Request

from todo_backend.tags import service
from todo_backend.tags.schemas import TagColorIn
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.database import SessionDep
from todo_kit.errors import described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/tags", tags=["Tags"])


@router.put("/color", status_code=204, responses={409: described("Too many tags have a colour of their own")})
async def set_tag_color(request: Request, user: CurrentUser, session: SessionDep, body: TagColorIn) -> None:
    """Sets the colour of a tag, whatever its spelling; null resets it."""
    await service.set_color(session, user.id, body, runtime_of(request).clock.now())
