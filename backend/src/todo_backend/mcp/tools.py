"""Tools that change tasks. `undo_last_change` can undo the changes of all others."""

from typing import Annotated

from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, ToolAnnotations
from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from todo_backend.mcp.caller import Writer
from todo_backend.mcp.changes import MANY, Meant, NewTask, TaskChange, change, each
from todo_backend.mcp.views import Changed, TaskLine, answer, line
from todo_backend.tasks.schemas import Scope
from todo_backend.undo import repository as undo_repository
from todo_backend.undo import service as undo

TaskNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


def unique(numbers: list[int]) -> list[int]:
    return list(dict.fromkeys(numbers))


Numbers = Annotated[
    list[TaskNumber],
    Field(min_length=1, max_length=MANY, description="The tasks' numbers"),
    AfterValidator(unique),
]
Answer = Annotated[CallToolResult, Changed]


class Undone(TypedDict):
    undone: list[str]
    tasks: list[TaskLine]


def annotations(title: str, *, destructive: bool = False, idempotent: bool = False) -> ToolAnnotations:
    return ToolAnnotations(
        title=title,
        read_only_hint=False,
        destructive_hint=destructive,
        idempotent_hint=idempotent,
        open_world_hint=False,
    )


async def add_task(caller: Writer, tasks: Annotated[list[NewTask], Field(min_length=1, max_length=MANY)]) -> Answer:
    """Add up to 25 tasks."""
    meant = Meant()
    for task in tasks:
        meant.add("create", task.title[:80], caller, task)
    return await change(caller, meant)


async def update_task(
    caller: Writer, changes: Annotated[list[TaskChange], Field(min_length=1, max_length=MANY)]
) -> Answer:
    """Change up to 25 tasks: title, date, priority, tags, repetition. A new date never ends a repetition."""
    meant = Meant()
    for wanted in changes:
        meant.add("update", str(wanted.id), caller, wanted)
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
    scope: Annotated[Scope, Field(description="series ends a repetition for good")] = "this",
) -> Answer:
    """Put tasks into the trash; restore_task brings them back. Ask the person first."""
    return await each(caller, "delete", ids, scope)


async def restore_task(caller: Writer, ids: Numbers) -> Answer:
    """Bring tasks back from the trash."""
    return await each(caller, "restore", ids)


async def undo_last_change(caller: Writer) -> Annotated[CallToolResult, Undone]:
    """Undo the last change that was made through you: all tasks of that call, or nothing when one was changed since.

    In Todo's own chat that is all that the person's last request changed. Call it again to undo the change before.
    Say what was undone.
    """
    client = caller.origin.client
    async with caller.runtime.database.autocommit() as session:
        step = await undo_repository.newest_step(session, caller.user.id, client, caller.conversation)
    if step is None:
        raise ToolError("there is nothing to undo")
    done = await undo.undo(caller.runtime, caller.user.id, step, client)
    tasks = [line(task.model_dump(), caller) for task in done.tasks]
    return answer({"undone": done.undone, "tasks": tasks})


TOOLS = (
    (add_task, annotations("Add tasks")),
    (update_task, annotations("Change tasks", destructive=True, idempotent=True)),
    (complete_task, annotations("Complete tasks", idempotent=True)),
    (delete_task, annotations("Delete tasks", destructive=True, idempotent=True)),
    (restore_task, annotations("Restore tasks", idempotent=True)),
    (undo_last_change, annotations("Undo the last change", destructive=True)),
)
