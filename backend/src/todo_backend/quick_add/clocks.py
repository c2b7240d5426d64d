"""What phrases about the time of day mean."""

from datetime import time

from todo_backend.quick_add.meanings import Here, Meaning, Readings

DAYPARTS = {"morning": time(9), "afternoon": time(15), "evening": time(18), "night": time(20)}
"""When a part of the day is, where no hour is said."""
NOON = 12


def on_the_clock(_: Here, hour: str, minute: int = 0) -> Readings:
    """A hour from 1 to 12 is one of two, unless a nought is written before it ("07:30"): then it is of 24 hours."""
    number = int(hour)
    if number > 23 or minute > 59:  # noqa: PLR2004 - a clock's numbers
        return []
    if not 1 <= number <= NOON or hour.startswith("0"):
        return [Meaning(clock=time(number, minute))]
    early, late = time(number % NOON, minute), time(number % NOON + NOON, minute)
    return [Meaning(clock=clock) for clock in ((early, late) if 7 <= number < NOON else (late, early))]  # noqa: PLR2004


def with_half(_: Here, hour: str, half: str, minute: int = 0) -> Readings:
    """9 am or 9 pm."""
    number = int(hour)
    if not 1 <= number <= NOON or minute > 59:  # noqa: PLR2004
        return []
    return [Meaning(clock=time(number % NOON + (NOON if half == "pm" else 0), minute))]


def with_daypart(here: Here, hour: str, daypart: str, minute: int = 0) -> Readings:
    """7 in the evening."""
    return [
        reading for reading in on_the_clock(here, hour, minute) if reading.clock and lies_in(reading.clock, daypart)
    ]


def noon(_: Here) -> Readings:
    return [Meaning(clock=time(NOON))]


def midnight(_: Here) -> Readings:
    """The end of a day where one is said, or its beginning."""
    return [Meaning(clock=time(), days_later=1), Meaning(clock=time())]


def daypart(_: Here, daypart: str) -> Readings:
    return [Meaning(daypart=daypart)]


def lies_in(clock: time, daypart: str) -> bool:
    return (clock.hour < NOON) == (daypart == "morning")
