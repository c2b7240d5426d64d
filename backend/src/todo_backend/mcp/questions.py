"""Questions to the person during a call (MCP elicitation), for clients that can show a form.

Other clients get the error that says what to ask, and call again. Todo's own assistant asks in its conversation.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from mcp.server.elicitation import AcceptedElicitation, ElicitationResult
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resolve import Elicit, Resolve
from mcp_types.version import is_version_at_least
from pydantic import BaseModel, Field, create_model

from todo_backend.mcp.arguments import NewTask, TaskChange, Unreadable
from todo_backend.mcp.caller import Caller, reader
from todo_backend.quick_add.date_words import before_of
from todo_backend.quick_add.meanings import Before
from todo_backend.tasks import repository
from todo_backend.tasks.schemas import Scope
from todo_kit.runtime import Runtime
from todo_kit.text import quoted

WITHOUT_SESSION = "2026-07-28"
"""The first version of the protocol in which a server without sessions can ask: the answer comes with a second call."""
MOST_NAMED = 10


class Deletion(BaseModel):
    delete: bool = Field(title="Delete")


class Nothing(BaseModel):
    """There was nothing to ask, or no way to ask it."""


async def approve_deletion(
    caller: Annotated[Caller, Resolve(reader)], ctx: Context[Runtime], ids: list[int], scope: Scope
) -> Elicit[Deletion] | Deletion:
    if not can_ask(ctx):
        return Deletion(delete=True)
    async with caller.runtime.database.autocommit() as session:
        rows = await repository.get_rows(session, caller.user.id, ids)
    names = [f"{row.id} {quoted(row.title)}" for row in rows]
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    series = " with all that would follow" if scope == "series" else ""
    return Elicit(f"Delete {', '.join(names[:MOST_NAMED] + more)}{series}?", Deletion)


async def choose_for_new(
    caller: Annotated[Caller, Resolve(reader)], ctx: Context[Runtime], tasks: list[NewTask]
) -> Elicit[BaseModel] | BaseModel:
    return choose(caller, tasks, {}) if can_ask(ctx) else Nothing()


async def choose_for_changes(
    caller: Annotated[Caller, Resolve(reader)], ctx: Context[Runtime], changes: list[TaskChange]
) -> Elicit[BaseModel] | BaseModel:
    if not can_ask(ctx):
        return Nothing()
    items: Sequence[TaskChange | Unreadable] = changes
    ids = [item.id for item in items if isinstance(item, TaskChange) and item.when]
    async with caller.runtime.database.autocommit() as session:
        rows = await repository.get_rows(session, caller.user.id, ids) if ids else []
    before = {row.id: before_of(row.due_on or row.due_at, row.recurrence, caller.zone, row.time_zone) for row in rows}
    return choose(caller, changes, before)


def choose(
    caller: Caller, items: Sequence[NewTask | TaskChange], before: Mapping[int, Before]
) -> Elicit[BaseModel] | BaseModel:
    """Asks which reading of `when` is meant, for all items in one form. Items with several ambiguities are left out.

    `before` has the tasks to change, by their ids.
    """
    fields = dict(_fields(caller, items, before))
    return Elicit("Which date is meant?", create_model("Choice", **fields)) if fields else Nothing()


def _fields(
    caller: Caller, items: Sequence[NewTask | TaskChange | Unreadable], before: Mapping[int, Before]
) -> Iterator[tuple[str, Any]]:
    for position, item in enumerate(items):
        if isinstance(item, Unreadable) or not item.when:
            continue
        changed = before.get(item.id) if isinstance(item, TaskChange) else None
        match caller.words(item.when).understood(caller.now, changed).ambiguities:
            case [one]:
                labels = tuple(each.label for each in one.alternatives)
                about = Field(title=f"{quoted(item.item)}: {one.question}")
                yield field_of(position), (Literal[labels], about)


def chosen(answer: ElicitationResult[BaseModel], position: int) -> str:
    """Returns the label of the alternative chosen for the item, or an empty text."""
    match answer:
        case AcceptedElicitation(data=data):
            return str(getattr(data, field_of(position), ""))
        case _:
            return ""


def check_approved(answer: ElicitationResult[Deletion]) -> None:
    match answer:
        case AcceptedElicitation(data=Deletion(delete=True)):
            return
        case _:
            raise ToolError("nothing was deleted: the person has not approved it")


def field_of(position: int) -> str:
    return f"item_{position}"


def can_ask(ctx: Context[Runtime]) -> bool:
    version, capabilities = ctx.protocol_version, ctx.client_capabilities
    forms = capabilities.elicitation if capabilities else None
    if version is None or not is_version_at_least(version, WITHOUT_SESSION) or forms is None:
        return False
    return forms.form is not None or forms.url is None  # without a mode it means forms
