"""How well the rules do on requests that were written without sight of them, and for which they are not tuned."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest

from backend.tests.conftest import Person
from backend.tests.rules.conftest import talk_of
from backend.tests.rules.tasks import FIELDS, state
from tests.support import OpenService

NAMES = {"repeats": "recurrence_pattern", "reminder": "reminder_lead_time"}
Verdict = Literal["done", "asked", "missed", "wrong"]
Changes = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Ask:
    """The turns, the changes of which any is right (none at all, if they are empty), and words of the last answer."""

    turns: list[str]
    outcomes: list[Changes]
    words: list[str]


def asks(table: str) -> list[Ask]:
    lines = Path(__file__).with_name(table).read_text().splitlines()
    return [_ask(*line.split(" | ")) for line in lines if line and not line.startswith("# ")]


def _ask(turns: str, outcomes: str, words: str = "") -> Ask:
    return Ask(
        turns.split(" / "),
        [_changes(outcome) for outcome in outcomes.split(" || ")],
        [word.strip() for word in words.split("&") if word.strip()],
    )


def _changes(outcome: str) -> Changes:
    changes: Changes = {}
    new = 10
    for part in outcome.split("; ") if outcome.strip() != "nothing" else ():
        number, fields = part.strip().split(" ", 1)
        changes[new if number == "new" else int(number)] = {
            NAMES.get(name, name): value for name, value in json.loads(fields).items()
        }
        new += number == "new"
    return changes


def difference(before: Mapping[int, dict[str, Any]], after: Mapping[int, dict[str, Any]]) -> Changes:
    """Returns the fields that changed. Details of a rule are left out: `requests.txt` does not have them."""
    found: Changes = {}
    for number, task in after.items():
        old = before.get(number, FIELDS)
        found[number] = {name: task[name] for name in task if task[name] != old[name] and name != "recurrence"}
    return {number: fields for number, fields in found.items() if fields}


def verdict(ask: Ask, changed: Changes, said: str, *, at_last: bool) -> Verdict:
    """`at_last` tells whether the last turn changed anything. If not, the request may be half done: earlier turns may
    have changed the tasks of an outcome, or what an outcome takes back.
    """
    if any(_plain(changed) == _plain(outcome) for outcome in ask.outcomes):
        is_answered = all(word.casefold() in said.casefold() for word in ask.words)
        return "done" if changed or is_answered else "missed"
    unfinished = any(not outcome or changed.keys() <= outcome.keys() for outcome in ask.outcomes)
    if changed and (at_last or not unfinished):
        return "wrong"
    return "asked" if "?" in said else "missed"


def _plain(changes: Changes) -> dict[tuple[int, str], Any]:
    return {
        (number, name): value.casefold() if isinstance(value, str) else value
        for number, fields in changes.items()
        for name, value in fields.items()
    }


async def answers_of(person: Person, turns: list[str]) -> AsyncIterator[str]:
    conversation = None
    for turn in turns:
        response = await person.call("POST", "/chat", json={"message": turn, "conversation_id": conversation})
        answer = response.json()
        conversation = answer["conversation_id"]
        yield "\n".join([answer["response"], *(approval["question"] for approval in answer["approvals"])])


@pytest.mark.slow
@pytest.mark.parametrize("table", ["requests.txt", "more-requests.txt"])
async def test_most_requests_are_done_or_asked_about_and_none_is_done_wrongly(
    backend: OpenService, user: str, thursday: datetime, table: str
) -> None:
    requests = asks(table)
    found: dict[Verdict, list[str]] = {"done": [], "asked": [], "missed": [], "wrong": []}
    for number, ask in enumerate(requests):
        person = (await talk_of(Person(backend, f"{user}-{number}"), thursday)).person
        first = before = after = await state(person)
        said = []
        async for answer in answers_of(person, ask.turns):
            said.append(answer)
            before, after = after, await state(person)
        changed = difference(first, after)
        found[verdict(ask, changed, said[-1], at_last=before != after)].append(f"{ask.turns} | {changed} | {said[-1]}")
    for name, rows in found.items():
        print(f"\n{name}: {len(rows)}", *rows, sep="\n  ")
    assert not found["wrong"]
    assert len(found["done"] + found["asked"]) >= 0.7 * len(requests)
