"""A provider that fails is told of in a clear answer, and the conversation goes on."""

import json
from typing import Any

import pytest

from backend.tests.chat.conftest import Talker
from backend.tests.chat.provider import Calls, Cuts, Fails, Provider, Raw, Says, calls
from todo_backend.chat import failures

SLOW = Says("never " * 40, pause=3)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((Fails(429), Fails(429)), failures.BUSY),
        ((Fails(500), Fails(503)), failures.AWAY),
        ((Fails(401),), failures.REFUSED),
        ((Fails(404),), failures.REFUSED),
        ((Cuts(), Cuts()), failures.AWAY),
        ((SLOW, SLOW), failures.SLOW),
        ((Raw("data: {nonsense\n\n"), Raw("data: {nonsense\n\n")), failures.NONSENSE),
        ((Raw("data: [DONE]\n\n"),), failures.NONSENSE),
        ((calls("format_disk", force=True),), failures.NONSENSE),
        ((Says("slow " * 30, pause=0.3),), failures.SLOW),
    ],
    ids=["429", "5xx", "401", "404", "cut", "silent", "nonsense", "nothing", "unknown tool", "dripping"],
)
async def test_it_says_what_was_the_matter(talker: Talker, provider: Provider, answers: Any, words: str) -> None:
    provider.will(*answers)
    failed = await talker.say("Hello")
    assert failed["response"] == words
    provider.will(Says("Hello again."))
    again = await talker.say("Are you there?", failed["conversation_id"])
    assert again["response"] == "Hello again."


async def test_what_was_done_before_a_failure_is_named_and_can_be_taken_back(
    talker: Talker, provider: Provider
) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Fails(500), Fails(500))
    failed = await talker.say("Add one, then think")
    assert failed["response"] == failures.AWAY + failures.CHANGES_STAND
    assert len(failed["tool_calls"]) == 1
    provider.will(calls("undo_last_change"), Says("Taken back."))
    await talker.say("undo that", failed["conversation_id"])
    assert await talker.titles() == []


@pytest.mark.parametrize("arguments", ["{broken", "[]", '{"tasks": "none"}', '{"user_id": "other", "tasks": []}', ""])
async def test_malformed_arguments_are_told_to_the_model(talker: Talker, provider: Provider, arguments: str) -> None:
    provider.will(Calls((("add_task", arguments),)), Says("I was wrong."))
    answer = await talker.say("Add something")
    assert answer["response"] == "I was wrong."
    assert "rror" in json.dumps(provider.last_messages[-1]["content"])
    assert await talker.titles() == []


@pytest.mark.parametrize("error", [TypeError("x"), KeyError("x"), ValueError("x"), OSError("x")])
def test_a_mistake_of_ours_is_not_told_as_the_models(error: Exception) -> None:
    assert failures.words_for(error) is None


async def test_a_model_that_never_ends_is_stopped(talker: Talker, provider: Provider) -> None:
    provider.will(*(calls("list_tasks") for _ in range(20)))
    assert (await talker.say("Go round in circles"))["response"] == failures.LONG
