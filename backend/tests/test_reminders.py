"""Several reminders of a task, and the lead time, which is the first one in minutes."""

from typing import Any

import pytest

from backend.tests.conftest import Person

DUE = {"due_date": "2026-12-01T09:00:00Z"}
HOUR, DAY, EVENING = {"minutes_before": 60}, {"minutes_before": 1440}, {"days_before": 1, "time": "18:00"}
NOON = {"at": "2026-11-30T12:00:00Z"}


def reminders_of(task: dict[str, Any]) -> tuple[Any, Any]:
    return task["reminder_lead_time"], task["reminders"]


@pytest.mark.parametrize(
    ("given", "lead_time", "shown"),
    [
        ({}, None, []),
        ({"reminder_lead_time": 60}, 60, [HOUR]),
        ({"reminders": []}, None, []),
        ({"reminders": [EVENING]}, None, [EVENING]),
        ({"reminders": [EVENING, HOUR, DAY, NOON]}, 60, [HOUR, EVENING, DAY, NOON]),
        ({"reminders": [HOUR, HOUR, EVENING, EVENING]}, 60, [HOUR, EVENING]),
        ({"reminders": [HOUR, DAY], "reminder_lead_time": 60}, 60, [HOUR, DAY]),
        ({"reminders": [{"at": "2026-11-30T13:00:00+01:00"}]}, None, [NOON]),
    ],
)
async def test_a_task_shows_its_reminders_and_the_first_one_in_minutes(
    person: Person, given: dict[str, Any], lead_time: int | None, shown: list[Any]
) -> None:
    task = await person.create("Dentist", **DUE, **given)
    assert reminders_of(task) == (lead_time, shown)
    assert reminders_of((await person.call("GET", f"/tasks/{task['id']}")).json()) == (lead_time, shown)
    [listed] = (await person.call("GET", "/tasks")).json()["items"]
    assert reminders_of(listed) == (lead_time, shown)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"title": "Other"}, [HOUR, EVENING, NOON]),
        ({"due_date": "2026-12-24"}, [HOUR, EVENING, NOON]),
        ({"reminder_lead_time": 1440}, [DAY, EVENING, NOON]),
        ({"reminder_lead_time": None}, [EVENING, NOON]),
        ({"reminders": [DAY]}, [DAY]),
        ({"reminders": []}, []),
        ({"due_date": None}, []),
        ({"due_date": None, "reminder_lead_time": None}, []),
    ],
)
async def test_a_change_keeps_the_reminders_that_it_does_not_mention(
    person: Person, change: dict[str, Any], shown: list[Any]
) -> None:
    await person.create("Dentist", **DUE, reminders=[HOUR, EVENING, NOON])
    changed = await person.call("PATCH", "/tasks/1", json=change)
    assert (changed.status_code, changed.json()["reminders"]) == (200, shown)
    undone = await person.call("POST", "/undo", json={"step": changed.headers["Undo-Step"]})
    assert undone.status_code == 200, undone.text
    assert (await person.call("GET", "/tasks/1")).json()["reminders"] == [HOUR, EVENING, NOON]


@pytest.mark.parametrize(
    ("lead_time", "shown"), [(None, [EVENING]), (1440, [DAY, EVENING]), (5, [{"minutes_before": 5}, DAY, EVENING])]
)
async def test_a_lead_time_alone_replaces_the_first_one_in_minutes_and_null_all_of_them(
    person: Person, lead_time: int | None, shown: list[Any]
) -> None:
    await person.create("Dentist", **DUE, reminders=[HOUR, DAY, EVENING])
    changed = (await person.call("PATCH", "/tasks/1", json={"reminder_lead_time": lead_time})).json()
    assert reminders_of(changed) == (lead_time, shown)
    again = {name: changed[name] for name in ("title", "due_date", "reminder_lead_time", "reminders")}
    assert (await person.call("PUT", "/tasks/1", json=again)).json()["version"] == changed["version"]


async def test_a_lead_time_beside_ten_reminders_is_refused(person: Person) -> None:
    await person.create("Dentist", **DUE, reminders=[{"days_before": day, "time": "09:00"} for day in range(10)])
    answer = await person.call("PATCH", "/tasks/1", json={"reminder_lead_time": 5})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "reminders")


async def test_put_replaces_all_of_them(person: Person) -> None:
    await person.create("Dentist", **DUE, reminders=[HOUR, EVENING])
    replaced = await person.call("PUT", "/tasks/1", json={"title": "Dentist", **DUE, "reminder_lead_time": 60})
    assert replaced.json()["reminders"] == [HOUR]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reminders": [{}]}, "reminders.0"),
        ({"reminders": [{"minutes_before": 5, "days_before": 1, "time": "09:00"}]}, "reminders.0"),
        ({"reminders": [{"days_before": 1}]}, "reminders.0"),
        ({"reminders": [{"time": "09:00"}]}, "reminders.0"),
        ({"reminders": [{"minutes_before": -1}]}, "reminders.0.minutes_before"),
        ({"reminders": [{"days_before": 367, "time": "09:00"}]}, "reminders.0.days_before"),
        ({"reminders": [{"at": "2026-12-01T09:00"}]}, "reminders.0.at"),
        ({"reminders": [{"hours_before": 1}]}, "reminders.0.hours_before"),
        ({"reminders": [{"minutes_before": minutes} for minutes in range(11)]}, "reminders"),
        ({"reminders": [EVENING], "due_date": None}, "reminders"),
        ({"reminders": [HOUR], "due_date": None}, "reminders"),
        ({"reminder_lead_time": 60, "due_date": None}, "reminder_lead_time"),
        ({"reminders": [{"at": 1796115600}]}, "reminders.0.at"),
        ({"reminders": [{"at": "1796115600"}]}, "reminders.0.at"),
        ({"reminders": [{"minutes_before": True}]}, "reminders.0.minutes_before"),
        ({"reminders": [{"minutes_before": "30"}]}, "reminders.0.minutes_before"),
        ({"reminders": [HOUR], "reminder_lead_time": 5}, ""),
    ],
)
async def test_a_reminder_that_is_not_clear_is_refused_by_name(
    person: Person, given: dict[str, Any], field: str
) -> None:
    answer = await person.call("POST", "/tasks", json={"title": "Dentist", **DUE, **given})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == (field or "body")


async def test_the_default_lead_time_is_for_tasks_without_reminders_of_their_own(person: Person) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "UTC", "default_reminder_lead_time": 30})
    assert (await person.create(**DUE, reminders=[EVENING]))["reminders"] == [EVENING]
    assert (await person.create(**DUE, reminders=[]))["reminders"] == []
    assert (await person.create(**DUE))["reminders"] == [{"minutes_before": 30}]
