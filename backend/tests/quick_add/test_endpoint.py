from datetime import UTC, datetime

import pytest

from backend.tests.conftest import Person
from tests.support import ManualClock

MORNING = datetime(2026, 2, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def morning(clock: ManualClock) -> None:
    clock.set(MORNING)


@pytest.mark.usefixtures("morning")
async def test_the_answer_says_what_each_word_means(person: Person) -> None:
    body = {"text": "pay rent every month on the last day 9am p1 #home", "time_zone": "Europe/Berlin"}
    answer = await person.call("POST", "/tasks/parse", json=body)
    assert answer.status_code == 200
    rule = {"recurrence_pattern": "monthly", "recurrence": {"last_day": True}}
    when, monthly = "2026-02-28T09:00:00", "monthly on the last day"
    assert answer.json() == {
        "title": "pay rent",
        "fields": {"due_date": when, "time_zone": "Europe/Berlin", **rule, "priority": "High", "tags": ["home"]},
        "matches": [
            {"field": "recurrence", "start": 9, "end": 20, "text": "every month", "value": rule, "label": monthly},
            {"field": "recurrence", "start": 21, "end": 36, "text": "on the last day", "value": rule, "label": monthly},
            {"field": "due_date", "start": 37, "end": 40, "text": "9am", "value": when, "label": "Sat 28 Feb, 09:00"},
            {"field": "priority", "start": 41, "end": 43, "text": "p1", "value": "High", "label": "High"},
            {"field": "tags", "start": 44, "end": 49, "text": "#home", "value": "home", "label": "#home"},
        ],
        "ambiguities": [],
        "certain": True,
    }


@pytest.mark.usefixtures("morning")
async def test_the_time_zone_is_that_of_the_settings_unless_one_is_given(person: Person) -> None:
    async def due(**options: str) -> tuple[str, str]:
        answer = await person.call("POST", "/tasks/parse", json={"text": "tea in an hour", **options})
        return answer.json()["fields"]["due_date"], answer.json()["fields"]["time_zone"]

    assert await due() == ("2026-02-26T10:00:00", "UTC")
    await person.call("PUT", "/settings", json={"time_zone": "Asia/Tokyo"})
    assert await due() == ("2026-02-26T19:00:00", "Asia/Tokyo")
    assert await due(time_zone="America/New_York") == ("2026-02-26T05:00:00", "America/New_York")


async def test_nothing_is_saved(person: Person) -> None:
    await person.call("POST", "/tasks/parse", json={"text": "buy milk tomorrow"})
    assert await person.titles() == []


async def test_what_was_dismissed_is_a_word(person: Person) -> None:
    body = {"text": "watch Friday tomorrow", "literal": ["Friday"]}
    assert (await person.call("POST", "/tasks/parse", json=body)).json()["title"] == "watch Friday"


async def test_only_the_person_themselves_may_ask(person: Person, stranger: Person) -> None:
    url = f"/api/{person.id}/tasks/parse"
    client, body = person.service.client, {"text": "x"}
    assert (await client.post(url, json=body, headers=person.service.auth(stranger.id))).status_code == 403
    assert (await client.post(url, json=body)).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "x" * 501}, "text"),
        ({"text": ""}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({}, "text"),
        ({"text": "x", "time_zone": "Mars/Olympus"}, "time_zone"),
        ({"text": "x", "literal": ["a"] * 21}, "literal"),
        ({"text": "x", "literal": ["a" * 201]}, "literal.0"),
        ({"text": "x", "language": "de"}, "language"),
    ],
)
async def test_a_request_that_does_not_validate_names_the_field(person: Person, body: object, field: str) -> None:
    answer = await person.call("POST", "/tasks/parse", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
