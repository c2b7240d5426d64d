from typing import Any

import pytest

from tests.support import OpenService


async def preview(recurring: OpenService, user: str, **request: Any) -> Any:
    body = {"due_date": "2026-01-31T09:00:00", "time_zone": "America/New_York", "recurrence_pattern": "monthly"}
    path = f"/api/{user}/recurrence/preview"
    return await recurring.client.post(path, json=body | request, headers=recurring.auth(user))


async def test_a_preview_says_when_and_why(recurring: OpenService, user: str) -> None:
    answer = (await preview(recurring, user, reminder_lead_time=30, count=2)).json()
    assert answer["occurrences"][0] == {
        "slot": 1,
        "due_date": "2026-02-28T14:00:00Z",
        "local": "2026-02-28T09:00:00-05:00",
        "remind_at": "2026-02-28T13:30:00Z",
        "reminders": ["2026-02-28T13:30:00Z"],
        "reason": "February has no day 31, so the last day",
    }
    assert answer["ended_by"] is None


async def test_all_day_dates_are_plain_and_the_end_is_named(recurring: OpenService, user: str) -> None:
    answer = (await preview(recurring, user, due_date="2026-01-31", recurrence={"count": 3})).json()
    assert [o["due_date"] for o in answer["occurrences"]] == ["2026-02-28", "2026-03-31"]
    assert [o["local"] for o in answer["occurrences"]] == ["2026-02-28", "2026-03-31"]
    assert answer["ended_by"] == "count"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"recurrence_pattern": "none"}, "recurrence_pattern"),
        ({"count": 51}, "count"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"due_date": "9999-12-31T23:59:59-12:00"}, "due_date"),
        ({"recurrence": {"weekdays": ["MO"]}}, "recurrence.weekdays"),
        ({"recurrence": {"interval": 10**9}}, "recurrence.interval"),
        ({"completed_at": "0001-01-01"}, "completed_at"),
        ({"due_date": "2026-01-31", "recurrence_pattern": "hourly"}, "recurrence_pattern"),
        ({"due_date": "2026-01-31", "recurrence": {"times": ["08:00"]}}, "recurrence.times"),
        ({"recurrence": {"rrule": "FREQ=MONTHLY;UNTIL=19000101"}}, "recurrence.rrule"),
        ({"recurrence": {"rrule": "FREQ=DAILY"}}, "body"),
    ],
)
async def test_a_preview_that_means_nothing_is_refused(
    recurring: OpenService, user: str, request_: dict[str, Any], field: str
) -> None:
    answer = await preview(recurring, user, **request_)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_nothing_is_previewed_for_somebody_else(recurring: OpenService, user: str) -> None:
    path = f"/api/{user}/recurrence/preview"
    assert (await recurring.client.post(path, json={}, headers=recurring.auth("mallory"))).status_code == 403
    assert (await recurring.client.post(path, json={})).status_code == 401


async def test_all_reminders_that_follow_the_date_are_shown(recurring: OpenService, user: str) -> None:
    hour, evening = {"minutes_before": 60}, {"days_before": 1, "time": "18:00"}
    reminders = [{"at": "2026-01-30T12:00:00Z"}, hour, evening]
    answer = await preview(recurring, user, reminders=reminders, count=1)
    [shown] = answer.json()["occurrences"]
    assert shown["remind_at"] == shown["reminders"][1]
    assert len(shown["reminders"]) == 2
    assert (await preview(recurring, user, reminders=[hour], reminder_lead_time=30)).status_code == 422
    [alone] = (await preview(recurring, user, reminder_lead_time=30, count=1)).json()["occurrences"]
    assert alone["reminders"] == [alone["remind_at"]]
