"""What is told of the answers of tools that need another service, and of those that failed."""

import json
from typing import Any

import pytest

from backend.tests.rules.corpus import HERE
from todo_backend.rules.decisions import decide
from todo_backend.rules.vocabulary import Reply


def told(sentence: str, tool: str, output: Any) -> str:
    items = [
        {"role": "user", "content": [{"type": "input_text", "text": sentence}]},
        {"type": "function_call", "call_id": "1", "name": tool, "arguments": "{}"},
        {"type": "function_call_output", "call_id": "1", "output": output if isinstance(output, str) else [
            {"type": "input_text", "text": json.dumps(output)}
        ]},
    ]  # fmt: skip
    decision = decide(items, HERE)
    assert isinstance(decision, Reply)
    return decision.text


def test_dates_of_a_repetition() -> None:
    dates = [("2026-02-28", "the first one"), ("2026-03-31", "the last day of March"), ("2027-01-31", "the last day")]
    output = {"occurrences": [{"due": due, "reason": reason} for due, reason in dates]}
    said = told("when is the last day of every month for the next 3 times", "preview_recurrence", output)
    assert said.split("\n") == [
        "The next 3 dates:", "- Sat 28 Feb", "- Tue 31 Mar (the last day of March)", "- Sun 31 Jan 2027 (the last day)",
    ]  # fmt: skip


def test_notifications_on_the_persons_clock() -> None:
    notice = {"id": "1", "text": "Dentist is due\nsoon", "at": "Thu 2026-02-26 09:30", "unread": True, "task_id": 3}
    said = told("any reminders?", "list_notifications", {"notifications": [notice], "next_cursor": "x"})
    assert said == "Your reminders:\n- Dentist is due soon (today, 09:30)\n… and more"
    assert told("any reminders?", "list_notifications", {"notifications": []}) == "There are no new reminders."


def test_history() -> None:
    entry = {"at": "Wed 2026-02-25 12:00", "what": "task.updated", "by": "user (web)", "changes": {"due_date": [1, 2]}}
    said = told("who changed task 3", "task_history", {"history": [entry]})
    assert said == "The history of task 3, the newest first:\n- yesterday, 12:00: updated (due date) by user (web)"


@pytest.mark.parametrize(
    ("sentence", "tool"),
    [
        ("what's pending", "list_tasks"),
        ("find x", "search_tasks"),
        ("any reminders", "list_notifications"),
        ("history of task 3", "task_history"),
        ("preview every monday", "preview_recurrence"),
        ("how many tasks", "list_tasks"),
        ("complete all tasks", "list_tasks"),
        ("complete the dentist", "search_tasks"),
        ("move task 3 to friday", "list_tasks"),
    ],
)
def test_what_failed_is_told(sentence: str, tool: str) -> None:
    assert told(sentence, tool, "the service does not answer; try later") == (
        "That did not work: the service does not answer."
    )


def test_parts_are_told() -> None:
    output = {
        "success_count": 1,
        "tasks": [{"id": 3, "title": "Dentist"}],
        "failures": [
            {"item": "99", "error": "there is no task 99; list_tasks or search_tasks says which numbers there are"},
            {"item": "8", "error": "task 8 is deleted; restore_task brings it back"},
        ],
    }
    assert told("complete tasks 3, 8 and 99", "complete_task", output) == (
        "Completed 3 “Dentist”. Not done: 99 does not exist; 8 is in the trash (say “restore task 8”)."
    )
