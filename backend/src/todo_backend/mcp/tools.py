"""Tools that change tasks. `undo_last_change` can undo the changes of all others."""

from typing import Annotated

from mcp.server.elicitation import ElicitationResult
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Resolve
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import AfterValidator, BaseModel, Field
from typing_extensions import TypedDict

from todo_backend.mcp import questions
from todo_backend.mcp.arguments import MOST_ITEMS, NewTasks, TaskChanges
from todo_backend.mcp.caller import Writer
from todo_backend.mcp.changes import Meant, change, each
from todo_backend.mcp.views import Changed, TaskLines, answer, line
from todo_backend.tasks.schemas import Scope
from todo_backend.undo import repository as undo_repository
from todo_backend.undo import service as undo

TaskNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


def unique(numbers: list[int]) -> list[int]:
    return list(dict.fromkeys(numbers))


Numbers = Annotated[
    list[TaskNumber],
    Field(min_length=1, max_length=MOST_ITEMS, description="The tasks' numbers"),
    AfterValidator(unique),
]
Answer = Annotated[CallToolResult, Changed]


class Undone(TypedDict):
    undone: list[str]
    tasks: TaskLines


def changing(*, destructive: bool = False, idempotent: bool = False) -> ToolAnnotations:
    return ToolAnnotations(
        read_only_hint=False,
        destructive_hint=destructive,
        idempotent_hint=idempotent,
        open_world_hint=False,
    )


async def add_task(
    caller: Writer,
    tasks: NewTasks,
    answer: Annotated[ElicitationResult[BaseModel], Resolve(questions.choose_for_new)],
) -> Answer:
    """Add up to 25 tasks."""
    meant = Meant()
    for position, task in enumerate(tasks):
        meant.add(task, caller, questions.chosen(answer, position))
    return await change(caller, meant)


async def update_task(
    caller: Writer,
    changes: TaskChanges,
    answer: Annotated[ElicitationResult[BaseModel], Resolve(questions.choose_for_changes)],
) -> Answer:
    """Change up to 25 tasks: title, date, priority, tags, repetition. A new date never ends a repetition."""
    meant = Meant()
    for position, wanted in enumerate(changes):
        meant.add(wanted, caller, questions.chosen(answer, position))
    return await change(caller, meant)


async def complete_task(
    caller: Writer,
    ids: Numbers,
    done: Annotated[bool, Field(description="false opens them again")] = True,
) -> Answer:
    """Mark tasks as completed, or open them again. The next occurrence of a repeating task follows by itself."""
    return await each(caller, "complete" if done else "reopen", ids)


async def delete_task(
    caller: Writer,
    ids: Numbers,
    approval: Annotated[ElicitationResult[questions.Deletion], Resolve(questions.approve_deletion)],
    scope: Annotated[Scope, Field(description="series ends a repetition for good")] = "this",
) -> Answer:
    """Put tasks into the trash; restore_task brings them back. Ask the person first."""
    questions.check_approved(approval)
    return await each(caller, "delete", ids, scope)


async def restore_task(caller: Writer, ids: Numbers) -> Answer:
    """Bring tasks back from the trash."""
    return await each(caller, "restore", ids)


async def undo_last_change(caller: Writer) -> Annotated[CallToolResult, Undone]:
    """Undo the last change made through you (in Todo's own chat: the person's last request), whole or not at all.

    Call it again to undo the change before. Say what was undone.
    """
    client = caller.origin.client
    async with caller.runtime.database.autocommit() as session:
        step = await undo_repository.newest_step(session, caller.user.id, client, caller.conversation)
    if step is None:
        raise ToolError("there is nothing to undo")
    done = await undo.undo(caller.runtime, caller.user.id, step, client)
    tasks = [line(task.model_dump(), caller) for task in done.tasks]
    return answer({"undone": done.lines, "tasks": tasks})


TOOLS = (
    (add_task, "Add tasks", changing()),
    (update_task, "Change tasks", changing(destructive=True, idempotent=True)),
    (complete_task, "Complete tasks", changing(idempotent=True)),
    (delete_task, "Delete tasks", changing(destructive=True, idempotent=True)),
    (restore_task, "Restore tasks", changing(idempotent=True)),
    (undo_last_change, "Undo the last change", changing(destructive=True)),
)
