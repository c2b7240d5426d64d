"""Whatever is changed through whichever client is undone by its step: whole or not at all."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import assistant_of
from backend.tests.steps import CHANGES, STEP, TASK, bulk, step_of, undo, world
from backend.tests.support import DAILY, ask_for_next, from_trash, place, told
from tests.support import Backbone, ManualClock
from todo_backend.tasks import repository
from todo_backend.undo.models import UndoStep
from todo_backend.undo.service import RETENTION
from todo_kit.retention import prune


@pytest.fixture
async def four(person: Person) -> list[dict[str, Any]]:
    """One that is open, one completed, one in the trash, one that repeats."""
    await person.create("Open", **TASK)
    await person.create("Completed")
    await person.create("Deleted")
    await person.create("Repeating", **DAILY)
    await person.do("complete", 2)
    await person.call("DELETE", "/tasks/3")
    return await world(person)


@pytest.mark.parametrize("change", CHANGES)
async def test_a_step_is_undone_and_everything_is_as_it_was(
    person: Person, four: list[dict[str, Any]], change: str
) -> None:
    verb, path, options = CHANGES[change]
    step = await step_of(person, verb, path, **options)
    assert await world(person) != four
    done = await undo(person, step)
    assert await world(person) == four
    again = await undo(person, step)
    assert again == done
    assert await world(person) == four


@pytest.mark.parametrize("fields", [{}, DAILY])
async def test_a_new_task_is_undone_by_the_trash(person: Person, fields: dict[str, Any]) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "Something"} | fields)
    assert (await undo(person, step))["undone"] == ["added 1 “Something”"]
    assert await person.titles(status="pending") == []
    if fields:
        assert (await ask_for_next(person, await from_trash(person, 1)))["result"] == "not_needed"


async def test_a_deleted_series_comes_back_with_all_its_open_occurrences(person: Person) -> None:
    task = await person.create("Bins", **DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    await person.patch(2, title="Mine, so it stays")
    await person.do("reopen", 1)
    before = await world(person)
    step = await step_of(person, "DELETE", "/tasks/1?scope=series")
    assert await person.titles(status="pending") == []
    done = await undo(person, step)
    assert [task["id"] for task in done["tasks"]] == [2, 1]
    assert await world(person) == before


@pytest.mark.parametrize("theirs", [("PATCH", "/tasks/2", {"json": {"priority": "High"}}), ("DELETE", "/tasks/2", {})])
async def test_a_step_of_which_one_task_changed_since_is_not_undone_at_all(
    person: Person, theirs: tuple[str, str, dict[str, Any]]
) -> None:
    for title in ("One", "Two", "Three"):
        await person.create(title)
    verb, path, options = bulk(*({"op": "complete", "id": number} for number in (1, 2, 3)))
    step = await step_of(person, verb, path, **options)
    verb, path, options = theirs
    assert (await person.call(verb, path, **options)).status_code < 300
    before = await world(person)
    problem = await undo(person, step, 409)
    assert (problem["code"], problem["tasks"]) == ("not_undone", [2])
    assert "task 2 “Two” changed since; nothing was undone" in problem["detail"]
    assert await world(person) == before


async def test_steps_of_the_same_task_are_undone_one_after_the_other(person: Person) -> None:
    await person.create("Zero", **DAILY)
    before = await world(person)
    changes = [{"json": {"title": "One"}}, {"json": {"recurrence_pattern": "weekly"}}, {"json": {"title": "Two"}}]
    steps = [await step_of(person, "PATCH", "/tasks/1", **change) for change in changes]
    steps.append(await step_of(person, "PATCH", "/tasks/1/complete"))
    await undo(person, steps[0], 409)
    for step in reversed(steps):
        await undo(person, step)
    assert await world(person) == before


async def test_what_follows_a_completion_is_withdrawn_with_it(person: Person) -> None:
    task = await person.create("Bins", **DAILY)
    step = await step_of(person, "PATCH", "/tasks/1/complete")
    await ask_for_next(person, task)
    await undo(person, step)
    assert await person.titles(status="pending") == ["Bins"]
    await person.do("complete", 1)
    assert (await ask_for_next(person, task))["result"] == "brought_back"


async def test_opening_again_is_undone_with_the_next_occurrence(person: Person) -> None:
    task = await person.create("Bins", **DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    before = await world(person)
    step = await step_of(person, "PATCH", "/tasks/1/reopen")
    await undo(person, step)
    assert await world(person) == before
    assert (await ask_for_next(person, task))["result"] == "existing"
    await person.do("reopen", 1)
    assert await person.titles(status="pending") == ["Bins"]


async def test_an_undone_change_of_a_series_leads_back_to_its_anchor_and_its_look(
    person: Person, backbone: Backbone
) -> None:
    task = await person.create("Bins", **DAILY)
    await person.patch(1, title="Bins today")
    stood = await place(person, backbone, 1)
    look = await step_of(person, "PATCH", "/tasks/1?scope=series", json={"title": "Bins today"})
    moved = await step_of(person, "PATCH", "/tasks/1?scope=series", json={"due_date": "2026-06-04T10:00:00"})
    await undo(person, moved)
    assert await place(person, backbone, 1) == stood
    await undo(person, look)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    assert (await person.task(2))["title"] == "Bins"


async def test_an_undo_is_told_as_a_change_of_the_person(person: Person, backbone: Backbone) -> None:
    await person.create("One")
    await undo(person, await step_of(person, "PATCH", "/tasks/1", json={"title": "Two", "tags": ["a"]}))
    events = await told(backbone, person, 3)
    undone = events[-1]["data"]
    assert undone["event_type"] == "TaskUpdated"
    assert undone["seq"] == 3
    assert undone["payload"]["changes"] == {"title": ["Two", "One"], "tags": [["a"], []]}


async def test_what_changes_nothing_has_no_step(person: Person) -> None:
    await person.create("One")
    for verb, path, options in (
        ("PATCH", "/tasks/1", {"json": {"title": "One"}}),
        ("PATCH", "/tasks/1/reopen", {}),
        bulk({"op": "update", "id": 99, "data": {"title": "x"}}),
    ):
        answer = await person.call(verb, path, **options)
        assert (answer.status_code, STEP in answer.headers) == (200, False)


async def test_a_step_is_undone_once_however_often_it_is_asked_for_at_once(person: Person) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    answers = await asyncio.gather(*(undo(person, step) for _ in range(5)))
    assert {task["version"] for answer in answers for task in answer["tasks"]} == {2}


async def test_a_step_that_is_not_there_or_anothers_is_not_found(person: Person, stranger: Person) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    assert (await undo(stranger, step, 404))["code"] == "step_not_found"
    await undo(person, "never", 404)
    for body in ({}, {"step": ""}, {"step": "a b"}, {"step": 1}, {"step": "x" * 65}, {"step": step, "force": True}):
        assert (await person.call("POST", "/undo", json=body)).status_code == 422
    assert await person.titles() == ["One"]


SCOPES = "tasks:read tasks:write"


async def test_an_app_undoes_its_own_calls_alone(person: Person) -> None:
    one: dict[str, Any] = {"scope": SCOPES, "client_id": "one", "client_name": "Same name"}
    other: dict[str, Any] = {"scope": SCOPES, "client_id": "other", "client_name": "Same name"}
    async with assistant_of(person, **one) as mine, assistant_of(person, **other) as theirs:
        await mine.call("add_task", tasks=[{"title": "Mine"}])
        await theirs.call("add_task", tasks=[{"title": "Theirs"}, {"title": "Theirs, too"}])
        step = await step_of(person, "POST", "/tasks", json={"title": "By hand"})
        assert (await mine.call("undo_last_change"))["undone"] == ["added 1 “Mine”"]
        assert "nothing to undo" in await mine.fail("undo_last_change")
        assert len((await theirs.call("undo_last_change"))["undone"]) == 2
    assert await person.titles() == ["By hand"]
    headers = {"Authorization": f"Bearer {person.service.tokens.token(person.id, **one)}"}
    answer = await person.call("POST", "/undo", json={"step": step}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "step_not_found")


async def test_steps_are_kept_for_a_while(person: Person, clock: ManualClock) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    runtime = person.service.runtime
    async with runtime.database.transaction() as session:
        values = {"user_id": person.id, "made_at": clock.now() - RETENTION.kept - timedelta(days=1)}
        await session.execute(text("UPDATE undo_steps SET made_at = :made_at WHERE user_id = :user_id"), values)
    assert await prune(runtime, RETENTION) >= 1
    await undo(person, step, 404)
    async with runtime.database.autocommit() as session:
        rows = await session.execute(select(UndoStep).where(col(UndoStep.user_id) == person.id))
        assert rows.scalars().all() == []


async def test_requests_that_name_the_same_step_are_undone_together(person: Person) -> None:
    headers = {STEP: str(uuid4())}
    for title in ("One", "Two"):
        assert await step_of(person, "POST", "/tasks", json={"title": title}, headers=headers) == headers[STEP]
    assert (await undo(person, headers[STEP]))["undone"] == ["added 2 “Two”", "added 1 “One”"]
    assert await person.titles() == []
    for wrong in ("", "1", "x" * 36, headers[STEP].upper().replace("-", "")):
        answer = await person.call("POST", "/tasks", json={"title": "Three"}, headers={STEP: wrong})
        assert answer.status_code == 422


async def test_a_step_can_have_more_tasks_than_a_statement_has_parameters(person: Person) -> None:
    await person.create("One")
    numbers = range(1, 40_000)
    async with person.service.runtime.database.transaction() as session:
        await repository.lock_all(session, person.id, numbers)
        assert [task.title for task in await repository.get_many(session, person.id, numbers)] == ["One"]
