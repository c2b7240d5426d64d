import asyncio
from dataclasses import dataclass, field

from todo_backend.assistant.conversations import ConversationRepository
from todo_kit.auth.users import User
from todo_kit.runtime import Runtime


@dataclass(frozen=True, slots=True)
class RequestContext:
    """A request to the assistant."""

    runtime: Runtime
    user: User
    token: str
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client has disconnected. The turn then ends at its next event."""
    steps: set[str] = field(default_factory=set)
    """Ids of the steps of the request: the step of its message, and the step of an approval that it answers."""

    @property
    def conversations(self) -> ConversationRepository:
        return ConversationRepository(self.runtime.sidecar, self.user.id)
