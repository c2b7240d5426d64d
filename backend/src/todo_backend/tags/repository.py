from sqlalchemy import String, bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from todo_backend.tags.models import TagColor
from todo_backend.tags.schemas import Color
from todo_kit.database import Database
from todo_kit.statements import prepare

COLORS = prepare(
    select(col(TagColor.tag), col(TagColor.color))
    .where(col(TagColor.user_id) == bindparam("user_id", type_=String))
    .order_by(col(TagColor.tag))
)


async def colors(database: Database, user_id: str) -> dict[str, Color]:
    """Returns the chosen colours by folded tag."""
    return {row["tag"]: row["color"] for row in await database.fetch(COLORS, {"user_id": user_id})}


async def count_others(session: AsyncSession, user_id: str, tag: str) -> int:
    query = select(func.count()).where(col(TagColor.user_id) == user_id, col(TagColor.tag) != tag)
    return (await session.execute(query)).scalar_one()


async def save(session: AsyncSession, user_id: str, tag: str, color: str) -> None:
    statement = insert(TagColor).values(user_id=user_id, tag=tag, color=color)
    await session.execute(statement.on_conflict_do_update(index_elements=["user_id", "tag"], set_={"color": color}))


async def remove(session: AsyncSession, user_id: str, tag: str) -> None:
    await session.execute(delete(TagColor).where(col(TagColor.user_id) == user_id, col(TagColor.tag) == tag))
