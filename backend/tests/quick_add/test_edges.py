"""The ends of months and years, leap days, and days on which the clocks are changed."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.tests.quick_add.sentences import as_json, understood

BERLIN, NEW_YORK, SANTIAGO = "Europe/Berlin", "America/New_York", "America/Santiago"
LORD_HOWE = "Australia/Lord_Howe"


def read(text: str, now: str, zone: str) -> dict[str, Any]:
    """At that time on the wall clock of that zone."""
    return as_json(understood(text, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone)), ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("text", "now", "zone", "due"),
    [
        ("x in a month", "2026-01-31T12:00", "UTC", "2026-02-28"),
        ("x in a year", "2028-02-29T12:00", "UTC", "2029-02-28"),
        ("x next month", "2026-12-31T12:00", "UTC", "2027-01-01"),
        ("x end of month", "2028-02-01T12:00", "UTC", "2028-02-29"),
        ("x the 31st", "2026-04-02T12:00", "UTC", "2026-05-31"),
        ("x the 30th", "2026-01-31T12:00", "UTC", "2026-03-30"),
        ("x feb 29", "2028-03-01T12:00", "UTC", "2032-02-29"),
        ("x 29 feb 2027", "2026-03-01T12:00", "UTC", None),
        ("x tomorrow", "2026-12-31T23:30", "UTC", "2027-01-01"),
        ("x 28 feb", "2026-03-01T00:00", "UTC", "2027-02-28"),
        ("x this friday at 8", "2026-02-27T18:00", BERLIN, "2026-02-27T20:00:00"),
        ("x friday at 5pm", "2026-02-27T18:00", BERLIN, "2026-03-06T17:00:00"),
        ("x friday at 5pm", "2026-02-27T16:00", BERLIN, "2026-02-27T17:00:00"),
        ("x every friday 5pm", "2026-02-27T18:00", BERLIN, "2026-03-06T17:00:00"),
        ("x every month on the 27th at 5pm", "2026-02-27T18:00", BERLIN, "2026-03-27T17:00:00"),
        ("x every 31st at 9am", "2026-12-31T15:00", BERLIN, "2027-01-31T09:00:00"),
        ("x 31st of every month at 9am", "2026-12-31T15:00", BERLIN, "2027-01-31T09:00:00"),
        ("x every 31 dec at 9am", "2026-12-31T15:00", BERLIN, "2027-12-31T09:00:00"),
        ("x every 29 feb at 9am", "2028-02-29T15:00", BERLIN, "2032-02-29T09:00:00"),
        ("x every january at 9am", "2027-01-01T15:00", BERLIN, "2028-01-01T09:00:00"),
        ("x this weekend", "2026-03-01T12:00", BERLIN, "2026-03-01"),
        ("x next sunday", "2026-03-01T12:00", BERLIN, "2026-03-08"),
        ("x in 5 minutes", "2026-12-31T23:58", BERLIN, "2027-01-01T00:03:00"),
        ("x in 2 hours", "2026-03-29T01:30", BERLIN, "2026-03-29T04:30:00"),
        ("x every day at midnight", "2026-09-05T12:00", SANTIAGO, "2026-09-06T00:00:00"),
        ("x friday the 13th", "2026-03-14T12:00", "UTC", "2026-11-13"),
        ("x in february", "2026-02-28T23:59", BERLIN, "2026-02-28"),
        ("x in february", "2026-03-01T00:00", BERLIN, "2027-02-01"),
        ("x by end of february", "2028-02-29T12:00", "UTC", "2028-02-29"),
        ("x end of week", "2026-02-28T12:00", "UTC", "2026-03-01"),
        ("x eod", "2026-12-31T23:59", BERLIN, "2026-12-31"),
        ("x in 2h", "2026-03-08T01:30", NEW_YORK, "2026-03-08T04:30:00"),
        ("x in 1h", "2026-11-01T00:30", NEW_YORK, "2026-11-01T01:30:00"),
        ("x in 2h", "2026-11-01T00:30", NEW_YORK, "2026-11-01T01:30:00-05:00"),
        ("x in 3h", "2026-11-01T00:30", NEW_YORK, "2026-11-01T02:30:00"),
        ("x in 1h", "2026-10-04T01:45", LORD_HOWE, "2026-10-04T03:15:00"),
        ("x a month from tomorrow", "2026-01-30T12:00", "UTC", "2026-02-28"),
        ("x the 30th of next month", "2026-01-31T12:00", "UTC", "2026-02-28"),
        ("x 11pm", "2026-12-31T23:59", BERLIN, "2027-01-01T23:00:00"),
        ("x 2199-12-31", "2026-01-01T12:00", "UTC", "2199-12-31"),
        ("x 2200-01-01", "2026-01-01T12:00", "UTC", None),
        ("x 1969-12-31", "2026-01-01T12:00", "UTC", None),
        ("x in 150 years", "2026-01-01T12:00", "UTC", "2176-01-01"),
        ("x in 180 years", "2026-01-01T12:00", "UTC", None),
    ],
)  # fmt: skip
def test_a_date_is_the_one_on_the_persons_calendar(text: str, now: str, zone: str, due: str | None) -> None:
    answer = read(text, now, zone)
    assert answer["fields"].get("due_date") == due
    assert answer["title"] == ("x" if due else text)


def test_today_is_the_persons_day_and_not_the_servers() -> None:
    instant = datetime(2026, 2, 26, 11, 0, tzinfo=UTC)
    days = [
        as_json(understood("x today", instant, ZoneInfo(zone)))["fields"]["due_date"]
        for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Niue")
    ]
    assert days == ["2026-02-27", "2026-02-26", "2026-02-26"]


@pytest.mark.parametrize(
    ("text", "now", "zone", "labels", "dates"),
    [
        (
            "x 2026-03-29 02:30 #a", "2026-03-01T12:00", BERLIN,
            ["Sun 29 Mar, 03:30, since the clocks go forward", "Mon 30 Mar, 02:30"],
            ["2026-03-29T02:30:00", "2026-03-30T02:30:00"],
        ),
        (
            "x 2026-03-08 02:30am", "2026-03-01T12:00", NEW_YORK,
            ["Sun 8 Mar, 03:30, since the clocks go forward", "Mon 9 Mar, 02:30"],
            ["2026-03-08T02:30:00", "2026-03-09T02:30:00"],
        ),
        (
            "x 2026-10-25 02:30", "2026-03-01T12:00", BERLIN,
            ["Sun 25 Oct, 02:30", "The second Sun 25 Oct, 02:30"],
            ["2026-10-25T02:30:00", "2026-10-25T02:30:00+01:00"],
        ),
        (
            "x 2026-11-01 01:30am", "2026-03-01T12:00", NEW_YORK,
            ["Sun 1 Nov, 01:30", "The second Sun 1 Nov, 01:30"],
            ["2026-11-01T01:30:00", "2026-11-01T01:30:00-05:00"],
        ),
        (
            "x midnight", "2026-09-05T12:00", SANTIAGO,
            ["Sun 6 Sep, 01:00, since the clocks go forward", "Mon 7 Sep, 00:00"],
            ["2026-09-06T00:00:00", "2026-09-07T00:00:00"],
        ),
    ],
)  # fmt: skip
def test_a_time_that_the_clocks_skip_or_repeat_is_said(
    text: str, now: str, zone: str, labels: list[str], dates: list[str]
) -> None:
    (ambiguity,) = read(text, now, zone)["ambiguities"]
    assert [alternative["label"] for alternative in ambiguity["alternatives"]] == labels
    assert [alternative["fields"]["due_date"] for alternative in ambiguity["alternatives"]] == dates
    assert ambiguity["chosen"] == 0


@pytest.mark.parametrize(
    ("text", "now", "due"),
    [
        ("call in 1 minute", "2026-10-25T00:58", "2026-10-25T02:59:00"),
        ("call in 1 hour", "2026-10-25T00:30", "2026-10-25T02:30:00+01:00"),
        ("call in 45 minutes", "2026-10-25T00:30", "2026-10-25T02:15:00+01:00"),
        ("call half an hour from now", "2026-10-25T01:05", "2026-10-25T02:35:00+01:00"),
        ("remind me in 1h to call", "2026-10-25T00:30", "2026-10-25T02:30:00+01:00"),
    ],
)
def test_hours_are_counted_on_the_instant_when_the_clocks_go_back(text: str, now: str, due: str) -> None:
    answer = as_json(understood(text, datetime.fromisoformat(now).replace(tzinfo=UTC), ZoneInfo(BERLIN)))
    assert (answer["title"], answer["fields"]["due_date"], answer["ambiguities"]) == ("call", due, [])


def test_an_all_day_task_has_no_clock_to_change() -> None:
    assert read("x 2026-09-06", "2026-09-05T12:00", SANTIAGO)["ambiguities"] == []


def test_the_choices_are_said_in_full() -> None:
    (ambiguity,) = read("run at 7", "2026-02-26T10:00", BERLIN)["ambiguities"]
    assert ambiguity == {
        "field": "due_date",
        "start": 4,
        "end": 8,
        "text": "at 7",
        "question": "“at 7” can be read in more than one way: which one is meant?",
        "alternatives": [
            {"label": "Fri 27 Feb, 07:00", "fields": {"due_date": "2026-02-27T07:00:00"}},
            {"label": "Thu 26 Feb, 19:00", "fields": {"due_date": "2026-02-26T19:00:00"}},
        ],
        "chosen": 1,
    }


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("remind me at 8 to call", ["Fri 27 Nov, 08:00", "Thu 26 Nov, 20:00"]),
        ("rent every 26th", ["Thu 26 Nov", "Sat 26 Dec"]),
        ("rent every 26 nov", ["Thu 26 Nov", "Fri 26 Nov 2027"]),
        ("rent every 26th at 9am", ["Thu 26 Nov, 09:00", "Sat 26 Dec, 09:00"]),
    ],
)
def test_choices_that_differ_in_their_date_alone_are_called_by_it(text: str, labels: list[str]) -> None:
    (ambiguity,) = read(text, "2026-11-26T15:00", BERLIN)["ambiguities"]
    assert [alternative["label"] for alternative in ambiguity["alternatives"]] == labels


def test_a_second_date_is_left_in_the_title_and_offered() -> None:
    (ambiguity,) = read("gym monday or tuesday", "2026-02-26T10:00", BERLIN)["ambiguities"]
    assert [alternative["fields"] for alternative in ambiguity["alternatives"]] == [
        {"due_date": "2026-03-02", "title": "gym or tuesday"},
        {"due_date": "2026-03-03", "title": "gym monday or"},
    ]


@pytest.mark.parametrize(
    ("text", "title", "dates"),
    [
        ("call mom today at 8am", "call mom", ["2026-11-26T08:00:00", "2026-11-27T08:00:00"]),
        ("today at 8am: call mom #family", "call mom", ["2026-11-26T08:00:00", "2026-11-27T08:00:00"]),
        ("pay this thursday at 2pm p1", "pay", ["2026-11-26T14:00:00", "2026-12-03T14:00:00"]),
    ],
)
def test_what_has_passed_today_may_be_meant_for_the_next_such_day(text: str, title: str, dates: list[str]) -> None:
    answer = read(text, "2026-11-26T15:00", BERLIN)
    (ambiguity,) = answer["ambiguities"]
    assert ambiguity["question"].endswith(" has passed already: is it meant all the same?")
    assert [alternative["fields"]["due_date"] for alternative in ambiguity["alternatives"]] == dates
    assert {alternative["fields"].get("title", answer["title"]) for alternative in ambiguity["alternatives"]} == {title}


def test_a_reminder_without_a_date_asks_for_one() -> None:
    (ambiguity,) = read("call mum remind 1d", "2026-02-26T10:00", BERLIN)["ambiguities"]
    assert ambiguity["question"] == "A reminder needs a date: when is it due?"
    assert [alternative["label"] for alternative in ambiguity["alternatives"]] == [
        "No date, no reminder", "Thu 26 Feb", "Fri 27 Feb",
    ]  # fmt: skip
    assert ambiguity["alternatives"][2]["fields"] == {
        "due_date": "2026-02-27", "time_zone": "Europe/Berlin", "reminder_lead_time": 1440, "title": "call mum",
    }  # fmt: skip


def test_phrases_that_were_dismissed_are_words() -> None:
    now = datetime(2026, 2, 26, 9, 0, tzinfo=UTC)
    assert understood("Read the Daily News daily", now, literal=("daily",)).title == "Read the Daily News daily"
    answer = understood("Read Friday on friday p1", now, literal=("p1", "nothing", ""))
    assert (answer.title, answer.fields.priority) == ("Read p1", "None")


@pytest.mark.parametrize(
    ("text", "now", "due"),
    [
        ("taxi tonight at 2", "2026-02-26T23:30", "2026-02-27T02:00:00"),
        ("taxi tonight at 2", "2026-02-27T00:30", "2026-02-27T02:00:00"),
        ("taxi tonight at 2", "2026-02-27T03:00", "2026-02-28T02:00:00"),
        ("taxi tonight at 9", "2026-02-27T00:30", "2026-02-27T21:00:00"),
        ("taxi tomorrow night at 2", "2026-02-27T00:30", "2026-03-01T02:00:00"),
        ("taxi every night at 2", "2026-02-27T00:30", "2026-02-27T02:00:00"),
        ("taxi tonight at 2", "2199-12-31T20:00", None),
    ],
)
def test_a_night_begins_in_the_evening_unless_it_has_begun(text: str, now: str, due: str | None) -> None:
    answer = read(text, now, BERLIN)
    assert (answer["fields"].get("due_date"), answer["ambiguities"]) == (due, [])


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("x every day for a week", "2026-02-06"),
        ("x every week for 2 months", "2026-03-30"),
        ("x every month for a year", "2027-01-30"),
        ("x every month for 2 weeks", None),
        ("x every day for 999 years", None),
    ],
)
def test_a_length_ends_a_rule_if_it_lasts_longer_than_until_the_second_time(text: str, until: str | None) -> None:
    fields = read(text, "2026-01-31T12:00", "UTC")["fields"]
    assert fields.get("recurrence", {}).get("until") == until


@pytest.mark.parametrize("text", ["#\x1b", "buy #\u200d milk"])
def test_what_the_api_refuses_as_a_tag_is_none(text: str) -> None:
    assert "tags" not in read(text, "2026-02-26T10:00", BERLIN)["fields"]
