"""A rule or series that means nothing is refused, and the error names the field."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from recurring_tasks_service.recurrence import (
    InvalidRecurrence,
    Rule,
    Series,
    next_occurrence,
    occurrence,
    upcoming,
)

BAD_RULES: list[tuple[str, dict[str, Any]]] = [
    ("pattern", {"pattern": "none"}),
    ("mode", {"pattern": "daily", "mode": "sometimes"}),
    ("interval", {"pattern": "daily", "interval": 0}),
    ("interval", {"pattern": "daily", "interval": 1000}),
    ("weekdays", {"pattern": "daily", "weekdays": ("MO",)}),
    ("weekdays", {"pattern": "weekly", "weekdays": ("XX",)}),
    ("last_day", {"pattern": "weekly", "last_day": True}),
    ("last_day", {"pattern": "daily", "last_day": True}),
    ("weekdays", {"pattern": "weekly", "weekdays": ("2MO",)}),
    ("weekdays", {"pattern": "monthly", "weekdays": ("MO",)}),
    ("weekdays", {"pattern": "monthly", "weekdays": ("6MO",)}),
    ("weekdays", {"pattern": "monthly", "weekdays": ("0MO",)}),
    ("month_days", {"pattern": "weekly", "month_days": (1,)}),
    ("month_days", {"pattern": "monthly", "month_days": (0,)}),
    ("month_days", {"pattern": "monthly", "month_days": (-32,)}),
    ("month_days", {"pattern": "monthly", "month_days": (1,), "weekdays": ("2TU",)}),
    ("workday", {"pattern": "daily", "workday": 1}),
    ("workday", {"pattern": "monthly", "workday": 24}),
    ("months", {"pattern": "daily", "months": (13,)}),
    ("months", {"pattern": "yearly", "month_days": (1,)}),
    ("skip", {"pattern": "weekly", "skip": "omit"}),
    ("skip", {"pattern": "monthly", "skip": "forward"}),
    ("excluded_dates", {"pattern": "daily", "excluded_dates": tuple(date(2026, 1, day) for day in range(1, 32)) * 4}),
    ("weekdays", {"pattern": "hourly", "weekdays": ("MO",)}),
    ("times", {"pattern": "hourly", "times": (time(8),)}),
    ("times", {"pattern": "daily", "times": (time(8),), "mode": "completion"}),
    ("times", {"pattern": "daily", "times": (time(8),) * 25}),
    ("count", {"pattern": "daily", "count": 0}),
    ("count", {"pattern": "daily", "count": 10_000}),
    ("until", {"pattern": "daily", "count": 3, "until": date(2026, 6, 1)}),
]


@pytest.mark.parametrize(("field", "values"), BAD_RULES)
def test_a_bad_rule_is_refused_by_its_field(field: str, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidRecurrence) as refused:
        Rule(**values)
    assert refused.value.field == field
    assert str(refused.value) == f"{field}: {refused.value.message}"


def test_the_limits_themselves_are_allowed() -> None:
    Rule("daily", interval=999)
    Rule("daily", count=9999)
    Rule("yearly", last_day=True, until=date(2200, 12, 31))


def test_weekdays_are_kept_once_and_in_the_order_of_the_week() -> None:
    assert Rule("weekly", weekdays=("FR", "MO", "FR")).weekdays == ("MO", "FR")
    assert Rule("monthly", weekdays=("-1MO", "2FR", "1MO")).weekdays == ("1MO", "-1MO", "2FR")


def test_what_counts_from_the_end_of_the_month_comes_last() -> None:
    assert Rule("monthly", month_days=(-1, 15, 1, -2)).month_days == (1, 15, -2, -1)


def test_several_times_need_a_time() -> None:
    with pytest.raises(InvalidRecurrence, match="times: need a due date"):
        Series(date(2026, 6, 1), ZoneInfo("UTC"), Rule("daily", times=(time(8), time(20))))
    with pytest.raises(InvalidRecurrence, match="pattern: hourly needs"):
        Series(date(2026, 6, 1), ZoneInfo("UTC"), Rule("hourly"))


def test_an_excluded_day_keeps_its_slot() -> None:
    """So `count` counts it, as RFC 5545 counts the dates of EXDATE."""
    rule = Rule("daily", count=3, excluded_dates=(date(2026, 6, 2),))
    june = Series(date(2026, 6, 1), ZoneInfo("UTC"), rule)
    found, ended_by = upcoming(june, 0, datetime(2026, 6, 1, tzinfo=UTC), None, 5)
    assert [(each.slot, each.local) for each in found] == [(2, date(2026, 6, 3))]
    assert ended_by == "count"
    assert occurrence(june, 1) is None


@pytest.mark.parametrize(
    ("rule", "due", "completed", "expected"),
    [
        (Rule("monthly", weekdays=("2TU",), mode="completion"), "2026-06-09", "2026-06-20", "2026-07-14"),
        (Rule("monthly", weekdays=("2TU",), mode="completion"), "2026-06-09", "2026-06-01", "2026-07-14"),
        (Rule("monthly", month_days=(1, 15), mode="completion"), "2026-06-01", "2026-06-03", "2026-06-15"),
        (Rule("monthly", 2, month_days=(1, 15), mode="completion"), "2026-06-01", "2026-07-03", "2026-09-01"),
        (Rule("daily", 3, months=(6,), mode="completion"), "2026-06-28", "2026-06-29", "2027-06-03"),
        (
            Rule("daily", mode="completion", excluded_dates=(date(2026, 6, 2),)),
            "2026-06-01",
            "2026-06-01",
            "2026-06-03",
        ),
    ],
)
def test_a_rule_that_names_days_is_counted_from_the_completion(
    rule: Rule, due: str, completed: str, expected: str
) -> None:
    series = Series(date(2026, 6, 1), ZoneInfo("UTC"), rule)
    noon = "T12:00:00+00:00"
    found = next_occurrence(series, 0, datetime.fromisoformat(due + noon), datetime.fromisoformat(completed + noon))
    assert found is not None
    assert found.local == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("field", "anchor", "slot"),
    [
        ("anchor", datetime(2026, 6, 1, 9, tzinfo=UTC), 0),
        ("anchor", date(1968, 12, 31), 0),
        ("anchor", date(2201, 1, 1), 0),
        ("anchor_slot", date(2026, 6, 1), -1),
    ],
)
def test_a_bad_series_is_refused_by_its_field(field: str, anchor: date, slot: int) -> None:
    with pytest.raises(InvalidRecurrence) as refused:
        Series(anchor, ZoneInfo("UTC"), Rule("daily"), slot)
    assert refused.value.field == field
