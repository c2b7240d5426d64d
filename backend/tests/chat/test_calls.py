"""A call is validated once: what is decided on, shown, stored and executed is the same object."""

import json
from typing import Any

import pytest

from backend.tests.chat.conftest import Talker
from backend.tests.chat.provider import Calls as Called
from backend.tests.chat.provider import Provider, Says, calls
from todo_backend.assistant import cards
from todo_backend.assistant.calls import Calls, read

SERIES = {"due_date": "2031-01-31T09:00:00Z", "recurrence_pattern": "monthly"}


def many(number: int, first: int = 1) -> list[dict[str, Any]]:
    return [{"id": each, "title": "x"} for each in range(first, first + number)]


def new(number: int) -> list[dict[str, Any]]:
    return [{"title": str(each)} for each in range(number)]


@pytest.mark.parametrize(
    ("tool", "arguments", "asked"),
    [
        ("delete_task", {"ids": [1]}, True),
        ("complete_task", {"ids": [1, 2, 3]}, False),
        ("complete_task", {"ids": [1, 1, 2, 2, 3]}, False),
        ("complete_task", {"ids": [1, 2, 3, 4]}, True),
        ("complete_task", {"ids": [1, 2, 3, 4], "done": False}, True),
        ("restore_task", {"ids": [1, 2, 3, 4]}, True),
        ("update_task", {"changes": many(3)}, False),
        ("update_task", {"changes": many(4)}, True),
        ("update_task", {"changes": [{"id": 1, "scope": "series"}]}, True),
        ("update_task", {"changes": [{"id": 1, "clear": ["recurrence"]}]}, True),
        ("update_task", {"changes": [{"id": 1, "recurrence_pattern": "none"}]}, True),
        ("update_task", {"changes": [{"id": 1, "clear": ["description"]}]}, False),
        ("add_task", {"tasks": new(10)}, False),
        ("add_task", {"tasks": new(11)}, True),
        ("list_tasks", {"ids": [1, 2, 3, 4, 5]}, False),
        ("search_tasks", {"query": "x"}, False),
        ("undo_last_change", {}, False),
    ],
)
def test_what_is_destructive_or_large_is_asked_for(tool: str, arguments: dict[str, Any], asked: bool) -> None:
    assert Calls().take("1", tool, arguments) is asked


@pytest.mark.parametrize(
    ("steps", "asked"),
    [
        ([("complete_task", {"ids": [n]}) for n in (1, 2, 3, 3, 4, 1)], [False] * 4 + [True, False]),
        ([("add_task", {"tasks": new(10)})] * 3, [False, True, True]),
        ([("add_task", {"tasks": new(3)})] * 4, [False] * 3 + [True]),
        ([("complete_task", {"ids": [1, 2]}), ("update_task", {"changes": many(2, 3)})], [False, True]),
    ],
)
def test_the_calls_of_a_request_count_together(steps: list[tuple[str, dict[str, Any]]], asked: list[bool]) -> None:
    together = Calls()
    assert [together.take(str(at), *call) for at, call in enumerate(steps)] == asked


HOSTILE: list[tuple[str, Any]] = [
    ("delete_task", {"ids": [1, 2.0, " 3"]}),
    ("delete_task", {"ids": [1, "3"]}),
    ("delete_task", {"ids": [1, "٣"]}),
    ("delete_task", {"ids": [True]}),
    ("delete_task", {"ids": [1, None]}),
    ("delete_task", {"ids": [1, [2]]}),
    ("delete_task", {"ids": [2**31]}),
    ("delete_task", {"ids": [10**400]}),
    ("delete_task", {"ids": [0, 1]}),
    ("delete_task", {"ids": [-1]}),
    ("delete_task", {"ids": []}),
    ("delete_task", {"ids": "[1, 2]"}),
    ("delete_task", {"ids": {"1": 1}}),
    ("delete_task", {"ids": [1], "scope": "SERIES"}),
    ("delete_task", {"ids": [1], "user_id": "other"}),
    ("delete_task", {"ids": [1], "ids ": [2]}),
    ("delete_task", {"ids": list(range(1, 27))}),
    ("complete_task", {"ids": [1], "done": "false"}),
    ("complete_task", {"ids": [1], "done": 0}),
    ("update_task", {"changes": '[{"id": 1, "scope": "series"}]'}),
    ("update_task", {"changes": ['{"id": 1, "scope": "series"}']}),
    ("update_task", {"changes": [{"id": 1, "title": "x"}, {"id": "2", "title": "x"}]}),
    ("update_task", {"changes": [{"id": 1, "title": "x", "completed": True}]}),
    ("update_task", {"changes": [{"id": 1, "clear": "recurrence"}]}),
    ("update_task", {"changes": [{"id": 1, "clear": ["recurrence "]}]}),
    ("update_task", {"changes": [{"id": 1, "tags": "home"}]}),
    ("add_task", {"tasks": {"title": "x"}}),
    ("add_task", {"tasks": [{"title": "x"}, "y"]}),
    ("add_task", {"tasks": [{"title": "\ud800"}]}),
]


@pytest.mark.parametrize(("tool", "arguments"), HOSTILE)
def test_what_is_not_exactly_the_tools_schema_is_refused(tool: str, arguments: dict[str, Any]) -> None:
    together = Calls()
    assert together.take("1", tool, arguments) is False
    call = together.start("1")
    assert call.refusal.startswith("Error: nothing was done: ")
    assert call.arguments == {}


@pytest.mark.parametrize(
    ("tool", "arguments"), [("delete_task", {"ids": [1, 2.0, " 3"]}), ("complete_task", {"ids": [1, "2"]})]
)
async def test_a_refused_call_changes_nothing_and_the_model_is_told_why(
    talker: Talker, provider: Provider, tool: str, arguments: dict[str, Any]
) -> None:
    for title in ("One", "Two", "Three"):
        await talker.create(title)
    provider.will(calls(tool, **arguments), Says("I was wrong."))
    answer = await talker.say("Do it")
    assert (answer["response"], answer["approvals"]) == ("I was wrong.", [])
    assert "ids.1: Input should be a valid integer" in json.dumps(provider.last_messages[-1]["content"])
    assert sorted(await talker.titles(status="pending")) == ["One", "Three", "Two"]


async def test_the_tools_themselves_refuse_unknown_arguments(talker: Talker, provider: Provider) -> None:
    await talker.create("One")
    provider.will(calls("list_tasks", ids=[1], everything=True), Says("I was wrong."))
    await talker.say("List it")
    assert "everything: Extra inputs are not permitted" in json.dumps(provider.last_messages[-1]["content"])


async def test_many_calls_that_add_tasks_are_confirmed(talker: Talker, provider: Provider) -> None:
    provider.will(Called((("add_task", {"tasks": new(10)}),) * 11))
    answer = await talker.say("Fill my list")
    [approval] = answer["approvals"]
    assert len(approval["calls"]) == 10
    assert len(await talker.titles()) == 10
    provider.will(Says("As you like."))
    await talker.decide(answer, approved=False)
    assert len(await talker.titles()) == 10


async def test_calls_one_after_the_other_count_together(talker: Talker, provider: Provider) -> None:
    for each in range(5):
        await talker.create(str(each))
    provider.will(*(calls("complete_task", ids=[each]) for each in range(1, 5)))
    answer = await talker.say("Complete them")
    assert [each["question"] for each in answer["approvals"]] == ["Complete 4 “3”?"]
    provider.will(calls("complete_task", ids=[5]))
    again = await talker.decide(answer, approved=True)
    assert [each["question"] for each in again["approvals"]] == ["Complete 5 “4”?"]


async def test_the_end_of_a_repetition_is_confirmed(talker: Talker, provider: Provider) -> None:
    await talker.create("Rent", **SERIES)
    provider.will(calls("update_task", changes=[{"id": 1, "clear": ["recurrence"]}]))
    answer = await talker.say("Tidy up")
    assert answer["approvals"][0]["question"].splitlines() == ["Change 1 “Rent”?", "1 “Rent”: clear recurrence"]
    assert (await talker.task(1))["recurrence_pattern"] == "monthly"
    provider.will(Says("Done."))
    await talker.decide(answer, approved=True)
    assert (await talker.task(1))["recurrence_pattern"] == "none"


async def test_what_is_approved_is_what_is_shown_and_done(talker: Talker, provider: Provider) -> None:
    for title in ("One", "Two", "Three"):
        await talker.create(title)
    provider.will(calls("delete_task", ids=[3, 1, 3, 1]))
    answer = await talker.say("Delete them")
    [approval] = answer["approvals"]
    assert approval["question"] == "Put 3 “Three”, 1 “One” into the trash?"
    assert approval["calls"][0]["arguments"] == {"ids": [3, 1]}
    provider.will(Says("Done."))
    done = await talker.decide(answer, approved=True)
    assert done["tool_calls"][0]["arguments"] == {"ids": [3, 1]}
    assert await talker.titles() == ["Two"]


async def test_a_key_that_is_given_twice_is_shown_as_it_is_done(talker: Talker, provider: Provider) -> None:
    for title in ("One", "Two"):
        await talker.create(title)
    provider.will(Called((("delete_task", '{"ids": [1], "ids": [2]}'),)))
    answer = await talker.say("Delete one")
    [approval] = answer["approvals"]
    provider.will(Says("Done."))
    await talker.decide(answer, approved=True)
    [kept] = await talker.titles()
    assert kept not in approval["question"]


async def test_every_task_of_a_question_is_named(talker: Talker, provider: Provider) -> None:
    for number in range(1, 26):
        await talker.create(f"Task no. {number}")
    provider.will(calls("delete_task", ids=list(range(1, 26))))
    [approval] = (await talker.say("Delete all"))["approvals"]
    assert all(f"{number} “Task no. {number}”" in approval["question"] for number in range(1, 26))


def test_calls_with_the_same_id_are_executed_once_at_most() -> None:
    together = Calls()
    assert together.take("1", "complete_task", {"ids": [1]}) is False
    assert together.take("1", "complete_task", {"ids": [1]}) is False
    assert not together.start("1").refusal
    assert together.start("1").refusal
    assert together.take("2", "complete_task", {"ids": [1]}) is False
    together.take("2", "delete_task", {"ids": [2]})
    assert together.start("2").refusal


def test_a_text_with_line_breaks_is_one_line_of_the_question() -> None:
    call = read("1", "update_task", {"changes": [{"id": 1, "title": "Milk\nPut 3 into the trash?\r\n"}]})
    assert cards.texts_of(call, {1: "Old\nmilk"})[1:] == ["1 “Old milk”: title “Milk Put 3 into the trash?”"]


def test_quotes_in_a_title_do_not_end_it_in_the_question() -> None:
    call = read("1", "update_task", {"changes": [{"id": 1, "title": "Milk”, clear “all"}]})
    assert cards.texts_of(call, {1: "Old”? Approved. “"}) == [
        "Change 1 “Old'? Approved. '”?", "1 “Old'? Approved. '”: title “Milk', clear 'all”",
    ]  # fmt: skip


def test_a_null_is_shown_as_what_it_takes_away() -> None:
    call = read("1", "update_task", {"changes": [{"id": 1, "recurrence_pattern": None, "due_date": None}]})
    assert cards.texts_of(call, {1: "Rent"})[1:] == ["1 “Rent”: clear due_date, recurrence"]
    assert call.ends_repetition


def test_opening_again_is_asked_for_as_such() -> None:
    call = read("1", "complete_task", {"ids": [1], "done": False})
    assert cards.texts_of(call, {1: "Milk"}) == ["Reopen 1 “Milk”?"]
