from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from todo_backend.tasks.fields import When


class OccurrenceRequest(BaseModel):
    """Requests the occurrence `slot` of a series, because `task_id` was completed or skipped. Idempotent."""

    user_id: Annotated[str, Field(min_length=1, max_length=128)]
    series_id: UUID
    task_id: Annotated[int, Field(ge=1, le=2**31 - 1)]
    slot: Annotated[int, Field(ge=1, le=2**31 - 1)]
    due_date: When


class OccurrenceAnswer(BaseModel):
    """`not_needed`: before the request arrived, the task was reopened or its series changed or ended."""

    result: Literal["created", "brought_back", "existing", "not_needed"]
    task_id: int | None
