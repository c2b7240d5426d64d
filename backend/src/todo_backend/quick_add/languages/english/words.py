"""The English words with a value, and the slots of phrases."""

import re
from collections.abc import Callable
from typing import Any

from todo_backend.quick_add.language import any_of
from todo_backend.quick_add.languages import shared
from todo_backend.quick_add.zones import cities

WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLEAR_DAYS = {name: index for index, name in enumerate(WEEKDAY_NAMES)} | {
    "tue": 1, "tues": 1, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "tue.": 1, "thu.": 3, "fri.": 4,
}  # fmt: skip
DAYS = CLEAR_DAYS | {"mon": 0, "weds": 2, "wed": 2, "sat": 5, "sun": 6, "mon.": 0, "wed.": 2, "sat.": 5, "sun.": 6}
"""Names that are not in `CLEAR_DAYS` are also other words, so they need a hint: "on sat", "sat 9am"."""
MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5, "june": 6,
    "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9, "october": 10, "oct": 10,
    "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
"""Some are also other words. Only `CLEAR_MONTHS` can be dates without a number or a preposition."""
CLEAR_MONTHS = ("february", "july", "september", "october", "november", "december", "january", "june")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45,
    "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
SPELLED = tuple(word for word, number in NUMBERS.items() if number <= 12 and word not in {"a", "an"})  # noqa: PLR2004
SPELLED_MINUTES = {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "forty five": 45,
    "forty-five": 45,
    "fifty": 50,
}
MINUTES_BESIDE = {"five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25}
"""Minutes past or to an hour."""
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
SECOND_LAST = ("second to last", "second-to-last", "second last", "2nd last", "next to last", "penultimate")
NTH = {
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, **ORDINALS, "last": -1, **dict.fromkeys(SECOND_LAST, -2),
}  # fmt: skip
"""Places in a month: of a weekday, or of a working day."""
UNITS = {
    "minutes": "minutes", "minute": "minutes", "mins": "minutes", "min": "minutes", "hours": "hours", "hour": "hours",
    "hrs": "hours", "hr": "hours", "days": "days", "day": "days", "weeks": "weeks", "week": "weeks", "wks": "weeks",
    "wk": "weeks", "months": "months", "month": "months", "years": "years", "year": "years",
}  # fmt: skip
SHORT_UNITS = UNITS | {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
BRIEF_UNITS = ("m", "h", "d", "w", "min", "mins", "hr", "hrs", "wk", "wks")
LEVELS = {"high": 1, "medium": 2, "low": 3}
DAYPARTS = ("morning", "afternoon", "evening", "night")

DAY_WORD = any_of(DAYS)
AND = r"(?:\s?,\s?(?:and )?| and |\s?[&/+]\s?| )"
AND_NOT_BESIDE = r"(?:\s?,\s?(?:and |or )?| and | or |\s?[&/+]\s?)"
MONTH = any_of(MONTHS) + r"\.?"
MONTH_RANGE = rf"(?:from )?{MONTH}(?:\s?[-\u2013]\s?| to | through | till | until ){MONTH}"
DATE_NUMBER = r"(?:the )?[0-3]?[0-9](?:st|nd|rd|th)?"
DATE = rf"(?:{DATE_NUMBER}(?:{AND_NOT_BESIDE}{DATE_NUMBER})?(?: of)? {MONTH}|{MONTH} {DATE_NUMBER})(?:,? [0-9]{{4}})?"
TIME = r"[0-2]?[0-9](?:(?:[:.][0-5][0-9])?\s?(?:am|pm|a\.m\.?|p\.m\.?)|:[0-5][0-9])"
DAY_OF_MONTH = rf"(?:{any_of(SECOND_LAST)} day|[0-3]?[0-9](?:st|nd|rd|th)(?!\slast)|last day|last|first)"
DONE = r"(?:completion|completing|completed|done|finished|it is done|it's done)"
BEFORE = r"(?: (?:before|early|earlier|ahead|in advance|prior))"
LENGTHS = shared.Lengths(
    half_an_hour="half an hour",
    numbers=any_of(NUMBERS),
    units=any_of(SHORT_UNITS),
    hours="hours?|hrs?|h",
    minutes="minutes?|mins?|m",
    joins=r"(?:\s?[,;]\s?(?:and |then )?| and | then |\s?[&/+]\s?)",
    before=BEFORE,
    ends="on|at|every|tomorrow|today|tonight|mon|tue|wed|thu|fri|sat|sun",
)
SLOTS = shared.SLOTS | {
    "list": rf"(?P<weekdays>{DAY_WORD}s?(?:{AND}(?:every |each )?{DAY_WORD}s?){{0,6}})",
    "ordinals": rf"(?P<ordinals>{any_of(NTH)}(?:{AND_NOT_BESIDE}(?:the )?{any_of(NTH)}){{0,4}})",
    "month_days": rf"(?P<month_days>{DAY_OF_MONTH}(?:{AND_NOT_BESIDE}(?:the )?{DAY_OF_MONTH}){{1,9}})",
    "dates": rf"(?P<dates>{DATE}(?:{AND_NOT_BESIDE}(?:on )?(?:{DATE}|{DATE_NUMBER})){{0,9}})",
    "months": rf"(?P<months>{MONTH_RANGE}|{MONTH}(?:{AND_NOT_BESIDE}{MONTH}){{0,11}})",
    "several_months": rf"(?P<months>{MONTH_RANGE}|{MONTH}(?:{AND_NOT_BESIDE}{MONTH}){{1,11}})",
    "listed_months": rf"(?P<months>{MONTH}(?:{AND_NOT_BESIDE}{MONTH}){{1,11}})",
    "workday": "(?:working day|workday|business day|weekday|work day)",
    "second_last": any_of(SECOND_LAST),
    "several": rf"(?P<weekdays>{DAY_WORD}(?:{AND}{DAY_WORD}){{1,6}})",
    "plurals": rf"(?P<weekdays>{any_of(WEEKDAY_NAMES)}s(?:(?:,\s?(?:and )?| and | & ){any_of(WEEKDAY_NAMES)}s){{0,6}})",
    "monday_to_friday": r"(?P<weekdays>mon(?:day)?(?:\s?[-\u2013]\s?| to | through )fri(?:day)?)",
    "range": rf"(?P<weekdays>{DAY_WORD}(?:\s?[-\u2013]\s?| to | through ){DAY_WORD})",
    "clear_day": rf"(?P<weekday>{any_of(CLEAR_DAYS)})",
    "weekday": rf"(?P<weekday>{DAY_WORD})",
    "and_weekday": rf"(?:(?P<weekday>{DAY_WORD})(?:, | |,))?",
    "some_day": DAY_WORD,
    "some_month": any_of(MONTHS),
    "no_number": r"(?<![0-9]\s)(?<!(?:st|nd|rd|th|of)\s)",
    "clear_month": rf"(?P<month>{any_of(CLEAR_MONTHS)})",
    "month": rf"(?P<month>{any_of(MONTHS)})\.?",
    # "Feb 30" is no date and does not mean February.
    "no_day": r"(?!\.?\s{1,9}(?:29|3[01])(?:st|th)?(?!\w|[:.]\w))",
    "number": rf"(?P<number>[0-9]{{1,5}}|{any_of(NUMBERS)})",
    "brief_unit": rf"(?P<unit>{any_of(BRIEF_UNITS)})",
    "nth": rf"(?P<number>[0-9]{{1,5}}(?:st|nd|rd|th)?|{any_of(NUMBERS | ORDINALS)}|other)",
    "ordinal": rf"(?P<number>[0-9]{{1,3}}(?:st|nd|rd|th)|{any_of(ORDINALS)})",
    "some": rf"(?:[0-9]{{1,5}}(?:st|nd|rd|th)?|{any_of(NUMBERS | ORDINALS)}|half|quarter)",
    "unit": rf"(?P<unit>{any_of(UNITS)})",
    "short_unit": rf"(?P<unit>{any_of(SHORT_UNITS)})",
    "th": r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)|first)",
    "day": r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th)?)",
    "nth_day": r"(?P<day>[0-3]?[0-9](?:st|nd|rd|th))",
    "two_digits": r"(?P<hour>[01][0-9]|2[0-3])",
    "hour_word": rf"(?P<hour>[0-2]?[0-9]|{any_of(SPELLED)})",
    "spelled": rf"(?P<hour>{any_of(SPELLED)})",
    "spelled_minute": rf"(?P<minute>{any_of(SPELLED_MINUTES)})",
    "past": rf"(?P<past>5|10|20|25|{any_of(MINUTES_BESIDE)})(?: min(?:ute)?s?)?",
    "to_hour": rf"(?P<to>5|10|20|25|{any_of(MINUTES_BESIDE)})(?: min(?:ute)?s?)?",
    "times": rf"(?P<times>{TIME}(?:{AND}(?:at )?{TIME}){{1,7}})",
    "to": r"(?:\s?[-\u2013]\s?| to | until | till | til )",
    "end": r"(?P<end>[0-2]?[0-9])(?:[:.][0-5][0-9])?",
    "end_half": r"(?P<end_half>am|pm|a\.m\.?|p\.m\.?)",
    "half": r"(?P<half>am|pm|a\.m\.?|p\.m\.?)",
    "daypart": rf"(?P<daypart>{any_of(DAYPARTS)})",
    "am_pm": r"(?P<daypart>am|pm|a\.m\.?|p\.m\.?)",
    "every": r"(?:due )?(?:every single|each and every|once every|every|each|ev)",
    "every!": r"(?:due )?(?:every single|each and every|once every|every|each|ev)(?P<strict>!)?",
    "completion": rf"(?P<completion>,? (?:after|when|once) {DONE})?",
    "after_done": rf"(?P<completion>(?:after|when|once) (?:{DONE}|(?:the )?last (?:time|one|done)))",
    "but": "(?:except|except for|but|but not|excluding|apart from|other than|not)(?: on)?",
    "sessions": "(?:sessions|lessons|classes|appointments|occurrences|payments|instal{1,2}ments|occasions|times)",
    "before": f"{BEFORE}?",
    "day_before": rf"(?:(?P<number>[0-9]{{1,5}}|{any_of(NUMBERS)})|the) (?P<unit>{any_of(UNITS)}) before,?",
    "remind": r"(?:remind(?: me)?|reminder|alert(?: me)?|notify(?: me)?)",
    **LENGTHS.slots(),
    "level": rf"(?P<level>{any_of(LEVELS)})",
    "city": rf"(?P<zone>{any_of(cities())})",
}


_TO = r"[-\u2013]|\b(?:to|through|till|until)\b"
_number = shared.number_of(NUMBERS | ORDINALS | {"other": 2})


def _month_days(text: str) -> tuple[int, ...]:
    words = [word.removesuffix(" day") for word in re.findall(DAY_OF_MONTH, text)]
    return tuple(NTH[word] if word in NTH else _number(word) for word in words)


VALUES: dict[str, Callable[[str], Any]] = shared.VALUES | {
    "weekdays": shared.weekdays_of(DAYS, _TO),
    "weekday": DAYS.__getitem__,
    "ordinals": lambda text: tuple(NTH[word] for word in re.findall(any_of(NTH), text)),
    "months": shared.months_of(MONTHS, _TO),
    "dates": shared.dates_of(MONTHS),
    "month_days": _month_days,
    "month": shared.month_of(MONTHS),
    "minute": lambda text: SPELLED_MINUTES.get(text) or int(text),
    "number": _number,
    "past": lambda text: MINUTES_BESIDE.get(text) or int(text),
    "to": lambda text: MINUTES_BESIDE.get(text) or int(text),
    "unit": SHORT_UNITS.__getitem__,
    "leads": LENGTHS.reader(NUMBERS, SHORT_UNITS),
    "day": _number,
    "last": _number,
    "daypart": lambda text: {"am": "morning", "pm": "afternoon"}.get(text.replace(".", ""), text),
    "level": lambda text: LEVELS.get(text) or int(text),
    "hour": lambda text: str(NUMBERS.get(text, text)),
}
