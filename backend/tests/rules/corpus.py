"""The tables of sentences, and how their rows are read."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from todo_backend.accounts.locales import Conventions
from todo_backend.quick_add.meanings import Here

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 2, 26, 9, 0, tzinfo=UTC)
"""Thursday, 10:00 in Berlin."""
HERE = Here(NOW.astimezone(ZoneInfo(BERLIN)), ZoneInfo(BERLIN), Conventions())


@dataclass(frozen=True)
class Effect:
    """What a sentence changes: fields by the number of the task, those of new tasks, and words of the answer."""

    sentence: str
    changes: dict[int, dict[str, Any]]
    new: list[dict[str, Any]]
    answer: list[str]


@dataclass(frozen=True)
class Decided:
    """What a sentence alone is decided to: calls of tools, or an answer that begins like this."""

    sentence: str
    calls: list[tuple[str, dict[str, Any]]]
    says: str


def table(name: str) -> list[list[str]]:
    lines = Path(__file__).with_name(name).read_text().splitlines()
    rows = [line for line in lines if line.strip() and not line.startswith("# ")]
    return [[cell.strip().replace("⏎", "\n") for cell in row.split(" | ")] for row in rows]


def effects() -> list[Effect]:
    return [effect(*row) for row in table("effects.txt")]


def effect(sentence: str, changed: str, answer: str = "") -> Effect:
    changes: dict[int, dict[str, Any]] = {}
    new: list[dict[str, Any]] = []
    for part in filter(None, (part.strip() for part in changed.split(";"))):
        number, fields = part.split(" ", 1)
        if number == "new":
            new.append(json.loads(fields))
        elif number != "nothing":
            changes[int(number)] = json.loads(fields)
    return Effect(sentence, changes, new, [words.strip() for words in answer.split("&") if words.strip()])


def decisions() -> list[Decided]:
    return [decided(*row) for row in table("sentences.txt")]


def decided(sentence: str, *decision: str) -> Decided:
    if decision[0].startswith("says "):
        return Decided(sentence, [], decision[0].removeprefix("says "))
    calls = [call.split(" ", 1) for call in decision]
    return Decided(sentence, [(tool, json.loads(arguments)) for tool, arguments in calls], "")
