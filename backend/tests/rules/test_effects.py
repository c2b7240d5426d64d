"""What sentences change: each in a run of its own, through the SDK, the MCP server and the database."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.tests.conftest import Person
from backend.tests.rules.conftest import Talk
from backend.tests.rules.corpus import BERLIN, Effect, effects

EFFECTS = effects()
FIELDS: dict[str, Any] = {
    "title": "", "status": "pending", "priority": "Medium", "tags": [], "due_date": None, "recurrence_pattern": "none",
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
    usual = {"interval": 1, "weekdays": [], "last_day": False, "mode": "schedule"}
    said = {name: value for name, value in (rule or {}).items() if value is not None and value != usual.get(name)}
    return said or None


def local(due: str | None) -> str | None:
    if due is None or "T" not in due:
        return due
    return datetime.fromisoformat(due).astimezone(ZoneInfo(BERLIN)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.sentence)
async def test_a_sentence_changes_what_it_says_and_nothing_else(effect: Effect, talk: Talk) -> None:
    before = await state(talk.person)
    said = await talk.say(effect.sentence)
    expected = {number: task | effect.changes.get(number, {}) for number, task in before.items()}
    expected |= {number: FIELDS | task for number, task in enumerate(effect.new, len(before) + 1)}
    assert await state(talk.person) == expected
    for words in effect.answer:
        assert words in said
    assert "".join(talk.deltas) == said


def test_the_table_has_the_eight_and_forty_more() -> None:
    assert len({effect.sentence for effect in EFFECTS}) >= 48


async def test_answers_as_lists_of_texts_are_read_too(talk: Talk) -> None:
    """As tools are told to models that take no objects."""
    assert await talk.say("Delete the meeting task", structured=False) == "Deleted 2 “Team meeting”."
    assert talk.called == ["search_tasks", "delete_task"]
