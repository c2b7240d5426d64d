"""The Spanish words with a value, and the slots of phrases. They are written without accents (`LETTERS`)."""

import re
from collections.abc import Callable
from typing import Any

from todo_backend.quick_add.language import any_of
from todo_backend.quick_add.languages import shared
from todo_backend.quick_add.zones import cities

LETTERS = str.maketrans("áéíóúüñàèò", "aeiouunaeo")

WEEKDAY_NAMES = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
NAMED_DAYS = {name: index for index, name in enumerate(WEEKDAY_NAMES)} | {"juebes": 3, "biernes": 4, "savado": 5}
SHORT_DAYS = {"lun": 0, "mie": 2, "mier": 2, "jue": 3, "juev": 3, "vie": 4, "vier": 4, "sab": 5}
UNCLEAR_DAYS = {"mar": 1, "dom": 6}
"""Abbreviations that are also other words: they need a date or time beside them, or a full stop."""
DOTTED = {f"{word}.": day for word, day in (SHORT_DAYS | UNCLEAR_DAYS).items()}
PLURALS = {"sabados": 5, "domingos": 6}
DAYS = NAMED_DAYS | SHORT_DAYS | UNCLEAR_DAYS | DOTTED | PLURALS
MONTHS = {
    "enero": 1, "ene": 1, "febrero": 2, "feb": 2, "marzo": 3, "mar": 3, "abril": 4, "abr": 4, "mayo": 5, "may": 5,
    "junio": 6, "jun": 6, "julio": 7, "jul": 7, "agosto": 8, "ago": 8, "septiembre": 9, "setiembre": 9, "sept": 9,
    "sep": 9, "octubre": 10, "oct": 10, "noviembre": 11, "nov": 11, "diciembre": 12, "dic": 12,
}  # fmt: skip
NUMBERS = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "veinte": 20,
    "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cuarenta y cinco": 45, "cincuenta": 50, "sesenta": 60,
    "noventa": 90,
}  # fmt: skip
DAY_WORDS = NUMBERS | {
    "primero": 1, "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veintiuno": 21,
    "veintidos": 22, "veintitres": 23, "veinticuatro": 24, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "treinta y uno": 31,
}  # fmt: skip
HOURS = {word: number for word, number in NUMBERS.items() if number <= 12 and word not in {"un", "uno"}}  # noqa: PLR2004
NTH = {
    "primer": 1, "primero": 1, "primera": 1, "primeros": 1, "1er": 1, "1ro": 1, "1º": 1, "segundo": 2, "segunda": 2,
    "segundos": 2, "2do": 2, "2º": 2, "tercer": 3, "tercero": 3, "tercera": 3, "terceros": 3, "3er": 3, "3º": 3,
    "cuarto": 4, "cuarta": 4, "4to": 4, "4º": 4, "quinto": 5, "quinta": 5, "5to": 5, "ultimo": -1, "ultima": -1,
    "ultimos": -1, "penultimo": -2,
}  # fmt: skip
UNITS = {
    "minutos": "minutes", "minuto": "minutes", "mins": "minutes", "min": "minutes", "min.": "minutes",
    "horas": "hours", "hora": "hours", "hs": "hours", "hrs": "hours", "hr": "hours", "dias": "days", "dia": "days",
    "semanas": "weeks", "semana": "weeks", "meses": "months", "mes": "months", "anos": "years", "ano": "years",
}  # fmt: skip
SHORT_UNITS = UNITS | {"m": "minutes", "h": "hours", "d": "days"}
LEVELS = {"alta": 1, "alto": 1, "media": 2, "medio": 2, "normal": 2, "baja": 3, "bajo": 3}
DAYPARTS = {"manana": "morning", "madrugada": "morning", "tarde": "afternoon", "noche": "night"}
ADJECTIVES = {
    "diario": (1, "days"), "semanal": (1, "weeks"), "quincenal": (2, "weeks"), "mensual": (1, "months"),
    "bimestral": (2, "months"), "trimestral": (3, "months"), "semestral": (6, "months"), "anual": (1, "years"),
}  # fmt: skip
"""Their rules, as number and unit. They mostly belong to a noun: "informe mensual"."""
HOLIDAYS = {"nochebuena": (24, 12), "nochevieja": (31, 12), "ano nuevo": (1, 1), "san valentin": (14, 2)}
FEASTS = {
    "miercoles de ceniza": -46, "domingo de ramos": -7, "lunes santo": -6, "martes santo": -5, "miercoles santo": -4,
    "jueves santo": -3, "viernes santo": -2, "sabado santo": -1,
    "domingo de resurreccion": 0, "corpus christi": 60,
}  # fmt: skip
"""In days after Easter Sunday."""
SEASONS = {"navidad": (25, 12), "dia de reyes": (6, 1), "reyes": (6, 1), "halloween": (31, 10)}
ZONES = {
    "mexico": "mexico city", "cdmx": "mexico city", "este": "et", "pacifico": "pt",
    "canarias": "atlantic/canary", "espana": "madrid",
    "peninsular": "madrid",
    "argentina": "america/argentina/buenos_aires", "colombia": "bogota", "chile": "santiago", "peru": "lima",
    "londres": "london", "nueva york": "new york",
}  # fmt: skip

DAY = any_of(DAYS)
AND = r"(?:\s?,\s?(?:y )?| y | e |\s?[&/+]\s?)"
LIST = r"(?:\s?,\s?(?:y )?| y | e |\s?[&/+]\s?| )"
TO = r"(?:\s?[-\u2013]\s?| a | al | hasta(?: el)? )"
MONTH = any_of(MONTHS) + r"\.?"
MONTH_RANGE = rf"(?:de |desde )?{MONTH}(?:\s?[-\u2013]\s?| a | hasta ){MONTH}"
NUMBER_OF_DAY = r"[0-3]?[0-9]"
DATE = rf"(?:{NUMBER_OF_DAY}(?:{AND}(?:el )?{NUMBER_OF_DAY})? de {MONTH})(?: de [0-9]{{4}})?"
TIME = r"[0-2]?[0-9](?:(?:[:.][0-5][0-9])?\s?(?:am|pm|a\.m\.?|p\.m\.?|hs?)|:[0-5][0-9])"
DAY_OF_MONTH = r"(?:[0-3]?[0-9]|ultimo(?: dia)?)"
DONE = r"(?:completar(?:lo|la)?|terminar(?:lo|la)?|hacer(?:lo|la)|acabar(?:lo|la)?|completad[oa]|terminad[oa]|hech[oa])"
EARLY = r"(?: (?:antes|de antelacion|previos?|de anticipacion))"
LENGTHS = shared.Lengths(
    half_an_hour="media hora",
    numbers=any_of(NUMBERS),
    units=any_of(SHORT_UNITS),
    hours="horas?|hs|h",
    minutes="minutos?|mins?|m",
    joins=r"(?:\s?[,;]\s?(?:y )?| y | e |\s?[&/+]\s?)",
    before=EARLY,
    ends="el|a las?|cada|manana|hoy|lunes|martes|miercoles|jueves|viernes|sabado|domingo",
)
SLOTS = shared.SLOTS | {
    "list": rf"(?P<weekdays>{DAY}(?:{LIST}(?:los |el )?{DAY}){{0,6}})",
    "several": rf"(?P<weekdays>{DAY}(?:{LIST}(?:el )?{DAY}){{1,6}})",
    "plurals": rf"(?P<weekdays>{any_of(PLURALS)}(?:{AND}{any_of(PLURALS)}){{0,2}})",
    "range": rf"(?P<weekdays>{DAY}{TO}{DAY})",
    "ordinals": rf"(?P<ordinals>{any_of(NTH)}(?:{AND}(?:el )?{any_of(NTH)}){{0,4}})",
    "month_days": rf"(?P<month_days>{DAY_OF_MONTH}(?:{AND}(?:el |dia )?{DAY_OF_MONTH}){{1,9}})",
    "dates": rf"(?P<dates>{DATE}(?:{AND}(?:el )?(?:{DATE}|{NUMBER_OF_DAY})){{0,9}})",
    "months": rf"(?P<months>{MONTH_RANGE}|{MONTH}(?:{AND}{MONTH}){{0,11}})",
    "several_months": rf"(?P<months>{MONTH_RANGE}|{MONTH}(?:{AND}{MONTH}){{1,11}})",
    "workday": r"(?:dia habil|dia laborable|dia laboral|dia de trabajo)",
    "workdays": r"(?:dias habiles|dias laborables|dias laborales|dias de trabajo|dias de semana)",
    "name": rf"(?P<weekday>{any_of(NAMED_DAYS)})",
    "short": rf"(?P<weekday>{any_of(SHORT_DAYS | DOTTED)})",
    "unclear": rf"(?P<weekday>{any_of(UNCLEAR_DAYS)})",
    "weekday": rf"(?P<weekday>{any_of(NAMED_DAYS | SHORT_DAYS | UNCLEAR_DAYS | DOTTED)})",
    "and_weekday": rf"(?:(?P<weekday>{any_of(NAMED_DAYS | SHORT_DAYS | UNCLEAR_DAYS | DOTTED)}),?(?: el| dia)? )?",
    "some_day": any_of(NAMED_DAYS),
    "some_month": any_of(MONTHS),
    "month": rf"(?P<month>{any_of(MONTHS)})\.?",
    "long_month": rf"(?P<month>{any_of(tuple(name for name in MONTHS if len(name) > 4))})",  # noqa: PLR2004
    "number": rf"(?P<number>[0-9]{{1,5}}|{any_of(NUMBERS)})",
    "some": rf"(?:[0-9]{{1,5}}|{any_of(NUMBERS)}|media|cuarto de)",
    "ordinal": rf"(?P<number>{any_of(NTH)})",
    "unit": rf"(?P<unit>{any_of(UNITS)})",
    "short_unit": rf"(?P<unit>{any_of(SHORT_UNITS)})",
    "day": r"(?P<day>[0-3]?[0-9])(?:º|o)?",
    "day_word": rf"(?P<day>[0-3]?[0-9]|{any_of(DAY_WORDS)})(?:º|ro)?",
    "last": r"(?P<last>[0-3]?[0-9])",
    "of_year": r"(?:,? (?:de |del )?{year})?".replace("{year}", shared.SLOTS["year"]),
    "hour_word": rf"(?P<hour>[0-2]?[0-9]|{any_of(HOURS)})",
    "spelled": rf"(?P<hour>{any_of(HOURS)})",
    "past": rf"(?P<past>[0-5]?[0-9]|{any_of(NUMBERS)}|cuarto|media)",
    "to_hour": rf"(?P<to>[0-5]?[0-9]|{any_of(NUMBERS)}|un cuarto|cuarto)",
    "half": r"(?P<half>am|pm|a\.\s?m\.?|p\.\s?m\.?)",
    "hs": r"\s?(?:hs?|hrs?|horas)\.?",
    "times": rf"(?P<times>{TIME}(?:{AND}(?:a )?(?:las? )?{TIME}){{1,7}})",
    "hours": rf"(?P<times>las? [0-2]?[0-9](?:{AND}(?:a )?las? [0-2]?[0-9]){{1,7}})(?!\s?[:.][0-9])",
    "end": r"[0-2]?[0-9](?:[:.][0-5][0-9])?(?:\s?(?:am|pm|hs?))?",
    "daypart": rf"(?P<daypart>{any_of(DAYPARTS)})",
    "in_the": r"(?:(?:por|en|de|a|x|durante) la)",
    "every": r"(?:cada|tod[oa]s l[oa]s)",
    "adverb": rf"(?P<every>{any_of(ADJECTIVES)})",
    "of_month": r"(?:del? mes|de mes)",
    "of_each_month": r"(?:de (?:cada|todos los) mes(?:es)?|cada mes|todos los meses|mensualmente)",
    "monthly": r"(?:cada mes|todos los meses|mensualmente|mensual)",
    "yearly": r"(?:cada ano|todos los anos|anualmente)",
    "completion": rf"(?P<completion> (?:despues de|tras|al|una vez) {DONE})?",
    "after_done": rf"(?P<completion>despues de (?:la ultima vez|{DONE}))",
    "early": f"{EARLY}?",
    **LENGTHS.slots(),
    "remind": (
        "(?:recuerda(?:me|melo)|recorda(?:me|rme)|(?:con )?(?:un )?recordatorio|avisa(?:me)?|alarma|notifica(?:me)?)"
    ),
    "level": rf"(?P<level>{any_of(LEVELS)})",
    "feast": rf"(?P<feast>{any_of(FEASTS)})",
    "holiday": rf"(?P<holiday>{any_of(HOLIDAYS)})",
    "season": rf"(?P<holiday>{any_of(SEASONS)})",
    "next": r"(?:que viene|q viene|que entra|proxim[oa]|siguiente)",
    "coming": r"(?:proxim[oa]|siguiente)",
    "weekend": r"(?:fin de semana|finde|weekend)",
    "city": rf"(?P<zone>{any_of(cities())}|{any_of(ZONES)})",
}

_RANGE = r"[-\u2013]|\b(?:a|al|hasta)\b"
_number = shared.number_of(DAY_WORDS | NTH)


def _minutes(text: str) -> int:
    return {"cuarto": 15, "un cuarto": 15, "media": 30}.get(text) or _number(text)


VALUES: dict[str, Callable[[str], Any]] = shared.VALUES | {
    "weekdays": shared.weekdays_of(DAYS, _RANGE),
    "weekday": DAYS.__getitem__,
    "ordinals": lambda text: tuple(NTH[word] for word in re.findall(any_of(NTH), text)),
    "months": shared.months_of(MONTHS, _RANGE),
    "dates": shared.dates_of(MONTHS),
    "month_days": lambda text: tuple(int(word) if word.isdigit() else -1 for word in re.findall(DAY_OF_MONTH, text)),
    "month": shared.month_of(MONTHS),
    "last_month": shared.month_of(MONTHS),
    "number": _number,
    "unit": SHORT_UNITS.__getitem__,
    "leads": LENGTHS.reader(NUMBERS, SHORT_UNITS),
    "day": _number,
    "last": _number,
    "minute": _minutes,
    "past": _minutes,
    "to": _minutes,
    "daypart": lambda text: DAYPARTS.get(text.removesuffix("s"), text),
    "level": lambda text: LEVELS.get(text) or int(text),
    "hour": lambda text: str(HOURS.get(text, text)),
    "zone": lambda text: ZONES.get(text, text),
    "every": ADJECTIVES.__getitem__,
    "feast": FEASTS.__getitem__,
    "holiday": (HOLIDAYS | SEASONS).__getitem__,
}
