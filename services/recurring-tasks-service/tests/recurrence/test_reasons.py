"""What people are told about a date."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from recurring_tasks_service.recurrence import Rule, Series, next_occurrence, occurrence

REASONS = [
    ("2026-06-01", Rule("daily"), 0, "the series starts here"),
    ("2026-06-01", Rule("daily"), 1, "every day"),
    ("2026-06-01", Rule("daily", 3), 1, "every 3 days"),
    ("2026-06-05", Rule("weekly"), 1, "every week on Friday"),
    ("2026-06-05", Rule("weekly", 2, ("FR", "MO")), 1, "every 2 weeks on Monday and Friday"),
    ("2026-06-05", Rule("weekly", 1, ("MO", "WE", "FR")), 1, "every week on Monday, Wednesday and Friday"),
    ("2026-01-31", Rule("monthly"), 1, "February has no day 31, so the last day"),
    ("2026-01-31", Rule("monthly"), 2, "every month on day 31"),
    ("2026-11-30", Rule("monthly", 3), 2, "every 3 months on day 30"),
    ("2026-01-31", Rule("monthly", last_day=True), 1, "the last day of the month"),
    ("2026-01-31", Rule("monthly", 2, last_day=True), 1, "every 2 months on the last day of the month"),
    ("2028-02-29", Rule("yearly"), 1, "2029 has no 29 February, so the last day"),
    ("2028-02-29", Rule("yearly"), 4, "every year on 29 February"),
    ("2028-02-29", Rule("yearly", last_day=True), 1, "the last day of February"),
    ("2026-06-09", Rule("monthly", weekdays=("2TU", "-1FR")), 1, "the last Friday of June"),
    ("2026-06-09", Rule("monthly", weekdays=("2TU", "-1FR")), 2, "the second Tuesday of July"),
    ("2026-06-09", Rule("monthly", 2, ("2TU",)), 1, "every 2 months on the second Tuesday"),
    ("2026-11-26", Rule("yearly", weekdays=("4TH",), months=(11,)), 1, "the fourth Thursday of November"),
    ("2026-06-01", Rule("monthly", workday=1), 1, "the first working day of July"),
    ("2026-06-29", Rule("monthly", workday=-2), 1, "the second last working day of July"),
    ("2026-06-01", Rule("monthly", month_days=(1, 15, -1)), 1, "every month on day 1, day 15 and the last day"),
    ("2026-01-31", Rule("monthly", month_days=(15, 31)), 2, "February has no day 31, so the last day"),
    ("2026-06-06", Rule("weekly", weekdays=("SA",), months=(4, 5, 6)), 1, "every week on Saturday from April to June"),
    ("2026-01-15", Rule("yearly", months=(1, 7)), 1, "every year on day 15 in January and July"),
    ("2026-06-01T08:00", Rule("hourly", 6), 0, "the series starts here"),
    ("2026-06-01T08:00", Rule("hourly", 6), 1, "every 6 hours"),
    ("2026-06-01T08:00", Rule("daily", times=(time(8), time(20))), 1, "every day at 08:00 and 20:00"),
    ("2026-03-28T02:30", Rule("daily"), 1, "02:30 does not exist on this day (clocks go forward), so 03:30"),
    ("2026-10-24T02:30", Rule("daily"), 1, "02:30 happens twice on this day, the first one counts"),
]


@pytest.mark.parametrize(("anchor", "rule", "slot", "reason"), REASONS)
def test_a_scheduled_date_has_a_reason(anchor: str, rule: Rule, slot: int, reason: str) -> None:
    found = occurrence(_series(anchor, rule), slot)
    assert found is not None
    assert found.reason == reason


AFTER_COMPLETION = [
    ("2026-01-31", Rule("daily", 3, mode="completion"), "3 days after completion"),
    ("2026-01-31T08:00", Rule("hourly", 8, mode="completion"), "8 hours after completion"),
    ("2026-01-31", Rule("daily", mode="completion"), "1 day after completion"),
    ("2026-01-31", Rule("monthly", mode="completion"), "February has no day 31, so the last day"),
    ("2026-01-31", Rule("monthly", last_day=True, mode="completion"),
     "the last day of the month, 1 month after completion"),
    ("2026-01-31", Rule("weekly", 2, ("SA", "MO"), mode="completion"),
     "every 2 weeks on Monday and Saturday, counted from completion"),
    ("2026-01-31", Rule("monthly", weekdays=("2TU",), mode="completion"),
     "the second Tuesday of February, counted from completion"),
    ("2026-01-31", Rule("monthly", month_days=(1, 15), mode="completion"),
     "every month on day 1 and day 15, counted from completion"),
]  # fmt: skip


@pytest.mark.parametrize(("anchor", "rule", "reason"), AFTER_COMPLETION)
def test_a_date_after_completion_has_a_reason(anchor: str, rule: Rule, reason: str) -> None:
    due = datetime(2026, 1, 31, 12, tzinfo=UTC)
    found = next_occurrence(_series(anchor, rule), 0, due, due)
    assert found is not None
    assert found.reason == reason


def test_a_gap_over_midnight_names_the_next_day() -> None:
    """Greenland sets its clocks forward at 22:00 UTC on a Saturday, late in its evening."""
    nuuk = Series(datetime(2026, 3, 27, 23, 30), ZoneInfo("America/Nuuk"), Rule("daily"))  # noqa: DTZ001 - local
    found = occurrence(nuuk, 1)
    assert found is not None
    assert found.reason == "23:30 does not exist on this day (clocks go forward), so 00:30 on 29 March"


def _series(anchor: str, rule: Rule) -> Series:
    value = datetime.fromisoformat(anchor) if "T" in anchor else date.fromisoformat(anchor)
    return Series(value, ZoneInfo("Europe/Berlin"), rule)
