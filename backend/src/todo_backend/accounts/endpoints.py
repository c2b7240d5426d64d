from fastapi import APIRouter

from todo_backend.accounts import repository
from todo_backend.accounts.schemas import UserSettings
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.database import ReadSession, SessionDep

router = APIRouter(prefix="/api/{user_id}/settings", tags=["Settings"])


@router.get("")
async def get_settings(user: CurrentUser, session: ReadSession) -> UserSettings:
    """Time zone, reminder of new tasks, and how dates and times are read and shown."""
    return UserSettings.model_validate(await repository.get(session, user.id))


@router.put("")
async def put_settings(user: CurrentUser, session: SessionDep, settings: UserSettings) -> UserSettings:
    """Tasks that exist keep their own time zone and reminder."""
    await repository.save(session, user.id, settings)
    return settings
