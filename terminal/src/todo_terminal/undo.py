"""Stores the last change of this terminal, as the step that the task API can undo."""

from todo_terminal import credentials
from todo_terminal.api import Json
from todo_terminal.terminal import Terminal


def remember(terminal: Terminal) -> None:
    """Stores the step of this command. A command that changed nothing keeps the previous one."""
    if terminal.api.has_changed:
        url, user = str(terminal.client.base_url), terminal.api.user_id
        content = {"url": url, "user": user, "step": terminal.api.step}
        credentials.write_private(credentials.state_file("undo.json"), content)


def last(terminal: Terminal) -> Json | None:
    content = credentials.read_private(credentials.state_file("undo.json"))
    if not isinstance(content, dict) or "step" not in content:
        return None
    mine = (content["url"], content["user"]) == (str(terminal.client.base_url), terminal.api.user_id)
    return content if mine else None


def forget() -> None:
    credentials.state_file("undo.json").unlink(missing_ok=True)
