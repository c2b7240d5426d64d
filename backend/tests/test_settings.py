from typing import Any

import pytest

from backend.tests.conftest import Person
from tests.support import Backbone, eventually
from todo_backend.accounts.locales import Conventions, conventions

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


async def test_the_locale_and_what_is_set_beside_it_are_kept(person: Person) -> None:
    unset = (await person.call("GET", "/settings")).json()
    assert (unset["locale"], unset["week_start"], unset["hour_cycle"]) == (None, None, None)
    settings = unset | {"locale": "en-US", "week_start": "MO", "hour_cycle": "h23"}
    assert (await person.call("PUT", "/settings", json=settings)).json() == settings
    await person.create("Something")
    assert (await person.call("GET", "/settings")).json() == settings
    assert (await person.call("PUT", "/settings", json=unset)).json() == unset


async def test_the_time_of_all_day_reminders_is_nine_until_it_is_set(person: Person, backbone: Backbone) -> None:
    unset = (await person.call("GET", "/settings")).json()
    assert unset["all_day_reminder_time"] == "09:00"
    settings = unset | {"all_day_reminder_time": "18:30"}
    for _ in range(2):
        assert (await person.call("PUT", "/settings", json=settings)).json() == settings
    assert (await person.call("GET", "/settings")).json() == settings
    await person.call("PUT", "/settings", json=unset)

    def told() -> list[tuple[int, Any]]:
        log = [entry["event"] for entry in backbone.log_of("task-events") if entry["key"] == f"{person.id}/0"]
        return [(event["data"]["seq"], event["data"]["payload"]["changes"]) for event in log]

    await eventually(lambda: len(told()) == 2)
    changed = "all_day_reminder_time"
    assert told() == [(1, {changed: ["09:00", "18:30"]}), (2, {changed: ["18:30", "09:00"]})]


async def test_the_default_lead_time_is_for_due_times_and_not_for_all_day_tasks(person: Person) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "UTC", "default_reminder_lead_time": 30})
    assert (await person.create(due_date="2026-12-01T09:00"))["reminder_lead_time"] == 30
    assert (await person.create(due_date="2026-12-01"))["reminder_lead_time"] is None
    assert (await person.create(due_date="2026-12-01", reminder_lead_time=0))["reminder_lead_time"] == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("all_day_reminder_time", "24:00"),
        ("all_day_reminder_time", "9:00"),
        ("all_day_reminder_time", "09:00:00"),
        ("all_day_reminder_time", "09:00Z"),
        ("all_day_reminder_time", 540),
        ("all_day_reminder_time", None),
        ("locale", ""),
        ("locale", "english"),
        ("locale", "en_US"),
        ("locale", "xx-YY"),
        ("locale", "en-US-" + "x" * 90),
        ("locale", "en-US\n"),
        ("locale", 5),
        ("week_start", "monday"),
        ("week_start", 1),
        ("hour_cycle", "h24"),
        ("hour_cycle", 12),
    ],
)
async def test_a_setting_that_does_not_validate_is_named(person: Person, field: str, value: object) -> None:
    answer = await person.call("PUT", "/settings", json={"time_zone": "UTC", field: value})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-US", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h12", language="en")),
        ("en", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h12", language="en")),
        ("EN-us", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h12", language="en")),
        ("en-US-posix", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h12", language="en")),
        ("en-US-u-hc-h23", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h12", language="en")),
        ("en-GB", Conventions(month_first=False, week_start=MONDAY, hour_cycle="h23", language="en")),
        ("en-AU", Conventions(month_first=False, week_start=MONDAY, hour_cycle="h12", language="en")),
        ("de-DE", Conventions(month_first=False, week_start=MONDAY, hour_cycle="h23", language="de")),
        ("de-DE-1996", Conventions(month_first=False, week_start=MONDAY, hour_cycle="h23", language="de")),
        ("ca-ES-valencia", Conventions(month_first=False, week_start=MONDAY, hour_cycle="h23", language="ca")),
        ("fr-CA", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h23", language="fr")),
        ("ja-JP", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h23", language="ja")),
        ("zh-Hant-TW", Conventions(month_first=True, week_start=SUNDAY, hour_cycle="h12", language="zh")),
        ("ar-EG", Conventions(month_first=False, week_start=SATURDAY, hour_cycle="h12", language="ar")),
        ("tlh", Conventions()),
        (None, Conventions()),
    ],
)
def test_conventions_are_those_of_the_locale(locale: str | None, expected: Conventions) -> None:
    assert conventions(locale) == expected


def test_what_is_set_counts_more_than_the_locale() -> None:
    own = conventions("en-US", "SA", "h23")
    assert own == Conventions(month_first=True, week_start=SATURDAY, hour_cycle="h23", language="en")
    assert conventions(None, "SU", "h12") == Conventions(month_first=None, week_start=SUNDAY, hour_cycle="h12")
