from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from todo_backend.assistant.conversations import ID_FORM
from todo_kit.text import storable

ANSWERED_BY_A_MODEL = {"threads.create", "threads.add_user_message", "threads.retry_after_item"}
KINDS = ANSWERED_BY_A_MODEL | {
    "threads.custom_action", "threads.get_by_id", "threads.list", "threads.update", "threads.delete", "items.list",
}  # fmt: skip
"""The requests of ChatKit's protocol that are taken."""
MESSAGE_CHARACTERS = 4000
TITLE_CHARACTERS = 200
ConversationId = Annotated[str, Field(pattern=f"^{ID_FORM}$")]
Message = Annotated[str, StringConstraints(min_length=1, max_length=MESSAGE_CHARACTERS), AfterValidator(storable)]


class Decision(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(max_length=64, description="Of one of the answer's `approvals`")]
    approved: bool


class ChatRequest(BaseModel):
    """A message, or the decision on an approval. Without `conversation_id`, a new conversation begins."""

    model_config = ConfigDict(extra="forbid")

    conversation_id: ConversationId | None = None
    message: Message | None = None
    approval: Decision | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "ChatRequest":
        if (self.message is None) == (self.approval is None):
            raise ValueError("either message or approval is needed")
        if self.approval and not self.conversation_id:
            raise ValueError("approval needs the conversation_id")
        return self


class ToolCall(BaseModel):
    id: str
    name: str
    arguments: dict[str, Any]
    output: Any


class Approval(BaseModel):
    """Calls that the assistant executes only after a request with `approval: {id, approved}`."""

    id: str
    question: str
    calls: list[ToolCall]


class ChatAnswer(BaseModel):
    """`response` may be empty while an approval is pending. `tool_calls` are the calls made for this request, including
    those it approved. `model` is the model that answered, or `rules` if no provider is configured.
    """

    conversation_id: str
    response: str
    tool_calls: list[ToolCall]
    approvals: list[Approval]
    model: str


class AssistantInfo(BaseModel):
    """`rules` means that no provider is configured: only simple requests are understood."""

    model: str
    kind: Literal["rules", "provider"]
