from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from todo_backend.tasks.schemas import TaskOut


class UndoRequest(BaseModel):
    """`step` is the `Undo-Step` header of the answer to the change."""

    model_config = ConfigDict(extra="forbid")

    step: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]


class UndoAnswer(BaseModel):
    """`undone` says for people what was undone, the last change first; `tasks` are those tasks as they are now."""

    undone: list[str]
    tasks: list[TaskOut]
