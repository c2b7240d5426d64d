"""What sentences are decided to: the table in `sentences.txt`, and that no text takes long."""

import json
import time
from typing import Any

import pytest

from backend.tests.rules.corpus import HERE, Decided, decisions
from todo_backend.accounts.locales import conventions
from todo_backend.quick_add.meanings import Here
from todo_backend.rules.decisions import decide
from todo_backend.rules.vocabulary import Call, Reply

DECISIONS = decisions()
HOSTILE = (
    "a", "add ", "task ", "delete 'a", '"', "'", "to ", "and ", "please ", "move x to ", "1, ", "#a ", "remind me ",
    "\n", " \n", "every monday ", "(", "mark a as ", "change a to b ", "show me my ", "add a note to a: ",
    "tag a with ", "-", "?!",
)  # fmt: skip
BEGINNINGS = ("", "delete ", "change ", "mark ", "add ", "remind me ", "show me ", "what is ", "tag ", "move ")


def decided_to(text: str) -> Reply | list[Call]:
    return decide([{"role": "user", "content": text}], HERE)


def said_to(text: str) -> Reply | list[Call]:
    """Returns the answer if no task is found by its words."""
    items: list[dict[str, Any]] = [{"role": "user", "content": text}]
    while not isinstance(decision := decide(items, HERE), Reply) and {call.tool for call in decision} == {
        "search_tasks"
    }:
        for call in decision:
            number, arguments = str(len(items)), json.dumps(call.arguments)
            items += [
                {"type": "function_call", "call_id": number, "name": call.tool, "arguments": arguments},
                {"type": "function_call_output", "call_id": number, "output": '{"total": 0, "tasks": []}'},
            ]
    return decision


@pytest.mark.parametrize("row", DECISIONS, ids=lambda row: row.sentence)
def test_a_sentence_is_decided_to_what_the_table_says(row: Decided) -> None:
    decision = said_to(row.sentence) if row.says else decided_to(row.sentence)
    if isinstance(decision, Reply):
        assert not row.calls
        assert decision.text.startswith(row.says)
    else:
        assert [(call.tool, call.arguments) for call in decision] == row.calls


@pytest.mark.parametrize(("locale", "due"), [("en-US", "2031-12-01"), ("en-GB", "2031-01-12")])
def test_a_numeric_date_has_the_order_of_the_persons_locale(locale: str, due: str) -> None:
    items = [{"role": "user", "content": 'add say "hi" to Bob 12/1/2031'}]
    decision = decide(items, Here(HERE.now, HERE.zone, conventions(locale)))
    assert not isinstance(decision, Reply)
    task = decision[0].arguments["tasks"][0]
    assert (task["title"], task["due_date"]) == ('Say "hi" to Bob', due)


def test_case_does_not_matter() -> None:
    for sentence in ("what's pending?", "mark task 3 as complete", "undo that", "what have i completed?"):
        assert decided_to(sentence.upper()) == decided_to(sentence)


def test_space_does_not_matter() -> None:
    assert decided_to("\n complete   tasks\t3 and \n4  ") == decided_to("complete tasks 3 and 4")


def test_the_table_is_long_enough_to_be_believed() -> None:
    assert len({row.sentence for row in DECISIONS}) > 250


def test_no_text_takes_long() -> None:
    """A pattern that goes back and forth would take hours."""
    decided_to("add milk tomorrow")
    texts = [(start + piece * 4000)[:length] for start in BEGINNINGS for piece in HOSTILE for length in (500, 4000)]
    slowest = max((processor_seconds(text), text[:40]) for text in texts)
    assert slowest[0] < 0.05, slowest


def processor_seconds(text: str) -> float:
    """Of the quicker of two: the other one may have had to collect the garbage of all tests before."""
    times = []
    for _ in range(2):
        start = time.process_time()
        decided_to(text)
        times.append(time.process_time() - start)
    return min(times)


def test_too_long_a_message_is_not_read() -> None:
    decision = decided_to("delete task 3 " * 400)
    assert isinstance(decision, Reply)
    assert "4,000 characters" in decision.text


@pytest.mark.parametrize(
    "items", ["", [], [{"role": "user"}], [{"type": "function_call_output", "output": "{}"}], [None]]
)
def test_a_conversation_without_words_is_answered(items: object) -> None:
    assert isinstance(decide(items, HERE), Reply)  # type: ignore[arg-type]
