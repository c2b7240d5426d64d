"""The types that the modules share."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from todo_backend.quick_add.meanings import Here

T = TypeVar("T")
Task = Mapping[str, Any]
"""A task as the tools return it (`todo_backend.mcp.views.TaskLine`), or only its `id` if it was not read."""


@dataclass(frozen=True, slots=True)
class Call:
    tool: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a call: the object that the tool returned, or the text of its error."""

    content: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""

    def objects(self, name: str) -> list[Mapping[str, Any]]:
        found = self.content.get(name)
        return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []

    @property
    def tasks(self) -> list[Task]:
        return [task for task in self.objects("tasks") if isinstance(task.get("id"), int)]


@dataclass(frozen=True, slots=True)
class Request:
    """What a clause asks for. `target` are the words that name tasks, `text` are the words of a value."""

    intent: str
    target: str = ""
    text: str = ""
    detail: str = ""
    """Which field is changed, or in which way."""
    said: str = ""
    """The whole clause."""
    picks: tuple[int, ...] = ()
    """The chosen reading of each ambiguous date."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the user. The answer completes the first of the requests; then all of them are executed."""

    text: str
    requests: tuple[Request, ...]
    slot: str
    """The field of the request that the answer sets; `confirm` if it is yes or no."""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The end of a request. `shown` is the list in it; `touched` are the tasks that "it" means in the next request."""

    text: str
    shown: tuple[Task, ...] | None = None
    touched: tuple[Task, ...] | None = None
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What the earlier turns left. It is computed from the conversation at each step; nothing is stored."""

    shown: tuple[Task, ...] = ()
    touched: tuple[Task, ...] = ()
    question: Question | None = None
    requests: tuple[Request, ...] = ()
    """Those of the turn before."""


Steps = Generator[list[Call], list[Result], T]
"""Yields calls and is sent their results. It is run from its beginning at each step, with the results so far."""


@dataclass(frozen=True, slots=True)
class Change:
    """Calls that change tasks, and the reply to their results."""

    calls: list[Call]
    report: Callable[[list[Result]], Reply]


Action = Callable[[Request, Memory, Here], Steps[Change | Reply]]
"""Executes a request."""


def call(tool: str, **arguments: Any) -> Steps[Result]:
    [result] = yield [Call(tool, arguments)]
    return result
