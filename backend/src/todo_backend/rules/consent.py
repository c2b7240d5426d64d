"""Yes and no, in the languages of the suite's users."""

import re

YES = {
    "en": "yes|y|yep|yeah|yup|ok|okay|sure|of course|right|correct|exactly|do it|do that|add it|add that|go ahead|please do|approved?|"
    "confirm|confirmed|sounds good|that one|that's right|fine|definitely|absolutely",
    "de": "ja|jap|jo|klar|gerne|genau|richtig|stimmt|mach|mach das|mach es|mach mal|einverstanden|in ordnung|passt",
    "fr": "oui|ouais|d'accord|bien sûr|vas-y|allez-y|exactement",
    "es": "sí|si|claro|vale|de acuerdo|adelante|por supuesto",
}
NO = {
    "en": "no|n|nope|wait|nah|no way|never ?mind|cancel|cancel that|forget it|stop|don't|do not|don't do it|please don't|"
    "none|neither|none of (?:them|these|those)|nothing|skip|leave it|rather not|not now",
    "de": "nein|nee|ne|nö|lieber nicht|lass|lass es|abbrechen|stopp|nicht|keins|keine",
    "fr": "non|pas maintenant|annule|annuler|laisse tomber",
    "es": "no gracias|cancela|cancelar|déjalo|mejor no",
}
COURTESY = "(?:,? (?:please|thanks|thank you|thx|bitte|danke|merci|s'il te plaît|gracias|por favor|mal|then|now))*"
APOSTROPHES = str.maketrans("\u2018\u2019", "''")


def _compiled(words: dict[str, str]) -> re.Pattern[str]:
    one = f"(?:{'|'.join(words.values())})"
    return re.compile(rf"{one}(?:[,.!]* {one})*{COURTESY}[.! ]*", re.IGNORECASE)


_YES, _NO = _compiled(YES), _compiled(NO)


def is_yes(text: str) -> bool:
    return _YES.fullmatch(" ".join(text.translate(APOSTROPHES).split())) is not None


def is_no(text: str) -> bool:
    return _NO.fullmatch(" ".join(text.translate(APOSTROPHES).split())) is not None
