from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from todo_backend.tags import events, repository
from todo_backend.tags.schemas import TagColorIn
from todo_backend.tasks.repository import take_turn
from todo_kit.errors import Conflict
from todo_kit.text import folded

MOST = 500
"""Tags with a chosen colour, per account."""


class TooManyColors(Conflict):
    """Too many tags have a colour"""

    code = "too_many_tag_colors"


async def set_color(session: AsyncSession, user_id: str, data: TagColorIn, now: datetime) -> None:
    """Sets or resets the colour of a tag. Raises TooManyColors."""
    await take_turn(session, user_id)
    tag = folded(data.name)
    if data.color is None:
        await repository.remove(session, user_id, tag)
    elif await repository.count_others(session, user_id, tag) >= MOST:
        raise TooManyColors(f"at most {MOST} tags can have a colour of their own; reset the colour of another tag")
    else:
        await repository.save(session, user_id, tag, data.color)
    events.emit(session, user_id, data, now)
