"""The German words around a phrase that make its reading doubtful."""

import re

from todo_backend.quick_add.language import NEVER, Context, Neighbours, any_of
from todo_backend.quick_add.languages.german.words import (
    HABITS,
    MONTHS,
    NAMED_DAYS,
    NTH,
    NUMBERS,
    ORDINALS,
    SHORT_DAYS,
)

_WEEKDAY = rf"(?:{any_of(NAMED_DAYS)}s?|{any_of(SHORT_DAYS)})(?!\w)"
_ORDINAL = rf"(?:[0-9]{{1,2}}\.(?!\w)|{any_of(NTH)}(?!\w))"
_HOUR = r"[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:uhr|h)\b|[0-9]{1,2}:[0-9]{2}"
_NAMED = rf"(?:{_WEEKDAY}|{_ORDINAL}|{_HOUR}|(?:heute|morgen|ue?bermorgen|wochenende|mittags?)\b)"
_NUMBER = r"[0-9]{1,4}(?![\w%])"
_LENGTH = rf"(?:{any_of(NUMBERS)}|[0-9]+|paar)\s(?:(?:werk|arbeits)?tage?|wochen?|monate?|jahre?|stunden?|minuten?)n?"
_NEGATION = r"(?:au(?:ß|ss)er|ausgenommen|ohne|nicht|nie|bis\sauf|mit\sausnahme)"
_SEASON = r"(?:frue?hling|frue?hjahr|sommer|herbst|winter|saison)"
_UNREAD_RULE = (
    rf"\b(?:jede[nrsm]?|alle)\s(?:\x00|[0-9]|(?:{any_of(NTH)}|{_WEEKDAY}|{any_of(MONTHS)}|{_SEASON}|paar|halbe[nrs]?|"
    r"(?:un)?gerade[nrs]?|minuten?|stunden?|tage?|wochen?|monate?|quartale?|jahre?|morgen|mittag|abend|nacht)(?!\w))"
    r"|\b(?:morgens|vormittags|mittags|nachmittags|abends|nachts|wiederhol\w*|wiederkehrend\w*|regelmae?(?:ß|ss)ig\w*|abwechselnd)\b"
    r"|\b(?:zweimal|dreimal|[0-9]+\s?(?:x|mal))\s(?:\x00|(?:pro|im|am|in|je)\b)|\beinmal\s(?:pro|im|am|in|je)\b"
)
_UNREAD_DISTANCE = (
    rf"\b{_LENGTH}\s(?:vor|nach|bevor|nachdem|vorher|danach|spae?ter|frue?her)\b|\b{_LENGTH}\sund\s\x00"
    r"|\b(?:tag|abend|morgen|woche)\s(?:vor|nach|davor|danach|vorher)\b|\b(?:dieser|derselben|gleichen|selben)\szeit\b|^(?:was|wer|wo|warum|welche[nrs]?|wie\sviele?)\s.*\?|\bgestern\b"
    rf"|\b[0-9]{{1,2}}\.?\s{any_of(MONTHS)}(?!\w)|\b(?:vom|ab|am|den|der|zum)\s(?:[0-9]{{1,2}}\.(?!\w)|{any_of(ORDINALS)}\s{any_of(ORDINALS)})"
)

NEIGHBOURS = Neighbours(
    owns=re.compile(
        r"\b(?:auf|von|vom|ue?ber|als|seit|zwischen|betreff|betrifft|bzgl|wegen|namens|genannt|pro|mit|statt|anstatt|frau|"
        r"herrn?|familie|fam|dr|prof|was|gegen|nach|an|beim|serie|film|buch|roman|song|lied|album|einem|ein|einen|jenem|irgendein|to|of|about|bei|hei(?:ß|ss)t|re)[.:]?\s+(?:de[mnrs]\s+|die\s+|das\s+)?$"
        rf"|(?:\x00|\b(?:werktag|arbeitstag|{_WEEKDAY}))\s(?:vor|nach)\s(?:de[mnr]\s)?$"
    ),
    lasts=re.compile(rf"\b(?:{_LENGTH}|(?:erste|letzte)[nrs]?\s(?:arbeitstag|werktag|{_WEEKDAY}))\s+$"),
    counted_from=re.compile(r"(?:vor|nach|ab)\b"),
    negates=re.compile(rf"\b(?:{_NEGATION}|kein|keine|keinen|aber)\s+(?:am\s+|an\s+)?(?:de[mn]\s+)?$"),
    joined=re.compile(
        r"\x00\s?(?:,|&|\+|\s(?:und|oder|sowie|bzw\.?)\s)\s?(?:und\s|oder\s)?(?:am\s|um\s)?(?:de[nmr]\s)?$"
    ),
    follows=re.compile(
        rf"\b{any_of(NUMBERS)}\s(?:und|oder|bis)\s$|"
        rf"\b(?:{any_of(NAMED_DAYS)}|{any_of(SHORT_DAYS)}|[0-9]{{1,2}}\.?)\s?(?:[-\u2013/&]|oder|und|bis)\s?(?:am\s|den\s)?$"
    ),
    counts=NEVER,
    counted=NEVER,
    picks=re.compile(
        rf"\b(?:[0-9]{{1,2}}\.|{any_of(NTH)}|letzte[nrs]?|vorletzte[nrs]?|vorige[nrs]?|vergangene[nrs]?|jede[nrs]?|alle|"
        r"nae?chste[nrs]?)\s+$"
    ),
    picked=re.compile(rf"(?:{_WEEKDAY}|{any_of(MONTHS)}(?!\w)|werktag)"),
    origin=re.compile(rf"(?:von|vom)\b|der\s{any_of(NAMED_DAYS)}$"),
    bounds=re.compile(r"(?:vor|nach|bis)\b"),
    goes_on=re.compile(
        r"\s(?:[0-9]|1[0-9]|2[0-3])(?:[\s-]?[0-5][0-9])?(?=\s{0,9}(?:$|[,.;!?)]))|"
        rf"\s?[-\u2013\u2014&/+]\s?(?:{_NAMED}|{_NUMBER})|\s?,\s?(?:{_WEEKDAY}|{_HOUR})"
        rf"|(?:\s?,\s?|\s(?:und|oder|sowie)\s){any_of(MONTHS)}(?!\w)"
        rf"|\s(?:und|oder|bis|bzw\.?|sowie)\s(?:am\s|um\s|zum\s)?(?:{_NAMED}|{_NUMBER})"
        rf"|\s?,?\s(?:den\s|der\s)?{any_of(ORDINALS)}\s{any_of(ORDINALS)}|\s(?:nach|vor)\s(?:weihnachten|ostern|pfingsten|silvester|neujahr|dem\snae?chsten)\b"
        r"|\s(?:und|oder)\s(?:morgens|mittags?|nachmittags?|abends?|nachts?)\b|\s[0-9]{1,2}[-./][0-9]|\s(?:vor|war)\s|\s(?:lernen|abnehmen)\b|\s?,?\s(?:der\s|in\s)?kw\s?[0-9]|\s(?:vorher|zuvor|danach)\b"
        rf"|\s{_NEGATION}\s(?:am\s|an\s)?(?:{_NAMED}|feiertag|ferien|wochenende)"
    ),
    rule_goes_on=re.compile(
        rf"\s?,?\s?(?:au(?:ß|ss)er|ausgenommen|bis\sauf|ohne|nicht|aber|jedoch)\b"
        rf"|\s(?:am\s|im\s|zum\s|an\s)?(?:de[nmr]\s)?{_ORDINAL}"
        r"|\s(?:bis|ab|von|seit|wae?hrend|zwischen|beginnend|solange|wenn)\b"
        r"|\s(?:im|in\sder|in\sden)\s(?:woche|monat|quartal|jahr|frue?hling|sommer|herbst|winter|ferien)\b"
        rf"|\s(?:im\s)?{any_of(MONTHS)}(?!\w)"
        r"|\snach\s(?:der\s)?(?:letzten|erledigung|abschluss)\b"
        r"|\s(?:einmal|zweimal|dreimal)\b|\s[0-9]+\s?(?:x|mal)\b"
        rf"|\s?[-\u2013\u2014&/+]\s?{_NUMBER}"
    ),
    unread=re.compile(
        rf"\b(?:{any_of(NAMED_DAYS)}s?|{_ORDINAL}\s(?:{_WEEKDAY}|werktag|woche)|jede[nrsm]?\s[0-9]|alle\s[0-9]|kw\s?[0-9]{{1,2}}"
        r"|(?:mitte|ende|anfang)\s(?:des\s)?(?:monats?|quartals?|jahres)|gerade[nr]?\swochen?|ungerade[nr]?\swochen?)\b"
        rf"|\b(?:au(?:ß|ss)er|ausgenommen|bis|ferien|feiertage?n?|{_SEASON}|(?:diese|nae?chste)[nrms]?\s(?:woche|monat|jahr)|"
        rf"eine\sweile)\b|{_UNREAD_RULE}|{_UNREAD_DISTANCE}"
    ),
    unread_rule=re.compile(f"{_UNREAD_RULE}|{_UNREAD_DISTANCE}"),
    unread_day=re.compile(
        rf"\b(?:{any_of(NAMED_DAYS)}|(?:nae?chste|kommende)[nrms]?\s\w+|advent|ostern|pfingsten|weihnachten|silvester|neujahr|"
        r"nikolaus|muttertag|vatertag|fasching|karneval|wochenende|kw\s?[0-9]+)(?!\w)"
        rf"|\b(?:{any_of(NAMED_DAYS)})\w+|\bwoche\b|(?<![\w.,/-])[0-3]?[0-9][./-][01]?[0-9](?![\w%]|[.,/-][0-9])"
    ),
    unread_time=re.compile(
        rf"\b(?:mittags?|mitternacht)\b|\b(?:{_HOUR})"
        r"|\b[0-9]{1,2}\s?[-\u2013]\s?[0-9]{1,2}\s?(?:uhr|h)\b|\b(?:um|gegen)\s[0-9]{1,2}\b"
        rf"|\b(?:um|gegen|von|zwischen)\s{any_of(NUMBERS)}(?:\s(?:bis|und)\b|$)|\buhr\b"
    ),
    is_subject=re.compile(r"\s(?:ist|sind|war|waren|wird|hat|wae?re)\b"),
    capitalised=re.compile(rf"(?:heute|morgen|ue?bermorgen|tae?glich|(?:jede[nrsm]?|alle)\s.*|{any_of(HABITS)})$"),
    author=NEVER,
    enumerates=re.compile(r"\s?,\s?[0-9]"),
    article_before=re.compile(r"\b(?:der|die|das|ein|eine|einen|mein|meine|meinen|unser|unsere|dein|ihr|sein)\s+$"),
    article=NEVER,
    bare_article=NEVER,
    names=re.compile(r"\b(?:das|die|der|ein|eine|in|mit|von|aus|im|zum|zur)\s+$"),
    word_after=re.compile(r"\s+[^\W\d_]"),
)

CONTEXTS: dict[Context, re.Pattern[str]] = {
    "morning": re.compile(r"\b(?:aufstehen|aufwachen|wecker|wecken|frue?hstue?ck\w{0,4}|sonnenaufgang|brunch)\b"),
    "evening": re.compile(
        r"\b(?:abendessen|abendbrot|\w{0,12}party|kino|konzert|theater|oper|feierabend|ins bett|kneipe|bar|disco|club|"
        r"sonnenuntergang|tatort|elternabend|stammtisch|date)\b"
    ),
}
"""Dinner at 7 is in the evening."""
