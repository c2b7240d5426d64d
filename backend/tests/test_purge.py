"""Deleting for good: of tasks in the trash alone, and without a trace of what they said."""

from typing import Any

from sqlalchemy import text

from backend.tests.conftest import Person
from backend.tests.steps import batch, run, step_of, undo
from backend.tests.support import DAILY, ask_for_next, from_trash, told
from tests.support import Backbone, ManualClock

SECRET = "A surprise for Ann"


async def rows(person: Person) -> str:
    """All that the task API has stored of the person, but the events of the outbox."""
    async with person.service.runtime.database.autocommit() as session:
        found: list[str] = []
        for table in ("tasks", "undo_steps"):
            query = text(f"SELECT to_jsonb({table})::text FROM {table} WHERE user_id = :user_id")  # noqa: S608
            found += (await session.execute(query, {"user_id": person.id})).scalars().all()
    return "\n".join(found)


async def bulk(person: Person, operation: dict[str, Any]) -> dict[str, Any]:
    answer = await person.call("POST", "/tasks/bulk", json={"operations": [operation]})
    return dict(answer.json()["results"][0])


async def test_the_trash_is_emptied_and_nothing_else(person: Person, backbone: Backbone) -> None:
    for _ in range(3):
        await person.create(SECRET, description=SECRET, tags=["surprise"])
    await person.create("Kept")
    for number in (1, 2, 3):
        await person.call("DELETE", f"/tasks/{number}")
    _, answers = await run(person, status="deleted", op="purge")
    assert [answer["processed"] for answer in answers] == [2, 1]
    assert await person.titles(status="deleted") == []
    assert await person.titles() == ["Kept"]
    assert "urprise" not in await rows(person)
    events = [event["data"] for event in await told(backbone, person, 10)]
    purged = [event for event in events if event["event_type"] == "TaskPurged"]
    assert [(event["task_id"], event["seq"]) for event in sorted(purged, key=lambda e: e["task_id"])] == [
        (1, 3),
        (2, 3),
        (3, 3),
    ]
    payload = purged[0]["payload"]
    assert [payload[name] for name in ("title", "description", "tags", "status")] == ["", "", [], "deleted"]


async def test_what_was_deleted_for_good_cannot_be_brought_back(person: Person) -> None:
    await person.create("Kept")
    await person.create(SECRET)
    operations = [{"op": "delete", "id": number} for number in (1, 2)]
    step = await step_of(person, "POST", "/tasks/bulk", json={"operations": operations})
    assert (await bulk(person, {"op": "purge", "id": 2}))["status"] == 200
    await undo(person, step, 404)
    for verb, path in (("POST", "/tasks/2/restore"), ("GET", "/tasks/2"), ("DELETE", "/tasks/2")):
        assert (await person.call(verb, path)).status_code == 404
    assert (await bulk(person, {"op": "purge", "id": 2}))["status"] == 404
    assert await person.titles(status="deleted") == ["Kept"]


async def test_a_task_that_is_not_in_the_trash_is_not_deleted_for_good(person: Person) -> None:
    await person.create("Kept")
    found = await bulk(person, {"op": "purge", "id": 1})
    assert (found["status"], found["error"]["code"]) == (409, "not_in_trash")
    assert (await batch(person, op="purge"))["failures"][0]["error"]["code"] == "not_in_trash"
    assert await person.titles() == ["Kept"]


async def test_a_series_goes_on_when_a_skipped_occurrence_is_deleted_for_good(person: Person) -> None:
    await person.create("Bins", **DAILY)
    await person.call("DELETE", "/tasks/1")
    task = await from_trash(person, 1)
    await run(person, status="deleted", op="purge")
    assert (await ask_for_next(person, task))["result"] == "created"
    assert (await person.task(2))["title"] == "Bins"
    assert (await ask_for_next(person, task))["result"] == "existing"


async def test_a_step_of_several_requests_is_forgotten_whole(person: Person) -> None:
    for number in range(4):
        await person.create(f"Task {number}")
    step, answers = await run(person, status="pending", op="complete")
    assert [answer["processed"] for answer in answers] == [2, 2]
    await person.call("DELETE", "/tasks/1")
    await bulk(person, {"op": "purge", "id": 1})
    await undo(person, step, status=404)
    assert (await person.task(4))["status"] == "completed"


async def test_what_comes_into_the_trash_while_it_is_emptied_stays_there(person: Person, clock: ManualClock) -> None:
    for number in range(4):
        await person.create(f"Task {number}")
    for number in (1, 2, 3):
        await person.call("DELETE", f"/tasks/{number}")
    first = await batch(person, status="deleted", op="purge", limit=2)
    clock.advance(minutes=1)
    await person.call("DELETE", "/tasks/4")
    last = await batch(person, status="deleted", op="purge", limit=2, cursor=first["next_cursor"])
    assert (last["processed"], last["next_cursor"]) == (1, None)
    assert await person.titles(status="deleted") == ["Task 3"]


async def test_an_occurrence_that_was_deleted_for_good_comes_back_whole(person: Person) -> None:
    task = await person.create("Bins", **DAILY)
    await person.do("complete", 1)
    await ask_for_next(person, task)
    await person.do("reopen", 1)
    await bulk(person, {"op": "purge", "id": 2})
    await person.do("complete", 1)
    await ask_for_next(person, task)
    assert (await person.task(2))["title"] == "Bins"
    await person.do("complete", 2)
