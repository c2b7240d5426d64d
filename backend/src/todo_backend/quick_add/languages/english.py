"""English: every word of it that the quick-add language understands, and those in which it answers."""

import re
from collections.abc import Callable
from typing import Any

from todo_backend.quick_add import clocks, days, marks, rules
from todo_backend.quick_add.language import Language, any_of
from todo_backend.quick_add.meanings import Phrase

WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLEAR_DAYS = {name: index for index, name in enumerate(WEEKDAY_NAMES)} | {
    "tue": 1, "tues": 1, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
}  # fmt: skip
DAYS = CLEAR_DAYS | {"mon": 0, "weds": 2, "wed": 2, "sat": 5, "sun": 6}
"""Those that are not clear are other words too: they need a hint, as "on sat" and "sat 9am" have it."""
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
"""No month stands alone: "may", "march" and "mar" are dates beside a number only."""
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
ORDINALS = {"first": 1, "other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
UNITS = {
    "minutes": "minutes", "minute": "minutes", "mins": "minutes", "min": "minutes", "hours": "hours", "hour": "hours",
    "hrs": "hours", "hr": "hours", "days": "days", "day": "days", "weeks": "weeks", "week": "weeks", "wks": "weeks",
    "wk": "weeks", "months": "months", "month": "months", "years": "years", "year": "years",
}  # fmt: skip
SHORT_UNITS = UNITS | {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LEVELS = {"high": 1, "medium": 2, "low": 3}
DAYPARTS = ("morning", "afternoon", "evening", "night")

DAY_WORD = any_of(DAYS)
TAG = r"""[^\s#"“”(),;:!?.\x00]"""
SLOTS = {
    "list": rf"(?P<weekdays>{DAY_WORD}s?(?:(?:\s?,\s?(?:and )?| and |\s?[&/]\s?| ){DAY_WORD}s?){{0,6}})",
    "plurals": rf"(?P<weekdays>{any_of(WEEKDAY_NAMES)}s(?:(?:,\s?(?:and )?| and | & ){any_of(WEEKDAY_NAMES)}s){{0,6}})",
    "range": rf"(?P<weekdays>{DAY_WORD}(?:\s?[-\u2013]\s?| to | through ){DAY_WORD})",
    "clear_day": rf"(?P<weekday>{any_of(CLEAR_DAYS)})",
    "weekday": rf"(?P<weekday>{DAY_WORD})",
    "and_weekday": rf"(?:(?P<weekday>{DAY_WORD})(?:, | |,))?",
    "month": rf"(?P<month>{any_of(MONTHS)})\.?",
    "number": rf"(?P<number>[0-9]{{1,5}}|{any_of(NUMBERS)})",
    "nth": rf"(?P<number>[0-9]{{1,5}}(?:st|nd|rd|th)?|{any_of(NUMBERS | ORDINALS)})",
    "ordinal": rf"(?P<number>[0-9]{{1,3}}(?:st|nd|rd|th)|{any_of(ORDINALS)})",
    "some": rf"(?:[0-9]{{1,5}}(?:st|nd|rd|th)?|{any_of(NUMBERS | ORDINALS)}|half|quarter)",
    "unit": rf"(?P<unit>{any_of(UNITS)})",
    "short_unit": rf"(?P<unit>{any_of(SHORT_UNITS)})",
    "th": r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)|first)",
    "day": r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?)",
    "year": r"(?P<year>[0-9]{4})",
    "hour": r"(?P<hour>[0-2]?[0-9])",
    "minute": r"(?P<minute>[0-5][0-9])",
    "half": r"(?P<half>am|pm|a\.m\.?|p\.m\.?)",
    "daypart": rf"(?P<daypart>{any_of(DAYPARTS)})",
    "every": r"(?:every|each)",
    "every!": r"(?:every|each)(?P<strict>!)?",
    "completion": r"(?P<completion> after (?:completion|completing|done|it is done|it's done))?",
    "before": r"(?: (?:before|earlier|ahead|in advance|prior))?",
    "me": r"(?: me)?",
    "level": rf"(?P<level>{any_of(LEVELS)})",
    "tag": rf"(?P<tag>{TAG}{{1,50}})(?!{TAG})",
}


def _number(text: str) -> int:
    digits = re.match(r"[0-9]+", text)
    return int(digits[0]) if digits else (NUMBERS | ORDINALS)[text]


def _weekdays(text: str) -> tuple[int, ...]:
    return tuple(sorted({DAYS[word] for word in re.findall(DAY_WORD, text)}))


def _range(text: str) -> tuple[int, ...]:
    first, last = (DAYS[word] for word in re.findall(DAY_WORD, text))
    return tuple(sorted((first + step) % 7 for step in range((last - first) % 7 + 1)))


VALUES: dict[str, Callable[[str], Any]] = {
    "weekdays": lambda text: _range(text) if re.search(r"[-\u2013]|\bto\b|through", text) else _weekdays(text),
    "weekday": DAYS.__getitem__,
    "month": lambda text: MONTHS.get(text) or int(text),
    "number": _number,
    "unit": SHORT_UNITS.__getitem__,
    "day": _number,
    "year": int,
    "minute": int,
    "first": int,
    "second": int,
    "level": lambda text: LEVELS.get(text) or int(text),
    "half": lambda text: f"{text[0]}m",
}

DAY_PHRASES = (
    Phrase("today", days.today),
    Phrase("(?:tonight|this night)", days.tonight),
    Phrase("this {daypart}", days.this_daypart),
    Phrase("(?:tomorrow|tmrw|tmr)", days.tomorrow),
    Phrase("(?:the )?day after tomorrow", days.day_after_tomorrow),
    Phrase("{clear_day}", days.weekday),
    Phrase("{weekday}", days.weekday, "with a hint"),
    Phrase("(?:this|this coming|the coming|coming) {weekday}", days.this_weekday),
    Phrase("next {weekday}", days.next_weekday),
    Phrase("{weekday},? next week", days.weekday_of_next_week),
    Phrase("next week,? (?:on )?{weekday}", days.weekday_of_next_week),
    Phrase("next week", days.next_week),
    Phrase("next month", days.next_month),
    Phrase("next year", days.next_year),
    Phrase("(?:this|the) weekend", days.this_weekend),
    Phrase("next weekend", days.next_weekend),
    Phrase("in {number} {unit}", days.ahead),
    Phrase("in {number} (?:hours|hour|hrs|hr)(?: and)? {minute} (?:minutes|minute|mins|min)", days.in_hours),
    Phrase("{number} {unit} from (?:now|today)", days.ahead),
    Phrase("(?:in half an hour|half an hour from now)", days.half_an_hour),
    Phrase("{year}-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?:t{hour}:{minute})?", days.iso),
    Phrase("{and_weekday}(?:the )?{day}(?: of)? {month}(?:,? {year})?", days.day_and_month),
    Phrase("{and_weekday}{month} (?:the )?{day}(?:,? {year})?", days.day_and_month),
    Phrase("the {th}", days.day_of_month, "with a hint"),
    Phrase("(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})(?:/(?P<year>[0-9]{4}|[0-9]{2}))?", days.slashed),
    Phrase(r"(?P<day>[0-3]?[0-9])\.(?P<month>[01]?[0-9])\.(?P<year>[0-9]{4})?", days.day_and_month),
    Phrase("(?:at )?(?:the )?(?:end|last day) of (?:the |this )?month", days.month_end),
    Phrase("(?:at )?(?:the )?(?:end|last day) of next month", days.next_month_end),
    Phrase("(?:the )?(?:first|1st|first day|1st day|start|beginning) of next month", days.month_start),
    Phrase("(?:at )?(?:the )?(?:end|last day) of (?:the |this )?year", days.year_end),
    Phrase("(?:the )?last day", days.last_day),
)
CLOCK_PHRASES = (
    Phrase(r"{hour}(?:[:.]{minute})?\s?{half}", clocks.with_half),
    Phrase("{hour}:{minute}", clocks.on_the_clock),
    Phrase("{hour}(?:[:.]{minute})?(?: o'clock)?", clocks.on_the_clock, "with a preposition"),
    Phrase("{hour}(?:[:.]{minute})? (?:in the|at) {daypart}", clocks.with_daypart),
    Phrase("(?:noon|midday)", clocks.noon),
    Phrase("midnight", clocks.midnight),
)
RULE_PHRASES = (
    Phrase("{every!} {unit}{completion}", rules.every),
    Phrase("{every!} {nth} {unit}{completion}", rules.every),
    Phrase("{every!} (?P<unit>weeks?|wks?) on {list}", rules.every),
    Phrase("{every!} {nth} (?P<unit>weeks?|wks?) on {list}", rules.every),
    Phrase("(?:daily|everyday)", rules.daily),
    Phrase("weekly", rules.weekly),
    Phrase("weekly on {list}", rules.weekly),
    Phrase("(?:biweekly|bi-weekly|fortnightly|{every} fortnight)", rules.biweekly),
    Phrase("(?:biweekly|bi-weekly|fortnightly) on {list}", rules.biweekly),
    Phrase("monthly", rules.monthly),
    Phrase("(?:quarterly|{every} quarter)", rules.quarterly),
    Phrase("(?:yearly|annually)", rules.yearly),
    Phrase("{every!} {list}", rules.on_weekdays),
    Phrase("{every!} {range}", rules.on_weekdays),
    Phrase("{every!} {ordinal} {list}", rules.on_weekdays),
    Phrase("{every} other {list}", rules.on_other_weekdays),
    Phrase("(?:on )?{plurals}", rules.on_weekdays),
    Phrase("(?:{every} (?:weekday|workday|working day)|(?:on )?weekdays)", rules.working_days),
    Phrase("(?:{every} weekend|(?:on )?weekends)", rules.weekends),
    Phrase("{every} {daypart}", rules.every_daypart),
    Phrase("(?:on |at )?(?:the )?(?:last day|end) of (?:every|each) month", rules.on_last_day),
    Phrase("every last day of (?:the )?month", rules.on_last_day),
    Phrase("(?:on )?(?:the )?{th} of (?:every|each) month", rules.on_day_of_month),
    Phrase("{every} {th}(?: of (?:the )?month)?", rules.on_day_of_month),
    Phrase("{every} {month} (?:the )?{day}", rules.on_date),
    Phrase("{every} {day}(?: of)? {month}", rules.on_date),
    Phrase("{every} day,? (?:except|but)(?: on)? {list}", rules.but_weekdays),
    Phrase("(?:for )?{number} times", rules.times),
    Phrase("(?:on )?(?:{every}|the) {some} {list} of (?:the|every|each) month", rules.beyond, question="no rule"),
    Phrase("(?:on )?(?:{every}|the) last {list}(?: of (?:the|every|each) month)?", rules.beyond, question="no rule"),
    Phrase("(?:hourly|{every} (?:other )?(?:minute|hour|second))", rules.too_often, question="no rule"),
    Phrase("{every} {some} (?:minutes|mins|hours|hrs|seconds)", rules.too_often, question="no rule"),
    Phrase("{every} (?:quarter|half)(?:[ -]of)?(?:[ -]an)?[ -]hour", rules.too_often, question="no rule"),
    Phrase("(?:twice|{number} times) (?:a|per|each|every) {unit}", rules.times_in, question="no rule"),
)
OTHER_PHRASES = (
    Phrase("in the {daypart}", clocks.daypart),
    Phrase("at (?P<daypart>night)", clocks.daypart),
    Phrase("{daypart}", clocks.daypart, "with a hint"),
    Phrase("[p!](?P<level>[1-4])", marks.level),
    Phrase("!{level}", marks.level),
    Phrase("{level} priority", marks.level),
    Phrase("priority:? {level}", marks.level),
    Phrase("(?P<marks>!{2,3})", marks.exclamations),
    Phrase("#{tag}", marks.tag),
    Phrase("(?:remind{me}|reminder) {number}\\s?{short_unit}{before}", marks.lead),
    Phrase("(?:remind{me}|reminder) half an hour{before}", marks.half_an_hour),
    Phrase("(?:remind{me}|reminder) at {hour}(?:[:.]{minute})?(?:\\s?{half})?", marks.at),
    Phrase("!(?P<number>[0-9]{1,5}){short_unit}", marks.lead),
    Phrase("remind me(?: to)?", marks.when_due),
    Phrase("(?:no reminder|without a reminder|do not remind me|don't remind me)", marks.off),
)
ENGLISH = Language(
    slots=SLOTS,
    values=VALUES,
    days=DAY_PHRASES,
    clocks=CLOCK_PHRASES,
    others=RULE_PHRASES + OTHER_PHRASES,
    before_days=(
        "(?:(?P<until>until|till|through) |"
        "(?P<on>due on|due by|due|on|by|before|from|starting on|starting from|starting|beginning) |for )?"
    ),
    before_clocks=r"(?:(?P<on>(?:at|by|around)\s|@)\s{0,9})?",
    counted=re.compile(r"\b(?:section|chapter|page|part|paragraph|step|figure|version|v|no|number|about)\.?\s{1,9}$"),
    dangling=re.compile(r"^(?:to|that|about)\s+"),
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    labels={
        "words": "Words of the title",
        "daily": "daily", "weekly": "weekly", "monthly": "monthly", "yearly": "yearly",
        "every daily": "every {} days", "every weekly": "every {} weeks",
        "every monthly": "every {} months", "every yearly": "every {} years",
        "on": "{} on {}", "and": " and ", "last day": "{} on the last day", "completion": "{} after completion",
        "until": "{} until {}", "count": "{}, {} times", "no reminder": "No reminder", "when due": "When it is due",
        "before": "{} before", "minute": "{} minute", "minutes": "{} minutes", "hour": "{} hour", "hours": "{} hours",
        "day": "{} day", "days": "{} days", "no date": "No date, no reminder",
        "becomes": "{}, since the clocks go forward", "second": "The second {}",
    },
    questions={
        "readings": "“{}” can be read in more than one way: which one is meant?",
        "others": "“{}” says something else than the words before it: which one is meant?",
        "no rule": "“{}” is more than a rule can say here: what shall it be?",
        "no date": "A reminder needs a date: when is it due?",
        "passed": "{} has passed already: is it meant all the same?",
        "skipped": "{} does not exist on that day, as the clocks go forward: when shall it be?",
        "twice": "{} comes twice on that day, as the clocks go back: which one is meant?",
    },
)  # fmt: skip
