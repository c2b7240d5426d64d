"""The Spanish words around a phrase that make its reading doubtful."""

import re

from todo_backend.quick_add.language import NEVER, Context, Neighbours, any_of
from todo_backend.quick_add.languages.spanish.words import DAY_WORDS, MONTHS, NAMED_DAYS, NTH, NUMBERS, PLURALS

_WEEKDAY = rf"{any_of(NAMED_DAYS)}s?(?!\w)"
_ORDINAL = rf"{any_of(NTH)}(?!\w)"
_HOUR = r"[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:hs?|am|pm)\b|[0-9]{1,2}:[0-9]{2}|las?\s[0-9]{1,2}(?!\w)"
_NAMED = rf"(?:(?:el\s|los\s)?(?:{_WEEKDAY}|{_ORDINAL}\s(?:{_WEEKDAY}|dia))|{_HOUR}|(?:hoy|manana|pasado|mediodia)\b)"
_NUMBER = r"(?:el\s)?[0-9]{1,4}(?![\w%])"
_LENGTH = rf"(?:{any_of(NUMBERS)}|[0-9]+|pocos|unos)\s(?:dia|semana|mes|ano|hora|minuto)(?:e?s)?"
_NEGATION = r"(?:excepto|salvo|menos|sin|no|nunca|quitando)"
_SEASON = r"(?:primavera|verano|otono|invierno|temporada)"
_UNREAD_RULE = (
    rf"\b(?:cada|todos\slos|todas\slas)\s(?:\x00|[0-9]|(?:{any_of(NTH)}|{_WEEKDAY}|{any_of(MONTHS)}|{any_of(NUMBERS)}|{_SEASON}|"
    r"pocos|pocas|par|minutos?|horas?|dias?|semanas?|mes|meses|trimestres?|anos?|mananas?|tardes?|noches?)(?!\w))"
    r"|\b(?:repet\w*|repit\w*|recurrente\w*|periodic\w*|altern\w*)\b"
    r"|\b[0-9]+\s?x\s(?:al?\s)?(?:dia|semana|mes)\b|\b(?:dos|tres|[0-9]+)\sveces\s(?:\x00|(?:al?|por|en)\b)|\buna\svez\s(?:al?|por|en)\b"
)
_UNREAD_DISTANCE = (
    rf"\b{_LENGTH}\s(?:antes|despues|mas\starde)\b|\b{_LENGTH}\sy\s\x00"
    r"|\b(?:dia|noche|tarde|semana|vispera)\s(?:antes|despues|anterior|siguiente)\b|\b(?:esta|misma)\shora\b|^¿?(?:que|quien|donde|cual|cuantos?)\s.*\?|\bayer\b"
    rf"|\b(?:[0-9]{{1,2}}|{any_of(DAY_WORDS)})\s(?:de\s)?{any_of(MONTHS)}(?!\w)|\bel\s(?:[0-9]{{1,2}}|{any_of(DAY_WORDS)})(?:$|[\s,.]*\x00)"
)

NEIGHBOURS = Neighbours(
    owns=re.compile(
        r"\b(?:de|del|al|a|con|sobre|entre|desde|dice|dijo|llamad[oa]|titulad[oa]|fue|era|es|ver|leer|escuchar|serie|pelicula|libro|cancion|un|una|algun|cualquier|aquel|ese|contra|por|versus|vs|como|"
        r"to|of|about|re|asunto|ref)[.:]?\s+(?:el\s+|la\s+|los\s+)?$"
        r"|\b(?:por\sque|aprender|bajar|perder|adelgazar)\b.*$|\x00\s(?:antes|despues)\s(?:de|del)\s(?:el\s)?$"
    ),
    lasts=re.compile(rf"\b(?:{_LENGTH}|(?:primer|ultimo)\s(?:dia\s(?:habil|laborable)|{_WEEKDAY}))\s+$"),
    counted_from=re.compile(r"(?:antes|despues|desde|a\spartir)\b"),
    negates=re.compile(rf"\b(?:{_NEGATION}|pero)\s+(?:el\s+|los\s+|en\s+)?$"),
    joined=re.compile(r"\x00\s?(?:,|&|\+|\s(?:y|e|o|u)\s)\s?(?:y\s|o\s)?(?:el\s|los\s|a\slas?\s)?$"),
    follows=re.compile(
        rf"\b(?:{any_of(NAMED_DAYS)}|[0-9]{{1,2}}|{any_of(DAY_WORDS)})\s?(?:[-\u2013/&]|o|u|y|al?|hasta)\s?(?:el\s|las?\s)?$"
    ),
    counts=re.compile(
        rf"\b(?:{any_of(tuple(word for word, number in NUMBERS.items() if number > 1))}|[2-9]|1[0-9])\s+$"
    ),
    counted=re.compile(
        rf"(?:{any_of(PLURALS)}|dias\s(?:habiles|laborables|de\strabajo)|lunes|martes|miercoles|jueves|viernes)\b"
    ),
    picks=re.compile(rf"\b(?:{any_of(NTH)}|cada|todos\slos|pasado|pasada|otro|algun|ningun|tantos)\s+$"),
    picked=re.compile(rf"(?:{_WEEKDAY}|{any_of(MONTHS)}(?!\w))"),
    origin=re.compile(r"(?:del?|desde)\b|para\s[0-9]{1,2}$"),
    bounds=re.compile(r"(?:antes|despues|hasta)\b"),
    goes_on=re.compile(
        r"\s(?:[0-9]|1[0-9]|2[0-3])[\s-]?[0-5][0-9](?=\s{0,9}(?:$|[,.;!?)]))|"
        rf"\s?[-\u2013\u2014&/+]\s?(?:{_NAMED}|{_NUMBER})|\s?,\s?(?:{_WEEKDAY}|{_HOUR})"
        rf"|(?:\s?,\s?|\s(?:y|e|o|u)\s){any_of(MONTHS)}(?!\w)"
        rf"|\s(?:y|o|u|a|al|hasta)\s(?:a\s)?(?:{_NAMED}|{_NUMBER})|\s(?:el\s)?(?:dia\s)?{any_of(DAY_WORDS)}(?!\w)"
        r"|\s(?:y|o)\s(?:por\sla\s)?(?:manana|tarde|noche)\b|\s(?:menos|y)\s(?:cuarto|media|cinco|diez|veinte)\b|\szona\shoraria\b|\s(?:cuatrimestre|trimestre|semestre|piso)\b"
        r"|\sde(?:l|\sla)?\s(?!cada\b|est[ea]\b|la\ssemana|la\s(?:manana|tarde|noche)|\x00)\w"
        r"|\sy\smedi[oa]\b|\s(?:cualquiera|pasad[oa]|anterior|ultimo)\b|\sde\s(?:la\ssemana|hace)\b"
        rf"|\s{_NEGATION}\s(?:el\s|los\s)?(?:{_NAMED}|festivos|feriados|vacaciones)"
    ),
    rule_goes_on=re.compile(
        rf"\s?,?\s?{_NEGATION}\b"
        rf"|\s(?:el\s|los\s)(?:{_ORDINAL}|[0-9]{{1,2}}(?!\w))|\s{_ORDINAL}\s(?:{_WEEKDAY}|dia)"
        r"|\s(?:hasta|desde|a\spartir|durante|entre|mientras|cuando)\b"
        r"|\s(?:de|en)\s(?:la\s|el\s|cada\s)?(?:semana|mes|trimestre|ano|primavera|verano|otono|invierno)\b|\sdel\s(?:mes|ano)\b"
        rf"|\s(?:de|en)\s{any_of(MONTHS)}(?!\w)"
        r"|\santes\sdel?\s[0-9]|\sdespues\sdel?\b|\s(?:si|no)\s(?:y|otro)\b"
        r"|\s(?:una|dos|tres|[0-9]+)\sve(?:z|ces)\b"
        rf"|\s?[-\u2013\u2014&/+]\s?{_NUMBER}|\s[0-9]{{1,2}}(?![\w:.])"
    ),
    unread=re.compile(
        rf"\b(?:{any_of(NAMED_DAYS | PLURALS)}|{_ORDINAL}\s(?:{_WEEKDAY}|dia|semana)|cada\s[0-9]|"
        r"(?:mediados|fines|finales|principios|inicios)\sde\s(?:mes|ano|trimestre))\b"
        rf"|\b(?:excepto|salvo|hasta|festivos|feriados|vacaciones|{_SEASON}|(?:esta|proxima)\ssemana|este\s(?:mes|ano))\b"
        rf"|{_UNREAD_RULE}|{_UNREAD_DISTANCE}"
    ),
    unread_rule=re.compile(f"{_UNREAD_RULE}|{_UNREAD_DISTANCE}"),
    unread_day=re.compile(
        rf"\b(?:{any_of(NAMED_DAYS)}|proxim[oa]\s\w+|\w+\sque\sviene|adviento|semana\ssanta|pascua|navidad|reyes|"
        r"dia\sde(?:l|\sla)?\s\w+|puente|finde|fin\sde\ssemana)(?!\w)"
        rf"|\bsemana\b|\b[lmxjvsd](?:[-/,+][lmxjvsd])+\b|(?<![\w.,/-])[0-3]?[0-9][./-][01]?[0-9](?![\w%]|[.,/-][0-9])"
    ),
    unread_time=re.compile(
        rf"\b(?:mediodia|medianoche)\b|\x00\s[0-9]{{1,2}}\.[0-5][0-9]\b|\b(?:{_HOUR})|\ba\slas?\s[0-9]{{1,2}}\b|\bde\s[0-9]{{1,2}}\s?(?:$|\x00)"
        rf"|\bde\sla\s(?:manana|tarde|noche|madrugada)\b|\b(?:de|entre|a)\s(?:las?\s)?{any_of(DAY_WORDS)}\s(?:a|y)\b"
    ),
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
