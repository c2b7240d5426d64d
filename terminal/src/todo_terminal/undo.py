"""The last change of this terminal, as what takes it back: operations that hold only for the version it has left."""

from todo_terminal import credentials
from todo_terminal.api import Json
from todo_terminal.terminal import Terminal

OPPOSITE = {"complete": "reopen", "reopen": "complete", "delete": "restore", "restore": "delete"}
EDITABLE = (
    "title", "description", "priority", "tags", "due_date", "time_zone", "recurrence_pattern", "recurrence",
    "reminder_lead_time",
)  # fmt: skip


def remember(terminal: Terminal, what: str, operations: list[Json]) -> None:
    """Without operations: the last change cannot be taken back, and no earlier one is meant by `todo undo`."""
    url, user = str(terminal.client.base_url), terminal.api.user_id
    content = {"url": url, "user": user, "what": what, "operations": operations}
    credentials.write_private(credentials.state_file("undo.json"), content)


def last(terminal: Terminal) -> Json | None:
    content = credentials.read_private(credentials.state_file("undo.json"))
    if not isinstance(content, dict):
        return None
    mine = (content["url"], content["user"]) == (str(terminal.client.base_url), terminal.api.user_id)
    return content if mine else None


def of_create(task: Json) -> list[Json]:
    scope = "this" if task["series_id"] is None else "series"
    return [{"op": "delete", "id": task["id"], "if_match": task["version"], "scope": scope}]


def of_update(before: Json, after: Json, scope: str) -> list[Json]:
    fields = {name: before[name] for name in EDITABLE if before[name] != after[name]}
    return [{"op": "update", "id": after["id"], "data": fields, "if_match": after["version"], "scope": scope}]


def of_action(action: str, tasks: list[Json], scope: str) -> list[Json]:
    """Not of the end of a series: which of its occurrences were open is not known here."""
    if action == "delete" and scope == "series":
        return []
    return [{"op": OPPOSITE[action], "id": task["id"], "if_match": task["version"]} for task in tasks]


def forget() -> None:
    credentials.state_file("undo.json").unlink(missing_ok=True)
