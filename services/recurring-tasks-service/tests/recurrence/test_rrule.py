"""Rules as RFC 5545 text: what is read, what is written, and what is refused."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from todo_kit.recurrence import InvalidRecurrence, Rule, rrules

BERLIN = ZoneInfo("Europe/Berlin")
JAN_31 = date(2026, 1, 31)
AT_NINE = datetime(2026, 1, 15, 9)  # noqa: DTZ001 - local

READ: list[tuple[str, Rule]] = [
    ("FREQ=DAILY", Rule("daily")),
    ("RRULE:freq=daily;interval=3", Rule("daily", 3)),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO", Rule("weekly", 2, ("MO", "FR"))),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", Rule("weekly", weekdays=("MO", "TU", "WE", "TH", "FR"))),
    ("FREQ=MONTHLY;BYDAY=TU", Rule("weekly", weekdays=("TU",))),
    ("FREQ=WEEKLY;BYDAY=SA;BYMONTH=4,5,6", Rule("weekly", weekdays=("SA",), months=(4, 5, 6))),
    ("FREQ=MONTHLY;BYDAY=2TU", Rule("monthly", weekdays=("2TU",))),
    ("FREQ=MONTHLY;BYDAY=+2TU,-1FR", Rule("monthly", weekdays=("2TU", "-1FR"))),
    ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1,3", Rule("monthly", weekdays=("1FR", "3FR"))),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Rule("monthly", workday=-1)),
    ("FREQ=MONTHLY;BYMONTHDAY=1,15", Rule("monthly", month_days=(1, 15))),
    ("FREQ=MONTHLY;BYMONTHDAY=31", Rule("monthly", month_days=(31,), skip="omit")),
    ("RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD", Rule("monthly", month_days=(31,))),
    ("FREQ=MONTHLY", Rule("monthly", skip="omit")),
    ("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", Rule("yearly", weekdays=("4TH",), months=(11,))),
    ("FREQ=YEARLY;BYMONTHDAY=5", Rule("monthly", month_days=(5,))),
    ("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0", Rule("daily", times=(time(8), time(20)))),
    ("FREQ=HOURLY;INTERVAL=6;COUNT=5", Rule("hourly", 6, count=5)),
    ("FREQ=YEARLY;INTERVAL=5;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Rule("yearly", 5, months=(12,), workday=-1)),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", Rule("monthly", last_day=True)),
    ("FREQ=DAILY;UNTIL=99991231T235959Z", Rule("daily")),
    ("FREQ=DAILY;COUNT=5", Rule("daily", count=5)),
    ("FREQ=DAILY;UNTIL=20261224", Rule("daily", until=date(2026, 12, 24))),
    ("FREQ=DAILY;UNTIL=20261224T080000Z", Rule("daily", until=datetime(2026, 12, 24, 8, tzinfo=UTC))),
]


@pytest.mark.parametrize(("text", "rule"), READ)
def test_a_text_is_read(text: str, rule: Rule) -> None:
    assert rrules.parse(text) == rule


WRITTEN: list[tuple[Rule, date, str | None]] = [
    (Rule("weekly", 2, ("FR", "MO")), JAN_31, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR"),
    (Rule("hourly", 6), AT_NINE, "FREQ=HOURLY;INTERVAL=6"),
    (Rule("monthly"), date(2026, 1, 28), "FREQ=MONTHLY"),
    (Rule("monthly"), JAN_31, "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD"),
    (Rule("monthly", skip="omit"), JAN_31, "FREQ=MONTHLY"),
    (Rule("monthly", last_day=True), JAN_31, "FREQ=MONTHLY;BYMONTHDAY=-1"),
    (Rule("yearly", last_day=True), JAN_31, "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1"),
    (Rule("monthly", month_days=(-1, 15)), JAN_31, "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
    (Rule("monthly", workday=1), JAN_31, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
    (Rule("yearly", workday=1, months=(1, 7)), JAN_31, "FREQ=MONTHLY;BYMONTH=1,7;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"),
    (Rule("yearly", 2, workday=1, months=(1, 7)), JAN_31, None),
    (Rule("daily", mode="completion"), JAN_31, None),
    (Rule("daily", times=(time(20), time(8))), AT_NINE, "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0"),
    (Rule("daily", times=(time(8), time(20, 30))), AT_NINE, None),
    (Rule("monthly", workday=1, times=(time(8), time(20))), AT_NINE, None),
    (Rule("daily", until=date(2026, 6, 10)), AT_NINE, "FREQ=DAILY;UNTIL=20260610T215959Z"),
    (Rule("daily", until=date(2026, 6, 10)), JAN_31, "FREQ=DAILY;UNTIL=20260610"),
    (Rule("daily", until=datetime(2026, 6, 10, 22, 30, tzinfo=UTC)), JAN_31, "FREQ=DAILY;UNTIL=20260611"),
]


@pytest.mark.parametrize(("rule", "anchor", "text"), WRITTEN)
def test_a_rule_is_written(rule: Rule, anchor: date, text: str | None) -> None:
    assert rrules.write(rule, anchor, BERLIN) == text


def test_the_count_of_a_series_that_was_moved_goes_on_from_its_slot() -> None:
    assert rrules.write(Rule("daily", count=10), JAN_31, BERLIN, 3) == "FREQ=DAILY;COUNT=7"
    assert rrules.write(Rule("daily", count=2), JAN_31, BERLIN, 5) == "FREQ=DAILY;COUNT=1"


REFUSED = {
    "": "an empty part is not supported",
    "INTERVAL=2": "FREQ must be one of",
    "FREQ=SECONDLY": "FREQ must be one of",
    "FREQ=MINUTELY": "FREQ must be one of",
    "FREQ=HOURLY;BYDAY=MO": "means weekdays",
    "FREQ=HOURLY;BYHOUR=9;BYMINUTE=0": "means times",
    "FREQ=DAILY;INTERVAL=0": "means interval, which must be 1 to 999",
    "FREQ=DAILY;INTERVAL=1000000000000": "INTERVAL must be a number",
    "FREQ=DAILY;COUNT=9999999": "COUNT must be a number",
    "FREQ=DAILY;COUNT=3;UNTIL=20260101": "means until",
    "FREQ=DAILY;FREQ=DAILY": "FREQ must be given once",
    "FREQ=DAILY;UNTIL=20260231": "UNTIL must be such as",
    "FREQ=DAILY;UNTIL=19000101": "from 1970 on",
    "FREQ=DAILY;UNTIL=tomorrow": "UNTIL must be such as",
    "FREQ=DAILY;BYWEEKNO=20": "BYWEEKNO is not supported",
    "FREQ=DAILY;BYMINUTE=30": "must be given together",
    "FREQ=DAILY;BYHOUR=8": "must be given together",
    "FREQ=DAILY;BYHOUR=24;BYMINUTE=0": "BYHOUR must be 0 to 23",
    "FREQ=DAILY;BYHOUR=8;BYMINUTE=0;BYSECOND=30": "BYSECOND must be 0",
    "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2;BYHOUR=8,20;BYMINUTE=0": "together with several times",
    "FREQ=DAILY;COUNT=1,2": "COUNT must be a number",
    "FREQ=MONTHLY;BYDAY=+-1MO": "means weekdays",
    "FREQ=WEEKLY;SKIP=JUNK": "SKIP must be OMIT or BACKWARD",
    "FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,1,2,3,4": "means times, which must be at most 24",
    "FREQ=DAILY;X-A=1": "X-A is not supported",
    "FREQ=YEARLY;BYDAY=20MO": "means weekdays",
    "FREQ=YEARLY;BYDAY=1MO": "means months, which must be given in a yearly rule with weekdays",
    "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU": "must have an ordinal",
    "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13": "means weekdays",
    "FREQ=MONTHLY;BYMONTHDAY=0": "means month_days",
    "FREQ=MONTHLY;BYMONTHDAY=32": "means month_days",
    "FREQ=MONTHLY;BYMONTH=13": "means months",
    "FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD": "SKIP must be OMIT or BACKWARD",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1": "BYSETPOS is supported",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU": "WKST must be MO",
    "RSCALE=HEBREW;FREQ=MONTHLY": "RSCALE must be GREGORIAN",
    "FREQ=DAILY;INTERVAL=\u0661": "INTERVAL must be a number",
}


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_what_no_rule_can_express_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidRecurrence, match=message) as refused:
        rrules.parse(text)
    assert refused.value.field == "rrule"


ROUND: list[dict[str, Any]] = [
    {"pattern": "weekly", "interval": 2, "weekdays": ("MO",), "months": (4, 5)},
    {"pattern": "monthly", "month_days": (15, 31), "skip": "omit"},
    {"pattern": "monthly", "month_days": (15, 31)},
    {"pattern": "yearly", "weekdays": ("-1SU",), "months": (3, 10), "count": 7},
]


@pytest.mark.parametrize("fields", ROUND)
def test_what_is_written_is_read_as_the_same_rule(fields: dict[str, Any]) -> None:
    rule = Rule(**fields)
    assert rrules.parse(rrules.write(rule, JAN_31, BERLIN) or "") == rule
