"""A provider that fails is told of in a clear answer, and the conversation goes on."""

import json
from typing import Any

import pytest

from backend.tests.chat.conftest import Talker, message
from backend.tests.chat.provider import Calls, Cuts, Ends, Fails, Provider, Raw, Refuses, Says, calls
from todo_backend.assistant import failures

SLOW = Says("never " * 40, pause=3)
OVERFLOW = "This model's maximum context length is 8192 tokens"
INSIDE = 'data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n'


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((Fails(429), Fails(429)), failures.BUSY),
        ((Fails(429, "insufficient_quota"), Fails(429, "insufficient_quota")), failures.UNPAID),
        ((Fails(500), Fails(503)), failures.UNREACHABLE),
        ((Fails(401),), failures.MISCONFIGURED),
        ((Fails(404),), failures.MISCONFIGURED),
        ((Fails(400),), failures.REJECTED),
        ((Fails(400, "context_length_exceeded"),), failures.TOO_MUCH),
        ((Fails(400, message=OVERFLOW),), failures.TOO_MUCH),
        ((Cuts(),), failures.INTERRUPTED),
        ((Ends(None),), failures.INTERRUPTED),
        ((Raw("data: [DONE]\n\n"),), failures.INTERRUPTED),
        ((Raw(INSIDE),), failures.FAILED),
        ((Raw(f"event: error\n{INSIDE}"),), failures.FAILED),
        ((Ends("length"),), f"I am{failures.TRUNCATED}"),
        ((Refuses(),), failures.DECLINED),
        ((Ends("content_filter", ""),), failures.DECLINED),
        ((SLOW, SLOW), failures.SLOW),
        ((Raw("data: {nonsense\n\n"), Raw("data: {nonsense\n\n")), failures.INVALID),
        ((Says("slow " * 30, pause=0.3),), failures.SLOW),
    ],
    ids=[
        "429", "no credit", "5xx", "401", "404", "400", "context", "context in words", "cut", "no end", "nothing",
        "error inside", "error event", "length", "refusal", "filter", "silent", "nonsense", "dripping",
    ],
)  # fmt: skip
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
    assert failed["response"] == failures.UNREACHABLE + failures.CHANGES_STAND
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


async def test_an_unknown_tool_is_told_to_the_model(talker: Talker, provider: Provider) -> None:
    provider.will(calls("format_disk", force=True), Says("There is no such tool."))
    answer = await talker.say("Format the disk")
    assert answer["response"] == "There is no such tool."
    assert "format_disk" in provider.last_messages[-1]["content"]


async def test_a_tool_that_fails_is_told_to_the_model(talker: Talker, provider: Provider) -> None:
    """No service answers behind the sidecar here."""
    provider.will(calls("list_notifications"), Says("They cannot be read."))
    answer = await talker.say("Any reminders?")
    assert answer["response"] == "They cannot be read."
    assert "rror" in json.dumps(provider.last_messages[-1]["content"])


async def test_a_truncated_call_is_not_executed(talker: Talker, provider: Provider) -> None:
    call = {"index": 0, "id": "1", "type": "function", "function": {"name": "add_task", "arguments": '{"tasks": []}'}}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": "length"}
    provider.will(Raw(f"data: {json.dumps(chunk | {'choices': [choice]})}\n\ndata: [DONE]\n\n"))
    answer = await talker.say("Add many")
    assert (answer["response"], answer["tool_calls"]) == (failures.TRUNCATED, [])


async def test_a_provider_that_takes_its_time_is_waited_for_visibly(talker: Talker, provider: Provider) -> None:
    provider.will(Says("Done.", pause=0.7))
    events = await talker.chatkit("threads.create", input=message("Think"))
    waiting = [event["text"] for event in events if event["type"] == "progress_update"]
    assert waiting
    assert waiting[0].startswith("Waiting for an answer")


@pytest.mark.parametrize("error", [TypeError("x"), KeyError("x"), ValueError("x"), OSError("x")])
def test_a_mistake_of_ours_is_not_told_as_the_models(error: Exception) -> None:
    assert failures.message_for(error) is None


async def test_a_model_that_never_ends_is_stopped(talker: Talker, provider: Provider) -> None:
    provider.will(*(calls("list_tasks") for _ in range(20)))
    assert (await talker.say("Go round in circles"))["response"] == failures.LONG
