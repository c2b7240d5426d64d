"""A conversation with a provider's model: what it says, what it does, and what it may not do without being asked."""

from backend.tests.chat.conftest import Talker
from backend.tests.chat.provider import Calls, Provider, Says, calls


async def test_a_message_leads_to_tools_and_an_answer(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "Buy groceries"}]), Says("Added it."))
    answer = await talker.say("Add a task to buy groceries")
    assert answer["response"] == "Added it."
    assert answer["model"] == "scripted"
    [call] = answer["tool_calls"]
    assert call["name"] == "add_task"
    assert call["output"]["success_count"] == 1
    assert await talker.titles() == ["Buy groceries"]


async def test_a_conversation_is_remembered_with_its_tools(talker: Talker, provider: Provider) -> None:
    provider.will(calls("add_task", tasks=[{"title": "One"}]), Says("Done."))
    first = await talker.say("Add one")
    provider.will(Says("Of course."))
    await talker.say("And now?", first["conversation_id"])
    roles = [message["role"] for message in provider.last_messages]
    assert roles == ["system", "user", "assistant", "tool", "assistant", "user"]


async def test_what_is_deleted_is_approved_first(talker: Talker, provider: Provider) -> None:
    await talker.create("Keep me?")
    provider.will(calls("delete_task", ids=[1]))
    asked = await talker.say("Delete task 1")
    assert asked["approvals"][0]["question"] == "Put 1 “Keep me?” into the trash?"
    assert await talker.titles() == ["Keep me?"]
    provider.will(Says("It is in the trash."))
    done = await talker.decide(asked, approved=True)
    assert done["response"] == "It is in the trash."
    assert done["approvals"] == []
    assert await talker.titles() == []


async def test_what_is_not_approved_is_not_done(talker: Talker, provider: Provider) -> None:
    await talker.create("Keep me")
    provider.will(calls("delete_task", ids=[1]))
    asked = await talker.say("Delete task 1")
    provider.will(Says("As you like."))
    assert (await talker.decide(asked, approved=False))["response"] == "As you like."
    assert provider.last_messages[-1]["content"] == "The person has not approved this."
    assert await talker.titles() == ["Keep me"]


async def test_tools_in_parallel_are_all_called(talker: Talker, provider: Provider) -> None:
    tasks = [("add_task", {"tasks": [{"title": title}]}) for title in ("One", "Two")]
    provider.will(Calls(tuple(tasks)), Says("Both are there."))
    answer = await talker.say("Add one and two")
    assert len(answer["tool_calls"]) == 2
    assert sorted(await talker.titles()) == ["One", "Two"]
