"""What phrases about repetition mean, and the first day of a rule."""

from datetime import date

from todo_backend.quick_add.days import coming, day_and_month, day_of_month, fits, length_of
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Mode, Readings, Rule
from todo_kit.events.tasks import Pattern, Weekday

MAX_INTERVAL, MAX_COUNT = 999, 9999
DAYS: tuple[Weekday, ...] = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PATTERNS: dict[str, Pattern] = {"days": "daily", "weeks": "weekly", "months": "monthly", "years": "yearly"}


def every(
    _: Here, unit: str, number: int = 1, weekdays: tuple[int, ...] = (), strict: str = "", completion: str = ""
) -> Readings:
    """Every so many days, weeks, months or years; counted from the completion where the text says so."""
    if unit not in PATTERNS or not 1 <= number <= MAX_INTERVAL:
        return []
    mode: Mode = "completion" if strict or completion else "schedule"
    return [Meaning(rule=Rule(PATTERNS[unit], number, tuple(DAYS[day] for day in weekdays), mode))]


def daily(here: Here) -> Readings:
    return every(here, "days")


def weekly(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    return every(here, "weeks", weekdays=weekdays)


def biweekly(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    return every(here, "weeks", 2, weekdays)


def monthly(here: Here) -> Readings:
    return every(here, "months")


def quarterly(here: Here) -> Readings:
    return every(here, "months", 3)


def yearly(here: Here) -> Readings:
    return every(here, "years")


def on_weekdays(here: Here, weekdays: tuple[int, ...], number: int = 1, strict: str = "") -> Readings:
    """Every so many weeks. "Every 2nd Tuesday" may be the month's second one, which is no rule here."""
    if number > 2:  # noqa: PLR2004 - a third Friday is always of a month
        return beyond(here, weekdays)
    return every(here, "weeks", number, weekdays, strict) + ([WORDS] if number > 1 else [])


def on_other_weekdays(here: Here, weekdays: tuple[int, ...]) -> Readings:
    return every(here, "weeks", 2, weekdays)


def working_days(here: Here) -> Readings:
    return every(here, "weeks", weekdays=(0, 1, 2, 3, 4))


def weekends(here: Here) -> Readings:
    return every(here, "weeks", weekdays=(5, 6))


def every_daypart(_: Here, daypart: str) -> Readings:
    return [Meaning(rule=Rule("daily"), daypart=daypart)]


def on_last_day(_: Here) -> Readings:
    return [Meaning(rule=Rule("monthly"), last_day=True)]


def on_day_of_month(here: Here, day: int) -> Readings:
    return [Meaning(rule=Rule("monthly"), day=reading.day) for reading in day_of_month(here, day)[:1]]


def on_date(here: Here, day: int, month: int) -> Readings:
    found = day_and_month(here, day, month)[:1]
    return [Meaning(rule=Rule("yearly"), day=reading.day) for reading in found]


def but_weekdays(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Every day except Friday: weekly on the others."""
    others = tuple(day for day in range(len(DAYS)) if day not in weekdays)
    return every(here, "weeks", weekdays=others) if others else []


def beyond(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    """A day of a month by its weekday: no rule says it."""
    return [WORDS, *monthly(here), *(weekly(here, weekdays) if weekdays else [])]


def too_often(here: Here) -> Readings:
    """More often than once a day: no rule says it."""
    return [WORDS, *daily(here)]


def times_in(here: Here, unit: str, number: int = 2) -> Readings:
    """Twice a week: it is not said on which days."""
    return [WORDS, *every(here, unit)] if number else []


def times(_: Here, number: int) -> Readings:
    return [Meaning(count=number)] if 1 <= number <= MAX_COUNT else []


def first_day(rule: Rule, last_day: bool | None, start: date) -> date:
    """The first day from `start` on that the rule names."""
    if rule.weekdays:
        named = [coming(start, DAYS.index(weekday)) for weekday in rule.weekdays]
        return min((day for day in named if fits(day)), default=start)
    if last_day and rule.pattern in {"monthly", "yearly"}:
        return start.replace(day=length_of(start))
    return start
