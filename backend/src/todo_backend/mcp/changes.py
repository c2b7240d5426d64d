"""Converts the arguments of tools to commands, and their outcomes to a short answer."""

from collections.abc import Sequence

from mcp_types import CallToolResult

from todo_backend.mcp.arguments import NewTask, TaskChange, Unreadable
from todo_backend.mcp.caller import Caller
from todo_backend.mcp.views import Changed, Failure, answer, line
from todo_backend.tasks import execution
from todo_backend.tasks.commands import Command, command
from todo_backend.tasks.schemas import BulkOp, Scope
from todo_kit.errors import Problem

ADVICE = {
    "task_not_found": "list_tasks or search_tasks says which numbers there are",
    "task_deleted": "restore_task brings it back",
    "precondition_failed": "read it again with list_tasks",
}
"""Advice to the model on its next step, by the code of the problem."""


class Meant:
    """The commands of a call, and the items that failed because their values are invalid or unclear."""

    def __init__(self) -> None:
        self.commands: list[Command | Problem] = []
        self.items: list[str] = []
        """The names of the items, by position."""

    def add(self, item: NewTask | TaskChange | Unreadable, caller: Caller, chosen: str) -> None:
        self.items.append(item.item)
        try:
            self.commands.append(item.command(caller, chosen))
        except Problem as problem:
            self.commands.append(problem)


async def change(caller: Caller, meant: Meant) -> CallToolResult:
    outcomes, _ = await execution.execute_all(caller.runtime, caller.user.id, meant.commands, caller.origin)
    failures: list[Failure] = [
        {"item": item, "position": position, "error": explained(outcome.problem)}
        for position, (item, outcome) in enumerate(zip(meant.items, outcomes, strict=True))
        if outcome.problem
    ]
    tasks = [line(outcome.task.model_dump(), caller) for outcome in outcomes if outcome.task]
    changed: Changed = {"success_count": len(tasks), "tasks": tasks, "failures": failures}
    return answer(changed, failed=not tasks)


async def each(caller: Caller, op: BulkOp, ids: Sequence[int], scope: Scope = "this") -> CallToolResult:
    meant = Meant()
    for task_id in ids:
        meant.commands.append(command(op, task_id, {}, scope=scope))
        meant.items.append(str(task_id))
    return await change(caller, meant)


def explained(problem: Problem) -> str:
    detail = problem.detail.removeprefix("data.").split("; POST ")[0]
    advice = ADVICE.get(problem.code)
    return f"{detail}; {advice}" if advice else detail
