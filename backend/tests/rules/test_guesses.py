"""Sentences that are no command: what they may be about is asked, and nothing is done before a yes."""

from typing import Any

import pytest

from backend.tests.rules.conftest import Talk
from backend.tests.rules.tasks import state


async def test_a_statement_is_asked_about_with_the_task_that_it_may_mean(talk: Talk) -> None:
    before = await state(talk.person)
    assert "If it is about 4 “Pay rent”" in await talk.say("rent isnt that urgent")
    assert await state(talk.person) == before
    await talk.say("make it low priority")
    assert (await state(talk.person))[4]["priority"] == "Low"


@pytest.mark.parametrize(
    ("statement", "question", "changed"),
    [
        ("the team meeting got cancelled", "Delete 2 “Team meeting”?", {2: {"status": "deleted"}}),
        ("I've called my dad", "Complete 1 “Call dad”?", {1: {"status": "completed"}}),
        ("the report is finished now", "Complete 5 “Write report”?", {5: {"status": "completed"}}),
        ("didn't actually get to the old invoice", "Reopen 8 “Old invoice”?", {8: {"status": "pending"}}),
        (
            "I can't do the dentist on tuesday, can we do wednesday",
            "Move 3 “Dentist” to Wed 4 Mar, 15:30?",
            {3: {"due_date": "2026-03-04T15:30"}},
        ),
    ],
)
async def test_a_statement_about_a_task_changes_it_after_a_yes(
    talk: Talk, statement: str, question: str, changed: dict[int, dict[str, Any]]
) -> None:
    before = await state(talk.person)
    assert (await talk.say(statement)).startswith(question)
    assert await state(talk.person) == before
    await talk.say("yes")
    assert await state(talk.person) == before | {number: before[number] | task for number, task in changed.items()}


@pytest.mark.parametrize(
    "statement",
    [
        "almost done with the report",
        "remind me when the report is finished",
        "the report has to be finished by 5pm",
        "the report must get done",
    ],
)
async def test_what_is_not_done_yet_is_not_offered_as_done(talk: Talk, statement: str) -> None:
    assert not (await talk.say(statement)).startswith("Complete")


async def test_a_title_with_another_date_is_asked_about(talk: Talk) -> None:
    assert (await talk.say("buy milk on sunday")).startswith("Move 6 “Buy milk” to Sun 1 Mar?")
    await talk.say("yes")
    assert (await state(talk.person))[6]["due_date"] == "2026-03-01"


async def test_it_after_a_remark_is_the_task_of_the_remark(talk: Talk) -> None:
    await talk.say("add yoga")
    assert await talk.say("I watered the plants, tick it off") == "Completed 7 “Water plants”."


@pytest.mark.parametrize(
    "question", ["wat can i do about that", "huh what did you just do", "if I do gym every friday what then"]
)
async def test_a_question_is_never_offered_as_a_task(talk: Talk, question: str) -> None:
    assert "Add “" not in await talk.say(question)
