"""What an assistant is told of reminders, and how it sets them."""

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import Assistant


async def test_a_task_says_when_its_reminder_comes(person: Person, assistant: Assistant) -> None:
    settings = {"time_zone": "America/New_York", "all_day_reminder_time": "18:30"}
    await person.call("PUT", "/settings", json=settings)
    await person.create("Rent", due_date="2031-01-31", reminder_lead_time=1440)
    await person.create("Call", due_date="2031-01-31T12:00", reminder_lead_time=30)
    tasks = (await assistant.call("list_tasks"))["tasks"]
    expected = {"Rent": "Thu 2031-01-30 18:30", "Call": "Fri 2031-01-31 11:30"}
    assert {task["title"]: task["remind_at"] for task in tasks} == expected


async def test_a_task_has_several_reminders(person: Person, assistant: Assistant) -> None:
    first = {"title": "Dentist", "when": "31 jan 2031 3pm, remind 1 day before and 1 hour before"}
    second = {"title": "Party", "when": "1 feb 2031 8pm remind me the evening before, remind 1h"}
    added = (await assistant.call("add_task", tasks=[first, second]))["tasks"]
    assert (added[0]["remind_at"], added[0]["also_remind_at"]) == ("Thu 2031-01-30 15:00", ["Fri 2031-01-31 14:00"])
    assert (added[1]["remind_minutes_before"], added[1]["remind_at"]) == (60, "Sat 2031-02-01 19:00")
    assert added[1]["also_remind_at"] == ["Fri 2031-01-31 18:00"]
    changes = [{"id": 1, "reminder_lead_time": None}, {"id": 2, "when": "remind 2h"}]
    changed = (await assistant.call("update_task", changes=changes))["tasks"]
    assert ["remind_at" in task or "also_remind_at" in task for task in changed] == [False, True]
    assert (await person.task(2))["reminders"] == [{"minutes_before": 120}]
