"""What an assistant can do with a person's tasks."""

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import Assistant


async def test_tasks_are_added_with_dates_in_words(person: Person, assistant: Assistant) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    added = await assistant.call(
        "add_task",
        tasks=[
            {"title": "Pay the rent", "when": "every month on the last day 9am, remind 1 day before"},
            {"title": "Call mom", "due_date": "2031-01-31T18:30", "priority": "High", "tags": ["home"]},
        ],
    )
    assert added["success_count"] == 2
    assert added["failures"] == []
    rent = await person.task(added["tasks"][0]["id"])
    assert rent["recurrence_pattern"] == "monthly"
    assert rent["recurrence"]["last_day"] is True
    assert rent["reminder_lead_time"] == 24 * 60
    assert added["tasks"][1] == {
        "id": 2, "title": "Call mom", "due": "Fri 2031-01-31 18:30", "priority": "High", "tags": ["home"],
    }  # fmt: skip
    assert (await person.task(2))["due_date"] == "2031-01-31T23:30:00Z"
