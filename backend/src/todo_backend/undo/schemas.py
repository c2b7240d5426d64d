from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from todo_backend.tasks.schemas import TaskOut


class UndoRequest(BaseModel):
    """`step` is the value of the `Undo-Step` header in the response to the change."""

    model_config = ConfigDict(extra="forbid")

    step: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]


class RedoRequest(UndoRequest):
    """`step` is the step that was undone."""


class UndoAnswer(BaseModel):
    """`undone` describes the undone changes, newest first; `tasks` are the affected tasks in their current state."""

    undone: list[str]
    tasks: list[TaskOut]


class RedoAnswer(BaseModel):
    """`redone` describes the changes, in their order; `tasks` are the affected tasks in their current state."""

    redone: list[str]
    tasks: list[TaskOut]
