"""The English words around a phrase that make its reading doubtful."""

import re

from todo_backend.quick_add.language import Context, Neighbours, any_of, one_of
from todo_backend.quick_add.languages.english.words import (
    BRIEF_UNITS,
    CLEAR_MONTHS,
    DAYPARTS,
    DAYS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SPELLED,
    SPELLED_MINUTES,
    WEEKDAY_NAMES,
)

_WEEKDAY = rf"{any_of(DAYS)}s?\b"
_ORDINAL = (
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)\b|(?:{any_of(ORDINALS)}|last|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"\w+teenth|(?:twen|thir)tieth|(?:twen|thir)ty[- ](?:first|second|third|\w+th))\b)"
)
_WORKDAYS = r"(?:weekday|weekend|workday|working day)s?"
_TWO_LETTERS = "(?:mo|tu|we|th|fr|sa|su)"
_HOUR = r"[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm|h)\b|[0-9]{1,2}:[0-9]{2}"
_NAMED = (
    rf"(?:the\s)?(?:{_WEEKDAY}|{any_of(MONTHS)}\b|{_ORDINAL}|{_HOUR}|(?:today|tomorrow|noon|midday|midnight|weekend)\b)"
)
_NUMERAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?|{any_of(NUMBERS)}|{any_of(ORDINALS)}|(?:twenty|thirty)\s\w+)"
_NUMBER = r"[0-9]{1,4}(?![\w%])"
_LENGTH = (
    rf"(?:(?:{any_of(NUMBERS)}|[0-9]+|few)\s(?:(?:working|business|work|school)\s)?(?:day|week|month|year|hour|minute|night)s?"
    rf"|[0-9]+\s?(?:{any_of(BRIEF_UNITS)}))"
)
_NEGATION = r"(?:except|excepting|excluding|unless|without|skip|skipping|not|but not|apart from|other than)"
_SEASON = r"(?:spring|summer|autumn|fall|winter|season|term|semester)"
_OFTEN = r"(?:twice|thrice|[0-9]+\s?x|[0-9]+\stimes)"
_OR = r"\s?(?:[-\u2013/&,]|or|and|to|till?|until)\s?"
_NUMBERED_MONTH = rf"\b{_NUMERAL}\s(?:of\s)?{any_of(MONTHS)}\b|\b{any_of(MONTHS)}\.?\s(?:the\s)?(?:{_NUMERAL}\b|[0-9])"
_FEASTS = (
    r"advent|lent|thanksgiving|halloween|easter|christmas|xmas|passover|pesach|purim|ramadan|eid|diwali|holi|hanukkah|"
    r"rosh\shashanah?|yom\skippur|(?:chinese|lunar)\snew\syear|mardi\sgras|carnival|pentecost|"
    r"(?:mother|father|valentine|patrick|president|veteran|children)s?\sday|(?:labou?r|memorial|independence|pancake)\sday"
)
_EVENTS = (
    "breakfast|brunch|lunch|dinner|supper|drinks|party|doors|kick-?off|film|movie|show|concert|match|game|gym|yoga|class|"
    "dentist|doctor|physio|haircut|interview|meeting|call|appointment|appt|training|rehearsal|recital|play|assembly|pick-?up"
)
"""What takes place at a time, so that a number after it may be an hour: "supper 7 Thursday"."""
_COUNTED = r"[0-9]+\s(?:session|class|lesson|appointment|occurrence|instal?lment|payment|round|time|occasion)(?:e?s)?"
_UNREAD = (
    rf"\b(?:every|each)\s(?:\x00|[0-9]|(?:{any_of(ORDINALS)}|{_WEEKDAY}|{any_of(MONTHS)}|{any_of(DAYPARTS)})\b)",
    rf"\b(?:every|each)\s(?:{_WORKDAYS}|{_SEASON}|minute|hour|day|week|fortnight|month|quarter|year)\b",
    r"\b(?:every|each)\s(?:other|few|couple|single|alternate|odd|even|leap|last)\b",
    r"\b(?:alternat(?:e|es|ing)|mornings|afternoons|evenings)\b",
    rf"\b{_OFTEN}\s\x00|\b(?:once|{_OFTEN})\s(?:an?|per|each|every|in)\b|\b{_OFTEN}\s(?:day|week|month)\b",
    rf"\b{_LENGTH}\s(?:before|after|prior|later|earlier|ago)\b|\b{_LENGTH}\sand\s(?:a\shalf\s)?\x00",
    r"\b(?:day|night|evening|morning|week|weekend|month)\s(?:before|after|prior)\b|\b(?:this|current|same)\stime\b",
    r"\byesterday\b|\b(?:last|previous|past)\s(?:week|weekend|month|year|night)\b",
    rf"{_NUMBERED_MONTH}|\b{_ORDINAL}\sweek(?:end)?\sof\b",
    r"^(?:what|which|who|whose|where|why|how\s(?:many|much|long|often|far|old)|is|are|does|did|was|were)\b.*\?",
    r"^(?:do|have)\s(?:i|you|we|they)\b.*\?",  # a question is no task
    rf"\b(?:the|from|to|until|till|and|or)\s{_ORDINAL}(?!\s(?!through|thru|though|to|until|till|and|or)\w)",
)
"""Words of rules, lengths of time and dates that make every date of a text doubtful."""

NEIGHBOURS = Neighbours(
    owns=re.compile(
        r"\b(?:to|of|about|than|dated|since|between|regarding|re|called|named|titled|entitled|versus|vs|into|against|per|"
        r"with|was|were|week|wk|dr|mr|mrs|ms|miss|st)[.:]?\s+(?:the\s+)?$"
        rf"|\b(?:[0-9]{{1,2}}|{any_of(NUMBERS)}|half|quarter)\s(?:minutes?\s|mins?\s)?(?:past|before|after)\s+$"
        r"|\b(?:cancel|confirm|rebook|reschedule|postpone)\s+(?:the\s|my\s|our\s)?$"
        r"|\bbetween\s\w+\sand\s+$|\b(?:the|for|of)\s(?:month|quarter|year|period)\s(?:ended\s)?$"
        rf"|\b{_ORDINAL}\s{_WEEKDAY}\s+$|(?<!for\s)\b{_LENGTH}\s(?:before|after|prior to)\s(?:the\s)?$"
        r"|(?:\b(?:work|week)?day|\x00)\s(?:before|after)\s(?:the\s)?$"
    ),
    lasts=re.compile(rf"(?<!for\s)\b{_LENGTH}\s+$"),
    counted_from=re.compile(r"(?:before|after|from|on)\b"),
    negates=re.compile(rf"\b(?:{_NEGATION}|but|no|never)\s+(?:on\s+)?(?:the\s+)?$"),
    joined=re.compile(r"\x00\s?(?:,|&|\+|\s(?:and|or|plus)\s)\s?(?:and\s|or\s)?(?:on\s)?(?:the\s)?$"),
    follows=one_of(
        rf"\b(?:{any_of(DAYS)}|{_ORDINAL}|noon|midday|midnight|[0-9]{{1,2}}(?:st|nd|rd|th)?){_OR}(?:on\s|the\s)?$",
        rf"\b{any_of(SPELLED)}\s(?:and|or|to|till?|until)\s$",  # "one and three pm"
        r"\b(?:hundred|twenty|thirty|forty|fifty)\s(?:and\s)?$",  # "seven hundred and forty five pm"
    ),
    counts=re.compile(
        rf"\b(?:{any_of(tuple(word for word, number in NUMBERS.items() if number > 1))}|[2-9]|1[0-9])\s+$"
    ),
    counted=re.compile(rf"(?:{any_of(WEEKDAY_NAMES)}s|{_WORKDAYS})\b"),
    picks=re.compile(
        rf"\b(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{any_of(ORDINALS)}|"
        r"last|next|other|alternate|every|each|few|past|previous|some|any|on\san?)\s+$"
    ),
    picked=re.compile(rf"(?:{_WEEKDAY}|{any_of(MONTHS)}\b|{_WORKDAYS}\b)"),
    origin=re.compile(r"from\b"),
    bounds=re.compile(r"(?:before|after|by)\b"),
    goes_on=one_of(
        rf"\s?[-\u2013\u2014&/+]\s?(?:{_NAMED}|{_NUMBER})|\s?,\s?{_NAMED}",
        r"\s(?:[1-9]|[12][0-9]|3[01])"  # "Monday 21"
        r"(?=\s{0,9}(?:$|[,.;!?)])|\s(?:at|from|between|in|with|for|and|till?|until|onwards?)\b)",
        r"\s\(?[0-9]{1,4}[./-][0-9]{1,2}\b",  # "Friday 7.6"
        r"\s?,\s?(?:19|20)[0-9]{2}\b|\s?,?\s'?[0-9]{2}(?=\s{0,9}(?:$|[,.;!?)]|\x00))|\s(?:twenty|two\sthousand)\b",
        r"\sof\s[0-9]{2,4}\b|\sin\sthe\syear\b|\s[0-9]{1,2}-[0-9]{3,4}\b",
        r"\s(?:[0-9]{1,2}h|(?:[0-9]|1[0-9]|2[0-3])[\s-]?[0-5][0-9])(?=\s{0,9}(?:$|[,.;!?)]))",  # "Friday 930"
        r"\s?,?\s(?:week|wk)\b|\sof\sthe\s(?:following|coming|next|last|previous)\b|\sor\snext\b",
        r"\s(?:eastern|pacific|mountain|central|local|ist|ast|ct|sast|aoe|wib|pkt|gst)\b|\s(?:hundred|thirty|fifteen|oh)\b",
        r"\s(?:uk|us|eu|indian?|china|chinese|japan|british|german|french|spanish|australian|their|your|his|her)\stime\b",
        rf"\s(?:and|or|to|till|until|through|thru|plus|vs)\s(?:on\s|at\s)?(?:{_NAMED}|{_NUMBER})",
        rf"\s(?:and|or|,)\s(?:on\s)?(?:{_FEASTS}|new\syear|(?:bank\s|public\s)?holidays?)\b|\sand\sa\shalf\b",
        rf"\s(?:or|and)\s(?:in\sthe\s)?{any_of(DAYPARTS)}\b|\s(?:or|and)\s{any_of(tuple(NUMBERS))}\b(?!\s[a-z])",
        r"\s(?:after|before)\s(?:the\s)?(?:next|last|christmas|xmas|easter|new\syear|thanksgiving|holidays?)\b",
        rf"\s(?:ago|from\snow|after\snext|before\slast|of\s(?:last|next|this|every|each|{any_of(MONTHS)})|{_NEGATION})\b",
    ),
    rule_goes_on=re.compile(
        rf"\s?,?\s?(?:{_NEGATION}|but|minus|(?:and\s)?also)\b"
        rf"|\s(?:on\s|in\s|at\s|of\s)?(?:the\s)?{_ORDINAL}|\son\s(?:the\s)?{_NUMBER}"
        r"|\s(?:until|till|starting|beginning|from|as\sof|since|during|between|within)\b"
        r"|\s(?:of|in)\s(?:the\s|a\s|an\s)(?:week|month|quarter|year)\b"
        rf"|\sof\s{any_of(MONTHS)}\b|\s(?:in|during)\s(?:the\s)?(?:spring|summer|autumn|fall|winter)\b"
        rf"|\s(?:before|after|preceding|following|nearest|closest\sto)\s(?:the\s)?(?:{_ORDINAL}|{_FEASTS}|{any_of(MONTHS)}\b)"
        r"|\safter\s(?:the\s|my\s)?last\b"
        r"|\s(?:when|once|after)\s(?:\w+\s)?(?:done|finished|finishing|complete|completed|completing|completion)\b"
        r"|\s(?:(?:working|business|week|work)\s?)?(?:days?|weeks?|months?|quarters?|years?)\b"
        r"|\s(?:once|twice|thrice)\b"
        r"|\s(?:x\s?[0-9]+|[0-9]+\s?(?:x|times))\b"
        rf"|\s?[-\u2013\u2014&/+]\s?{_NUMBER}"
    ),
    unread=one_of(
        rf"\b(?:{any_of(WEEKDAY_NAMES)}s?|{_ORDINAL}\s(?:{_WEEKDAY}|{_WORKDAYS}|week)|{_WORKDAYS}|weeks?\s[0-9]{{1,2}})\b",
        r"\b(?:mid|end|start)[- ](?:of[- ])?(?:the\s)?(?:month|quarter|year)\b",
        rf"\b{_TWO_LETTERS}(?:\s?[/,+&]\s?{_TWO_LETTERS})+\b|\b{any_of(DAYS)}\s?[-\u2013/,&+]\s?{any_of(DAYS)}\b",
        r"\b(?:excep\w+|excl\w*|unless|but\snot|not\s(?:on|in)|apart|other\sthan|until|till|ending|up\sto)\b",
        rf"\b(?:in|from|until|till?|through|to|of|during|starting|only)\s{any_of(MONTHS)}\b",
        rf"\b(?:(?:in|during|over|at|of)\s(?:{_FEASTS})|holidays?|{_SEASON}|for\sa\s(?:while|bit)|{_COUNTED})\b",
        r"\b(?:this|next|coming|following)\s(?:week|month|year)\b",
        *_UNREAD,
    ),
    unread_rule=one_of(*_UNREAD, r"\b(?:repeat(?:s|ed|ing|edly)?|recur(?:s|ring|rence)?)\b"),
    unread_day=one_of(
        r"\bnext\s(?!to\b|at\b|in\b|on\b)\w+\b|\b(?:weekend|week\s[0-9]+|today|tomorrow|tonight|yesterday)\b",
        rf"\b(?!birth|holi|every|mid|some|work|pay|yester|noon)\w{{2,7}}day\b|\b(?:{_FEASTS}|\w+'s\sday)\b",
        r"\b(?:on|by|due)\s(?:the\s)?[0-9]{1,2}\b(?!\s(?!from|between|at|in|\x00)\w)",
        r"\bthe\s[0-9]{1,2}(?:st|nd|rd|th)?\s?(?:$|[,.;!?)]|\x00|from|between|at)",
        rf"\b(?:{any_of(CLEAR_MONTHS)}|april|august)\b|{_NUMBERED_MONTH}",
        r"\b(?:mo?|tu?|w|th?|f|sa|su){3,7}\b|\b(?:m|tu?|w|th|f)(?:[/+&-](?:m|tu?|w|th|f))+\b",  # "MWF", "t/th"
        r"(?<![\w.,/-])[0-3]?[0-9][./-][01]?[0-9](?![\w%]|[.,/-][0-9])",
    ),
    unread_time=one_of(
        r"\b(?:noon|midday|midnight|pm|o'?clock|hundred\sam|(?:quarter|half)\s(?:past|to|after|before))\b",
        r"\b[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:am|pm|a|p|ish)\b|\b[0-9]{1,2}:[0-9]{2}\b",
        rf"\b(?:{_EVENTS})\s[0-9]{{1,2}}(?:\.[0-5][0-9])?(?:\s?$|\s(?:\x00|till?|to|until|with|at|on)|[,;])",
        r"(?<![\w.,£$€])[0-9]{1,2}\.[0-5][05]\s?(?:\x00|for\s[0-9])",
        r"\b(?:starts?|begins?|opens?|departs?|leaves?|arrives?|lands?)\s[0-9]{1,2}(?:\.[0-5][0-9])?\b(?!\s[a-z])",
        r"\b[0-9]{1,2}\s(?:eastern|central|mountain|pacific|\w+\stime)\b",
        r"\b[0-2][0-9][0-5][0-9]\s?[-\u2013]\s?[0-2][0-9][0-5][0-9]\b",
        r"\b(?:at|by|from|before|till|until)\s[0-9]{1,4}\b(?!%)",
        rf"\b(?:between|from|at|by|around)\s{any_of(SPELLED)}\b(?!\s(?!and|to|or)\w)",
        rf"\b{any_of(SPELLED)}\s(?:{any_of(SPELLED_MINUTES)}|to|till?)\b",
    ),
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
