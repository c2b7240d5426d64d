"""The worked cases of the policy, one row each. Expected times are local with their offset; days are plain dates."""

from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from recurring_tasks_service.recurrence import Rule, Series, next_occurrence, occurrence, upcoming
from todo_kit.dates import remind_at

MONTHLY = Rule("monthly")
DAILY = Rule("daily")


class Case(NamedTuple):
    """A series and what it gives from slot 0 on."""

    says: str
    zone: str
    anchor: str
    rule: Rule
    expected: list[str]


CASES = [
    Case("month ends clamp and come back", "America/New_York", "2026-01-31T09:00", MONTHLY, [
        "2026-01-31T14:00Z", "2026-02-28T14:00Z", "2026-03-31T13:00Z", "2026-04-30T13:00Z", "2026-05-31T13:00Z"]),
    Case("day 30", "Asia/Karachi", "2027-01-30T09:00", MONTHLY, [
        "2027-01-30T09:00+05:00", "2027-02-28T09:00+05:00", "2027-03-30T09:00+05:00"]),
    Case("clamp and gap in one series", "Europe/Berlin", "2026-01-29T02:30", MONTHLY, [
        "2026-01-29T02:30+01:00", "2026-02-28T02:30+01:00", "2026-03-29T03:30+02:00", "2026-04-29T02:30+02:00"]),
    Case("every 3 months", "UTC", "2026-11-30T00:00", Rule("monthly", interval=3), [
        "2026-11-30T00:00Z", "2027-02-28T00:00Z", "2027-05-30T00:00Z", "2027-08-30T00:00Z"]),
    Case("29 February comes back in leap years", "UTC", "2028-02-29", Rule("yearly"), [
        "2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
    Case("day 28", "UTC", "2026-02-28", MONTHLY, ["2026-02-28", "2026-03-28"]),
    Case("the last day is not day 28", "UTC", "2026-02-28", Rule("monthly", last_day=True), [
        "2026-02-28", "2026-03-31", "2026-04-30"]),
    Case("wall time is kept over the change", "Europe/Berlin", "2026-03-28T09:00", DAILY, [
        "2026-03-28T08:00Z", "2026-03-29T07:00Z", "2026-03-30T07:00Z"]),
    Case("a skipped time moves and comes back", "America/New_York", "2026-03-07T02:30", DAILY, [
        "2026-03-07T07:30Z", "2026-03-08T03:30-04:00", "2026-03-09T06:30Z"]),
    Case("a repeated time counts once", "America/New_York", "2026-11-01T01:30", DAILY, [
        "2026-11-01T05:30Z", "2026-11-02T06:30Z"]),
    Case("midnight is skipped", "America/Santiago", "2026-09-05T00:00", DAILY, [
        "2026-09-05T04:00Z", "2026-09-06T01:00-03:00", "2026-09-07T03:00Z"]),
    Case("a gap of 30 minutes", "Australia/Lord_Howe", "2026-10-03T02:15", DAILY, [
        "2026-10-03T02:15+10:30", "2026-10-04T02:45+11:00", "2026-10-05T02:15+11:00"]),
    Case("no changes: Kolkata", "Asia/Kolkata", "2026-03-07T09:00", DAILY, [
        "2026-03-07T03:30Z", "2026-03-08T03:30Z", "2026-03-09T03:30Z"]),
    Case("no changes: Phoenix", "America/Phoenix", "2026-03-07T09:00", DAILY, [
        "2026-03-07T16:00Z", "2026-03-08T16:00Z", "2026-03-09T16:00Z"]),
    Case("the month's end is the local one", "America/Los_Angeles", "2026-01-30T20:00", MONTHLY, [
        "2026-01-31T04:00Z", "2026-03-01T04:00Z"]),
    Case("all day starts when the day does", "America/Santiago", "2026-09-05", DAILY, [
        "2026-09-05", "2026-09-06", "2026-09-07"]),
    Case("weeks begin on Monday", "UTC", "2026-06-12", Rule("weekly", interval=2, weekdays=("MO", "FR")), [
        "2026-06-12", "2026-06-22", "2026-06-26", "2026-07-06"]),
    Case("the second Tuesday and the last Friday", "UTC", "2026-06-09", Rule("monthly", weekdays=("2TU", "-1FR")), [
        "2026-06-09", "2026-06-26", "2026-07-14", "2026-07-31"]),
    Case("a month without a fifth Friday is left out", "UTC", "2026-05-29", Rule("monthly", weekdays=("5FR",)), [
        "2026-05-29", "2026-07-31", "2026-10-30"]),
    Case("several days, one of them in long months", "UTC", "2026-01-30", Rule("monthly", month_days=(30, 31)), [
        "2026-01-30", "2026-01-31", "2026-02-28", "2026-03-30", "2026-03-31", "2026-04-30"]),
    Case("days that are missing can be left out", "UTC", "2026-01-31", Rule("monthly", skip="omit"), [
        "2026-01-31", "2026-03-31", "2026-05-31"]),
    Case("29 February in leap years only", "UTC", "2028-02-29", Rule("yearly", skip="omit"), [
        "2028-02-29", "2032-02-29"]),
    Case("the last working day", "UTC", "2026-05-29", Rule("monthly", workday=-1), [
        "2026-05-29", "2026-06-30", "2026-07-31", "2026-08-31"]),
    Case("a season", "Europe/Berlin", "2026-09-26T10:00", Rule("weekly", weekdays=("SA",), months=(4, 5, 6, 7, 8, 9)), [
        "2026-09-26T10:00+02:00", "2027-04-03T10:00+02:00", "2027-04-10T10:00+02:00"]),
    Case("the end of a quarter", "UTC", "2026-03-31", Rule("monthly", last_day=True, months=(3, 6, 9, 12)), [
        "2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
    Case("thanksgiving", "America/New_York", "2026-11-26", Rule("yearly", weekdays=("4TH",), months=(11,)), [
        "2026-11-26", "2027-11-25", "2028-11-23"]),
    Case("several times a day, from the second one on", "Europe/Berlin", "2026-03-28T20:00",
         Rule("daily", times=(time(8), time(20))), [
        "2026-03-28T20:00+01:00", "2026-03-29T08:00+02:00", "2026-03-29T20:00+02:00"]),
    Case("an anchor that is not listed has its own time alone", "Europe/Berlin", "2026-06-10T09:00",
         Rule("weekly", weekdays=("FR",), times=(time(8), time(20))), [
        "2026-06-10T09:00+02:00", "2026-06-12T08:00+02:00", "2026-06-12T20:00+02:00", "2026-06-19T08:00+02:00"]),
    Case("hours pass where the clocks change", "Europe/Berlin", "2026-03-28T22:00", Rule("hourly", 3), [
        "2026-03-28T22:00+01:00", "2026-03-29T01:00+01:00", "2026-03-29T05:00+02:00", "2026-03-29T08:00+02:00"]),
    Case("an anchor that is not listed is the first slot", "UTC", "2026-06-10", Rule("weekly", weekdays=("FR", "MO")), [
        "2026-06-10", "2026-06-12", "2026-06-15", "2026-06-19"]),
    Case("an anchor before the last day, too", "UTC", "2026-02-10", Rule("monthly", interval=2, last_day=True), [
        "2026-02-10", "2026-02-28", "2026-04-30"]),
    Case("the last day of February, every year", "UTC", "2027-02-28", Rule("yearly", last_day=True), [
        "2027-02-28", "2028-02-29", "2029-02-28"]),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_a_series_gives(case: Case) -> None:
    given = series(case.zone, case.anchor, case.rule)
    found = [occurrence(given, slot) for slot in range(len(case.expected))]
    assert [at(case.zone, text) for text in case.expected] == [each and each.local for each in found]


class Following(NamedTuple):
    """What follows slot 0, due at the anchor, once it is completed at that local time."""

    says: str
    anchor: str
    rule: Rule
    completed: str
    expected: str


EVERY_3_DAYS = Rule("daily", interval=3, mode="completion")
MON_THU = Rule("weekly", weekdays=("MO", "TH"), mode="completion")
EVERY_4_FRIDAYS = Rule("weekly", interval=4, weekdays=("FR",), mode="completion")

FOLLOWING = [
    Following("days late: one successor, not four", "2026-06-01T09:00", DAILY, "2026-06-05T14:00", "2026-06-06T09:00"),
    Following("late, but before today's time", "2026-06-01T09:00", DAILY, "2026-06-05T08:00", "2026-06-05T09:00"),
    Following("early: not the same week again", "2026-06-12", Rule("weekly"), "2026-06-10T12:00", "2026-06-19"),
    Following("all day, done that day", "2026-06-01", DAILY, "2026-06-01T22:00", "2026-06-02"),
    Following("all day, done late", "2026-06-01", DAILY, "2026-06-05T22:00", "2026-06-06"),
    Following("fifty years late", "1976-06-01T09:00", DAILY, "2026-06-05T14:00", "2026-06-06T09:00"),
    Following("3 days after completion", "2026-06-01T09:00", EVERY_3_DAYS, "2026-06-05T22:15", "2026-06-08T09:00"),
    Following("the day of completion is local", "2026-06-01", EVERY_3_DAYS, "2026-06-05T23:59", "2026-06-08"),
    Following("a month after completion, clamped", "2026-01-20", Rule("monthly", mode="completion"),
              "2026-01-31T12:00", "2026-02-28"),
    Following("the month's last day after completion", "2026-05-31",
              Rule("monthly", last_day=True, mode="completion"), "2026-05-31T12:00", "2026-06-30"),
    Following("listed weekdays: the next", "2026-06-08", MON_THU, "2026-06-08T12:00", "2026-06-11"),
    Following("listed weekdays: next week's", "2026-06-11", MON_THU, "2026-06-12T12:00", "2026-06-15"),
    Following("listed weekdays: a day done early does not come again", "2026-06-11", MON_THU,
              "2026-06-07T12:00", "2026-06-15"),
    Following("listed weekdays, weeks late: still the next", "2026-06-08", MON_THU, "2026-06-23T12:00", "2026-06-25"),
    Following("listed weekdays late: a whole interval from the week of completion", "2026-06-05", EVERY_4_FRIDAYS,
              "2026-06-09T12:00", "2026-07-10"),
]  # fmt: skip


@pytest.mark.parametrize("case", FOLLOWING, ids=lambda case: case.says)
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "UTC"])
def test_what_follows_a_completion(zone: str, case: Following) -> None:
    given = series(zone, case.anchor, case.rule)
    first = occurrence(given, 0)
    assert first is not None
    following = next_occurrence(given, 0, first.due, local(zone, case.completed))
    assert following is not None
    assert following.local == at(zone, case.expected)


def test_a_rescheduled_occurrence_does_not_move_the_series() -> None:
    fridays = series("UTC", "2026-06-12T09:00", Rule("weekly"))
    earlier = next_occurrence(fridays, 1, local("UTC", "2026-06-18T09:00"), local("UTC", "2026-06-18T10:00"))
    later = next_occurrence(fridays, 1, local("UTC", "2026-06-28T09:00"), local("UTC", "2026-06-20T10:00"))
    assert earlier == occurrence(fridays, 2)
    assert later == occurrence(fridays, 3)


def test_a_moved_anchor_goes_on_counting_slots() -> None:
    moved = series("UTC", "2026-06-12", Rule("weekly", count=10), anchor_slot=3)
    dates, ended_by = upcoming(moved, 3, local("UTC", "2026-06-12T00:00"), None, 100)
    assert [each.slot for each in dates] == [4, 5, 6, 7, 8, 9]
    assert dates[-1].local == date(2026, 7, 24)
    assert ended_by == "count"
    assert occurrence(moved, 2) is None


def test_until_includes_its_local_day() -> None:
    evenings = series("America/New_York", "2026-06-08T21:00", Rule("daily", until=date(2026, 6, 10)))
    dates, ended_by = upcoming(evenings, 0, local("America/New_York", "2026-06-08T21:00"), None, 10)
    assert [each.due for each in dates] == [instant("2026-06-10T01:00Z"), instant("2026-06-11T01:00Z")]
    assert ended_by == "until"


@pytest.mark.parametrize("until", ["2026-06-10T21:00", "2026-06-10T21:00-04:00", "2026-06-11T01:00Z"])
def test_until_includes_its_instant(until: str) -> None:
    evenings = series("America/New_York", "2026-06-08T21:00", Rule("daily", until=datetime.fromisoformat(until)))
    dates, ended_by = upcoming(evenings, 0, local("America/New_York", "2026-06-08T21:00"), None, 10)
    assert dates[-1].due == instant("2026-06-11T01:00Z")
    assert ended_by == "until"


def test_a_list_tells_whether_the_series_goes_on_after_it() -> None:
    thrice = series("UTC", "2026-06-01", Rule("daily", count=3))
    start = instant("2026-06-01T00:00Z")
    assert [upcoming(thrice, 0, start, None, n)[1] for n in (0, 1, 2, 3)] == [None, None, "count", "count"]
    assert upcoming(series("UTC", "2026-06-01", DAILY), 0, start, None, 3)[1] is None


def test_a_preview_in_completion_mode_assumes_completion_when_due() -> None:
    given = series("Europe/Berlin", "2026-06-01T09:00", Rule("daily", interval=3, mode="completion"))
    dates, _ = upcoming(given, 0, local("Europe/Berlin", "2026-06-01T09:00"), None, 2)
    assert [each.local for each in dates] == [
        local("Europe/Berlin", "2026-06-04T09:00"),
        local("Europe/Berlin", "2026-06-07T09:00"),
    ]
    dates, _ = upcoming(given, 0, dates[0].due, local("Europe/Berlin", "2026-06-05T22:15"), 2)
    assert [each.local for each in dates] == [
        local("Europe/Berlin", "2026-06-08T09:00"),
        local("Europe/Berlin", "2026-06-11T09:00"),
    ]


def test_a_day_that_a_zone_skipped_is_not_due_twice() -> None:
    samoa = series("Pacific/Apia", "2011-12-29", DAILY)
    dates, _ = upcoming(samoa, 0, local("Pacific/Apia", "2011-12-29T00:00"), None, 2)
    assert [each.local for each in dates] == [date(2011, 12, 31), date(2012, 1, 1)]
    assert dates[0].reason == "30 December does not exist in this time zone, so 31 December"


def test_an_all_day_occurrence_is_due_when_its_day_starts() -> None:
    chile = occurrence(series("America/Santiago", "2026-09-05", DAILY), 1)
    assert chile is not None
    assert (chile.local, chile.due) == (date(2026, 9, 6), instant("2026-09-06T04:00Z"))


def test_the_all_day_task_after_a_day_whose_last_hour_came_twice() -> None:
    """Newfoundland once set its clocks back at 00:01, so 1 November began, and then it was 31 October again."""
    newfoundland = series("America/St_Johns", "2009-10-31", DAILY)
    last_hour = instant("2009-11-01T02:59Z")
    assert last_hour.astimezone(ZoneInfo("America/St_Johns")).date() == date(2009, 10, 31)
    following = next_occurrence(newfoundland, 0, local("America/St_Johns", "2009-10-31T00:00"), last_hour)
    assert following is not None
    assert following.local == date(2009, 11, 1)


@pytest.mark.parametrize("rule", [DAILY, EVERY_3_DAYS])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_the_first_and_the_last_instants_there_are_do_no_harm(zone: str, rule: Rule) -> None:
    given = series(zone, "2026-06-01", rule)
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert next_occurrence(given, 0, first, first) is not None or rule.mode == "completion"
    assert next_occurrence(given, 0, first, last) is None
    assert next_occurrence(given, 0, last, last) is None


def test_a_reminder_comes_exact_minutes_before() -> None:
    due = local("Europe/Berlin", "2026-03-29T09:00")
    assert remind_at(due, "Europe/Berlin", 1440, time(9)) == instant("2026-03-28T07:00Z")
    assert remind_at(due, "Europe/Berlin", 0, time(9)) == due


@pytest.mark.parametrize(
    ("zone", "day", "lead", "at", "expected"),
    [
        ("Asia/Tokyo", "2026-06-02", 0, time(9), "2026-06-02T09:00+09:00"),
        ("Asia/Tokyo", "2026-06-02", 60, time(9), "2026-06-02T08:00+09:00"),
        ("Asia/Tokyo", "2026-06-02", 1440, time(18), "2026-06-01T18:00+09:00"),
        ("Europe/Berlin", "2026-03-29", 1440, time(9), "2026-03-28T09:00+01:00"),
        ("Europe/Berlin", "2026-03-30", 2 * 1440, time(9), "2026-03-28T09:00+01:00"),
        ("Europe/Berlin", "2026-03-29", 0, time(2, 30), "2026-03-29T03:30+02:00"),
        ("Europe/Berlin", "2026-03-29", 60, time(2, 30), "2026-03-29T01:30+01:00"),
        ("Europe/Berlin", "2026-10-25", 0, time(2, 30), "2026-10-25T02:30+02:00"),
        ("America/Santiago", "2026-09-06", 0, time(0), "2026-09-06T01:00-03:00"),
    ],
)
def test_a_reminder_of_an_all_day_task_comes_at_the_time_of_day(
    zone: str, day: str, lead: int, at: time, expected: str
) -> None:
    assert remind_at(date.fromisoformat(day), zone, lead, at) == instant(expected)


def series(zone: str, anchor: str, rule: Rule, anchor_slot: int = 0) -> Series:
    return Series(_value(anchor), ZoneInfo(zone), rule, anchor_slot)


def at(zone: str, text: str) -> date | datetime:
    """What a local date or a date-time looks like as `Occurrence.local`; without an offset it is the zone's."""
    value = _value(text)
    if not isinstance(value, datetime):
        return value
    return value.replace(tzinfo=ZoneInfo(zone)) if value.tzinfo is None else value.astimezone(ZoneInfo(zone))


def local(zone: str, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _value(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
