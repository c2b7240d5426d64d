"""The policy's statements, for any rule, any anchor and any time zone."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from recurring_tasks_service.recurrence import Occurrence, Rule, Series, next_occurrence, occurrence, upcoming
from recurring_tasks_service.recurrence.days import nth_day
from todo_kit.recurrence import WEEKDAYS

pytestmark = pytest.mark.slow

T = TypeVar("T")
DAY = timedelta(days=1)

bounded = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
days = st.dates(date(1970, 1, 1), date(2120, 12, 31)) | st.dates(date(2005, 1, 1), date(2035, 12, 31))
night = st.sampled_from([time(hour, minute) for hour in (0, 1, 2, 3, 23) for minute in (0, 15, 30)])
times = st.times() | night
numbers = st.integers(0, 5) | st.integers(0, 400)
walls = st.builds(datetime.combine, days, times)
instants = walls.map(lambda wall: wall.replace(tzinfo=UTC))
any_instants = instants | st.datetimes(timezones=zones)


@st.composite
def rules(draw: st.DrawFn, /, **fixed: Any) -> Rule:
    pattern = draw(st.sampled_from(["daily", "weekly", "monthly", "yearly"]))
    by_week, by_month = pattern == "weekly", pattern in {"monthly", "yearly"}
    drawn: dict[str, Any] = {
        "pattern": pattern,
        "interval": draw(st.integers(1, 4) | st.integers(1, 999)),
        "weekdays": tuple(draw(st.sets(st.sampled_from(WEEKDAYS)))) if by_week else (),
        "last_day": draw(st.booleans()) if by_month else False,
    }
    return Rule(**drawn | fixed)


@st.composite
def series(draw: st.DrawFn, /, **fixed: Any) -> Series:
    return Series(draw(days | walls), draw(zones), draw(rules(**fixed)), draw(st.just(0) | st.integers(0, 50)))


@given(rules(), days)
@bounded
def test_the_nth_day_is_the_one_that_the_rule_read_day_by_day_gives(rule: Rule, anchor: date) -> None:
    horizon = anchor + 3000 * DAY
    by_number = takewhile(lambda day: day <= horizon, (nth_day(rule, anchor, n) or date.max for n in range(3002)))
    assert list(by_number) == list(walk(rule, anchor, horizon))


@given(series(), numbers)
@bounded
@example(Series(date(2011, 12, 29), ZoneInfo("Pacific/Apia"), Rule("daily")), 1)
def test_instants_increase(of: Series, n: int) -> None:
    earlier, later = real(at(of, n)), real(at(of, n + 1))
    if exists(nominal(of, n), of.zone):
        assert earlier.due < later.due
    else:
        # A zone that skips a whole day has only one instant for that day and the next.
        assert earlier.due <= later.due


@given(series(), numbers)
@bounded
def test_the_wall_time_is_the_anchors_unless_the_clocks_skip_it(of: Series, n: int) -> None:
    found, wanted = real(at(of, n)), nominal(of, n)
    local = found.due.astimezone(of.zone).replace(tzinfo=None, fold=0)
    if exists(wanted, of.zone):
        assert local == wanted
    else:
        assert timedelta(0) < local - wanted <= DAY
    # In UTC: times that happen twice are never equal to those of another zone (PEP 495).
    shown = found.local.astimezone(UTC) if isinstance(found.local, datetime) else found.local
    assert shown == (local.date() if of.all_day else found.due)


@given(series(), numbers)
@bounded
def test_only_months_that_are_too_short_are_clamped(of: Series, n: int) -> None:
    assume(of.rule.pattern in {"monthly", "yearly"} and n > 0 and at(of, n))
    day = real(nth_day(of.rule, of.first_day, n))
    length = monthrange(day.year, day.month)[1]
    assert day.day == (length if of.rule.last_day else min(of.first_day.day, length))


@given(series(), numbers, st.integers(1, 12))
@bounded
def test_an_occurrence_does_not_depend_on_how_one_came_to_it(of: Series, n: int, steps: int) -> None:
    walked = real(at(of, n))
    for _ in range(steps):
        walked = real(next_occurrence(of, walked.slot, walked.due, walked.due))
        assert walked == occurrence(of, walked.slot)


@given(series(), numbers, instants, instants | st.none())
@bounded
def test_the_next_is_the_first_slot_after_both_due_and_completed(
    of: Series, n: int, due: datetime, completed: datetime | None
) -> None:
    after_slot = of.anchor_slot + n - 1
    following = real(next_occurrence(of, after_slot, due, completed))
    assert following == occurrence(of, following.slot)
    assert following.slot > after_slot
    assert is_after(following, of, due, completed)
    before = occurrence(of, following.slot - 1)
    assert before is None or before.slot == after_slot or not is_after(before, of, due, completed)


@given(series(), numbers, st.sampled_from(["day", "instant", "local time"]), st.sampled_from([-1, 0, 1]))
@bounded
def test_until_is_inclusive(of: Series, n: int, kind: str, beside: int) -> None:
    last, later = real(at(of, n)), real(at(of, n + 1))
    assume(local_date(last) < local_date(later))
    tick = timedelta(microseconds=beside)
    until: date = last.due + tick
    if kind == "day":
        until = local_date(last) + beside * DAY
    elif kind == "local time" and isinstance(last.local, datetime):
        until = last.local.replace(tzinfo=None) + tick
        assume(exists(until, of.zone))
    ending = replace(of, rule=replace(of.rule, until=until))
    assert occurrence(ending, last.slot) == (last if beside >= 0 else None)
    if beside <= 0:
        assert occurrence(ending, later.slot) is None
        assert next_occurrence(ending, last.slot, last.due, last.due) is None
        assert upcoming(ending, last.slot, last.due, None, 5) == ([], "until")


@given(series(), st.integers(1, 60))
@bounded
def test_count_is_exact_whatever_slot_the_anchor_was_moved_at(of: Series, count: int) -> None:
    counted = replace(of, rule=replace(of.rule, count=count))
    assert [occurrence(counted, slot) for slot in range(count)] == [occurrence(of, slot) for slot in range(count)]
    assert occurrence(counted, count) is None
    if last := occurrence(counted, count - 1):
        assert next_occurrence(counted, last.slot, last.due, last.due) is None


@given(series(mode="completion"), st.integers(0, 50), instants, instants)
@bounded
def test_completion_mode_counts_from_the_local_day_of_completion(
    of: Series, after_slot: int, due: datetime, completed: datetime
) -> None:
    following, rule = real(next_occurrence(of, after_slot, due, completed)), of.rule
    assert following.slot == after_slot + 1
    done, day = completed.astimezone(of.zone).date(), local_date(following)
    start = max(done, due.astimezone(of.zone).date())
    assume(exists(datetime.combine(day, of.wall_time), of.zone))
    if rule.weekdays:
        assert WEEKDAYS[day.weekday()] in rule.weekdays
        assert start < day < start + (rule.interval + 1) * 7 * DAY
    elif rule.pattern in {"daily", "weekly"}:
        assert day - done == rule.interval * DAY * (7 if rule.pattern == "weekly" else 1)
    else:
        months = (day.year - done.year) * 12 + day.month - done.month
        length = monthrange(day.year, day.month)[1]
        assert months == rule.interval * (12 if rule.pattern == "yearly" else 1)
        assert day.day == (length if rule.last_day else min(done.day, length))


@given(series(), st.integers(1, 20))
@bounded
def test_a_preview_is_what_will_follow_when_each_is_done_in_time(of: Series, count: int) -> None:
    latest: Occurrence | None = real(at(of, 0))
    shown, _ = upcoming(of, of.anchor_slot, real(latest).due, None, count)
    for each in shown:
        latest = next_occurrence(of, real(latest).slot, real(latest).due, real(latest).due)
        assert each == latest


@given(st.data(), st.integers(-5, 10**20), any_instants, any_instants | st.none())
@bounded
def test_nothing_allowed_raises(data: st.DataObject, slot: int, due: datetime, completed: datetime | None) -> None:
    mode = data.draw(st.sampled_from(["schedule", "completion"]))
    end = data.draw(
        st.fixed_dictionaries({"until": days | walls | instants})
        | st.fixed_dictionaries({"count": st.integers(1, 9999)})
        | st.just({})
    )
    of = data.draw(series(mode=mode, **end))
    occurrence(of, slot)
    next_occurrence(of, slot, due, completed)
    shown, ended_by = upcoming(of, of.anchor_slot, due, completed, 5)
    assert all(each.due.tzinfo is UTC and each.due.year < 2200 and each.reason for each in shown)
    assert ended_by is None or ended_by in end


def walk(rule: Rule, anchor: date, horizon: date) -> Iterator[date]:
    """The rule read literally, one day after the other."""
    yield anchor
    monday = anchor - anchor.weekday() * DAY
    for day in (anchor + n * DAY for n in range(1, (horizon - anchor).days + 1)):
        months = (day.year - anchor.year) * 12 + day.month - anchor.month
        length = monthrange(day.year, day.month)[1]
        at_its_day = day.day == (length if rule.last_day else min(anchor.day, length))
        listed = WEEKDAYS[day.weekday()] in rule.weekdays
        if {
            "daily": (day - anchor).days % rule.interval == 0,
            "weekly": (listed and (day - monday).days // 7 % rule.interval == 0)
            or (not rule.weekdays and (day - anchor).days % (7 * rule.interval) == 0),
            "monthly": at_its_day and months % rule.interval == 0,
            "yearly": at_its_day and months % (12 * rule.interval) == 0,
        }[rule.pattern]:
            yield day


def at(of: Series, n: int) -> Occurrence | None:
    return occurrence(of, of.anchor_slot + n)


def nominal(of: Series, n: int) -> datetime:
    """The wall-clock time that the rule names, whether or not the clocks have it."""
    return datetime.combine(real(nth_day(of.rule, of.first_day, n)), of.wall_time)


def exists(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether some instant near it shows this wall-clock time."""
    as_utc = wall.replace(tzinfo=UTC)
    offsets = [(as_utc + hours * timedelta(hours=1)).astimezone(zone).utcoffset() for hours in range(-26, 27)]
    return any((as_utc - real(each)).astimezone(zone).replace(tzinfo=None) == wall for each in set(offsets))


def is_after(found: Occurrence, of: Series, *passed: datetime | None) -> bool:
    """Timed: the instants decide; all-day: the days do."""
    latest = [instant for instant in passed if instant]
    if of.all_day:
        return local_date(found) > max(instant.astimezone(of.zone).date() for instant in latest)
    return found.due > max(latest)


def local_date(found: Occurrence) -> date:
    return found.local.date() if isinstance(found.local, datetime) else found.local


def real(value: T | None) -> T:
    """Examples where the supported years end before are of no interest."""
    assume(value is not None)
    assert value is not None
    return value
