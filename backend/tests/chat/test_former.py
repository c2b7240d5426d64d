"""Conversations that a former version has stored go on."""

import asyncio
from typing import Any

import orjson
import pytest

from backend.tests.chat.conftest import Talker
from backend.tests.chat.provider import Provider, Says
from todo_backend.assistant.conversations import STORE, ConversationNotFound, ConversationRepository
from todo_backend.assistant.former import converted
from todo_kit.sidecar import Sidecar

ID = "thr_0123456789abcdef0123456789abcdef"
STEP = f"{ID}.itm_1"


def item(number: int, kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": f"itm_{number}", "thread_id": ID, "created_at": "2031-01-10T09:00:00Z", "type": kind, **fields}


def card(*texts: str, **button: Any) -> dict[str, Any]:
    nodes: list[dict[str, Any]] = [{"type": "Text", "value": text, "size": "sm"} for text in texts]
    if button:
        nodes.append({"type": "Button", "label": "Undo", "size": "sm", "onClickAction": button})
    return {"type": "Card", "size": "sm", "children": nodes}


def called(call_id: str, tool: str, arguments: dict[str, Any], output: str) -> list[dict[str, Any]]:
    return [
        {"type": "function_call", "call_id": call_id, "name": tool, "arguments": orjson.dumps(arguments).decode()},
        {"type": "function_call_output", "call_id": call_id, "output": output},
    ]


ADDED = called("c1", "add_task", {"tasks": [{"title": "One"}]}, '{"tasks": [{"id": 1}]}')
REJECTED = called("c2", "delete_task", {"ids": [1]}, "The person has not approved this.")
PENDING = {"id": "c3", "tool": "delete_task", "arguments": {"ids": [1], "scope": "this"}}
ITEMS = [
    item(1, "user_message", content=[{"type": "input_text", "text": "Add one"}], attachments=[], quoted_text=None),
    item(2, "hidden_context_item", content={"items": ADDED, "step": STEP}),
    item(3, "widget", widget=card("Added", "1  One", type="undo", payload={"step": STEP}), copy_text=None),
    item(4, "assistant_message", content=[{"type": "output_text", "text": "Added.", "annotations": []}]),
    item(5, "hidden_context_item", content={"items": REJECTED, "step": STEP, "asked": True}),
    item(6, "sdk_hidden_context", content="The user cancelled the stream."),
    item(7, "hidden_context_item", content={"items": [{"role": "system", "content": "Undone by a button."}]}),
    # A message of ChatKit's server has a time without an offset.
    item(8, "user_message", content=[{"type": "input_text", "text": "Delete it"}])
    | {"created_at": "2031-01-10T09:01:00"},
    item(9, "hidden_context_item", content={"pending": [PENDING], "step": STEP, "seen": [[1, 1]], "card": "itm_10"}),
    item(10, "widget", widget=card("Put 1 “One” into the trash?"), copy_text=None),
]


async def stored(talker: Talker, items: list[dict[str, Any]] = ITEMS) -> str:
    """Stores the conversation as the former version did. Returns its key."""
    thread = {"id": ID, "title": "Add one", "created_at": "2031-01-10T09:00:00Z", "status": {"type": "active"}}
    key = f"conversations/{talker.id}/{ID}"
    document = orjson.dumps({"thread": thread, "items": items})
    assert await talker.service.runtime.sidecar.write_state(STORE, key, document, None)
    return key


async def test_what_was_said_and_shown_is_still_there(talker: Talker) -> None:
    await stored(talker)
    [page] = await talker.chatkit("items.list", thread_id=ID, limit=100, order="asc")
    assert [(each["id"], each["type"]) for each in page["data"]] == [
        ("itm_1", "user_message"),
        ("itm_3", "widget"),
        ("itm_4", "assistant_message"),
        ("itm_8", "user_message"),
        ("itm_9", "widget"),
    ]
    change, question = (each["widget"]["children"] for each in page["data"] if each["type"] == "widget")
    assert [child.get("label") or child["value"] for child in change] == ["Added", "1  One", "Undo"]
    assert change[-1]["onClickAction"]["payload"] == {"step": STEP}
    assert question[0]["value"] == "Put 1 “One” into the trash?"


async def test_a_question_that_was_open_is_answered(talker: Talker, provider: Provider) -> None:
    await talker.create("One")
    await stored(talker)
    provider.will(Says("It is in the trash."))
    body = {"conversation_id": ID, "approval": {"id": "itm_9", "approved": True}}
    done = (await talker.call("POST", "/chat", json=body)).json()
    assert (done["response"], [call["name"] for call in done["tool_calls"]]) == ("It is in the trash.", ["delete_task"])
    assert await talker.titles() == []


async def test_the_model_reads_what_was_said_and_done(talker: Talker, provider: Provider) -> None:
    await stored(talker)
    provider.will(Says("Of course."))
    await talker.say("no", ID)
    roles = [message["role"] for message in provider.last_messages[1:]]
    done, rejected = ["assistant", "tool"], ["assistant", "tool"]
    assert roles == ["user", *done, "assistant", *rejected, "system", "user", *rejected, "user"]


async def test_a_deleted_conversation_leaves_nothing_behind(talker: Talker, provider: Provider) -> None:
    key = await stored(talker)
    provider.will(Says("Yes."))
    await talker.say("no", ID)
    await talker.chatkit("threads.delete", thread_id=ID)
    for each in (key, f"{key}/items"):
        assert await talker.service.runtime.sidecar.read_state(STORE, each) is None
    ask = {"type": "threads.get_by_id", "params": {"thread_id": ID}}
    assert (await talker.call("POST", "/chatkit", json=ask)).status_code == 404


async def test_a_conversation_has_one_document(talker: Talker, provider: Provider) -> None:
    """A replica of the version before must not find the question that was answered here."""
    key = await stored(talker)
    provider.will(Says("Yes."))
    await talker.say("no", ID)
    assert await talker.service.runtime.sidecar.read_state(STORE, key) is None
    [page] = await talker.chatkit("items.list", thread_id=ID, limit=100, order="asc")
    assert len(page["data"]) == 7


async def test_a_conversation_that_is_deleted_while_it_is_moved_stays_deleted(talker: Talker) -> None:
    await stored(talker)
    conversations = ConversationRepository(talker.service.runtime.sidecar, talker.id)
    changing, deleted = asyncio.Event(), asyncio.Event()
    repository = Interrupted(talker.service.runtime.sidecar, talker.id, changing, deleted)
    change = asyncio.create_task(repository.change_items(ID, lambda items: items))
    await changing.wait()
    await conversations.forget(ID)
    deleted.set()
    with pytest.raises(ConversationNotFound):
        await change
    with pytest.raises(ConversationNotFound):
        await conversations.get(ID)


class Interrupted(ConversationRepository):
    """Reads the former document, and waits before it writes the new one."""

    def __init__(self, sidecar: Sidecar, user_id: str, changing: asyncio.Event, deleted: asyncio.Event) -> None:
        super().__init__(sidecar, user_id)
        self.changing, self.deleted = changing, deleted

    async def _read(self, conversation_id: str) -> Any:
        found = await super()._read(conversation_id)
        self.changing.set()
        await self.deleted.wait()
        return found


@pytest.mark.parametrize(
    "older",
    [
        {"pending": [PENDING | {"arguments": '{"ids": [1]}'}], "step": STEP, "card": "itm_10"},
        {"pending": [PENDING], "step": STEP},
        {"items": [ADDED[0] | {"arguments": "{not json"}, ADDED[1]], "step": STEP},
    ],
    ids=["arguments as text", "without a card", "arguments that are not JSON"],
)
async def test_older_forms_are_read_too(talker: Talker, older: dict[str, Any]) -> None:
    await stored(talker, [*ITEMS[:4], item(9, "hidden_context_item", content=older)])
    [page] = await talker.chatkit("items.list", thread_id=ID, limit=100, order="asc")
    assert [each["id"] for each in page["data"]][:3] == ["itm_1", "itm_3", "itm_4"]
    await talker.chatkit("threads.delete", thread_id=ID)


def test_a_question_of_several_calls_is_a_text_for_each() -> None:
    heads = [{"type": "Text", "value": value, "weight": "semibold"} for value in ("Delete 1?", "Change 2?")]
    detail = {"type": "Text", "value": "2: title “x”", "color": "secondary"}
    widget = {"type": "Card", "children": [*heads, detail]}
    pending = {"pending": [PENDING, PENDING | {"id": "c5"}], "step": STEP, "card": "itm_10"}
    items = [item(9, "hidden_context_item", content=pending), item(10, "widget", widget=widget)]
    thread = {"id": ID, "title": None, "created_at": "2031-01-10T09:00:00Z"}
    [question] = converted(orjson.dumps({"thread": thread, "items": items}))["items"]
    assert question["texts"] == [["Delete 1?"], ["Change 2?", "2: title “x”"]]
