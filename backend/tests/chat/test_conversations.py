"""Conversations are kept where every replica finds them, and none of two messages is lost."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from backend.tests.chat.conftest import Talker, message
from backend.tests.chat.provider import Provider, Says, calls
from backend.tests.conftest import Person
from tests.support import ManualClock, Opener, eventually
from todo_backend.assistant import service as assistant_service
from todo_backend.assistant.history import MOST_CHARACTERS
from todo_backend.assistant.limits import Usage
from todo_backend.chat import endpoints
from todo_backend.main import service
from todo_kit.errors import Unavailable


async def test_an_answer_is_streamed_as_it_comes(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added it for you."))
    events = await talker.chatkit("threads.create", input=message("Add one"))
    kinds = [event["type"] for event in events]
    assert kinds[:2] == ["thread.created", "thread.item.done"]
    assert "progress_update" in kinds
    deltas = [e["update"]["delta"] for e in events if e["type"] == "thread.item.updated" and "delta" in e["update"]]
    assert len(deltas) > 2
    assert "".join(deltas) == "Added it for you."
    done = [event["item"] for event in events if event["type"] == "thread.item.done"]
    assert [item["type"] for item in done] == ["user_message", "widget", "assistant_message"]
    assert len({item["id"] for item in done}) == 3
    labels = [child.get("label") or child["value"] for child in done[1]["widget"]["children"]]
    assert labels == ["Added", "1  One", "Undo"]


async def test_a_card_takes_its_change_back(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    events = await talker.chatkit("threads.create", input=message("Add one"))
    thread_id = events[0]["thread"]["id"]
    [card] = [e["item"] for e in events if e["type"] == "thread.item.done" and e["item"]["type"] == "widget"]
    action = card["widget"]["children"][-1]["onClickAction"]
    undone = await talker.chatkit("threads.custom_action", thread_id=thread_id, item_id=card["id"], action=action)
    [replaced] = [event["item"] for event in undone if event["type"] == "thread.item.replaced"]
    assert [child["value"] for child in replaced["widget"]["children"]] == ["Undone", "added 1 “One”"]
    assert await talker.titles() == []


async def test_a_step_is_taken_back_once_by_any_of_its_cards(talker: Talker, provider: Provider) -> None:
    provider.will(
        calls("add_task", tasks=[{"title": "One"}]), calls("add_task", tasks=[{"title": "Two"}]), Says("Added.")
    )
    events = await talker.chatkit("threads.create", input=message("Add two"))
    thread_id = events[0]["thread"]["id"]
    first, second = [e["item"] for e in events if e["type"] == "thread.item.done" and e["item"]["type"] == "widget"]
    action = first["widget"]["children"][-1]["onClickAction"]
    undone = await talker.chatkit("threads.custom_action", thread_id=thread_id, item_id=first["id"], action=action)
    replaced = {e["item"]["id"]: e["item"] for e in undone if e["type"] == "thread.item.replaced"}
    assert [child["value"] for child in replaced[second["id"]]["widget"]["children"]] == ["Added", "2  Two"]
    assert await talker.titles() == []


async def test_a_name_that_is_given_during_the_first_answer_stays(talker: Talker, provider: Provider) -> None:
    provider.will(Says("One two three four five six seven eight.", pause=0.05))
    asked = asyncio.create_task(talker.say("Count"))

    async def listed() -> list[str]:
        [page] = await talker.chatkit("threads.list", limit=10)
        return [thread["id"] for thread in page["data"] if thread.get("title")]

    [thread_id] = await eventually(listed)
    await talker.chatkit("threads.update", thread_id=thread_id, title="Numbers")
    await asked
    [page] = await talker.chatkit("threads.list", limit=10)
    assert [thread["title"] for thread in page["data"]] == ["Numbers"]


async def test_a_conversation_that_is_deleted_during_an_answer_stays_deleted(
    talker: Talker, provider: Provider
) -> None:
    provider.will(Says("One."), Says("One two three four five six seven eight.", pause=0.05))
    conversation = (await talker.say("Hello"))["conversation_id"]
    body = {"message": "Count", "conversation_id": conversation}
    asked = asyncio.create_task(talker.call("POST", "/chat", json=body))
    await eventually(lambda: len(provider.requests) == 2)
    await talker.chatkit("threads.delete", thread_id=conversation)
    assert (await asked).status_code == 503
    [page] = await talker.chatkit("threads.list", limit=10)
    assert page["data"] == []
    ask = {"type": "threads.get_by_id", "params": {"thread_id": conversation}}
    assert (await talker.call("POST", "/chatkit", json=ask)).status_code == 404


async def test_what_cannot_be_stored_is_an_error_and_its_tokens_count(
    talker: Talker, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise Unavailable("the state store does not answer")

    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Never said."))
    with monkeypatch.context() as patch:
        patch.setattr(assistant_service, "keep", fail)
        answer = await talker.call("POST", "/chat", json={"message": "Add one"})
    assert (answer.status_code, "conversation_id" in answer.json()) == (503, True)
    known = await talker.service.runtime.sidecar.read_state("todo-state", f"assistant-usage/{talker.id}")
    assert known is not None
    assert Usage.model_validate_json(known.value).tokens_today > 0


async def test_the_model_is_told_once_of_an_undo(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    events = await talker.chatkit("threads.create", input=message("Add one"))
    thread_id = events[0]["thread"]["id"]
    [card] = [e["item"] for e in events if e["type"] == "thread.item.done" and e["item"]["type"] == "widget"]
    action = card["widget"]["children"][-1]["onClickAction"]
    for _ in range(2):
        await talker.chatkit("threads.custom_action", thread_id=thread_id, item_id=card["id"], action=action)
    provider.will(Says("Yes, undone."))
    await talker.say("And now?", thread_id)
    roles = [each["role"] for each in provider.last_messages[1:]]
    assert roles == ["user", "assistant", "tool", "assistant", "system", "user"], "the note is told once"


async def test_a_second_try_after_undo_is_not_told_of_the_undo(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    events = await talker.chatkit("threads.create", input=message("Add one"))
    thread_id, message_id = events[0]["thread"]["id"], events[1]["item"]["id"]
    [card] = [e["item"] for e in events if e["type"] == "thread.item.done" and e["item"]["type"] == "widget"]
    action = card["widget"]["children"][-1]["onClickAction"]
    await talker.chatkit("threads.custom_action", thread_id=thread_id, item_id=card["id"], action=action)
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    await talker.chatkit("threads.retry_after_item", thread_id=thread_id, item_id=message_id)
    provider.will(Says("Of course."))
    await talker.say("And now?", thread_id)
    roles = [each["role"] for each in provider.last_messages[1:]]
    assert roles == ["user", "assistant", "tool", "assistant", "user"]


async def test_they_are_listed_renamed_and_deleted(talker: Talker, provider: Provider) -> None:
    provider.will(Says("One."), Says("Two."))
    first, second = await talker.say("The first"), await talker.say("The second")
    [listed] = await talker.chatkit("threads.list", limit=10)
    assert [thread["title"] for thread in listed["data"]] == ["The second", "The first"]
    await talker.chatkit("threads.update", thread_id=first["conversation_id"], title="Plans")
    [listed] = await talker.chatkit("threads.list", limit=10)
    assert {thread["title"] for thread in listed["data"]} == {"Plans", "The second"}
    await talker.chatkit("threads.delete", thread_id=second["conversation_id"])
    [listed] = await talker.chatkit("threads.list", limit=10)
    assert [thread["title"] for thread in listed["data"]] == ["Plans"]
    ask = {"type": "threads.get_by_id", "params": {"thread_id": second["conversation_id"]}}
    assert (await talker.call("POST", "/chatkit", json=ask)).status_code == 404


async def test_of_messages_at_once_none_is_lost(talker: Talker, provider: Provider) -> None:
    provider.will(Says("Hello."))
    conversation = (await talker.say("Hello"))["conversation_id"]
    provider.will(*(Says(f"Answer {n}.") for n in range(8)))
    await asyncio.gather(*(talker.say(f"Message {n}", conversation) for n in range(8)))
    [thread] = await talker.chatkit("items.list", thread_id=conversation, limit=100, order="asc")
    texts = [part["text"] for item in thread["data"] for part in item["content"]]
    assert {f"Message {n}" for n in range(8)} <= set(texts)
    assert {f"Answer {n}." for n in range(8)} <= set(texts)


async def test_another_replica_goes_on(
    talker: Talker, provider: Provider, open_service: Opener, clock: ManualClock
) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    conversation = (await talker.say("Add one"))["conversation_id"]
    settings = talker.service.runtime.settings.model_dump(include={"assistant_base_url"})
    async with open_service(service, clock, assistant_api_key="key", **settings) as other:
        provider.will(Says("You have one task."))
        elsewhere = Talker(other, talker.id)
        await elsewhere.say("What is there?", conversation)
    assert [message["role"] for message in provider.last_messages][1:4] == ["user", "assistant", "tool"]


async def test_a_message_that_is_answered_again_does_its_work_once(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    events = await talker.chatkit("threads.create", input=message("Add one"))
    thread_id, message_id = events[0]["thread"]["id"], events[1]["item"]["id"]
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Added."))
    await talker.chatkit("threads.retry_after_item", thread_id=thread_id, item_id=message_id)
    assert await talker.titles() == ["One"]
    roles = [message["role"] for message in provider.requests[-2]["messages"]]
    assert roles == ["system", "user"], "the model should not read of calls that were undone"


async def test_only_the_last_message_is_answered_again(talker: Talker, provider: Provider) -> None:
    provider.will(Says("One."), Says("Two."))
    events = await talker.chatkit("threads.create", input=message("First"))
    thread_id, first = events[0]["thread"]["id"], events[1]["item"]["id"]
    await talker.say("Second", thread_id)
    again = {"type": "threads.retry_after_item", "params": {"thread_id": thread_id, "item_id": first}}
    assert (await talker.call("POST", "/chatkit", json=again)).status_code == 422


async def test_the_last_used_conversation_is_the_first(talker: Talker, provider: Provider, clock: ManualClock) -> None:
    provider.will(Says("One."), Says("Two."), Says("Three."))
    first = await talker.say("The first")
    clock.advance(seconds=1)
    await talker.say("The second")
    clock.advance(seconds=1)
    await talker.say("The first again", first["conversation_id"])
    [listed] = await talker.chatkit("threads.list", limit=10)
    assert [thread["title"] for thread in listed["data"]] == ["The first", "The second"]


async def test_a_long_conversation_is_cut_where_a_turn_begins(talker: Talker, provider: Provider) -> None:
    long = "word " * 700
    conversation = None
    for n in range(9):
        provider.will(calls("list_tasks"), Says(f"{n} {long}"))
        conversation = (await talker.say(f"{n} {long}", conversation))["conversation_id"]
    provider.will(Says("I remember some of it."))
    await talker.say("What do you know?", conversation)
    sent = provider.last_messages[1:]
    assert sum(len(str(message)) for message in sent) < MOST_CHARACTERS + 5000
    assert sent[0]["role"] == "user"
    called = [call["id"] for message in sent for call in message.get("tool_calls", [])]
    assert called
    assert called == [message["tool_call_id"] for message in sent if message["role"] == "tool"]


async def test_too_many_messages_are_refused(
    talker: Talker, provider: Provider, open_service: Opener, clock: ManualClock
) -> None:
    settings = talker.service.runtime.settings.model_dump(include={"assistant_base_url"})
    limits = {"assistant_turns_per_minute": 2, "assistant_turns_per_day": 3, "assistant_tokens_per_day": 70}
    async with open_service(service, clock, assistant_api_key="key", **settings, **limits) as limited:
        clock.set(datetime.combine(clock.now().date(), time(12), UTC))  # the minutes below are of one day
        person = Talker(limited, talker.id)
        provider.will(*(Says("Yes.") for _ in range(10)))
        for _ in range(2):
            await person.say("Hello")
        refused = await person.call("POST", "/chat", json={"message": "Hello"})
        assert refused.status_code == 429
        assert "minute" in refused.json()["detail"]
        assert int(refused.headers["retry-after"]) == 60 - clock.now().second
        clock.advance(minutes=1)
        await person.say("Hello")
        clock.advance(minutes=1)
        refused = await person.call("POST", "/chat", json={"message": "Hello"})
        assert "tomorrow" in refused.json()["detail"]
        assert clock.now() + timedelta(seconds=int(refused.headers["retry-after"])) >= tomorrow(clock)


def tomorrow(clock: ManualClock) -> datetime:
    return datetime.combine(clock.now().date() + timedelta(days=1), time(), UTC)


async def test_the_assistant_says_its_name_before_its_libraries_are_loaded(
    open_service: Opener, clock: ManualClock, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def fail(name: str) -> None:
        loaded.append(name)
        raise ImportError(name)

    async with open_service(service, clock) as opened:
        with monkeypatch.context() as patch:
            patch.setattr(endpoints, "import_module", fail)
            answer = await Person(opened, user).call("GET", "/chat")
        assert answer.json() == {"model": "rules", "kind": "rules"}
        assert loaded == ["todo_backend.chat.handlers"], "the first message should find them loaded"


async def test_a_secret_that_cannot_be_read_is_no_reason_to_answer_by_rules(
    open_service: Opener, clock: ManualClock, user: str
) -> None:
    """The sidecar lets the service read one secret, and this is another one."""
    async with open_service(service, clock, secret_name="another") as opened:
        person = Person(opened, user)
        said = {"type": "threads.create", "params": {"input": message("add milk")}}
        answers = [
            await person.call("GET", "/chat"),
            await person.call("POST", "/chat", json={"message": "add milk"}),
            await person.call("POST", "/chatkit", json=said),
        ]
        for answer in answers:
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert answer.json()["detail"] == "the secret 'another' of the secret store 'todo-secrets' cannot be read"
        assert (await person.call("GET", "/tasks")).json()["items"] == []
