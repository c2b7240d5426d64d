import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from todo_terminal import credentials, prompts, show
from todo_terminal.api import Json
from todo_terminal.commands.parameters import AsJson, terminal_of
from todo_terminal.failures import Failure, NotFound, Usage
from todo_terminal.terminal import Terminal
from todo_terminal.text import plain, plain_lines, utf8

SECONDS = 120.0
"""Timeout; the assistant is slower than other endpoints."""
PROMPT = "you> "
STATE = "conversation.json"


def chat(
    context: typer.Context,
    message: Annotated[
        list[str] | None, typer.Argument(metavar="[MESSAGE…]", help="Without one: a conversation.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Begin a new conversation instead of the last one.")] = False,
    approve: Annotated[str | None, typer.Option(metavar="ID", help="Say yes to what the assistant asks.")] = None,
    deny: Annotated[str | None, typer.Option(metavar="ID", help="Say no.")] = None,
    as_json: AsJson = False,
) -> None:
    """Talk with the assistant about your tasks. What it must ask for, it asks here."""
    terminal = terminal_of(context)
    if new:
        forget(terminal)
    if approve or deny:
        decision = {"approval": {"id": approve or deny, "approved": bool(approve)}}
        if message or (approve and deny):
            raise Usage("--approve and --deny answer one question, without a message")
        turn(terminal, decision, as_json=as_json)
    for text in [" ".join(message)] if message else () if approve or deny else typed():
        turn(terminal, {"message": utf8(text)}, as_json=as_json)


def typed() -> Iterator[str]:
    """Yields each line until `quit`; without an interactive terminal, the whole input as one message."""
    if not prompts.somebody_is_there():
        yield sys.stdin.read().strip()
        return
    while True:
        try:
            line = input(PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if line in {"quit", "exit"}:
            return
        if line:
            yield line


def turn(terminal: Terminal, said: Json, *, as_json: bool) -> None:
    """Sends a message and prints the answer. Asks for each approval that the assistant needs."""
    answer = send(terminal, said)
    if as_json:
        show.as_json(answer)
        return
    tell(terminal, answer)
    while answer["approvals"]:
        approval = answer["approvals"][0]
        number = approval["id"]
        choices = ["no, leave it", "yes, do it"]
        place = prompts.choose(approval["question"], choices, f"todo chat --approve {number}, or --deny {number}")
        answer = send(terminal, {"approval": {"id": number, "approved": place == 1}})
        tell(terminal, answer)


def send(terminal: Terminal, said: Json) -> Json:
    conversation = last(terminal)
    body = said | ({"conversation_id": conversation} if conversation else {})
    try:
        answer = terminal.api.change("POST", "/chat", body, seconds=SECONDS)
    except NotFound:
        if conversation is None:
            raise Failure("this suite has no assistant") from None
        raise
    credentials.write_private(credentials.state_file(STATE), [*whose(terminal), answer["conversation_id"]])
    return answer


def tell(terminal: Terminal, answer: Json) -> None:
    for call in answer["tool_calls"]:
        terminal.out.print(f"· {plain(call['name'])}", style="dim")
    if answer["response"]:
        terminal.out.print(plain_lines(answer["response"]))


def last(terminal: Terminal) -> str | None:
    """Returns the id of this terminal's current conversation; None if it belongs to another account."""
    known: Any = credentials.read_private(credentials.state_file(STATE))
    return known[2] if isinstance(known, list) and known[:2] == whose(terminal) else None


def forget(terminal: Terminal) -> None:
    if last(terminal):
        credentials.state_file(STATE).unlink(missing_ok=True)


def whose(terminal: Terminal) -> list[str]:
    return [str(terminal.client.base_url), terminal.api.user_id]
