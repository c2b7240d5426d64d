"""What an assistant can do with a person's tasks, and how little it is told."""

import asyncio
import json
from typing import Any

import pytest
from sqlmodel import col, select

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import Assistant, assistant_of
from tests.support import ManualClock
from todo_backend.undo import service as undo
from todo_backend.undo.models import UndoStep

TOOLS = {
    "add_task", "update_task", "complete_task", "delete_task", "restore_task", "undo_last_change",
    "list_tasks", "search_tasks", "preview_recurrence", "list_notifications", "task_history",
}  # fmt: skip
LOOKS = {"list_tasks", "search_tasks", "preview_recurrence", "list_notifications", "task_history"}


@pytest.mark.parametrize("mode", ["2026-07-28", "legacy"])
async def test_the_current_protocol_and_the_one_before_are_spoken(person: Person, mode: str) -> None:
    async with assistant_of(person, mode) as assistant:
        assert assistant.client.protocol_version == ("2026-07-28" if mode != "legacy" else "2025-11-25")
        listed = await assistant.client.list_tools()
        assert {tool.name for tool in listed.tools} == TOOLS
        assert (await assistant.call("add_task", tasks=[{"title": "One"}]))["success_count"] == 1


async def test_a_tool_says_exactly_what_it_may_do(assistant: Assistant) -> None:
    tools = {tool.name: tool for tool in (await assistant.client.list_tools()).tools}
    for name, tool in tools.items():
        hints = tool.annotations
        assert hints is not None
        assert tool.title
        assert hints.read_only_hint is (name in LOOKS)
        assert hints.open_world_hint is False
        assert tool.description
        assert tool.output_schema
        assert "user" not in json.dumps(tool.input_schema["properties"])
    destructive = {name for name, tool in tools.items() if tool.annotations and tool.annotations.destructive_hint}
    assert destructive == {"delete_task", "update_task", "undo_last_change"}
    repeatable = {name for name, tool in tools.items() if tool.annotations and tool.annotations.idempotent_hint}
    assert repeatable == TOOLS - LOOKS - {"add_task", "undo_last_change"}


async def test_the_list_of_tools_is_short(assistant: Assistant) -> None:
    """A model reads it with every request."""
    listed = await assistant.client.list_tools()
    assert len(listed.model_dump_json(by_alias=True, exclude_none=True)) < 12_000


async def test_the_server_has_an_icon(assistant: Assistant) -> None:
    server = assistant.client.server_info
    assert server
    assert server.icons
    assert server.icons[0].src == "http://127.0.0.1:3000/icon.svg"


async def test_a_numeric_date_has_the_order_of_the_persons_locale(person: Person, assistant: Assistant) -> None:
    for locale, due in (("en-US", "2031-12-01"), ("en-GB", "2031-01-12")):
        await person.call("PUT", "/settings", json={"time_zone": "UTC", "locale": locale})
        added = await assistant.call("add_task", tasks=[{"title": "Rent", "when": "12/1/2031"}])
        assert (await person.task(added["tasks"][0]["id"]))["due_date"] == due


async def test_tasks_are_added_with_dates_in_words(person: Person, assistant: Assistant) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    added = await assistant.call(
        "add_task",
        tasks=[
            {"title": "Pay the rent", "when": "every month on the last day 9am, remind 1 day before"},
            {"title": "Call mom", "due_date": "2031-01-31T18:30", "priority": "High", "tags": ["home"]},
        ],
    )
    assert added["success_count"] == 2
    assert added["failures"] == []
    rent = await person.task(added["tasks"][0]["id"])
    assert rent["recurrence_pattern"] == "monthly"
    assert rent["recurrence"]["last_day"] is True
    assert rent["reminder_lead_time"] == 24 * 60
    assert added["tasks"][1] == {
        "id": 2, "title": "Call mom", "due": "Fri 2031-01-31 18:30", "priority": "High", "tags": ["home"],
    }  # fmt: skip
    assert (await person.task(2))["due_date"] == "2031-01-31T23:30:00Z"


async def test_some_may_fail_and_the_others_stand(person: Person, assistant: Assistant) -> None:
    added = await assistant.call(
        "add_task",
        tasks=[{"title": "Good"}, {"title": ""}, {"title": "When?", "when": "in a while"}, {"title": "x" * 201}],
    )
    assert added["success_count"] == 1
    assert [failure["item"] for failure in added["failures"]] == ["", "When?", "x" * 80]
    assert "is not understood" in added["failures"][1]["error"]
    done = await assistant.call("complete_task", ids=[1, 99])
    assert done["success_count"] == 1
    assert done["failures"] == [
        {
            "item": "99",
            "position": 1,
            "error": "there is no task 99; list_tasks or search_tasks says which numbers there are",
        }
    ]
    assert (await person.task(1))["completed"]


async def test_an_invalid_item_fails_alone_and_its_position_is_named(person: Person, assistant: Assistant) -> None:
    tasks = [{"title": "One"}, {"title": "Two", "priority": "Urgent"}, {"name": "Three"}, "Four", {"title": "Five"}]
    added = await assistant.call("add_task", tasks=tasks)
    assert [(each["position"], each["item"]) for each in added["failures"]] == [(1, "Two"), (2, ""), (3, "")]
    assert added["failures"][0]["error"].startswith("priority: ")
    assert set(await person.titles()) == {"One", "Five"}
    changed = await assistant.call("update_task", changes=[{"id": 1, "color": "red"}, {"id": 2, "title": "Changed"}])
    [failure] = changed["failures"]
    assert (failure["position"], failure["item"]) == (0, "1")
    assert "color" in failure["error"]
    assert set(await person.titles()) == {"One", "Changed"}


async def test_null_takes_away_what_a_task_can_be_without(person: Person, assistant: Assistant) -> None:
    fields = {"due_date": "2031-05-01T10:00:00Z", "description": "Long", "reminder_lead_time": 5}
    await person.create("Rent", recurrence_pattern="monthly", **fields)
    await assistant.call("update_task", changes=[{"id": 1, "recurrence_pattern": None, "description": None}])
    task = await person.task(1)
    assert (task["recurrence_pattern"], task["description"], task["reminder_lead_time"]) == ("none", "", 5)
    await assistant.call("update_task", changes=[{"id": 1, "due_date": None, "reminder_lead_time": None}])
    task = await person.task(1)
    assert (task["title"], task["due_date"], task["reminder_lead_time"]) == ("Rent", None, None)


async def test_when_nothing_worked_it_is_an_error_that_says_what_to_do(assistant: Assistant) -> None:
    told = json.loads(await assistant.fail("restore_task", ids=[7]))
    assert told["success_count"] == 0
    assert "list_tasks" in told["failures"][0]["error"]


@pytest.mark.parametrize(
    ("tool", "arguments", "named"),
    [
        ("complete_task", {"ids": []}, "ids"),
        ("complete_task", {"ids": list(range(1, 27))}, "ids"),
        ("complete_task", {"ids": [0]}, "ids.0"),
        ("complete_task", {"ids": [2**31]}, "ids.0"),
        ("delete_task", {"ids": [1], "scope": "all"}, "scope"),
        ("list_tasks", {"limit": 101}, "limit"),
        ("list_tasks", {"due_before": "soon"}, "due_before"),
        ("list_tasks", {"cursor": "made up"}, "cursor"),
        ("list_tasks", {"tags": ["\x00"]}, "tags"),
        ("search_tasks", {"query": ""}, "query"),
        ("preview_recurrence", {"when": "tomorrow"}, "does not repeat"),
        ("preview_recurrence", {"when": "every friday !high #work"}, "also sets priority and tags"),
        ("add_task", {"tasks": [{"title": "x", "when": "friday 9am #work"}]}, "also sets tags"),
        ("add_task", {"tasks": [{"title": "x"}] * 26}, "tasks"),
        ("add_task", {"tasks": [{"title": "x", "user_id": "somebody"}]}, "user_id"),
        ("task_history", {"id": 0}, "id"),
        ("update_task", {"changes": [{"id": 1, "when": "friday", "due_date": "2031-01-01"}]}, "contradicts due_date"),
        ("update_task", {"changes": [{"id": 1, "when": "every friday", "due_date": "2031-01-01"}]}, "due_date"),
        ("update_task", {"changes": [{"id": 1, "when": "every friday", "recurrence": {"count": 3}}]}, "recurrence"),
        (
            "update_task",
            {"changes": [{"id": 1, "when": "friday", "clear": ["due_date"]}]},
            "contradicts the new due_date",
        ),
        (
            "update_task",
            {"changes": [{"id": 1, "when": "every friday", "clear": ["recurrence"]}]},
            "the new recurrence",
        ),
        ("update_task", {"changes": [{"id": 1, "description": "x", "clear": ["description"]}]}, "the new description"),
        ("update_task", {"changes": [{"id": 1, "title": None, "due_date": None}]}, "title cannot be null"),
        ("list_tasks", {"ids": [1], "priority": ["High"]}, "cannot be combined with priority"),
        ("list_tasks", {"ids": [1], "view": "deleted"}, "cannot be combined with view"),
    ],
)
async def test_what_cannot_be_meant_is_refused_with_its_name(
    assistant: Assistant, tool: str, arguments: dict[str, Any], named: str
) -> None:
    assert named in await assistant.fail(tool, **arguments)


async def test_a_new_date_leaves_the_repetition_alone(person: Person, assistant: Assistant) -> None:
    await assistant.call("add_task", tasks=[{"title": "Water", "when": "every monday 9am"}])
    before = await person.task(1)
    moved = await assistant.call("update_task", changes=[{"id": 1, "when": "tomorrow 5pm"}])
    after = await person.task(1)
    assert moved["tasks"][0]["repeats"] == "weekly on Mon"
    assert after["due_date"] != before["due_date"]
    assert (after["recurrence_pattern"], after["series_id"]) == ("weekly", before["series_id"])
    await assistant.call("update_task", changes=[{"id": 1, "clear": ["recurrence"]}])
    assert (await person.task(1))["recurrence_pattern"] == "none"


@pytest.mark.parametrize(
    ("when", "repeats"),
    [
        ("every other tuesday 9am", "every 2 weeks on Tue"),
        ("every 3 days", "every 3 days"),
        ("every month on the last day until 1 may 2031", "monthly on the last day until Thu 1 May 2031"),
        ("every 2nd and 4th thursday", "monthly on the 2nd Thu and the 4th Thu"),
        ("on the 1st and 15th of each month", "monthly on the 1st and the 15th"),
        ("every last working day", "monthly on the last working day"),
        ("every day 8am and 8pm except 24 dec 2031", "daily at 08:00 and 20:00 except Wed 24 Dec 2031"),
    ],
)
async def test_a_repetition_is_told_in_plain_words(assistant: Assistant, when: str, repeats: str) -> None:
    added = await assistant.call("add_task", tasks=[{"title": "Water", "when": when}])
    assert added["tasks"][0]["repeats"] == repeats


async def test_a_rule_can_be_given_as_text(person: Person, assistant: Assistant) -> None:
    rule = {"rrule": "FREQ=MONTHLY;BYDAY=2TU"}
    added = await assistant.call(
        "add_task", tasks=[{"title": "Water", "due_date": "2031-05-13T09:00", "recurrence": rule}]
    )
    assert added["tasks"][0]["repeats"] == "monthly on the 2nd Tue"
    assert (await person.task(1))["rrule"] == rule["rrule"]


async def test_what_is_left_out_of_a_change_stays(person: Person, assistant: Assistant) -> None:
    await person.create("Old", description="Long", priority="High", tags=["a"], due_date="2031-05-01T10:00:00Z")
    await assistant.call("update_task", changes=[{"id": 1, "title": "New"}])
    task = await person.task(1)
    assert (task["title"], task["description"], task["priority"], task["tags"]) == ("New", "Long", "High", ["a"])
    assert task["due_date"] == "2031-05-01T10:00:00Z"
    await assistant.call("update_task", changes=[{"id": 1, "clear": ["due_date", "description"]}])
    task = await person.task(1)
    assert (task["due_date"], task["description"]) == (None, "")


async def test_lists_are_short_and_go_on(person: Person, assistant: Assistant) -> None:
    await person.create("Described", description="Secret " * 100)
    for n in range(4):
        await person.create(f"Task {n}")
    page = await assistant.call("list_tasks", limit=3)
    assert page["total"] == 5
    rest = await assistant.call("list_tasks", limit=3, cursor=page["next_cursor"])
    assert len(page["tasks"]) + len(rest["tasks"]) == 5
    assert "next_cursor" not in rest
    assert {"id": 1, "title": "Described", "has_description": True} in page["tasks"] + rest["tasks"]
    [full] = (await assistant.call("list_tasks", ids=[1]))["tasks"]
    assert full["description"].startswith("Secret")
    assert len(json.dumps(page)) < 500


async def test_views_and_search(person: Person, assistant: Assistant, clock: ManualClock) -> None:
    today = clock.now().date().isoformat()
    await person.create("Due today", due_date=today)
    await person.create("Long over", due_date="2020-01-01")
    await person.create("Dentist appointment", tags=["health"])
    await person.do("complete", 3)
    titles = {
        view: [task["title"] for task in (await assistant.call("list_tasks", view=view))["tasks"]]
        for view in ("today", "overdue", "completed", "pending")
    }
    assert titles == {
        "today": ["Due today"],
        "overdue": ["Long over"],
        "completed": ["Dentist appointment"],
        "pending": ["Long over", "Due today"],
    }
    assert (await assistant.call("list_tasks", view="overdue"))["tasks"][0]["overdue"] is True
    found = await assistant.call("search_tasks", query="dentst")
    assert [task["title"] for task in found["tasks"]] == ["Dentist appointment"]


async def test_what_is_deleted_can_be_brought_back(person: Person, assistant: Assistant) -> None:
    await person.create("Here")
    await assistant.call("delete_task", ids=[1])
    assert await person.titles() == []
    assert (await assistant.call("list_tasks", view="deleted"))["tasks"][0]["deleted_at"]
    await assistant.call("restore_task", ids=[1])
    assert await person.titles() == ["Here"]
    await assistant.call("complete_task", ids=[1])
    await assistant.call("complete_task", ids=[1], done=False)
    assert not (await person.task(1))["completed"]


async def test_the_last_change_is_taken_back_whole(person: Person, assistant: Assistant) -> None:
    for title in ("One", "Two", "Three"):
        await person.create(title, due_date="2031-05-01", tags=["x"])
    await assistant.call(
        "update_task",
        changes=[{"id": n, "title": f"New {n}", "clear": ["due_date"], "tags": []} for n in (1, 2, 3)],
    )
    undone = await assistant.call("undo_last_change")
    assert len(undone["undone"]) == 3
    for n, title in enumerate(("One", "Two", "Three"), 1):
        task = await person.task(n)
        assert (task["title"], task["due_date"], task["tags"]) == (title, "2031-05-01", ["x"])
    assert "nothing to undo" in await assistant.fail("undo_last_change")


@pytest.mark.parametrize(
    ("tool", "arguments", "before"),
    [
        ("complete_task", {"ids": [1]}, "pending"),
        ("delete_task", {"ids": [1]}, "pending"),
        ("delete_task", {"ids": [1], "scope": "series"}, "pending"),
        ("update_task", {"changes": [{"id": 1, "recurrence_pattern": "weekly"}]}, "pending"),
    ],
)
async def test_a_repeating_task_comes_back_as_it_was(
    person: Person, assistant: Assistant, tool: str, arguments: dict[str, Any], before: str
) -> None:
    await person.create("Water", due_date="2031-01-31T09:00:00Z", recurrence_pattern="monthly")
    await assistant.call(tool, **arguments)
    await assistant.call("undo_last_change")
    task = await person.task(1)
    assert (task["status"], task["recurrence_pattern"], task["due_date"]) == (before, "monthly", "2031-01-31T09:00:00Z")


async def test_today_is_a_resource_and_reviews_are_prompts(
    person: Person, assistant: Assistant, clock: ManualClock
) -> None:
    await person.create("Due today", due_date=clock.now().date().isoformat())
    resources = await assistant.client.list_resources()
    assert {str(resource.uri) for resource in resources.resources} == {"todo://tasks/today", "todo://tasks/overdue"}
    today = await assistant.client.read_resource("todo://tasks/today")
    assert "1. Due today" in str(today.contents[0])
    prompts = await assistant.client.list_prompts()
    assert {prompt.name for prompt in prompts.prompts} == {"daily_review", "weekly_plan"}
    review = await assistant.client.get_prompt("daily_review")
    assert "overdue" in str(review.messages[0].content)


async def test_steps_are_taken_back_one_after_the_other_though_they_changed_the_same_task(
    assistant: Assistant, person: Person
) -> None:
    await assistant.call("add_task", tasks=[{"title": "Call mum", "when": "every day 9am"}])
    await assistant.call("update_task", changes=[{"id": 1, "title": "Call dad"}])
    await assistant.call("complete_task", ids=[1])
    for title, completed in (("Call dad", False), ("Call mum", False)):
        await assistant.call("undo_last_change")
        task = await person.task(1)
        assert (task["title"], task["completed"]) == (title, completed)
    await assistant.call("undo_last_change")
    assert await person.titles() == []


async def test_a_time_in_words_is_the_persons_and_the_task_keeps_its_own_zone(
    assistant: Assistant, person: Person
) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "Europe/Berlin"})
    weekly = {"time_zone": "America/New_York", "recurrence_pattern": "weekly"}
    task = await person.create("Standup", due_date="2026-12-03T09:00:00", **weekly)
    for said in ({"when": "5 dec 2026 5pm"}, {"due_date": "2026-12-05T17:00:00"}):
        await assistant.call("update_task", changes=[{"id": 1, **said}])
        moved = await person.task(1)
        assert (moved["due_date"], moved["time_zone"]) == ("2026-12-05T16:00:00Z", "America/New_York")
        assert (moved["series_id"], moved["slot"]) == (task["series_id"], 0)
        await person.patch(1, due_date="2026-12-03T09:00:00")
    await assistant.call("update_task", changes=[{"id": 1, "when": "every friday 5pm"}])
    told = await person.task(1)
    assert (told["time_zone"], told["recurrence"]["weekdays"]) == ("Europe/Berlin", ["FR"])


@pytest.mark.parametrize("never", ["9999-12-31T23:59", "0001-01-01T00:00", "soon"])
async def test_a_date_that_cannot_be_fails_alone(assistant: Assistant, person: Person, never: str) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    for title in ("One", "Two"):
        await person.create(title)
    changes = [{"id": 1, "due_date": never}, {"id": 2, "title": "Changed"}]
    assert (await assistant.call("update_task", changes=changes))["success_count"] == 1


async def test_steps_may_be_taken_back_at_once(assistant: Assistant, person: Person) -> None:
    """The older one cannot be, or follows the newer one; neither waits for the other for good."""
    runtime = person.service.runtime
    await person.create("Plain")
    for number in range(10):
        await assistant.call("update_task", changes=[{"id": 1, "title": f"{number}a"}])
        await assistant.call("update_task", changes=[{"id": 1, "title": f"{number}b"}])
        async with runtime.database.autocommit() as session:
            newest = select(UndoStep.step).where(UndoStep.user_id == person.id)
            steps = (await session.execute(newest.order_by(col(UndoStep.id).desc()).limit(2))).scalars().all()
        answers = await asyncio.gather(
            *(undo.undo(runtime, person.id, step) for step in reversed(steps)), return_exceptions=True
        )
        assert all(isinstance(answer, undo.Done | undo.NotUndone) for answer in answers), answers
