"""The sentences of `sentences.txt` and of the other languages, and what they are read with."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import conventions
from todo_backend.quick_add.languages import language_of
from todo_backend.quick_add.parser import understand
from todo_backend.quick_add.schemas import Understood

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 2, 26, 9, 0, tzinfo=UTC)
"""Thursday, 10:00 in Berlin."""
FIELD = re.compile(r", (?=[a-z_]+=)")
"""Between two fields: their values have commas too."""


FILES = {None: "sentences.txt", "de-DE": "sentences-german.txt", "es-ES": "sentences-spanish.txt"}
"""By the locale that the sentences are read with."""


@dataclass(frozen=True)
class Sentence:
    locale: str | None
    text: str
    title: str
    fields: dict[str, Any]
    asked: list[str]


def read(row: str, locale: str | None) -> Sentence:
    text, title, fields, asked = (cell.strip() for cell in row.split("|"))
    pairs = [pair.split("=", 1) for pair in FIELD.split(fields) if pair]
    return Sentence(locale, text, title, {name: value_of(value) for name, value in pairs}, asked.split())


def value_of(text: str) -> Any:
    return json.loads(text) if text[0] in "[{" or text.isdigit() or text == "null" else text


def read_all() -> list[Sentence]:
    return [sentence for locale in FILES for sentence in of_locale(locale)]


def of_locale(locale: str | None) -> list[Sentence]:
    rows = Path(__file__).with_name(FILES[locale]).read_text().splitlines()
    return [read(row, locale) for row in rows if row and not row.startswith("# ")]


def understood(
    text: str, now: datetime = NOW, zone: ZoneInfo = BERLIN, literal: tuple[str, ...] = (), locale: str | None = None
) -> Understood:  # fmt: skip
    found = conventions(locale)
    return understand(text, now, zone, language_of(found), literal, conventions=found)


def as_json(answer: Understood) -> dict[str, Any]:
    return answer.model_dump(mode="json", exclude_unset=True)
