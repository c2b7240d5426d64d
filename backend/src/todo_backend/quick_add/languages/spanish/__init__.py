"""Spanish: the phrases that quick-add understands. Its labels and questions are in English, as the page is."""

import re
from dataclasses import replace

from todo_backend.quick_add.language import any_of
from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.languages.spanish.neighbours import CONTEXTS, NEIGHBOURS
from todo_backend.quick_add.languages.spanish.phrases import (
    CLOCK_PHRASES,
    DAY_PHRASES,
    NAMES,
    OTHER_PHRASES,
    RULE_PHRASES,
)
from todo_backend.quick_add.languages.spanish.words import LETTERS, MONTHS, SLOTS, VALUES

SPANISH = replace(
    ENGLISH,
    slots=SLOTS,
    values=VALUES,
    days=DAY_PHRASES,
    clocks=CLOCK_PHRASES,
    others=RULE_PHRASES + OTHER_PHRASES + NAMES,
    before_days=(
        "(?:(?P<until>hasta(?: el)?|until) |"
        "(?P<on>el|para el|para|antes del?|a partir del?|desde(?: el)?|empezando el|vence(?: el)?:?|"
        "a mas tardar el|due on|due by|due:?|on|by) )?"
    ),
    before_clocks=(
        r"(?:(?P<on>(?:(?:a|sobre|hacia|a eso de|desde|a partir de|como a|aprox\.? a)\s(?:las\s|"
        r"la\s(?=1(?![0-9])|una))|at\s)"
        r"|@)\s{0,9})?"
    ),
    counted=re.compile(
        r"\b(?:capitulos?|cap|paginas?|pag|seccion|parte|version|v|n|no|num|numero|sala|habitacion|aula|"
        r"episodio|temporada|"
        r"parrafo|paso|figura|puerta|piso|nivel|linea|ruta|carretera nacional|art|articulo|tomo|tipo|grado|"
        r"curso|nota|foto|juan|mateo|lucas|marcos|salmos?|romanos|genesis|isaias|corintios|apocalipsis|escala|"
        r""
        r"python|windows|ios|android)\.?\s{1,9}$"
    ),
    measured=re.compile(
        r"\s?(?:kg|kilos?|g|gr|gramos?|km|kilometros?|cm|mm|metros?|m|l|litros?|ml|euros?|eur|pesos|dolares|"
        r"usd|%|por\s?ciento|"
        r"paginas?|personas|gente|amigos|amigas|piso|planta|minutos|min|horas|dias?|semanas?|meses|anos?|"
        r"grados?|puntos?|"
        r"tazas?|cucharadas?|unidades|por\s[0-9]|"
        rf"de\s(?!{any_of(MONTHS)}|este|20[0-9])\w+|en\sraya)\b"
    ),
    goes_on=re.compile(r"\s"),
    neighbours=NEIGHBOURS,
    contexts=CONTEXTS,
    dangling=re.compile(r"^(?:de\s+(?:que\s+)?|que\s+|para\s+)"),
    letters=LETTERS,
    other=ENGLISH,
    borrowed=re.compile("daily|weekly|monthly"),
    not_other=re.compile(
        r"(?:[\W\d_]|\b(?:a|an|am|in|en|on|me|no|has|son|ten|once|red|van|mar|tom|media|min|m|h|d|w|p|x|"
        r"est|et|pt|z|met|last|for|fat|may|eod|eow|eom)\b)+"
    ),
)
