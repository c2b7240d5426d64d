"""All tasks of a person, for comparisons."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.tests.conftest import Person
from backend.tests.rules.corpus import BERLIN
from todo_kit.recurrence import Recurrence

FIELDS: dict[str, Any] = {
    "title": "", "status": "pending", "priority": "None", "tags": [], "due_date": None, "recurrence_pattern": "none",
    "recurrence": None, "reminder_lead_time": None, "description": "",
}  # fmt: skip
"""What a new task has, if nothing else is said."""


async def state(person: Person) -> dict[int, dict[str, Any]]:
    """All that the person has, also in the trash, with dates on their clock."""
    pages = [await person.call("GET", "/tasks", params={"status": status}) for status in ("all", "deleted")]
    return {
        task["id"]: {name: task[name] for name in FIELDS}
        | {"due_date": local(task["due_date"]), "recurrence": details(task["recurrence"])}
        for page in pages
        for task in page.json()["items"]
    }


def details(rule: dict[str, Any] | None) -> dict[str, Any] | None:
    """What a rule says beside what every rule says."""
    usual = Recurrence().model_dump(mode="json")
    return {name: value for name, value in (rule or {}).items() if value != usual[name]} or None


def local(due: str | None) -> str | None:
    if due is None or "T" not in due:
        return due
    return datetime.fromisoformat(due).astimezone(ZoneInfo(BERLIN)).strftime("%Y-%m-%dT%H:%M")
