"""The meanings of phrases about the time of day."""

from dataclasses import replace
from datetime import time
from itertools import chain
from typing import Any

from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Readings

DAYPARTS = {"morning": time(9), "afternoon": time(15), "evening": time(18), "night": time(20)}
"""The time of a part of the day if the text names no hour."""
NOON = 12
CLEAR_HOUR, CLEAR_WRITTEN_HOUR = 9, 6
"""On a 24-hour clock, hours from these on are as they are said. Earlier ones may be of the afternoon."""
EARLIEST = 7
"""Pairs of hours before this one, without am and pm, are probably no times."""
BEYOND_MIDNIGHT = {"evening": (time(13), time(1)), "night": (time(17), time(5))}
"""Start and end of the parts of the day that continue after midnight."""


def on_the_clock(_: Here, hour: str, minute: int = 0) -> Readings:
    """Reads an hour without am or pm. 5 to 11 are ambiguous: 7 to 11 prefer the morning, 5 and 6 the afternoon.

    12 and 1 to 4 mean the afternoon; the hour of the night is in `unlikely`, in case the text names a part of the day.
    An hour with a leading zero ("07:30") is on the 24-hour clock.
    """
    number = int(hour)
    if number > 23 or minute > 59:  # noqa: PLR2004 - a clock's numbers
        return []
    if not 1 <= number <= NOON or hour.startswith("0"):
        return [Meaning(clock=time(number, minute))]
    early, late = time(number % NOON, minute), time(number % NOON + NOON, minute)
    if number < 5 or number == NOON:  # noqa: PLR2004
        return [Meaning(clock=late, unlikely=early)]
    return [Meaning(clock=clock) for clock in ((early, late) if number >= 7 else (late, early))]  # noqa: PLR2004


def perhaps_on_the_clock(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "Friday 9", where the number may be something else."""
    return [*on_the_clock(here, hour, minute), WORDS]


def perhaps_of_24_hours(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "1730", which may be any number."""
    return [*of_24_hours(here, hour, minute), WORDS]


def on_24_hours(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads an hour as people say it whose clocks count to 24: "um 9", "a las 9". If that has passed, asks about 21."""
    found = of_the_day(here, hour, minute, CLEAR_HOUR)
    late = found[0].unlikely if found else None
    return [Meaning(clock=found[0].clock, afternoon=late)] if late and late.hour > NOON + CLEAR_HOUR - 1 else found


def written_hour(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads an hour as people write it whose clocks count to 24: "9 Uhr", "9:30"."""
    return of_the_day(here, hour, minute, CLEAR_WRITTEN_HOUR)


def of_the_day(here: Here, hour: str, minute: int, clear: int) -> Readings:
    """Reads hours before `clear` as ambiguous. In a locale whose clocks count to 12, reads them `on_the_clock`."""
    number = int(hour)
    if here.conventions.hour_cycle == "h12" or not 1 <= number < NOON or hour.startswith("0"):
        return on_the_clock(here, hour, minute)
    if minute > 59:  # noqa: PLR2004
        return []
    early, late = time(number, minute), time(number + NOON, minute)
    if number >= clear:
        return [Meaning(clock=early, unlikely=late)]
    found = [Meaning(clock=early), Meaning(clock=late)]
    return found if number >= CLEAR_WRITTEN_HOUR else found[::-1]


def end_of_the_day(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "until 18:00" on a 24-hour clock."""
    return [replace(reading, ends=True) for reading in written_hour(here, hour, minute)]


def from_written_hour(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "from 14 to 16" as its start, on a 24-hour clock. The words stay in the title."""
    return keeping_words(written_hour(here, hour, minute))


def from_said_hour(here: Here, hour: str, minute: int = 0) -> Readings:
    return keeping_words(on_24_hours(here, hour, minute))


def perhaps_from_hour(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "de 10 a 12" as its start. May be words, as the numbers may mean something else."""
    return [*from_said_hour(here, hour, minute), WORDS]


def beside_hour(here: Here, hour: str, past: int = 0, to: int = 0) -> Readings:
    """Reads minutes past or to an hour on a 24-hour clock: "viertel nach acht", "ocho menos cuarto"."""
    return [shifted(reading, past - to) for reading in on_24_hours(here, hour)]


def half_to(here: Here, hour: str) -> Readings:
    """Reads "halb neun" as 8:30."""
    return beside_hour(here, hour, to=30)


def quarter_to_hour(here: Here, hour: str) -> Readings:
    """Reads "dreiviertel neun" as 8:45."""
    return beside_hour(here, hour, to=15)


def three_quarters_to_hour(here: Here, hour: str) -> Readings:
    """Reads "viertel neun" as 8:15."""
    return beside_hour(here, hour, to=45)


def at_noon(_: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "mittags um 1" as 13:00, and "mittags um 12"."""
    number = int(hour) + (NOON if int(hour) < CLEAR_WRITTEN_HOUR else 0)
    return [Meaning(clock=time(number, minute))]


def past_half_to(here: Here, hour: str, past: int) -> Readings:
    """Reads "fünf nach halb neun" as 8:35."""
    return beside_hour(here, hour, past, 30)


def to_half_to(here: Here, hour: str, to: int) -> Readings:
    return beside_hour(here, hour, to=to + 30)


def in_daypart(here: Here, hour: str, daypart: str, minute: int = 0) -> Readings:
    """Reads "8 Uhr abends". An hour that is not in that part of the day counts as it is written: "18 Uhr morgens"."""
    return with_daypart(here, hour, daypart, minute) or written_hour(here, hour, minute)


def beside_hour_in_daypart(here: Here, hour: str, daypart: str, past: int = 0, to: int = 0) -> Readings:
    """Reads "las ocho y media de la tarde"."""
    return [shifted(reading, past - to) for reading in with_daypart(here, hour, daypart)]


def with_half(_: Here, hour: str, half: str, minute: int = 0) -> Readings:
    """Reads "9 am" or "9 pm"."""
    number = int(hour)
    if not 1 <= number <= NOON or minute > 59:  # noqa: PLR2004
        return []
    return [Meaning(clock=time(number % NOON + (NOON if half == "pm" else 0), minute))]


def end_with_half(here: Here, hour: str, half: str, minute: int = 0) -> Readings:
    """Reads "until 6 pm"."""
    return [replace(reading, ends=True) for reading in with_half(here, hour, half, minute)]


def several(here: Here, times: tuple[tuple[int, int, str], ...]) -> Readings:
    """Reads "8am and 8pm" as the times of a rule. May be words if the half of the day is open: "8:00 and 11:00"."""
    is_24_hours = any(hour > NOON or hour == 0 for hour, _, half in times if not half)
    found = [
        with_half(here, str(hour), half, minute) if half else of_24_hours(here, str(hour), minute)
        for hour, minute, half in times
    ]
    if not all(found):
        return []
    written = [reading.clock for reading, *_ in found if reading.clock]
    clocks = tuple(sorted(set(written)))
    meaning = Meaning(clock=clocks[0], times=clocks)
    if not any(half for _, _, half in times) and clocks[-1].hour < EARLIEST:
        return [WORDS, meaning]  # "read Genesis 1:10 and 1:20"
    is_clear = is_24_hours or all(half for _, _, half in times) or here.conventions.hour_cycle == "h23"
    return [meaning] if is_clear and written == list(clocks) else [meaning, WORDS]


def of_24_hours(_: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "14h", "9h30" or "0615"."""
    return [Meaning(clock=time(int(hour), minute))] if int(hour) < 24 else []  # noqa: PLR2004


def from_hour(here: Here, hour: str, minute: int = 0) -> Readings:
    """Reads "9:00-10:00" as its start. A task has no duration, so the words stay in the title."""
    return keeping_words(on_the_clock(here, hour, minute))


def keeping_words(readings: Readings) -> Readings:
    return [replace(reading, keeps_words=True) for reading in readings]


def half_past(here: Here, hour: str) -> Readings:
    return on_the_clock(here, hour, 30)


def quarter_past(here: Here, hour: str) -> Readings:
    return on_the_clock(here, hour, 15)


def quarter_to(here: Here, hour: str) -> Readings:
    """Reads "quarter to 1": 15 minutes before each reading of the hour, even across noon or midnight."""
    return [shifted(reading, -15) for reading in on_the_clock(here, hour)]


def minutes_past(here: Here, hour: str, past: int) -> Readings:
    """Reads "ten past 4"."""
    return [shifted(reading, past) for reading in on_the_clock(here, hour)]


def minutes_to(here: Here, hour: str, to: int) -> Readings:
    """Reads "at twenty to 5". May be words, because "at 10 to 5" may also begin at 10."""
    return [*(shifted(reading, -to) for reading in on_the_clock(here, hour)), WORDS]


def shifted(reading: Meaning, minutes: int) -> Meaning:
    clocks = ((name, value) for name, value in reading.says.items() if isinstance(value, time))
    moved: dict[str, Any] = {name: minutes_after(clock, minutes) for name, clock in clocks}
    return replace(reading, **moved)


def minutes_after(clock: time, minutes: int) -> time:
    hour, minute = divmod(clock.hour * 60 + clock.minute + minutes, 60)
    return time(hour % 24, minute)


def until(here: Here, hour: str, end: int, minute: int = 0) -> Readings:
    """Reads "9 to 5" as its start. May be words, as the numbers may mean something else."""
    return [*from_hour(here, hour, minute), WORDS] if end <= 24 else []  # noqa: PLR2004


def until_half(here: Here, hour: str, end: int, end_half: str, minute: int = 0, half: str = "") -> Readings:
    """Reads the start of a range: of "5 to 6 pm" in the same half of the day, of "11 to 1 pm" in the other half.

    "9 to 5 am" may be a slip, so the half that is named is the second reading.
    """
    if half or int(hour) > NOON:
        return keeping_words(with_half(here, hour, half, minute) if half else on_the_clock(here, hour, minute))
    other = "am" if end_half == "pm" else "pm"
    ends = with_half(here, str(end), end_half)
    same = with_half(here, hour, end_half, minute)
    if not ends or not same:
        return []
    if int(hour) % NOON <= end % NOON:
        return keeping_words(same)
    return keeping_words(with_half(here, hour, other, minute) + (same if end_half == "am" else []))


def with_daypart(here: Here, hour: str, daypart: str, minute: int = 0) -> Readings:
    """Reads "7 in the evening". "1 at night" is at the end of the named day or, as second reading, at its beginning."""
    halves = (with_half(here, hour, half, minute) for half in ("am", "pm"))
    readings = [*chain(*halves)] or on_the_clock(here, hour, minute)
    clocks = [reading.clock for reading in readings if reading.clock and lies_in(reading.clock, daypart)]
    ending = [Meaning(clock=clock, days_later=1) for clock in clocks if is_beyond_midnight(clock, daypart)]
    return [*ending, *(Meaning(clock=clock) for clock in clocks)]


def early(_: Here, daypart: str) -> Readings:
    """Reads "temprano"."""
    return [Meaning(daypart="morning")] if daypart else []


def until_24_hours(here: Here, hour: str, minute: int = 0) -> Readings:
    return [replace(reading, ends=True) for reading in on_24_hours(here, hour, minute)]


def noon(_: Here) -> Readings:
    return [Meaning(clock=time(NOON))]


def midnight(_: Here) -> Readings:
    """Reads midnight as the end of the named day or, as second reading, its beginning."""
    return [Meaning(clock=time(), days_later=1), Meaning(clock=time())]


def end_of_day(_: Here) -> Readings:
    """Reads "24 Uhr" as the midnight at the end of the named day."""
    return [Meaning(clock=time(), days_later=1)]


def daypart(_: Here, daypart: str) -> Readings:
    return [Meaning(daypart=daypart)]


def lies_in(clock: time, daypart: str) -> bool:
    """Returns whether a time is in the part of the day. 12 pm is also in the morning: "12 in the morning"."""
    if daypart in BEYOND_MIDNIGHT:
        return clock >= BEYOND_MIDNIGHT[daypart][0] or is_beyond_midnight(clock, daypart)
    return clock.hour <= NOON if daypart == "morning" else clock.hour >= NOON


def is_beyond_midnight(clock: time, daypart: str | None) -> bool:
    return daypart in BEYOND_MIDNIGHT and clock < BEYOND_MIDNIGHT[daypart][1]
