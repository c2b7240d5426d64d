import asyncio
import json

import pytest

from backend.tests.conftest import Person
from backend.tests.support import told
from tests.support import Backbone

JSON = {"Content-Type": "application/json"}


async def test_a_new_task_has_its_defaults_and_a_number_of_its_owner(person: Person, stranger: Person) -> None:
    first, second, other = await person.create("One"), await person.create("Two"), await stranger.create("Other")
    assert (first["id"], second["id"], other["id"]) == (1, 2, 1)
    assert first["status"] == "pending"
    assert (first["priority"], first["tags"], first["description"]) == ("None", [], "")
    assert (first["version"], first["recurrence"], first["time_zone"]) == (1, None, "UTC")


async def test_a_task_is_read_with_its_etag_and_not_sent_again_while_it_is_the_same(person: Person) -> None:
    await person.create()
    answer = await person.call("GET", "/tasks/1")
    assert answer.headers["etag"] == '"1"'
    again = await person.call("GET", "/tasks/1", headers={"If-None-Match": '"1"'})
    assert (again.status_code, again.content) == (304, b"")
    for tags, status in (("*", 304), ('W/"1"', 304), ('"7", "1"', 304), ('"2"', 200), ('"11"', 200), ('x"1"', 200)):
        assert (await person.call("GET", "/tasks/1", headers={"If-None-Match": tags})).status_code == status, tags


async def test_a_patch_changes_what_it_names_and_put_changes_everything(person: Person) -> None:
    await person.create("Paint", description="the door", tags=["home"], due_date="2026-12-01")
    for priority in ("Medium", "None", "Low"):
        assert (await person.patch(1, priority=priority))["priority"] == priority
    patched = await person.patch(1, priority="High")
    assert (patched["priority"], patched["description"], patched["version"]) == ("High", "the door", 5)
    put = (await person.call("PUT", "/tasks/1", json={"title": "Paint"})).json()
    assert (put["priority"], put["description"], put["tags"], put["due_date"]) == ("None", "", [], None)


async def test_a_change_that_changes_nothing_makes_no_new_version(person: Person) -> None:
    await person.create("Same", tags=["a"])
    assert (await person.patch(1, title="Same", tags=["a"]))["version"] == 1


async def test_a_stale_if_match_is_refused_and_changes_nothing(person: Person) -> None:
    await person.create("Old")
    await person.patch(1, title="New")
    stale = await person.call("PATCH", "/tasks/1", json={"title": "Stale"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert stale.json()["current_version"] == 2
    assert (await person.task(1))["title"] == "New"
    fresh = await person.call("PATCH", "/tasks/1", json={"title": "Newer"}, headers={"If-Match": '"2"'})
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"3"')


async def test_of_concurrent_changes_with_the_same_etag_one_wins(person: Person) -> None:
    await person.create()
    answers = await asyncio.gather(
        *(person.call("PATCH", "/tasks/1", json={"title": f"t{i}"}, headers={"If-Match": '"1"'}) for i in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_changes_of_a_task_at_the_same_time_are_all_made_one_after_the_other(
    person: Person, backbone: Backbone
) -> None:
    await person.create()
    changes = [person.patch(1, description=f"change {number}") for number in range(20)]
    changes += [person.do("complete", 1), person.do("reopen", 1)]
    made = [task["version"] for task in await asyncio.gather(*changes)]
    assert (await person.task(1))["version"] == max(made)
    events = await told(backbone, person, max(made))
    assert [event["data"]["seq"] for event in events] == list(range(1, max(made) + 1))


async def test_completing_and_reopening_are_idempotent(person: Person) -> None:
    await person.create()
    done = await person.do("complete", 1)
    assert (done["status"], done["completed"], done["version"]) == ("completed", True, 2)
    assert await person.do("complete", 1) == done
    opened = await person.do("reopen", 1)
    assert (opened["status"], opened["completed_at"], opened["version"]) == ("pending", None, 3)
    assert await person.do("reopen", 1) == opened


async def test_a_deleted_task_is_in_the_trash_and_can_be_restored(person: Person) -> None:
    await person.create("Keep")
    await person.create("Drop")
    assert (await person.call("DELETE", "/tasks/2")).status_code == 204
    assert (await person.call("DELETE", "/tasks/2")).status_code == 204
    gone = await person.call("GET", "/tasks/2")
    assert (gone.status_code, gone.json()["code"]) == (404, "task_deleted")
    assert await person.titles() == ["Keep"]
    assert await person.titles(status="deleted") == ["Drop"]
    assert (await person.do("restore", 2))["status"] == "pending"
    assert await person.titles() == ["Drop", "Keep"]


async def test_a_repeated_request_with_an_idempotency_key_makes_one_task(person: Person) -> None:
    options = {"json": {"title": "Once"}, "headers": {"Idempotency-Key": "k1"}}
    answers = await asyncio.gather(*(person.call("POST", "/tasks", **options) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert [answer.json() for answer in answers] == [answers[0].json()] * 6
    assert await person.titles() == ["Once"]
    other = await person.call("POST", "/tasks", json={"title": "Else"}, headers={"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_concurrent_creates_all_succeed_with_numbers_of_their_own(person: Person) -> None:
    tasks = await asyncio.gather(*(person.create(f"t{i}") for i in range(40)))
    assert sorted(task["id"] for task in tasks) == list(range(1, 41))


async def test_a_due_date_without_offset_is_local_to_the_tasks_zone(person: Person) -> None:
    task = await person.create(due_date="2026-07-01T09:00:00", time_zone="Europe/Berlin")
    assert task["due_date"] == "2026-07-01T07:00:00Z"
    gap = await person.create(due_date="2026-03-29T02:30:00", time_zone="Europe/Berlin")
    assert gap["due_date"] == "2026-03-29T01:30:00Z"
    all_day = await person.create(due_date="2026-07-01", time_zone="Asia/Tokyo")
    assert all_day["due_date"] == "2026-07-01"


async def test_settings_are_the_defaults_of_new_tasks_and_change_none_that_exists(person: Person) -> None:
    before = await person.create("Before", due_date="2026-12-01T09:00:00")
    others = {"locale": None, "week_start": None, "hour_cycle": None, "all_day_reminder_time": "09:00"}
    settings = {"time_zone": "America/New_York", "default_reminder_lead_time": 30, **others}
    assert (await person.call("PUT", "/settings", json=settings)).json() == settings
    assert (await person.call("GET", "/settings")).json() == settings
    after = await person.create("After", due_date="2026-12-01T09:00:00")
    assert (after["due_date"], after["reminder_lead_time"]) == ("2026-12-01T14:00:00Z", 30)
    assert (await person.create("No date"))["reminder_lead_time"] is None
    assert (await person.create("None", due_date="2026-12-01", reminder_lead_time=None))["reminder_lead_time"] is None
    assert (await person.task(before["id"]))["time_zone"] == "UTC"


async def test_what_is_too_long_is_a_text_of_so_many_characters(person: Person) -> None:
    answer = await person.call("POST", "/tasks", json={"title": "Tea", "description": "x" * 10_001})
    assert answer.json()["detail"] == "description: String should have at most 10000 characters"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "   "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "\u200b\ufe0f"}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "a\ud800b"}, "title"),
        ({"description": "x" * 10_001}, "description"),
        ({"tags": ["x"] * 21}, "tags"),
        ({"tags": ["x" * 51]}, "tags.0"),
        ({"tags": [""]}, "tags.0"),
        ({"priority": "Urgent"}, "priority"),
        ({"due_date": "tomorrow"}, "due_date"),
        ({"due_date": "2026-02-30"}, "due_date"),
        ({"due_date": "\u0662\u0660\u0662\u0666-06-01"}, "due_date"),
        ({"due_date": 1764547200}, "due_date"),
        ({"due_date": "0001-01-01T00:00:00+14:00"}, "due_date"),
        ({"due_date": "9999-12-31T23:59:59-12:00"}, "due_date"),
        ({"due_date": "2026-01-01T00:00:00+99:00"}, "due_date"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"reminder_lead_time": 5}, "reminder_lead_time"),
        ({"reminder_lead_time": -1, "due_date": "2026-12-01"}, "reminder_lead_time"),
        ({"recurrence_pattern": "daily"}, "due_date"),
        ({"recurrence": {"interval": 2}}, "recurrence"),
        (
            {"recurrence_pattern": "weekly", "due_date": "2026-12-01", "recurrence": {"interval": 0}},
            "recurrence.interval",
        ),
        (
            {"recurrence_pattern": "daily", "due_date": "2026-12-01", "recurrence": {"last_day": True}},
            "recurrence.last_day",
        ),
        (
            {"recurrence_pattern": "daily", "due_date": "2026-12-01", "recurrence": {"weekdays": ["MO"]}},
            "recurrence.weekdays",
        ),
        (
            {
                "recurrence_pattern": "daily",
                "due_date": "2026-12-01",
                "recurrence": {"until": "2027-01-01", "count": 2},
            },
            "recurrence",
        ),
        ({"owner": "mallory"}, "owner"),
    ],
)
async def test_what_does_not_validate_is_refused_and_the_field_is_named(
    person: Person, fields: dict[str, object], field: str
) -> None:
    answer = await person.call("POST", "/tasks", content=json.dumps({"title": "x"} | fields), headers=JSON)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("path", "content", "field"),
    [
        ("/tasks", b"{]", "body"),
        ("/tasks", b"", "body"),
        ("/tasks?limit=0", None, "limit"),
        ("/tasks/0", None, "task_id"),
    ],
)
async def test_a_refused_request_names_the_field_wherever_it_stands(
    person: Person, path: str, content: bytes | None, field: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = await person.call("GET" if content is None else "POST", path, content=content, headers=headers)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [field])
    assert await person.titles() == []


async def test_hostile_bodies_get_a_clear_refusal(person: Person) -> None:
    deep = '{"title":' + "[" * 100_000 + "]" * 100_000 + "}"
    assert (await person.call("POST", "/tasks", content=deep, headers=JSON)).status_code in {400, 422}
    assert (await person.call("POST", "/tasks", content=b"{" * 10, headers=JSON)).status_code == 422
    large = b'{"title":"' + b"x" * 10_000_000 + b'"}'
    answer = await person.call("POST", "/tasks", content=large, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert (await person.call("GET", "/tasks/99999999999999999999")).status_code == 422
    assert (await person.call("GET", "/tasks/0")).status_code == 422
    assert (await person.call("GET", "/tasks/7")).json()["code"] == "task_not_found"


async def test_null_is_refused_where_there_must_be_a_value(person: Person) -> None:
    await person.create()
    answer = await person.call("PATCH", "/tasks/1", json={"title": None})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "title")


async def test_a_title_is_one_line_by_every_way_in(person: Person) -> None:
    forged = "Milk\n2. Forged (Fri 2026-01-02)"
    await person.create(forged)
    await person.patch(1, title=forged)
    operations = [{"op": "create", "data": {"title": forged}}]
    await person.call("POST", "/tasks/bulk", json={"operations": operations})
    assert set(await person.titles()) == {"Milk 2. Forged (Fri 2026-01-02)"}


async def test_of_tags_that_differ_only_in_case_a_task_keeps_the_first_spelling(person: Person) -> None:
    task = await person.create(tags=["Home", "work", "HOME", "Cafe\u0301", "café", "Work"])
    assert task["tags"] == ["Home", "work", "Café"]
