from typing import Annotated

import typer

from todo_terminal import dates, prompts, show, undo, wire, words
from todo_terminal.api import Api, Json
from todo_terminal.commands.parameters import AsJson, TaskId, TaskIds, terminal_of
from todo_terminal.failures import Failure, NotFound, Usage
from todo_terminal.terminal import Terminal
from todo_terminal.text import plain
from todo_terminal.words import NONE, Scope

DONE = {"complete": "Completed", "reopen": "Reopened", "delete": "Deleted", "restore": "Restored"}
ScopeOption = Annotated[
    Scope | None, typer.Option(help="Of a task that recurs: skip this occurrence, or end its series.")
]


def complete(context: typer.Context, ids: TaskIds, as_json: AsJson = False) -> None:
    """Complete tasks. The next occurrence of one that recurs follows within moments."""
    act(terminal_of(context), "complete", ids, as_json=as_json)


def reopen(context: typer.Context, ids: TaskIds, as_json: AsJson = False) -> None:
    """Open completed tasks again."""
    act(terminal_of(context), "reopen", ids, as_json=as_json)


def delete(context: typer.Context, ids: TaskIds, scope: ScopeOption = None, as_json: AsJson = False) -> None:
    """Put tasks into the trash, from where restore brings them back."""
    act(terminal_of(context), "delete", ids, scope=scope, as_json=as_json)


def restore(context: typer.Context, ids: TaskIds, as_json: AsJson = False) -> None:
    """Bring deleted tasks back."""
    act(terminal_of(context), "restore", ids, as_json=as_json)


def snooze(
    context: typer.Context,
    task_id: TaskId,
    when: Annotated[str | None, typer.Argument(metavar="WHEN", help="10m (the default), 2h, 'tomorrow 9am'.")] = None,
    cancel: Annotated[bool, typer.Option("--cancel", help="Do not be reminded again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Be reminded of a task again later. Its due date stays as it is."""
    terminal = terminal_of(context)
    if cancel:
        if when is not None:
            raise Usage("--cancel: takes no time; give one of them")
        terminal.api.change("DELETE", f"/tasks/{task_id}/snooze")
        if as_json:
            show.as_json({"task_id": task_id, "until": None})
        else:
            terminal.out.print(f"You are not reminded of {task_id} again.")
        return
    when = when or "10m"
    minutes = words.minutes(when)
    time = {"when": when} if minutes is None else {"minutes": minutes}
    answer = terminal.api.change("POST", f"/tasks/{task_id}/snooze", time)
    if as_json:
        show.as_json(answer)
    else:
        terminal.out.print(f"You are reminded of {task_id} again {dates.shown(answer['until'], terminal.zone)}.")


def act(terminal: Terminal, action: str, ids: list[int], *, scope: Scope | None = None, as_json: bool) -> None:
    """Applies the action to all tasks in bulk and prints each result. Exits with an error code if any fails."""
    api, ids = terminal.api, list(dict.fromkeys(ids))
    if action == "delete" and scope is None:
        scope = scope_of({task_id: state_of(api, task_id) for task_id in ids})
    answer = api.bulk([{"op": action, "id": task_id, "scope": (scope or Scope.THIS).value} for task_id in ids])
    undo.remember(terminal)
    if as_json:
        show.as_json(answer)
    failed = tell(terminal, DONE[action], answer, as_json=as_json)
    if failed:
        codes = {failure.exit_code for failure in failed}
        raise typer.Exit(codes.pop() if len(codes) == 1 else 1)


def state_of(api: Api, task_id: int) -> Json | None:
    """Returns a task, or None if it is missing or in the trash; the operation itself then reports which."""
    try:
        return api.get(f"/tasks/{task_id}")
    except NotFound:
        return None


def scope_of(before: dict[int, Json | None]) -> Scope:
    recurring = [task for task in before.values() if task and task["recurrence_pattern"] != NONE]
    if not recurring:
        return Scope.THIS
    names = ", ".join(str(task["id"]) for task in recurring)
    choices = ["this occurrence alone; the next one comes", "the series with all that is open"]
    question = f"Recurring: {names}. What shall be deleted?"
    place = prompts.choose(question, choices, "say it with --scope this or --scope series")
    return (Scope.THIS, Scope.SERIES)[place]


def tell(terminal: Terminal, done: str, answer: Json, *, as_json: bool) -> list[Failure]:
    failed: list[Failure] = []
    errors = show.console(stderr=True)
    for result in answer["results"]:
        if result["error"]:
            failed.append(wire.failure(result["status"], result["error"]))
            errors.print(f"todo: {failed[-1]}", soft_wrap=True)
        elif not as_json:
            terminal.out.print(f"{done} {result['task']['id']}  {plain(result['task']['title'])}")
    return failed


def undo_last(context: typer.Context, as_json: AsJson = False) -> None:
    """Undo the last change of this terminal, unless one of its tasks was changed since."""
    terminal = terminal_of(context)
    change = undo.last(terminal)
    if change is None:
        raise Failure("there is no change of this terminal to undo")
    answer = terminal.api.change("POST", "/undo", {"step": change["step"]})
    if as_json:
        show.as_json(answer)
    else:
        for task in answer["tasks"]:
            terminal.out.print(f"Undone: {task['id']}  {plain(task['title'])}")
    undo.forget()
