"""The same text in several locales: numeric dates, weeks and clocks; and quotes, which belong to the title."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from backend.tests.conftest import Person
from backend.tests.quick_add.sentences import as_json, understood
from tests.support import ManualClock

MORNING = datetime(2026, 2, 26, 9, 0, tzinfo=UTC)
STRANGERS = [
    tuple(cell.strip() for cell in row.split("|"))
    for row in Path(__file__).with_name("strangers.txt").read_text().splitlines()
    if not row.startswith("# ")
]


def dates_of(text: str, locale: str | None) -> list[str | None]:
    """The due date, and what else is offered."""
    answer = as_json(understood(text, locale=locale))
    others = [choice["fields"].get("due_date") for asked in answer["ambiguities"] for choice in asked["alternatives"]]
    return [answer["fields"].get("due_date"), *others]


@pytest.mark.parametrize(("locale", "text", "title", "due"), STRANGERS, ids=lambda cell: cell)
def test_what_strangers_type_means_what_they_mean(locale: str, text: str, title: str, due: str) -> None:
    answer = as_json(understood(text, locale=locale))
    assert (answer["title"], answer["fields"].get("due_date", "")) == (title, due)


@pytest.mark.parametrize(
    ("text", "american", "british", "unknown"),
    [
        ("x 3/4", "2026-03-04", "2026-04-03", "2026-04-03"),
        ("x 31/1", "2027-01-31", "2027-01-31", "2027-01-31"),
        ("x 12/25", "2026-12-25", "2026-12-25", "2026-12-25"),
        ("x 1.12.", "2026-12-01", "2026-12-01", "2026-12-01"),
        ("x 2026-12-01", "2026-12-01", "2026-12-01", "2026-12-01"),
        ("x 12/1/27", "2027-12-01", "2027-01-12", "2027-01-12"),
        ("x 12-01-2027", "2027-12-01", "2027-01-12", "2027-01-12"),
    ],
)
def test_a_numeric_date_has_the_order_of_the_locale(text: str, american: str, british: str, unknown: str) -> None:
    found = [dates_of(text, locale)[0] for locale in ("en-US", "en-GB", None)]
    assert found == [american, british, unknown]


def test_a_date_with_a_year_is_a_question_only_where_no_locale_is_known() -> None:
    assert dates_of("x 12/1/27", "en-US") == ["2027-12-01"]
    assert dates_of("x 12/1/27", None) == ["2027-01-12", "2027-01-12", "2027-12-01"]
    assert dates_of("x 3/4", "en-US") == ["2026-03-04", "2026-03-04", "2026-04-03", None]


@pytest.mark.parametrize(
    ("text", "american", "british"),
    [
        ("x next week", "2026-03-01", "2026-03-02"),
        ("x friday next week", "2026-03-06", "2026-03-06"),
        ("x sunday next week", "2026-03-01", "2026-03-08"),
        ("x this weekend", "2026-02-28", "2026-02-28"),
    ],
)
def test_weeks_begin_as_in_the_locale(text: str, american: str, british: str) -> None:
    assert [dates_of(text, locale)[0] for locale in ("en-US", "en-GB")] == [american, british]


@pytest.mark.parametrize(("locale", "label"), [("en-US", "Fri 27 Feb, 5:30 PM"), ("en-GB", "Fri 27 Feb, 17:30")])
def test_labels_have_the_hour_cycle_of_the_locale(locale: str, label: str) -> None:
    answer = understood("call tomorrow 5:30pm", locale=locale)
    assert {match.label for match in answer.matches} == {label}
    asked = understood("call tomorrow at 5:30", locale=locale).ambiguities[0]
    assert label in [choice.label for choice in asked.alternatives]


async def parsed(person: Person, **body: Any) -> dict[str, Any]:
    answer = await person.call("POST", "/tasks/parse", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_locale_of_a_request_counts_more_than_that_of_the_settings(
    person: Person, clock: ManualClock
) -> None:
    clock.set(MORNING)
    settings = {"time_zone": "UTC", "locale": "en-US", "hour_cycle": "h23"}
    await person.call("PUT", "/settings", json=settings)
    american = await parsed(person, text="x 12/1/27 5pm")
    assert (american["fields"]["due_date"], american["ambiguities"]) == ("2027-12-01T17:00:00", [])
    assert american["matches"][0]["label"] == "Wed 1 Dec 2027, 17:00"
    british = await parsed(person, text="x 12/1/27", locale="en-GB")
    assert (british["fields"]["due_date"], british["ambiguities"]) == ("2027-01-12", [])


async def test_text_means_the_moment_at_which_it_was_typed(person: Person, clock: ManualClock) -> None:
    clock.set(MORNING)
    typed = await parsed(person, text="call tomorrow 5pm", now="2026-02-20T23:30:00+01:00", time_zone="Europe/Berlin")
    assert typed["fields"]["due_date"] == "2026-02-21T17:00:00"
    assert (await parsed(person, text="call tomorrow 5pm"))["fields"]["due_date"] == "2026-02-27T17:00:00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("now", "yesterday"),
        ("now", "2026-02-26T09:00:00"),
        ("now", "2026-02-27T09:00:01Z"),
        ("now", "2025-02-24T09:00:00Z"),
        ("now", "0001-01-01T00:00:00Z"),
        ("now", "9999-12-31T23:59:59-14:00"),
        ("now", 1772096400),
        ("now", "1772096400"),
        ("locale", "en_US"),
        ("locale", "x" * 90),
    ],
)
async def test_an_absurd_moment_or_locale_is_refused(
    person: Person, clock: ManualClock, field: str, value: object
) -> None:
    clock.set(MORNING)
    answer = await person.call("POST", "/tasks/parse", json={"text": "x", field: value})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
