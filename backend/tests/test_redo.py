"""A step that was undone is redone, and can be undone again: whole or not at all."""

import asyncio

import pytest

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import assistant_of
from backend.tests.steps import CHANGES, TASK, redo, step_of, undo, world
from backend.tests.support import DAILY, ask_for_next


@pytest.mark.parametrize("change", CHANGES)
async def test_a_step_is_undone_and_redone_as_often_as_one_likes(person: Person, change: str) -> None:
    await person.create("Open", **TASK)
    await person.create("Completed")
    await person.create("Deleted")
    await person.create("Repeating", **DAILY)
    await person.do("complete", 2)
    await person.call("DELETE", "/tasks/3")
    before = await world(person)
    verb, path, options = CHANGES[change]
    step = await step_of(person, verb, path, **options)
    after = await world(person)
    for _ in range(2):
        undone = await undo(person, step)
        assert await world(person) == before
        done = await redo(person, step)
        assert await world(person) == after
        assert done["redone"] == undone["undone"][::-1]
    assert await redo(person, step) == done
    assert await world(person) == after


async def test_a_new_task_comes_back_from_the_trash(person: Person) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    before = await world(person)
    await undo(person, step)
    assert (await redo(person, step))["redone"] == ["added 1 “One”"]
    assert await world(person) == before


async def test_the_occurrence_that_an_undo_withdrew_comes_back(person: Person) -> None:
    task = await person.create("Bins", **DAILY)
    step = await step_of(person, "PATCH", "/tasks/1/complete")
    await ask_for_next(person, task)
    before = await world(person)
    await undo(person, step)
    await redo(person, step)
    assert await world(person) == before
    assert (await ask_for_next(person, task))["result"] == "existing"


async def test_a_step_whose_tasks_changed_since_the_undo_is_not_redone_at_all(person: Person) -> None:
    for title in ("One", "Two"):
        await person.create(title)
    operations = [{"op": "complete", "id": number} for number in (1, 2)]
    step = await step_of(person, "POST", "/tasks/bulk", json={"operations": operations})
    await undo(person, step)
    await person.patch(2, title="Zwei")
    before = await world(person)
    problem = await redo(person, step, 409)
    assert (problem["code"], problem["tasks"]) == ("not_redone", [2])
    assert "task 2 “Zwei” changed since; nothing was redone" in problem["detail"]
    assert await world(person) == before


async def test_what_was_not_undone_or_is_anothers_is_not_found(person: Person, stranger: Person) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    assert (await redo(person, step, 404))["code"] == "step_not_found"
    await undo(person, step)
    await redo(stranger, step, 404)
    assert await person.titles() == []


async def test_a_step_is_redone_once_however_often_it_is_asked_for_at_once(person: Person) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    await undo(person, step)
    answers = await asyncio.gather(*(redo(person, step) for _ in range(5)))
    assert {task["version"] for answer in answers for task in answer["tasks"]} == {3}


async def test_an_undo_is_no_change_that_the_assistant_undoes(person: Person) -> None:
    async with assistant_of(person, scope="tasks:read tasks:write", client_id="one") as app:
        await app.call("add_task", tasks=[{"title": "First"}])
        await app.call("add_task", tasks=[{"title": "Second"}])
        for title in ("Second", "First"):
            assert title in (await app.call("undo_last_change"))["undone"][0]
        assert "nothing to undo" in await app.fail("undo_last_change")


async def test_the_record_of_an_undo_is_no_step_to_undo(person: Person) -> None:
    step = await step_of(person, "POST", "/tasks", json={"title": "One"})
    await undo(person, step)
    await undo(person, f"redo:{step}", status=404)
    assert (await redo(person, step))["redone"] == ["added 1 “One”"]
