"""Fault injection: tests switch faults of the sidecar on and off through the admin port."""

import os
import random
from dataclasses import dataclass, fields
from typing import Any, Literal


@dataclass
class Faults:
    duplicate: float = 0.0
    """Fraction of deliveries that are made twice."""
    delay_ms: int = 0
    reorder: bool = False
    """Shuffle the entries of each delivery after a short pause, also those of one task."""
    refuse_publish: bool = False
    """Refuse to publish, as if the broker were unavailable."""
    drop_connection: float = 0.0
    """Fraction of app responses that are lost: the app has handled the events, but the sidecar does not know."""
    die: Literal["", "before-ack", "after-publish"] = ""
    """Exit at once, the next time an app has answered or the log has been written."""
    app_id: str = ""
    topic: str = ""
    """`app_id` and `topic` limit the faults to an app and a topic; empty means all."""

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
