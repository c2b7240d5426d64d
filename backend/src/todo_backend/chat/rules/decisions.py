"""What the rules come to, and what they remember of a conversation: the vocabulary that the parts share."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from todo_backend.quick_add.meanings import Here

T = TypeVar("T")
Task = Mapping[str, Any]
"""A task as the tools tell it (`todo_backend.mcp.views.TaskLine`), or its `id` alone where it was not read."""


@dataclass(frozen=True, slots=True)
class Call:
    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool answered: its object, or in words why there is none."""

    content: Mapping[str, Any] | None
    failure: str = ""

    @property
    def tasks(self) -> list[Task]:
        return [task for task in self.list_of("tasks") if isinstance(task.get("id"), int)]

    def list_of(self, name: str) -> list[Mapping[str, Any]]:
        found = (self.content or {}).get(name)
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []

    def texts(self, name: str) -> list[str]:
        found = (self.content or {}).get(name)
        return [str(each) for each in found] if isinstance(found, list) else []


@dataclass(frozen=True, slots=True)
class Intent:
    """What a sentence wants, by the name of a plan, and the words that fill its blanks."""

    name: str
    slots: Mapping[str, str] = field(default_factory=dict)

    def get(self, slot: str) -> str:
        return self.slots.get(slot, "")

    def having(self, **slots: str) -> "Intent":
        return replace(self, slots={**self.slots, **slots})


@dataclass(frozen=True, slots=True)
class Option:
    """`value` fills the slot that is asked for; `label` is what it is called."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked back. The answer fills one slot of the intent, which is then carried out."""

    asked: str
    """The words that must have been said for the question to be open: a conversation may have been somebody else's."""
    intent: Intent
    slot: str
    options: tuple[Option, ...] = ()
    numbered: bool = False
    """Options are told with numbers from 1 on; else they are tasks and go by theirs."""


@dataclass(frozen=True, slots=True)
class Say:
    """An answer, which ends the turn; `shown` is the list in it, `touched` are the tasks that "it" can mean next."""

    text: str
    shown: tuple[Task, ...] | None = None
    touched: tuple[Task, ...] | None = None
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What earlier turns left: all of it is read from the conversation, nothing is kept."""

    shown: tuple[Task, ...] = ()
    touched: tuple[Task, ...] = ()
    question: Question | None = None

    def after(self, said: Say) -> "Memory":
        return Memory(
            self.shown if said.shown is None else said.shown,
            self.touched if said.touched is None else said.touched,
            said.question,
        )


@dataclass(frozen=True, slots=True)
class Situation:
    intent: Intent
    memory: Memory
    here: Here


Steps = Generator[list[Call], list[Answer], T]
"""Yields calls, is sent their answers: run anew from its beginning each time, with the answers that there are."""
Plan = Steps[Say]
Decision = Say | list[Call]


def call(tool: str, **arguments: Any) -> Steps[Answer]:
    [answer] = yield [Call(tool, arguments)]
    return answer
