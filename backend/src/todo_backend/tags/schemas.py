from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from todo_backend.tasks.fields import Tag

Color = Literal["blue", "green", "red", "amber", "violet", "teal", "pink", "gray", "orange", "lime"]


class TagColorIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Tag
    color: Annotated[Color | None, Field(description="null: the colour that clients derive from the name")]
