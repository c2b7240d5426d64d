"""The English words around a phrase that make its reading doubtful."""

import re

from todo_backend.quick_add.language import Context, Neighbours, any_of
from todo_backend.quick_add.languages.english.words import DAYS, MONTHS, NUMBERS, ORDINALS, WEEKDAY_NAMES

_WEEKDAY = rf"{any_of(DAYS)}s?\b"
_ORDINAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)\b|(?:{any_of(ORDINALS)}|last)\b)"
_WORKDAYS = r"(?:weekday|weekend|workday|working day)s?"
_TWO_LETTERS = "(?:mo|tu|we|th|fr|sa|su)"
_HOUR = r"[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm|h)\b|[0-9]{1,2}:[0-9]{2}"
_NAMED = (
    rf"(?:the\s)?(?:{_WEEKDAY}|{any_of(MONTHS)}\b|{_ORDINAL}|{_HOUR}|(?:today|tomorrow|noon|midday|midnight|weekend)\b)"
)
_NUMBER = r"[0-9]{1,4}(?![\w%])"
_LENGTH = rf"(?:{any_of(NUMBERS)}|[0-9]+|few)\s(?:day|week|month|year|hour|minute)s?"
_NEGATION = r"(?:except|excepting|excluding|unless|without|skip|skipping|not|but not|apart from|other than)"

NEIGHBOURS = Neighbours(
    owns=re.compile(
        r"\b(?:to|of|about|than|dated|since|between|regarding|re|called|named|titled|entitled|versus|vs|into|against|per|"
        r"with|was|were|week|dr|mr|mrs|ms|miss|st)\.?\s+(?:the\s+)?$"
        rf"|\b{_ORDINAL}\s{_WEEKDAY}\s+$|(?<!for\s)\b{_LENGTH}\s(?:before|after|prior to)\s(?:the\s)?$"
        r"|(?:\bday|\x00)\s(?:before|after)\s(?:the\s)?$"
    ),
    lasts=re.compile(rf"(?<!for\s)\b{_LENGTH}\s+$"),
    counted_from=re.compile(r"(?:before|after|from|on)\b"),
    negates=re.compile(rf"\b(?:{_NEGATION}|but|no|never)\s+(?:on\s+)?(?:the\s+)?$"),
    joined=re.compile(r"\x00\s?(?:,|&|\+|\s(?:and|or|plus)\s)\s?(?:and\s|or\s)?(?:on\s)?(?:the\s)?$"),
    counts=re.compile(
        rf"\b(?:{any_of(tuple(word for word, number in NUMBERS.items() if number > 1))}|[2-9]|1[0-9])\s+$"
    ),
    counted=re.compile(rf"(?:{any_of(WEEKDAY_NAMES)}s|{_WORKDAYS})\b"),
    picks=re.compile(
        rf"\b(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{any_of(ORDINALS)}|"
        r"last|next|other|alternate|every|each|few|past|previous)\s+$"
    ),
    picked=re.compile(rf"(?:{_WEEKDAY}|{any_of(MONTHS)}\b|{_WORKDAYS}\b)"),
    origin=re.compile(r"from\b"),
    goes_on=re.compile(
        rf"\s?[-\u2013\u2014&/+]\s?(?:{_NAMED}|{_NUMBER})|\s?,\s?{_NAMED}"
        r"|\s(?:ist|ast)\b"
        rf"|\s(?:and|or|to|till|until|through|thru|plus|vs)\s(?:on\s|at\s)?(?:{_NAMED}|{_NUMBER})"
        rf"|\s(?:ago|from\snow|after\snext|before\slast|of\s(?:last|next|this|every|each)|{_NEGATION})\b"
    ),
    rule_goes_on=re.compile(
        rf"\s?,?\s?(?:{_NEGATION}|but|minus|(?:and\s)?also)\b"
        rf"|\s(?:on\s|in\s|at\s|of\s)?(?:the\s)?{_ORDINAL}|\son\s(?:the\s)?{_NUMBER}"
        r"|\s(?:until|till|starting|beginning|from|as\sof|since|during|between|within)\b"
        r"|\s(?:of|in)\s(?:the\s|a\s|an\s)(?:week|month|quarter|year)\b"
        rf"|\sof\s{any_of(MONTHS)}\b|\s(?:in|during)\s(?:the\s)?(?:spring|summer|autumn|fall|winter)\b"
        r"|\safter\s(?:the\s|my\s)?last\b"
        r"|\s(?:when|once|after)\s(?:\w+\s)?(?:done|finished|finishing|complete|completed|completing|completion)\b"
        r"|\s(?:(?:working|business|week|work)\s?)?(?:days?|weeks?|months?|quarters?|years?)\b"
        r"|\s(?:once|twice|thrice)\b"
        r"|\s(?:x\s?[0-9]+|[0-9]+\s?(?:x|times))\b"
        rf"|\s?[-\u2013\u2014&/+]\s?{_NUMBER}"
    ),
    unread=re.compile(
        rf"\b(?:{any_of(WEEKDAY_NAMES)}s?|{_ORDINAL}\s(?:{_WEEKDAY}|{_WORKDAYS}|week)|{_WORKDAYS}|weeks?\s[0-9]{{1,2}}"
        r"|(?:every|each)\s[0-9]|(?:mid|end|start)[- ](?:of[- ])?(?:the\s)?(?:month|quarter|year))\b"
        rf"|\b{_TWO_LETTERS}(?:\s?[/,+&]\s?{_TWO_LETTERS})+\b"
    ),
    unread_rule=re.compile(r"\b(?:every|each)\s[0-9]"),
    is_subject=re.compile(r"\s(?:is|was|are|were|has|had|will)\b"),
    capitalised=re.compile(
        rf"(?:(?:the )?(?:{any_of(ORDINALS)}|last) {_WEEKDAY}|the day after|every|each|daily|weekly|monthly|yearly|"
        r"today|tomorrow|tonight)\b"
    ),
    author=re.compile(r"\s+by\s+[A-Z]"),
    enumerates=re.compile(r"\s?,\s?[0-9]"),
    article_before=re.compile(r"\b(?:the|a|an|my|our|his|her|their|your|this|that)\s+$"),
    article=re.compile(r"(?:(?:for|on|by)\s)?(?:the|a)\s"),
    bare_article=re.compile(r"(?:the|a)\s"),
    names=re.compile(r"\b(?:the|a|an|my|our|in|for|with|of|about|to|from)\s+$"),
    word_after=re.compile(r"\s+[^\W\d_]"),
)

CONTEXTS: dict[Context, re.Pattern[str]] = {
    "morning": re.compile(r"\b(?:wake|waking|get up|getting up|alarm|breakfast|sunrise|jog|jogging|school run)\b"),
    "evening": re.compile(
        r"\b(?:dinner|supper|party|concert|movie|cinema|theatre|theater|drinks|pub|date night|go to bed|bedtime|"
        r"sunset)\b"
    ),
    "any": re.compile(
        r"\b(?:backups?|cron|deploy|deployment|maintenance|flight|flights|train|airport|bus|shuttle|batch|restart|reboot|"
        r"shift|pills?|meds|medicine)\b"
    ),
}
"""Dinner at 7 is in the evening; a backup or a flight may be at any hour."""
