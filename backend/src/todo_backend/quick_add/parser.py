"""The steps of parsing: find phrases, resolve conflicts, build the task, list the ambiguities."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import Conventions
from todo_backend.quick_add import labels
from todo_backend.quick_add.doubts import doubt
from todo_backend.quick_add.fields import Composed, Text, compose
from todo_backend.quick_add.language import Language
from todo_backend.quick_add.meanings import WORDS, Before, Field, Here, Part
from todo_backend.quick_add.questions import questions
from todo_backend.quick_add.resolver import Resolved, resolve
from todo_backend.quick_add.scanner import find
from todo_backend.quick_add.schemas import Match, Understood, UnderstoodFields


def understand(
    text: str, now: datetime, zone: ZoneInfo, language: Language, literal: Iterable[str] = (),
    *, conventions: Conventions | None = None, before: Before | None = None,
) -> Understood:  # fmt: skip
    """Parses a text that was typed at `now`, for a new task or for a change of the task `before`.

    Pure: the result depends on the arguments only.
    """
    here = Here(now.astimezone(zone), zone, conventions or Conventions(), before=before)
    source, resolved = read(text, here, language, literal)
    if named := next((part.meaning.zone for part in resolved.parts if part.meaning.zone), None):
        source, resolved = read(text, here.elsewhere(ZoneInfo(named)), language, literal)
    answer = compose(source, resolved.parts)
    asked = questions(source, resolved, answer)
    return Understood(
        title=answer.title,
        fields=UnderstoodFields.model_validate(answer.fields),
        matches=list(matches(source, resolved.parts, answer)),
        ambiguities=asked,
        certain=not asked,
    )


def read(text: str, here: Here, language: Language, literal: Iterable[str]) -> tuple[Text, Resolved]:
    found = find(text, here, language, literal)
    source = Text(text, found.marks, found.literal, here, language)
    return source, doubt(resolve(found.parts, here, language.context_of(language.fold(text))), source)


def matches(text: Text, parts: list[Part], answer: Composed) -> Iterator[Match]:
    for part in parts:
        if part.meaning != WORDS:
            field = part.field
            if field == "recurrence" and "recurrence_pattern" not in answer.fields:
                field = "due_date"  # "until Friday" without a rule
            value, label = value_and_label(text, part, field, answer.fields)
            words = text.text[part.start : part.end]
            yield Match(field=field, start=part.start, end=part.end, text=words, value=value, label=label)


def value_and_label(text: Text, part: Part, field: Field, fields: dict[str, Any]) -> tuple[Any, str]:
    label = labels.label(field, fields, text.here, text.language)
    match field:
        case "tags":
            return part.meaning.tag, f"#{part.meaning.tag}"
        case "recurrence":
            return {name: fields[name] for name in ("recurrence_pattern", "recurrence") if name in fields}, label
        case "reminder":
            return fields.get("reminders", fields.get("reminder_lead_time")), label
        case _:
            return fields.get(field), label
