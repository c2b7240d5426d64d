from typing import Annotated

import typer

from todo_terminal import show
from todo_terminal.api import Api, Json
from todo_terminal.commands.parameters import All, AsJson, Cursor, Limit, terminal_of
from todo_terminal.completion import task_ids
from todo_terminal.failures import Failure, NotFound, Usage
from todo_terminal.text import plain

OptionalId = Annotated[int | None, typer.Argument(min=1, max=2**31 - 1, metavar="[ID]", autocompletion=task_ids)]
SUFFIX = 4
"""Minimum length of a suffix that identifies a notification."""


def history(
    context: typer.Context,
    task_id: OptionalId = None,
    verify: Annotated[bool, typer.Option("--verify", help="Verify that nobody has changed the trail.")] = False,
    limit: Limit = 20,
    everything: All = False,
    cursor: Cursor = None,
    as_json: AsJson = False,
) -> None:
    """Who changed what and through what, of one task or of all, the newest first."""
    terminal = terminal_of(context)
    if verify:
        verified = terminal.api.get("/audit_logs/verify")
        if as_json:
            show.as_json(verified)
        elif verified["valid"]:
            signature = verified["signature"]
            covered = f"signed up to entry {signature['position']}" if signature else "not signed yet"
            terminal.out.print(f"The trail is as it was recorded: {verified['checked']} entries, {covered}.")
        if not verified["valid"]:
            first = verified["first_invalid"] or {}
            raise Failure(f"the trail was changed at entry {first.get('position')}: {plain(first.get('reason'))}")
        return
    count = None if everything else limit
    page = terminal.api.pages("/audit_logs", count, resource_id=task_id, cursor=cursor)
    if as_json:
        show.as_json(page)
    else:
        show.history(terminal.out, page["items"], terminal.zone)
        if page["next_cursor"]:
            terminal.out.print("There is more: --limit or --all", style="dim")


def notifications(
    context: typer.Context,
    unread: Annotated[bool, typer.Option("--unread", "-u", help="Only what is unread.")] = False,
    read: Annotated[str | None, typer.Option(metavar="ID|all", help="Mark one, or all, as read.")] = None,
    limit: Limit = 20,
    everything: All = False,
    cursor: Cursor = None,
    as_json: AsJson = False,
) -> None:
    """What you were reminded of, the newest first."""
    terminal = terminal_of(context)
    if read is not None:
        answer = mark(terminal.api, read)
        if as_json:
            show.as_json(answer)
        else:
            terminal.out.print(f"Read: {answer['count'] if 'count' in answer else plain(answer['title'])}")
        return
    count = None if everything else limit
    page = terminal.api.pages("/notifications", count, unread_only="true" if unread else None, cursor=cursor)
    if as_json:
        show.as_json(page)
    else:
        show.notifications(terminal.out, page, terminal.zone)


def mark(api: Api, which: str) -> Json:
    """Marks one notification as read, by its id or a suffix of it as the list shows; or all of them."""
    if which == "all":
        return api.change("POST", "/notifications/mark_all_read")
    if len(which) < SUFFIX:
        raise Usage(f"--read: all, or at least the last {SUFFIX} characters of an id")
    known = [each["id"] for each in api.pages("/notifications", None)["items"] if each["id"].endswith(which)]
    if len(known) != 1:
        raise NotFound(f"there is no notification {plain(which)}" if not known else f"{plain(which)} could be several")
    return api.change("PATCH", f"/notifications/{known[0]}/mark_read")
