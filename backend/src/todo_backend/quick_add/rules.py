"""The meanings of phrases about recurrence."""

from dataclasses import replace
from datetime import time

from todo_backend.quick_add.clocks import several
from todo_backend.quick_add.dates import coming, months_after
from todo_backend.quick_add.meanings import WORDS, Here, Meaning, Readings
from todo_backend.quick_add.months import LAST, day_and_month, day_of_month, nth_in
from todo_kit.recurrence import MAX_COUNT, MAX_INTERVAL, WEEKDAYS, Frequency, Mode, Rule
from todo_kit.recurrence.rules import LONGEST_MONTH

FIRST_OF_QUARTER, LAST_OF_QUARTER = (1, 4, 7, 10), (3, 6, 9, 12)
MOST_WEEKS = 5
"""The highest ordinal of a weekday in a month."""
PATTERNS: dict[str, Frequency] = {
    "hours": "hourly", "days": "daily", "weeks": "weekly", "months": "monthly", "years": "yearly",
}  # fmt: skip


def every(
    _: Here, unit: str, number: int = 1, weekdays: tuple[int, ...] = (), strict: str = "", completion: str = ""
) -> Readings:
    """Reads "every 2 weeks". `strict` ("every!") or `completion` counts from the completion."""
    if unit not in PATTERNS or not 1 <= number <= MAX_INTERVAL:
        return []
    mode: Mode = "completion" if strict or completion else "schedule"
    return [Meaning(rule=Rule(PATTERNS[unit], number, tuple(WEEKDAYS[day] for day in weekdays), mode=mode))]


def perhaps_every(_: Here, every: tuple[int, str]) -> Readings:
    """Reads "informe mensual" as words first."""
    number, unit = every
    return [WORDS, Meaning(rule=Rule(PATTERNS[unit], number))]


def perhaps_after_done(here: Here, number: int, unit: str, completion: str) -> Readings:
    """Reads "4 weeks after the last time", which may also be words."""
    found = every(here, unit, number, completion=completion)
    return [*found, WORDS] if found else []


def after_done(_: Here, completion: str) -> Readings:
    """Reads "after completion" beside a rule. Without one it is dropped (`resolver.with_their_subject`)."""
    return [Meaning(completes=bool(completion))]


def every_three_months(here: Here) -> Readings:
    return every(here, "months", 3)


def hourly(here: Here) -> Readings:
    return every(here, "hours")


def daily(here: Here) -> Readings:
    return every(here, "days")


def weekly(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    return every(here, "weeks", weekdays=weekdays)


def biweekly(here: Here, weekdays: tuple[int, ...] = ()) -> Readings:
    return every(here, "weeks", 2, weekdays)


def perhaps_biweekly(here: Here) -> Readings:
    """Reads "biweekly" as every two weeks. Some mean twice a week, so also words."""
    return [*biweekly(here), WORDS]


def monthly(here: Here) -> Readings:
    return every(here, "months")


def bimonthly(here: Here) -> Readings:
    """Reads "bimonthly" as every two months. Some mean twice a month, so also words."""
    return [*every(here, "months", 2), WORDS]


def half_yearly(here: Here) -> Readings:
    return every(here, "months", 6)


def twice_a_month(here: Here) -> Readings:
    """Reads "cada quincena" as every two weeks, or every 15 days."""
    return every_15_days(here)[::-1]


def every_15_days(here: Here) -> Readings:
    """Reads "cada 15 días", which is also said for every two weeks."""
    return [*every(here, "days", 15), *every(here, "weeks", 2)]


def every_two_months(here: Here) -> Readings:
    return every(here, "months", 2)


def quarterly(here: Here) -> Readings:
    return [replace(reading, quarterly=True) for reading in every(here, "months", 3)]


def yearly(here: Here) -> Readings:
    return every(here, "years")


def on_weekdays(here: Here, weekdays: tuple[int, ...], number: int = 0, strict: str = "") -> Readings:
    """Reads "every Tuesday". "Every 2nd Tuesday" is every other one or that of the month, "every 3rd" that of it."""
    of_month = nth_weekdays(here, (number,), weekdays)
    if number == 1 or number > 2:  # noqa: PLR2004 - a first and a third Friday are always of a month
        return of_month or [WORDS, *weekly(here, weekdays)]
    return every(here, "weeks", number or 1, weekdays, strict) + (of_month if number else [])


def on_nth_weekdays(here: Here, number: int, weekdays: tuple[int, ...]) -> Readings:
    """Reads "jeden dritten Freitag" as that of the month, or as every third one. The first one is of the month."""
    of_month = nth_weekdays(here, (number,), weekdays)
    return of_month if number == 1 else of_month + every(here, "weeks", number, weekdays)


def nth_weekdays(
    _: Here, ordinals: tuple[int, ...], weekdays: tuple[int, ...], months: tuple[int, ...] = ()
) -> Readings:
    """Reads "the 2nd and 4th Thursday of every month", or of some months of every year."""
    named = named_weekdays(ordinals, weekdays)
    pattern: Frequency = "yearly" if months else "monthly"
    return [Meaning(rule=Rule(pattern, weekdays=named, months=months))] if named else []


def nth_weekdays_of_month(here: Here, ordinals: tuple[int, ...], weekdays: tuple[int, ...]) -> Readings:
    """Reads "the last Friday of the month" as a rule, or once."""
    first = here.today.replace(day=1)
    found = [nth_in(months_after(first, months), weekdays[0], ordinals[0]) for months in range(3)]
    once = [Meaning(day=day) for day in found if day and day >= here.today][:1]
    return [*nth_weekdays(here, ordinals, weekdays), *(once if len(ordinals) == len(weekdays) == 1 else [])]


def nth(_: Here, ordinals: tuple[int, ...], weekdays: tuple[int, ...]) -> Readings:
    """Reads "the first Tuesday" beside "monthly". Without such a rule it is words (`resolver.with_their_subject`)."""
    named = named_weekdays(ordinals, weekdays)
    return [Meaning(nth=named)] if named else []


def named_weekdays(ordinals: tuple[int, ...], weekdays: tuple[int, ...]) -> tuple[str, ...]:
    """Returns the names in rules, such as 2TU; none if a month has fewer weeks."""
    if not all(LAST * MOST_WEEKS <= ordinal <= MOST_WEEKS and ordinal for ordinal in ordinals):
        return ()
    return tuple(f"{ordinal}{WEEKDAYS[weekday]}" for ordinal in ordinals for weekday in weekdays)


def nth_working_day(here: Here, ordinals: tuple[int, ...], every_quarter: str = "") -> Readings:
    """Reads "the last working day of every month", or of every quarter."""
    if len(ordinals) > 1:
        return [WORDS, *monthly(here)]  # a rule has one working day
    months = () if not every_quarter else FIRST_OF_QUARTER if ordinals[0] > 0 else LAST_OF_QUARTER
    return [Meaning(rule=Rule("monthly", workday=ordinals[0], months=months))]


def yearly_working_day(_: Here, ordinals: tuple[int, ...], month: int = 0) -> Readings:
    """Reads "every year on the last working day", of the year unless a month is named."""
    months = (month or (1 if ordinals[0] > 0 else 12),)
    return [Meaning(rule=Rule("yearly", workday=ordinals[0], months=months))] if len(ordinals) == 1 else []


def perhaps_nth_working_day(here: Here, ordinals: tuple[int, ...]) -> Readings:
    """Reads "every first working day" as that of the month. "Every second working day" may be every other one."""
    found = nth_working_day(here, ordinals)
    return found if ordinals in {(1,), (LAST,)} or found[0] == WORDS else [*found, WORDS]


def days_of_months(_: Here, month_days: tuple[int, ...], number: int = 1) -> Readings:
    """Reads "the 1st and the 15th of every month", or of every other month."""
    if not all(1 <= abs(day) <= LONGEST_MONTH for day in month_days):
        return []
    return [Meaning(rule=Rule("monthly", number, month_days=month_days))] if 1 <= number <= MAX_INTERVAL else []


def second_last_day(_: Here) -> Readings:
    return [Meaning(rule=Rule("monthly", month_days=(2 * LAST,)))]


def quarter_start(_: Here) -> Readings:
    return [Meaning(rule=Rule("monthly", month_days=(1,), months=FIRST_OF_QUARTER))]


def quarter_end(_: Here) -> Readings:
    return [Meaning(rule=Rule("monthly", last_day=True, months=LAST_OF_QUARTER))]


def on_months(_: Here, months: tuple[int, ...], day: int = 1) -> Readings:
    """Reads "every April and October" as their first day, or with another day."""
    return [Meaning(rule=Rule("yearly", month_days=(day,), months=months))] if 1 <= day <= LONGEST_MONTH else []


def perhaps_on_months(here: Here, months: tuple[int, ...], day: int) -> Readings:
    """Reads "the first of January and July" as yearly, or once on the first of these days."""
    once = [reading.day for month in months for reading in day_and_month(here, day, month)[:1] if reading.day]
    return [*on_months(here, months, day), *([Meaning(day=min(once))] if once else [])]


def in_months(_: Here, months: tuple[int, ...]) -> Readings:
    """Reads "from April to September" beside a rule. Without one it is dropped (`resolver.with_their_subject`)."""
    return [Meaning(months=months)]


def perhaps_in_months(here: Here, months: tuple[int, ...]) -> Readings:
    """Reads "nov-march" beside a rule. May be words: "call April and May"."""
    return [*in_months(here, months), WORDS]


def but_dates(here: Here, dates: tuple[tuple[int, int, int | None], ...]) -> Readings:
    """Reads "except 24 and 25 December" beside a rule, as the next ones or those of the year."""
    days = [day_and_month(here, day, month, year) for day, month, year in dates]
    return [Meaning(excluded=tuple(found[0].day for found in days if found[0].day))] if all(days) else []


def on_other_weekdays(here: Here, weekdays: tuple[int, ...]) -> Readings:
    return every(here, "weeks", 2, weekdays)


def on_several(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "Mon, Wed and Fri" or "Mon-Fri", without "every": weekly, or once on the first of these days."""
    once = min((coming(here.today, weekday) for weekday in weekdays), default=here.today)
    return [*every(here, "weeks", weekdays=weekdays), Meaning(day=once)]


def on_several_once(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "del lunes al miércoles" as its first day, or weekly."""
    return on_several(here, weekdays)[::-1]


def every_third_day(here: Here) -> Readings:
    """Reads "cada tercer día", which means every other day in Mexico."""
    return [*every(here, "days", 3), *every(here, "days", 2)]


def every_other_day(here: Here) -> Readings:
    return every(here, "days", 2)


def perhaps_nth_weekdays(here: Here, ordinals: tuple[int, ...], weekdays: tuple[int, ...]) -> Readings:
    """Reads "cada primer lunes" as that of the month. "Cada segundo lunes" may be every other one."""
    found = nth_weekdays(here, ordinals, weekdays)
    others = [number for number in ordinals if number > 1]
    return found + [reading for number in others[:1] for reading in every(here, "weeks", number, weekdays)]


def weekday_dayparts(here: Here, weekday: int, daypart: str) -> Readings:
    """Reads "Sunday nights"."""
    return [replace(reading, daypart=daypart) for reading in every(here, "weeks", weekdays=(weekday,))]


def other_weekends(here: Here) -> Readings:
    return every(here, "weeks", 2, (5, 6))


def working_days(here: Here) -> Readings:
    return every(here, "weeks", weekdays=(0, 1, 2, 3, 4))


def weekends(here: Here) -> Readings:
    return every(here, "weeks", weekdays=(5, 6))


def every_daypart(_: Here, daypart: str) -> Readings:
    return [Meaning(rule=Rule("daily"), daypart=daypart)]


def on_last_day(_: Here) -> Readings:
    return [Meaning(rule=Rule("monthly", last_day=True))]


def on_day_of_month(here: Here, day: int) -> Readings:
    return [Meaning(rule=Rule("monthly"), day=reading.day) for reading in day_of_month(here, day)]


def on_first_day(here: Here) -> Readings:
    return on_day_of_month(here, 1)


def on_date(here: Here, day: int, month: int) -> Readings:
    found = day_and_month(here, day, month)
    return [Meaning(rule=Rule("yearly"), day=reading.day) for reading in found if not is_over(reading, here)]


def on_month(here: Here, month: int) -> Readings:
    """Reads "every January" as its first day."""
    return on_date(here, 1, month)


def but_working_days(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "every weekday except Friday"."""
    others = tuple(day for day in range(5) if day not in weekdays)
    return every(here, "weeks", weekdays=others) if others else []


def but_days(here: Here, weekdays: tuple[int, ...], dates: tuple[tuple[int, int, int | None], ...]) -> Readings:
    """Reads "every day except 24 December and Fridays"."""
    excluded = but_dates(here, dates)
    return [replace(reading, excluded=excluded[0].excluded) for reading in but_weekdays(here, weekdays) if excluded]


def perhaps_but_days(here: Here, weekdays: tuple[int, ...], dates: tuple[tuple[int, int, int | None], ...]) -> Readings:
    """Reads "except 24 December and Friday", which may be one Friday."""
    return [*but_days(here, weekdays, dates), WORDS]


def but_weekdays(here: Here, weekdays: tuple[int, ...]) -> Readings:
    """Reads "every day except Friday" as weekly on the other days."""
    others = tuple(day for day in range(len(WEEKDAYS)) if day not in weekdays)
    return every(here, "weeks", weekdays=others) if others else []


def too_often(here: Here) -> Readings:
    """Reads "every 45 minutes", which no rule supports, as words. Offers daily."""
    return [WORDS, *daily(here)]


def weekday_on_a_day(here: Here, weekday: int, day: int) -> Readings:
    """Reads "every Friday the 13th", which no rule supports, as words. Offers weekly."""
    return [WORDS, *weekly(here, (weekday,))] if 1 <= day <= LONGEST_MONTH else []


def times_in(here: Here, unit: str, number: int = 2) -> Readings:
    """Reads "twice a week" as words, since the days are unknown. Offers weekly."""
    return [WORDS, *every(here, unit)] if number else []


def some_times_a_week(here: Here) -> Readings:
    return times_in(here, "weeks")


def every_noon(_: Here) -> Readings:
    return [Meaning(rule=Rule("daily"), clock=time(12))]


def times_a_day(here: Here, times: tuple[tuple[int, int, str], ...], number: int = 2) -> Readings:
    """Reads "twice a day at 8:00 and 20:00"."""
    found = several(here, times) if number == len(times) else []
    return [replace(reading, rule=Rule("daily")) if reading.clock else reading for reading in found]


def times(_: Here, number: int) -> Readings:
    return [Meaning(count=number)] if 1 <= number <= MAX_COUNT else []


def perhaps_times(here: Here, number: int) -> Readings:
    """Reads "8 lessons" beside a rule, which may also be words."""
    return [*times(here, number), WORDS]


def lasting(_: Here, number: int, unit: str) -> Readings:
    return [Meaning(lasts=(number, unit))] if number and unit in PATTERNS and unit != "hours" else []


def is_over(reading: Meaning, here: Here) -> bool:
    return reading.day is None or reading.day < here.today
