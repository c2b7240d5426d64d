"""A rule or series that means nothing is refused, and the error names the field."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from recurring_tasks_service.recurrence import InvalidRecurrence, Rule, Series

BAD_RULES: list[tuple[str, dict[str, Any]]] = [
    ("pattern", {"pattern": "none"}),
    ("mode", {"pattern": "daily", "mode": "sometimes"}),
    ("interval", {"pattern": "daily", "interval": 0}),
    ("interval", {"pattern": "daily", "interval": 1000}),
    ("weekdays", {"pattern": "daily", "weekdays": ("MO",)}),
    ("weekdays", {"pattern": "weekly", "weekdays": ("XX",)}),
    ("last_day", {"pattern": "weekly", "last_day": True}),
    ("last_day", {"pattern": "daily", "last_day": True}),
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
