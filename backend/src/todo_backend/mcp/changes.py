"""Converts the arguments of tools to bulk operations, and their results to a short answer."""

from collections.abc import Sequence
from typing import Any

from mcp_types import CallToolResult

from todo_backend.mcp.arguments import NewTask, TaskChange, Unreadable
from todo_backend.mcp.caller import Caller
from todo_backend.mcp.views import Changed, Failure, answer, line
from todo_backend.tasks import bulk
from todo_backend.tasks.schemas import BulkOperation, BulkResult
from todo_kit.errors import Problem

ADVICE = {
    "task_not_found": "list_tasks or search_tasks says which numbers there are",
    "task_deleted": "restore_task brings it back",
    "precondition_failed": "read it again with list_tasks",
}
"""Advice to the model on its next step, by the code of the problem."""


class Meant:
    """The operations of a call, and the items that failed because their values are invalid or unclear."""

    def __init__(self) -> None:
        self.operations: list[BulkOperation] = []
        self.items: list[tuple[int, str]] = []
        """Position and name of the item of each operation."""
        self.failures: list[Failure] = []

    def add(self, op: str, words: NewTask | TaskChange | Unreadable, caller: Caller, chosen: str = "") -> None:
        position = len(self.items) + len(self.failures)
        try:
            data = words.fields(caller, chosen)
        except Problem as problem:
            self.failures.append({"item": words.item, "position": position, "error": problem.detail})
            return
        task_id, scope = getattr(words, "id", None), getattr(words, "scope", "this")
        self.operations.append(BulkOperation.model_validate({"op": op, "id": task_id, "data": data, "scope": scope}))
        self.items.append((position, words.item))


async def change(caller: Caller, meant: Meant) -> CallToolResult:
    results: Sequence[BulkResult] = []
    if meant.operations:
        database, now = caller.runtime.database, caller.now
        answered, _ = await bulk.run(database, caller.user.id, meant.operations, now, caller.origin)
        results = answered.results
    failures = meant.failures + [
        {"item": item, "position": position, "error": explained(result.error)}
        for (position, item), result in zip(meant.items, results, strict=True)
        if result.error
    ]
    tasks = [line(result.task.model_dump(), caller) for result in results if result.task]
    changed: Changed = {"success_count": len(tasks), "tasks": tasks, "failures": failures}
    return answer(changed, failed=not tasks)


async def each(caller: Caller, op: str, ids: Sequence[int], scope: str = "this") -> CallToolResult:
    meant = Meant()
    for position, task_id in enumerate(ids):
        meant.operations.append(BulkOperation.model_validate({"op": op, "id": task_id, "scope": scope}))
        meant.items.append((position, str(task_id)))
    return await change(caller, meant)


def explained(error: dict[str, Any]) -> str:
    detail = str(error["detail"]).removeprefix("data.").split("; POST ")[0]
    advice = ADVICE.get(error["code"])
    return f"{detail}; {advice}" if advice else detail
