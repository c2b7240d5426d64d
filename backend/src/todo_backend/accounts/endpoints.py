from fastapi import APIRouter, Request

from todo_backend.accounts import repository, service
from todo_backend.accounts.schemas import UserSettings
from todo_kit.auth.dependencies import CurrentUser
from todo_kit.database import ReadSession, SessionDep
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/settings", tags=["Settings"])


@router.get("")
async def get_settings(user: CurrentUser, session: ReadSession) -> UserSettings:
    """Returns the time zone, the reminders, and how dates and times are read and shown."""
    return UserSettings.model_validate(await repository.get(session, user.id))


@router.put("")
async def put_settings(
    request: Request, user: CurrentUser, session: SessionDep, settings: UserSettings
) -> UserSettings:
    """Replaces the settings. Existing tasks keep their time zone and lead time, but use `all_day_reminder_time`."""
    await service.save(session, user.id, settings, runtime_of(request).clock.now())
    return settings
