from sqlmodel import Field, SQLModel


class TagColor(SQLModel, table=True):
    """A colour that the user has chosen. Other tags have one that clients derive from their name."""

    __tablename__ = "tag_colors"

    user_id: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    """As `tasks.tags.folded` returns it."""
    color: str
