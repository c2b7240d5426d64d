"""One operation for all tasks that match filters: in batches, with one undo, and with no task twice."""

from typing import Any
from uuid import uuid4

from backend.tests.conftest import Person
from backend.tests.steps import batch, redo, run, undo, world
from backend.tests.support import DAILY, ask_for_next, told
from tests.support import Backbone, ManualClock


async def five(person: Person, **fields: Any) -> list[dict[str, Any]]:
    for number in range(5):
        await person.create(f"Task {number}", tags=["work", "x"], **fields)
    await person.create("Another", tags=["home"])
    return await world(person)


async def test_all_tasks_of_a_tag_are_completed_and_come_back_with_one_undo(person: Person) -> None:
    before = await five(person)
    step, answers = await run(person, status="pending", tags=["WORK"], op="complete")
    assert [answer["processed"] for answer in answers] == [2, 2, 1]
    assert await person.titles(status="pending") == ["Another"]
    after = await world(person)
    assert len((await undo(person, step))["tasks"]) == 5
    assert await world(person) == before
    await redo(person, step)
    assert await world(person) == after


async def test_a_tag_is_renamed_in_its_place_in_every_spelling_and_in_completed_tasks(
    person: Person, backbone: Backbone
) -> None:
    await person.create("One", tags=["a", "Wörk", "z"])
    await person.create("Two", tags=["wÖRK"])
    await person.do("complete", 2)
    before = await world(person)
    step, _ = await run(person, tags=["wörk"], op="retag", data={"remove": ["wörk"], "add": ["job"]})
    assert [(await person.task(number))["tags"] for number in (1, 2)] == [["a", "job", "z"], ["job"]]
    events = [event["data"] for event in await told(backbone, person, 5)]
    renamed = [event for event in events if event["payload"]["changes"]]
    assert [e["payload"]["changes"] for e in sorted(renamed, key=lambda e: e["task_id"])] == [
        {"tags": [["a", "Wörk", "z"], ["a", "job", "z"]]}, {"tags": [["wÖRK"], ["job"]]}
    ]  # fmt: skip
    await undo(person, step)
    assert await world(person) == before


async def test_tags_are_merged_and_removed(person: Person) -> None:
    await person.create("Both", tags=["job", "a", "work"])
    await person.create("One", tags=["work"])
    await run(person, tags=["work"], op="retag", data={"remove": ["work"], "add": ["job"]})
    assert [(await person.task(number))["tags"] for number in (1, 2)] == [["job", "a"], ["job"]]
    await run(person, tags=["job"], op="retag", data={"remove": ["JOB"]})
    assert [(await person.task(number))["tags"] for number in (1, 2)] == [["a"], []]


async def test_a_tag_keeps_its_name_when_only_its_case_changes(person: Person) -> None:
    await person.create("One", tags=["work"])
    await run(person, tags=["work"], op="retag", data={"remove": ["work"], "add": ["Work"]})
    assert (await person.task(1))["tags"] == ["Work"]


async def test_the_next_occurrence_has_the_renamed_tag_and_its_own_text(person: Person) -> None:
    task = await person.create("Bins", tags=["work"], **DAILY)
    await person.patch(1, title="Bins today")
    await run(person, tags=["work"], op="retag", data={"remove": ["work"], "add": ["job"]})
    await person.do("complete", 1)
    await ask_for_next(person, task)
    successor = await person.task(2)
    assert (successor["title"], successor["tags"]) == ("Bins", ["job"])


async def test_what_is_created_meanwhile_is_left_out(person: Person, clock: ManualClock) -> None:
    task = await person.create("Bins", tags=["work"], **DAILY)
    await person.create("One", tags=["work"])
    body = {"status": "pending", "tags": ["work"], "op": "complete", "limit": 1, "step": str(uuid4())}
    first = await batch(person, **dict(body))
    clock.advance(seconds=1)
    assert (await ask_for_next(person, task))["result"] == "created"
    while first["next_cursor"]:
        first = await batch(person, **body | {"cursor": first["next_cursor"]})
    assert await person.titles(status="pending") == ["Bins"]
    await batch(person, **dict(body))  # a page that closed sends it again
    assert await person.titles(status="pending") == ["Bins"]


async def test_excluded_tasks_stay_and_failures_are_named(person: Person) -> None:
    await person.create("One", tags=["work"])
    await person.create("Two", tags=["work"], **DAILY)
    await person.create("Three", tags=["work"], due_date="2026-06-01")
    answer = await batch(person, tags=["work"], excluded=[1], op="update", data={"due_date": None})
    assert (answer["processed"], [failure["id"] for failure in answer["failures"]]) == (2, [2])
    assert answer["failures"][0]["error"]["detail"] == "due_date: a recurring task needs one"
    assert (await person.task(3))["due_date"] is None


async def test_a_day_in_words_keeps_the_time(person: Person) -> None:
    await person.create("Timed", due_date="2031-05-01T09:00:00", time_zone="UTC")
    await person.create("All day", due_date="2031-05-01")
    await batch(person, op="update", data={"when": "2031-06-02"})
    assert [(await person.task(number))["due_date"] for number in (1, 2)] == ["2031-06-02T09:00:00Z", "2031-06-02"]


async def test_an_invalid_operation_or_a_cursor_of_another_one_changes_nothing(person: Person) -> None:
    await five(person)
    cursor = (await batch(person, op="complete", tags=["home"], limit=1, status="deleted"))["next_cursor"]
    assert cursor is None
    cursor = (await batch(person, op="reopen", limit=1))["next_cursor"]
    for body in (
        {"op": "explode"},
        {"op": "create", "data": {"title": "x"}},
        {"op": "update", "data": {"title": ""}},
        {"op": "retag", "data": {"add": [""]}},
        {"op": "retag", "data": {"names": []}},
        {"op": "complete", "limit": 201},
        {"op": "complete", "excluded": [0]},
        {"op": "complete", "cursor": cursor},
        {"op": "complete", "cursor": "x"},
        {"op": "complete", "of": "others"},
    ):
        await batch(person, 422, **body)
    assert len(await person.titles(status="pending")) == 6


async def test_a_task_with_too_many_tags_is_a_failure(person: Person) -> None:
    await person.create("Full", tags=[f"t{number}" for number in range(20)])
    answer = await batch(person, op="retag", data={"add": ["more"]})
    assert answer["failures"][0]["error"]["detail"] == "tags: a task has at most 20; remove one first"
    assert (await batch(person, op="retag", data={"add": ["more"], "remove": ["t0"]}))["failures"] == []
    assert (await person.task(1))["tags"][0] == "more"
