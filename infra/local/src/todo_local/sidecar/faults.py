"""What the sidecar does wrong on purpose, switched on and off by tests through the admin port."""

import os
import random
from dataclasses import dataclass, fields
from typing import Any, Literal


@dataclass
class Faults:
    duplicate: float = 0.0
    """The part of the deliveries that are made twice."""
    delay_ms: int = 0
    reorder: bool = False
    """Deliveries are gathered for a moment and shuffled, within a task too."""
    refuse_publish: bool = False
    """As if the broker were away."""
    drop_connection: float = 0.0
    """The part of the answers of apps that are lost: the app has done its work, and the sidecar does not know."""
    die: Literal["", "before-ack", "after-publish"] = ""
    """End the process at once, the next time the app has answered or the log has been written."""
    app_id: str = ""
    topic: str = ""
    """Only for this app and topic; empty for all."""

    def set(self, values: dict[str, Any]) -> None:
        for field in fields(self):
            setattr(self, field.name, values.get(field.name, field.default))

    def concern(self, app_id: str, topic: str) -> bool:
        return self.app_id in {"", app_id} and self.topic in {"", topic}

    def die_at(self, moment: str) -> None:
        if self.die == moment:
            os._exit(137)

    def happens(self, part: float) -> bool:
        return part > 0 and random.random() < part  # noqa: S311 - which ones is of no interest to anybody
