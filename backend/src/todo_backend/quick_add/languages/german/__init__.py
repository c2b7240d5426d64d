"""German: the phrases that quick-add understands. Its labels and questions are in English, as the page is."""

import re
from dataclasses import replace

from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.languages.german.neighbours import CONTEXTS, NEIGHBOURS
from todo_backend.quick_add.languages.german.phrases import (
    CLOCK_PHRASES,
    DAY_PHRASES,
    NAMES,
    OTHER_PHRASES,
)
from todo_backend.quick_add.languages.german.rule_phrases import RULE_PHRASES
from todo_backend.quick_add.languages.german.words import LETTERS, SLOTS, VALUES

GERMAN = replace(
    ENGLISH,
    slots=SLOTS,
    values=VALUES,
    days=DAY_PHRASES,
    clocks=CLOCK_PHRASES,
    others=RULE_PHRASES + OTHER_PHRASES + NAMES,
    before_days=(
        "(?:(?P<until>bis(?: (?:zum|einschlie(?:ß|ss)lich|inklusive|inkl\\.?|spae?testens|am|kommenden))?|until) |"
        "(?P<on>fae?llig(?: am| bis)?:?|spae?testens(?: am| bis)?|deadline:?|"
        "am|ab(?: dem)?|vor(?: dem)?|zum|beginnend(?: am)?|beginnt am|due on|due by|due:?|on|by) |"
        "(?:fue?r(?: de[nm])?|de[nmr]) )?"
    ),
    before_clocks=r"(?:(?P<on>(?:um|at|by)\s|@)\s{0,9})?",
    counted=re.compile(
        r"(?:\b(?:kapitel|kap|seiten?|s|version|v|nr|nummer|no|raum|zimmer|abschnitt|teil|folge|staffel|"
        r"paragraph|punkt|schritt|"
        r"abbildung|abb|gate|gleis|platz|level|stufe|klasse|python|windows|ios|android|java|node|artikel|art|"
        r"haus|psalm|ps|joh|johannes|roe?m|roe?mer|mose|mt|matthae?us|mk|markus|lk|lukas|kor|korinther|"
        r"genesis|jesaja|apg|offenbarung|ma(?:ß|ss)stab|mischung|"
        r"hausnummer|tor|aufgabe|ue?bung|psalm|verhae?ltnis|im verhae?ltnis)\.?|§)\s{1,9}$"
    ),
    measured=re.compile(
        r"\s?(?:kg|g|gramm|km|cm|mm|m|meter|l|liter|ml|dl|euro|eur|cent|prozent|%|stue?ck|seiten?|personen|"
        r"person|leuten?|"
        r"minuten|min|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|grad|punkte?n?|zoll|tassen?|loe?ffel|el|tl|mal|dinge|"
        r"(?:\w{1,20} ){0,3}(?:erhoe?hen|senken|kue?rzen|reduzieren|verringern|steigern|anheben|verlae?ngern|"
        r"verkue?rzen|vergroe?(?:ß|ss)ern|verkleinern|kue?mmern))\b"
        r"|(?<=\.)\s?(?:stock|etage|og|ug|klasse|auflage|platz|quartal|semester|geburtstag|jahrestag|advent|"
        r"\w{2,12}tag|spiel|schritt|kapitel|abend|lektion|staffel|folge|"
        r"jubilae?um|tisch|gleis|bahnsteig|versuch|treffen|runde|schuljahr|reihe|obergeschoss|untergeschoss|weltkrieg|"
        r"bundesliga|fc|liga|preis|rang|akt|band|teil|hochzeitstag|todestag|jahrhundert|jh)\b"
    ),
    goes_on=re.compile(r"\s"),
    neighbours=NEIGHBOURS,
    contexts=CONTEXTS,
    dangling=re.compile(r"^(?:daran,?\s+|dass\s+(?:ich\s+)?|ans?\s+(?:de[nm]\s+|die\s+|das\s+)?|zu\s+)"),
    letters=LETTERS,
    other=ENGLISH,
    borrowed=re.compile("daily|weekly|monthly"),
    not_other=re.compile(
        r"(?:[\W\d_]|\b(?:am|a|an|in|so|die|min|std|h|d|w|m|p|x|tom|half|april|august|september|november|last|"
        r"fat|was|man|from|met|est|ist|et|pt|z|utc|gmt|eod|eow|eom|may)\b)+"
    ),
)
