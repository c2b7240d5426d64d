"""Random series, and the comparison of the recurrence engine with the oracle on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from recurring_tasks_service.recurrence import Series, next_occurrence
from tests.recurrence import oracle
from todo_kit.recurrence import WEEKDAYS, Frequency, Rule

ZONES = (
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Africa/Cairo", "Africa/Casablanca", "America/New_York",
    "America/Los_Angeles", "America/Santiago", "America/Havana", "America/Nuuk", "America/Sao_Paulo", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Tehran", "Asia/Beirut", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia",
    "Pacific/Chatham",
)  # fmt: skip
TIMES = [time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(9), time(20)]
BEGINNING = date(2000, 1, 1)
YEARS_OF_DAYS = 366 * 28
MOST_DAYS_LATER = 366 * 6


@dataclass(frozen=True, slots=True)
class Sample:
    series: Series
    after_slot: int
    due: datetime
    completed: datetime


def samples(seed: int, number: int) -> Iterator[Sample]:
    random = Random(seed)
    for _ in range(number):
        yield sample(random)


def sample(random: Random) -> Sample:
    day = BEGINNING + timedelta(days=random.randrange(YEARS_OF_DAYS))
    minutes = random.choice([0, 90, 120, 150, 540, 1410])
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    anchor = day if random.random() < 0.3 else wall
    zone = ZoneInfo(random.choice(ZONES))
    times = (
        random.sample(TIMES, random.randrange(1, 5)) if isinstance(anchor, datetime) and random.random() < 0.2 else ()
    )
    due = wall.replace(tzinfo=zone).astimezone(UTC) + timedelta(days=random.choice([0, 0, 1, 7]))
    completed = due + timedelta(minutes=random.choice([-9000, -5, 0, 5, random.randrange(60 * 24 * MOST_DAYS_LATER)]))
    return Sample(Series(anchor, zone, rule(random, day, tuple(times))), random.choice([0, 0, 1, 5]), due, completed)


def rule(random: Random, anchor: date, times: tuple[time, ...]) -> Rule:
    if times and random.random() < 0.2:
        return Rule("hourly", random.choice([1, 6, 8, 100]), count=random.choice([None, 3, 500]))
    pattern: Frequency = random.choice(["daily", "weekly", "monthly", "monthly", "yearly"])
    details: dict[str, Any] = {"interval": random.choice([1, 1, 1, 2, 3, 6]), "times": times}
    if pattern == "weekly":
        details["weekdays"] = tuple(random.sample(WEEKDAYS, random.randrange(4)))
    elif pattern != "daily":
        details |= days_of_month(random)
    needs_months = pattern == "yearly" and details.keys() & {"weekdays", "month_days", "workday"}
    if needs_months or random.random() < 0.2:
        details["months"] = tuple(random.sample(range(1, 13), random.randrange(1, 5)))
    if random.random() < 0.2:
        details["excluded_dates"] = tuple(anchor + timedelta(days=random.randrange(1, 100)) for _ in range(5))
    if (end := random.random()) < 0.1:
        details["count"] = random.randrange(1, 60)
    elif end < 0.2:
        details["until"] = anchor + timedelta(days=random.randrange(1000))
    return Rule(pattern, **details)


def days_of_month(random: Random) -> dict[str, Any]:
    match random.randrange(6):
        case 0:
            ordinals = random.sample(["1", "2", "3", "4", "5", "-1", "-2", "-5"], random.randrange(1, 4))
            return {"weekdays": tuple(ordinal + random.choice(WEEKDAYS) for ordinal in ordinals)}
        case 1:
            named = random.sample([1, 2, 15, 28, 29, 30, 31, -1, -2, -28, -31], random.randrange(1, 4))
            return {"month_days": tuple(named), "skip": random.choice(["backward", "omit"])}
        case 2:
            return {"workday": random.choice([1, 2, 10, 20, 22, -1, -2])}
        case 3:
            return {"last_day": True}
        case 4:
            return {"skip": "omit"}
        case _:
            return {}


def compare(one: Sample) -> tuple[float, str]:
    """Returns the engine's time in seconds, and a description if it and the oracle disagree."""
    series = one.series
    start = perf_counter()
    found = next_occurrence(series, one.after_slot, one.due, one.completed)
    elapsed = perf_counter() - start
    passed = max(one.due, one.completed)
    expected = oracle.following(series.rule, series.anchor, series.zone, one.after_slot, passed)
    got = (found.slot, found.due) if found else None
    return elapsed, "" if got == expected else f"{one}\n  engine {got}\n  oracle {expected}"
