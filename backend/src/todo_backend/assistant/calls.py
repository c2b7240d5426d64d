"""The tool calls of one request. Each is validated once; that object is approved, shown, stored and executed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from todo_backend.mcp.arguments import first_error
from todo_backend.mcp.catalogue import validated

MOST_CHANGED = 3
"""Existing tasks that one request may change without an approval."""
MOST_NEW = 10
"""Tasks that one request may add without an approval."""
CHANGES = {"add_task", "update_task", "complete_task", "delete_task", "restore_task"}
NO_OBJECT = "the arguments are not a JSON object"
SAME_ID = "Error: nothing was done, as another call of this request has the same id. Call the tool again."


@dataclass(frozen=True, slots=True)
class Call:
    """`arguments` are the JSON values of the tool's own model. A call with a `refusal` is never executed."""

    id: str
    tool: str
    arguments: dict[str, Any]
    refusal: str = ""

    @property
    def changes(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.arguments.get("changes", [])
        return found

    @property
    def new(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.arguments.get("tasks", [])
        return found

    @property
    def numbers(self) -> list[int]:
        """The numbers of the existing tasks in the arguments."""
        return list(self.arguments.get("ids") or [change["id"] for change in self.changes])

    @property
    def is_for_series(self) -> bool:
        return any(each.get("scope") == "series" for each in [self.arguments, *self.changes])

    @property
    def ends_repetition(self) -> bool:
        return any(
            "recurrence" in change.get("clear", []) or change.get("recurrence_pattern") == "none"
            for change in self.changes
        )


def read(call_id: str, tool: str, arguments: Any) -> Call:
    """Validates a call from the model or from storage. An invalid one is returned with a `refusal`."""
    if not isinstance(arguments, dict):
        return refused(call_id, tool, NO_OBJECT)
    try:
        call = Call(call_id, tool, validated(tool, arguments))
        orjson.dumps(call.arguments)
    except ValidationError as invalid:
        return refused(call_id, tool, first_error(invalid))
    except KeyError:
        return refused(call_id, tool, f"there is no tool {tool}")
    except orjson.JSONEncodeError:  # a lone surrogate
        return refused(call_id, tool, "the arguments are not valid Unicode")
    return call


def refused(call_id: str, tool: str, why: str) -> Call:
    return Call(call_id, tool, {}, f"Error: nothing was done: {why}. Call the tool again with valid arguments.")


@dataclass(slots=True)
class _Known:
    call: Call
    given: Mapping[str, Any]
    needs_approval: bool
    is_started: bool = False


@dataclass(slots=True)
class Calls:
    """The calls of a request by id, and the tasks that it has changed so far without an approval."""

    _known: dict[str, _Known] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)
    _new: int = 0

    @classmethod
    def after(cls, made: Iterable[Call]) -> "Calls":
        """Returns the calls of a request that has already made these without an approval."""
        calls = cls()
        for call in made:
            calls._count(call)
        return calls

    def take(self, call_id: str, tool: str, arguments: Mapping[str, Any]) -> bool:
        """Validates the call and returns whether it needs an approval.

        If a different call with the same id has not started yet, both are refused.
        """
        known = self._known.get(call_id)
        if known and not known.is_started:
            if (known.call.tool, known.given) == (tool, arguments):
                return known.needs_approval
            known.call = Call(call_id, tool, {}, SAME_ID)
            return False
        call = read(call_id, tool, arguments)
        needed = not call.refusal and self._needs_approval(call)
        self._known[call_id] = _Known(call, arguments, needed)
        return needed

    def start(self, call_id: str) -> Call:
        """Returns the call to execute now. A second start of the same call returns a refused one."""
        known = self._known[call_id]
        if known.is_started:
            return Call(call_id, known.call.tool, {}, SAME_ID)
        known.is_started = True
        return known.call

    def find(self, call_id: str, tool: str) -> Call:
        """Returns the call; a refused one if its arguments are not a JSON object.

        The SDK interrupts the run for such a call by itself, so `take` has not seen it.
        """
        known = self._known.get(call_id)
        return known.call if known else refused(call_id, tool, NO_OBJECT)

    def _needs_approval(self, call: Call) -> bool:
        """Returns True for deletions, whole series, ended repetitions and many tasks. Otherwise counts the call."""
        if call.tool not in CHANGES:
            return False
        if call.tool == "delete_task" or call.is_for_series or call.ends_repetition:
            return True
        is_much = len(self._changed.union(call.numbers)) > MOST_CHANGED or self._new + len(call.new) > MOST_NEW
        if not is_much:
            self._count(call)
        return is_much

    def _count(self, call: Call) -> None:
        if call.tool in CHANGES:
            self._changed |= set(call.numbers)
            self._new += len(call.new)
