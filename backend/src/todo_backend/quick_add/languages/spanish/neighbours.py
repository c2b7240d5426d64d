"""The Spanish words around a phrase that make its reading doubtful."""

import re

from todo_backend.quick_add.language import NEVER, Context, Neighbours, any_of
from todo_backend.quick_add.languages.spanish.words import MONTHS, NAMED_DAYS, NTH, NUMBERS, PLURALS

_WEEKDAY = rf"{any_of(NAMED_DAYS)}s?(?!\w)"
_ORDINAL = rf"{any_of(NTH)}(?!\w)"
_HOUR = r"[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:hs?|am|pm)\b|[0-9]{1,2}:[0-9]{2}|las?\s[0-9]{1,2}(?!\w)"
_NAMED = rf"(?:(?:el\s|los\s)?(?:{_WEEKDAY}|{_ORDINAL}\s(?:{_WEEKDAY}|dia))|{_HOUR}|(?:hoy|manana|pasado|mediodia)\b)"
_NUMBER = r"(?:el\s)?[0-9]{1,4}(?![\w%])"
_LENGTH = rf"(?:{any_of(NUMBERS)}|[0-9]+|pocos|unos)\s(?:dia|semana|mes|ano|hora|minuto)(?:e?s)?"
_NEGATION = r"(?:excepto|salvo|menos|sin|no|nunca|quitando)"

NEIGHBOURS = Neighbours(
    owns=re.compile(
        r"\b(?:de|del|al|a|con|sobre|entre|desde|dice|dijo|llamad[oa]|titulad[oa]|fue|era|es|ver|leer|escuchar|serie|pelicula|libro|cancion|un|una|algun|cualquier|aquel|ese|contra|por|versus|vs|como|"
        r"to|of|about)\s+(?:el\s+|la\s+|los\s+)?$"
        r"|\b(?:por\sque|aprender|bajar|perder|adelgazar)\b.*$|\x00\s(?:antes|despues)\s(?:de|del)\s(?:el\s)?$"
    ),
    lasts=re.compile(rf"\b{_LENGTH}\s+$"),
    counted_from=re.compile(r"(?:antes|despues|desde|a\spartir)\b"),
    negates=re.compile(rf"\b(?:{_NEGATION}|pero)\s+(?:el\s+|los\s+|en\s+)?$"),
    joined=re.compile(r"\x00\s?(?:,|&|\+|\s(?:y|e|o|u)\s)\s?(?:y\s|o\s)?(?:el\s|los\s|a\slas?\s)?$"),
    counts=re.compile(
        rf"\b(?:{any_of(tuple(word for word, number in NUMBERS.items() if number > 1))}|[2-9]|1[0-9])\s+$"
    ),
    counted=re.compile(rf"(?:{any_of(PLURALS)}|lunes|martes|miercoles|jueves|viernes)\b"),
    picks=re.compile(rf"\b(?:{any_of(NTH)}|cada|todos\slos|pasado|pasada|otro|algun|ningun|tantos)\s+$"),
    picked=re.compile(rf"(?:{_WEEKDAY}|{any_of(MONTHS)}(?!\w))"),
    origin=re.compile(r"(?:del?|desde)\b"),
    goes_on=re.compile(
        rf"\s?[-\u2013\u2014&/+]\s?(?:{_NAMED}|{_NUMBER})|\s?,\s?(?:{_WEEKDAY}|{_HOUR})"
        rf"|\s(?:y|o|u|a|al|hasta)\s(?:a\s)?(?:{_NAMED}|{_NUMBER})"
        r"|\sde(?:l|\sla)?\s(?!cada\b|est[ea]\b|la\ssemana|la\s(?:manana|tarde|noche)|\x00)\w"
        r"|\s(?:cualquiera|pasad[oa]|anterior|ultimo)\b|\sde\s(?:la\ssemana|hace)\b"
        rf"|\s{_NEGATION}\s(?:el\s|los\s)?(?:{_NAMED}|festivos|feriados|vacaciones)"
    ),
    rule_goes_on=re.compile(
        rf"\s?,?\s?{_NEGATION}\b"
        rf"|\s(?:el\s|los\s)(?:{_ORDINAL}|[0-9]{{1,2}}(?!\w))|\s{_ORDINAL}\s(?:{_WEEKDAY}|dia)"
        r"|\s(?:hasta|desde|a\spartir|durante|entre|mientras|cuando)\b"
        r"|\s(?:de|en)\s(?:la\s|el\s|cada\s)?(?:semana|mes|trimestre|ano|primavera|verano|otono|invierno)\b|\sdel\s(?:mes|ano)\b"
        rf"|\s(?:de|en)\s{any_of(MONTHS)}(?!\w)"
        r"|\sdespues\sde\b|\s(?:si|no)\s(?:y|otro)\b"
        r"|\s(?:una|dos|tres|[0-9]+)\sve(?:z|ces)\b"
        rf"|\s?[-\u2013\u2014&/+]\s?{_NUMBER}"
    ),
    unread=re.compile(
        rf"\b(?:{any_of(PLURALS)}|{_ORDINAL}\s(?:{_WEEKDAY}|dia|semana)|cada\s[0-9]|"
        r"(?:mediados|fines|finales|principios|inicios)\sde\s(?:mes|ano|trimestre))\b"
    ),
    unread_rule=re.compile(r"\bcada\s[0-9]"),
    is_subject=re.compile(r"\s(?:es|fue|era|sera|seria|esta|estaba)\b"),
    capitalised=re.compile(
        rf"(?:hoy|(?:pasado\s)?manana|(?:los\s|cada\s|todos\slos\s)?{_WEEKDAY}|cada\s\w+|todos\slos\s\w+)$"
    ),
    author=NEVER,
    enumerates=re.compile(r"\s?,\s?[0-9]"),
    article_before=re.compile(r"\b(?:el|la|un|una|mi|su|tu|nuestro|del|ese|aquel)\s+$"),
    article=NEVER,
    bare_article=NEVER,
    names=re.compile(r"\b(?:el|la|un|una|en|con|de|del|al)\s+$"),
    word_after=re.compile(r"\s+[^\W\d_]"),
)

CONTEXTS: dict[Context, re.Pattern[str]] = {
    "morning": re.compile(r"\b(?:desayun\w{1,5}|despertar(?:me)?|despertador|levantar(?:me|se)?|madrugar|amanecer)\b"),
    "evening": re.compile(
        r"\b(?:cenar?|cenas|fiesta|concierto|cine|teatro|discoteca|bar|copas|opera|cumple(?:anos)?|antro|acostarme)\b"
    ),
}
"""Dinner at 9 is in the evening."""
