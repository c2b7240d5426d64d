"""The calls of one request. Each is validated once; what is decided on, shown, stored and executed is that object."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from todo_backend.mcp.catalogue import first_error, validated

MANY = 3
"""So many existing tasks are changed in one request without a question."""
MANY_NEW = 10
"""So many tasks are added in one request without a question."""
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
    def json(self) -> str:
        return orjson.dumps(self.arguments).decode()

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
        """The tasks that it names."""
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

    def stored(self) -> dict[str, Any]:
        return {"id": self.id, "tool": self.tool, "arguments": self.arguments}


def read(call_id: str, tool: str, arguments: Any) -> Call:
    """The one reading of what a model asks for, or of what was stored."""
    if not isinstance(arguments, dict):
        return refused(call_id, tool, NO_OBJECT)
    try:
        call = Call(call_id, tool, validated(tool, arguments))
        orjson.dumps(call.arguments)
    except ValidationError as invalid:
        return refused(call_id, tool, first_error(invalid))
    except KeyError:
        return refused(call_id, tool, f"there is no tool {tool}")
    except orjson.JSONEncodeError:  # half of a surrogate pair
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
    """What a request calls, by the ids of the calls, and how many tasks it has changed so far without a question."""

    _known: dict[str, _Known] = field(default_factory=dict)
    _changed: set[int] = field(default_factory=set)
    _new: int = 0

    @classmethod
    def after(cls, made: Iterable[Call]) -> "Calls":
        """Of a request that has made these without a question."""
        calls = cls()
        for call in made:
            calls._count(call)
        return calls

    def take(self, call_id: str, tool: str, arguments: Mapping[str, Any]) -> bool:
        """Reads the call and decides whether the person is asked first."""
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
        """The call, to be executed now; a second start of the same one is refused."""
        known = self._known[call_id]
        if known.is_started:
            return Call(call_id, known.call.tool, {}, SAME_ID)
        known.is_started = True
        return known.call

    def find(self, call_id: str, tool: str) -> Call:
        """A call whose arguments are no JSON object has not been taken: the SDK asks about such a one itself."""
        known = self._known.get(call_id)
        return known.call if known else refused(call_id, tool, NO_OBJECT)

    def _needs_approval(self, call: Call) -> bool:
        """Deleting, whole series, the end of a repetition, and many tasks. Counts the call when nobody is asked."""
        if call.tool not in CHANGES:
            return False
        if call.tool == "delete_task" or call.is_for_series or call.ends_repetition:
            return True
        is_much = len(self._changed.union(call.numbers)) > MANY or self._new + len(call.new) > MANY_NEW
        if not is_much:
            self._count(call)
        return is_much

    def _count(self, call: Call) -> None:
        if call.tool in CHANGES:
            self._changed |= set(call.numbers)
            self._new += len(call.new)
