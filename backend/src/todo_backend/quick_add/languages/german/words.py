"""The German words with a value, and the slots of phrases. Umlauts have no dots here (`LETTERS`), or are "ue"."""

import re
from collections.abc import Callable
from typing import Any

from todo_backend.quick_add.language import any_of
from todo_backend.quick_add.languages import shared
from todo_backend.quick_add.zones import cities

LETTERS = str.maketrans("äöüáàéèêíóúñ", "aouaaeeeioun")


def _spelled(words: dict[str, int]) -> dict[str, int]:
    """Returns the words without umlauts: with "u" for "ü", and with "ue", as it is written without an umlaut key."""
    plain = {word.translate(LETTERS): value for word, value in words.items()}
    others = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
    written = {"".join(others.get(letter, letter) for letter in word): value for word, value in words.items()}
    return plain | written


WEEKDAY_NAMES = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
NAMED_DAYS = {name: index for index, name in enumerate(WEEKDAY_NAMES)} | {
    "sonnabend": 5,
    "dinstag": 1,
    "mitwoch": 2,
    "donerstag": 3,
}
SHORT_DAYS = {"mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5}
SHORT_DAYS |= {f"{word}.": day for word, day in SHORT_DAYS.items()}
"""Without "so", which is another word unless it has a capital."""
ALL_SHORT_DAYS = SHORT_DAYS | {"so": 6, "so.": 6}
HABITS = {f"{name}s": day for name, day in NAMED_DAYS.items()}
DAYS = NAMED_DAYS | ALL_SHORT_DAYS | HABITS
MONTHS = _spelled({
    "januar": 1, "jänner": 1, "jan": 1, "februar": 2, "feber": 2, "feb": 2, "märz": 3, "mär": 3, "mrz": 3, "april": 4,
    "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9,
    "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
})  # fmt: skip
NUMBERS = _spelled({
    "ein": 1, "ne": 1, "ner": 1, "nem": 1, "eine": 1, "einem": 1, "einen": 1, "einer": 1, "eins": 1, "zwei": 2,
    "drei": 3, "vier": 4, "fünf": 5,
    "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "vierzehn": 14, "fünfzehn": 15,
    "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfundvierzig": 45, "fünfzig": 50, "sechzig": 60, "neunzig": 90,
})  # fmt: skip
HOURS = _spelled({
    "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "elf": 11, "zwölf": 12,
})  # fmt: skip
_STEMS = _spelled({
    "erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "fünft": 5, "letzt": -1, "vorletzt": -2,
    "sechst": 6, "siebt": 7, "acht": 8, "neunt": 9, "zehnt": 10, "zwölft": 12,
})  # fmt: skip
ORDINALS = {f"{stem}e{ending}": number for stem, number in _STEMS.items() for ending in ("", "n", "r", "s", "m")}
_TENS = {"elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17,
         "achtzehn": 18, "neunzehn": 19}  # fmt: skip
_ONES = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_DAY_STEMS = {f"{word}t": number for word, number in _TENS.items()} | {"zwanzigst": 20, "dreißigst": 30} | {
    f"{word}und{ten}": number + add
    for ten, number in (("zwanzigst", 20), ("dreißigst", 30)) for add, word in enumerate(_ONES, 1) if number + add <= 31  # noqa: PLR2004
}  # fmt: skip
DAY_WORDS = {f"{stem}e{ending}": day for stem, day in _spelled(_DAY_STEMS).items() for ending in ("", "n", "r")}
DAY_WORDS |= {word: number for word, number in ORDINALS.items() if number > 0}
NTH = {word: number for word, number in ORDINALS.items() if -2 <= number <= 5}  # noqa: PLR2004 - weeks of a month
NTH |= {f"{number}.": number for number in range(1, 6)}
UNITS = {
    "minuten": "minutes", "minute": "minutes", "min": "minutes", "min.": "minutes", "stunden": "hours",
    "stunde": "hours", "std": "hours", "std.": "hours", "tagen": "days", "tages": "days", "tage": "days",
    "tag": "days", "wochen": "weeks", "woche": "weeks", "monaten": "months", "monate": "months", "monats": "months",
    "monat": "months", "jahren": "years", "jahre": "years", "jahres": "years", "jahr": "years",
}  # fmt: skip
SHORT_UNITS = UNITS | {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LEVELS = {"hoch": 1, "hohe": 1, "hoher": 1, "mittel": 2, "mittlere": 2, "normal": 2, "niedrig": 3, "niedrige": 3}
DAYPARTS = {
    "morgens": "morning", "morgen": "morning", "fruh": "morning", "frueh": "morning", "vormittags": "morning",
    "vormittag": "morning", "nachmittags": "afternoon", "nachmittag": "afternoon", "abends": "evening",
    "abend": "evening", "nachts": "night", "nacht": "night",
}  # fmt: skip
HOLIDAYS = {
    "valentinstag": (14, 2),
    "nikolaustag": (6, 12),
    "heiligabend": (24, 12),
    "heilig abend": (24, 12),
    "silvester": (31, 12),
    "neujahr": (1, 1),
    "tag der arbeit": (1, 5),
    "tag der deutschen einheit": (3, 10),
    "allerheiligen": (1, 11),
    "dreikonige": (6, 1),
    "dreikoenige": (6, 1),
}
HOLIDAYS |= {
    f"{word} weihnachts{kind}": (day, 12)
    for day, words in ((25, ("1.", "erster", "ersten")), (26, ("2.", "zweiter", "zweiten")))
    for word in words
    for kind in ("tag", "feiertag")
}
SEASONS = {"halloween": (31, 10), "weihnachten": (25, 12), "nikolaus": (6, 12)}

FEASTS = _spelled({
    "rosenmontag": -48, "aschermittwoch": -46, "gründonnerstag": -3, "karfreitag": -2, "ostern": 0, "ostersonntag": 0,
    "ostermontag": 1, "christi himmelfahrt": 39, "pfingsten": 49, "pfingstsonntag": 49, "pfingstmontag": 50,
    "fronleichnam": 60,
})  # fmt: skip
"""In days after Easter Sunday."""

DAY = any_of(DAYS)
AND = r"(?:\s?,\s?(?:und )?| und |\s?[&/+]\s?)"
AND_NOT = r"(?:\s?,\s?(?:und )?| und | sowie |\s?[&/+]\s?)"
TO = r"(?:\s?[-\u2013]\s?| bis )"
MONTH = any_of(MONTHS) + r"\.?"
MONTH_RANGE = rf"(?:von )?{MONTH}{TO}{MONTH}"
NUMBER_OF_DAY = r"[0-3]?[0-9]\."
DATE = rf"(?:{NUMBER_OF_DAY}(?:{AND_NOT}{NUMBER_OF_DAY})? {MONTH})(?: [0-9]{{4}})?"
TIME = r"[0-2]?[0-9](?:[:.][0-5][0-9])?(?:\s?uhr)?"
CLOCK = r"(?:[0-2]?[0-9][:.][0-5][0-9](?:\s?uhr)?|[0-2]?[0-9]\s?uhr)"
DAY_OF_MONTH = r"(?:[0-3]?[0-9]\.|letzten)"
DONE = r"(?:erledigung|abschluss|fertigstellung|beendigung|erledigt)"
NO_NAME_AFTER = r"(?!(?<=fr)\.?\s[a-z])(?!(?<=fr\.)\s[a-z])(?!(?<=so)\s(?:um|gegen|etwa|ca)\b)"
"""After a short weekday: "Fr. Meier" is Mrs Meier, and "so gegen 9" is about 9."""
EARLY = r"(?: (?:vorher|davor|zuvor|im voraus|fruher|frueher|vor termin|vor beginn|vor falligkeit))"
LENGTHS = shared.Lengths(
    half_an_hour="(?:eine )?halbe stunde",
    numbers=any_of(NUMBERS),
    units=any_of(SHORT_UNITS),
    hours="stunden?|std|h",
    minutes="minuten?|min|m",
    joins=r"(?:\s?[,;]\s?(?:und |dann )?| und | dann |\s?[&/+]\s?)",
    before=EARLY,
    ends="am|um|jede[nrsm]?|morgen|heute|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
)
SLOTS = shared.SLOTS | {
    "list": rf"(?P<weekdays>{DAY}(?:{AND}(?:jede[nr] |am )?{DAY}){{0,6}})",
    "several": rf"(?P<weekdays>{DAY}(?:{AND}{DAY}){{1,6}})",
    "habits": rf"(?P<weekdays>{any_of(HABITS)}(?:{AND}{any_of(HABITS)}){{0,6}})",
    "habit_range": rf"(?P<weekdays>{any_of(HABITS)}{TO}{any_of(HABITS)})",
    "range": rf"(?P<weekdays>{DAY}{TO}{DAY})",
    "ordinals": rf"(?P<ordinals>{any_of(NTH)}(?:{AND_NOT}{any_of(NTH)}){{0,4}})",
    "several_ordinals": rf"(?P<ordinals>{any_of(NTH)}(?:{AND_NOT}{any_of(NTH)}){{1,4}})",
    "month_days": rf"(?P<month_days>{DAY_OF_MONTH}(?:{AND_NOT}(?:am )?{DAY_OF_MONTH}){{1,9}})",
    "dates": rf"(?P<dates>{DATE}(?:{AND_NOT}(?:am )?(?:{DATE}|{NUMBER_OF_DAY})){{0,9}})",
    "months": rf"(?P<months>{MONTH_RANGE}|{MONTH}(?:{AND_NOT}{MONTH}){{0,11}})",
    "several_months": rf"(?P<months>{MONTH_RANGE}|{MONTH}(?:{AND_NOT}{MONTH}){{1,11}})",
    "workday": r"(?:werktage?s?|arbeitstage?s?)",
    "name": rf"(?P<weekday>{any_of(NAMED_DAYS)})",
    "short": rf"(?P<weekday>{any_of(ALL_SHORT_DAYS)}){NO_NAME_AFTER}",
    "short_not_so": rf"(?P<weekday>{any_of(SHORT_DAYS)}){NO_NAME_AFTER}",
    "weekday": rf"(?P<weekday>{any_of(NAMED_DAYS | ALL_SHORT_DAYS)})",
    "and_weekday": rf"(?:(?P<weekday>{any_of(NAMED_DAYS | ALL_SHORT_DAYS)}),?(?: de[nm])? )?",
    "some_day": any_of(NAMED_DAYS),
    "some_month": any_of(MONTHS),
    "month": rf"(?P<month>{any_of(MONTHS)})\.?",
    "clear_month": rf"(?P<month>{any_of(tuple(m for m in MONTHS if len(m) > 4 and m not in {'august', 'april'}))})",  # noqa: PLR2004
    "number": rf"(?P<number>[0-9]{{1,5}}|{any_of(NUMBERS)})",
    "some": rf"(?:[0-9]{{1,5}}\.?|{any_of(NUMBERS | ORDINALS)}|halbe|viertel)",
    "nth": rf"(?P<number>[0-9]{{1,3}}\.|{any_of(ORDINALS)}|andere[nrs]?)",
    "ordinal": rf"(?P<number>[0-9]{{1,3}}\.|{any_of(ORDINALS)})",
    "unit": rf"(?P<unit>{any_of(UNITS)})",
    "short_unit": rf"(?P<unit>{any_of(SHORT_UNITS)})",
    "day": r"(?P<day>[0-3]?[0-9])\.",
    "any_day": r"(?P<day>[0-3]?[0-9]\.|ersten?)",
    "spelled_day": rf"(?P<day>{any_of(DAY_WORDS)})",
    "spelled_minute": rf"(?P<minute>{any_of(tuple(word for word, number in NUMBERS.items() if number >= 10))})",  # noqa: PLR2004
    "city": rf"(?P<zone>{any_of(cities())}|mez|mesz)",
    "last": r"(?P<last>[0-3]?[0-9])\.",
    "months_number": r"(?P<month>[01]?[0-9])",
    "two_digits": r"(?P<hour>[01][0-9]|2[0-3])",
    "hour_word": rf"(?P<hour>[0-2]?[0-9]|{any_of(HOURS)})",
    "spelled": rf"(?P<hour>{any_of(HOURS)})",
    "past": r"(?P<past>5|10|15|20|25|fue?nf|zehn|zwanzig|viertel)",
    "to_hour": r"(?P<to>5|10|15|20|25|fue?nf|zehn|zwanzig|viertel)",
    "half": r"(?P<half>am|pm)",
    "end_of_range": "(?:[0-2]?[0-9](?:[:.][0-5][0-9])?)",
    "end_time": "[0-2]?[0-9]:[0-5][0-9](?: uhr)?",
    "some_before": "(?:vorher|davor|zuvor|im voraus)",
    "clocks": rf"(?P<times>{CLOCK}(?:{AND_NOT}(?:um )?{CLOCK}){{1,7}}|{TIME}(?:{AND_NOT}(?:um )?{TIME}){{1,7}}\s?uhr)",
    "daypart": rf"(?P<daypart>{any_of(DAYPARTS)})",
    "habit_daypart": r"(?P<daypart>morgens|fruh|frueh|vormittags|nachmittags|abends|nachts)",
    "clear_daypart": r"(?P<daypart>fruh|frueh|vormittag|nachmittag|abend|nacht)",
    "each": r"(?:immer |jeweils |stets )?(?:jede[ns]?|an jedem|in jede[rm])",
    "yearly": r"(?:jedes jahr|(?:all)?jae?hrlich)",
    "per": r"(?:pro|je|im|in der|in dem|am|die|jede[nsr]?)",
    "of_month": r"(?:im monat|des monats|jede[ns] monats?|eines monats|im jeweiligen monat)",
    "of_each_month": r"(?:jede[ns] monats?|eines jeden monats|in jedem monat)",
    "completion": rf"(?P<completion> (?:ab|nach|seit) {DONE})?",
    "after_done": rf"(?P<completion>nach (?:der )?(?:letzten )?{DONE})",
    "early": f"{EARLY}?",
    "at_clock": (
        r"um (?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9])(?:\s?uhr)?|\s?uhr|(?=\s*(?:$|[,;.!?)#]|und )))"
    ),
    **LENGTHS.slots(),
    "remind": r"(?:(?:bitte )?erinner(?:e|t)?(?: mich)?(?: daran)?|(?:mit )?erinnerung|reminder|alarm)",
    "level": rf"(?P<level>{any_of(LEVELS)})",
    "feast": rf"(?P<feast>{any_of(FEASTS)})",
    "week": r"(?P<week>[1-9]|[1-4][0-9]|5[0-3])",
    "holiday": rf"(?P<holiday>{any_of(HOLIDAYS)})",
    "season": rf"(?P<holiday>{any_of(SEASONS)})",
}  # fmt: skip

_ZONES = {"mez": "cet", "mesz": "cest"}
_number = shared.number_of(ORDINALS | NUMBERS | DAY_WORDS | {f"andere{ending}": 2 for ending in ("", "n", "r", "s")})
_RANGE = r"[-\u2013]|\bbis\b"


def _minutes(text: str) -> int:
    return 15 if text == "viertel" else _number(text)


VALUES: dict[str, Callable[[str], Any]] = shared.VALUES | {
    "weekdays": shared.weekdays_of(DAYS, _RANGE),
    "weekday": DAYS.__getitem__,
    "ordinals": lambda text: tuple(NTH[word] for word in re.findall(any_of(NTH), text)),
    "months": shared.months_of(MONTHS, _RANGE),
    "dates": shared.dates_of(MONTHS),
    "month_days": lambda text: tuple(
        -1 if word == "letzten" else _number(word) for word in re.findall(DAY_OF_MONTH, text)
    ),
    "month": shared.month_of(MONTHS),
    "last_month": shared.month_of(MONTHS),
    "number": _number,
    "unit": SHORT_UNITS.__getitem__,
    "leads": LENGTHS.reader(NUMBERS, SHORT_UNITS),
    "day": _number,
    "last": _number,
    "past": _minutes,
    "to": _minutes,
    "daypart": DAYPARTS.__getitem__,
    "level": lambda text: LEVELS.get(text) or int(text),
    "hour": lambda text: str(HOURS.get(text, text)),
    "minute": lambda text: NUMBERS.get(text) or int(text),
    "zone": lambda text: _ZONES.get(text, text),
    "feast": FEASTS.__getitem__,
    "week": int,
    "holiday": (HOLIDAYS | SEASONS).__getitem__,
}
