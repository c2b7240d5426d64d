import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.tests.conftest import Person
from backend.tests.steps import pages
from tests.load.seed import one_person
from tests.support import Backbone, ManualClock
from todo_backend.tasks.search import fold
from todo_kit import cursors


async def test_filters_narrow_a_list(person: Person) -> None:
    await person.create("a", priority="High", tags=["x", "y"], due_date="2026-05-01T10:00:00Z")
    await person.create("b", priority="Low", tags=["x"], due_date="2026-05-02")
    await person.create("c", tags=["z"])
    await person.do("complete", 3)
    order = {"sort": "title"}
    assert await person.titles(**order, priority=["High", "Low"]) == ["a", "b"]
    assert await person.titles(**order, tags=["x", "y"]) == ["a", "b"]
    assert await person.titles(**order, tags=["x", "y"], tags_match="all") == ["a"]
    assert await person.titles(**order, tags=["X", "y"], tags_match="all") == ["a"], "whatever their case"
    assert await person.titles(**order, status="pending") == ["a", "b"]
    assert await person.titles(**order, status="completed") == ["c"]
    assert await person.titles(**order, due_after="2026-05-02") == ["b"]
    assert await person.titles(**order, due_before="2026-05-02") == ["a"]


async def test_today_overdue_and_upcoming_are_the_persons_days(person: Person, clock: ManualClock) -> None:
    clock.set(datetime(2026, 6, 10, 3, 0, tzinfo=UTC))  # in New York it is still the 9th, 23:00
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    await person.create("yesterday evening", due_date="2026-06-08T22:00:00")
    await person.create("an hour ago", due_date="2026-06-09T22:00:00")
    await person.create("in half an hour", due_date="2026-06-09T23:30:00")
    await person.create("the whole day", due_date="2026-06-09")
    await person.create("tomorrow", due_date="2026-06-10")
    order = {"sort": "due_date"}
    assert await person.titles(**order, status="overdue") == ["yesterday evening", "an hour ago"]
    assert await person.titles(**order, status="today") == ["the whole day", "an hour ago", "in half an hour"]
    assert await person.titles(**order, status="upcoming") == ["the whole day", "in half an hour", "tomorrow"]
    clock.set(datetime.now(UTC))


async def test_due_is_what_is_overdue_or_today_and_dated_is_what_is_overdue_or_upcoming(
    person: Person, clock: ManualClock
) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    clock.set(datetime(2026, 6, 9, 16, 0, tzinfo=UTC))  # noon there
    for title, due in {
        "all day yesterday": {"due_date": "2026-06-08"},
        "last minute of yesterday": {"due_date": "2026-06-08T23:59:00"},
        "all day today": {"due_date": "2026-06-09"},
        "all day today in Tokyo": {"due_date": "2026-06-09", "time_zone": "Asia/Tokyo"},
        "today at 00:00": {"due_date": "2026-06-09T00:00:00"},
        "passed": {"due_date": "2026-06-09T11:00:00"},
        "now": {"due_date": "2026-06-09T12:00:00"},
        "last minute of today": {"due_date": "2026-06-10T12:59:00", "time_zone": "Asia/Tokyo"},
        "tomorrow at 00:00": {"due_date": "2026-06-10T13:00:00", "time_zone": "Asia/Tokyo"},
        "all day tomorrow": {"due_date": "2026-06-10"},
        "some day": {},
        "completed": {"due_date": "2026-06-09"},
    }.items():
        await person.create(title, **due)
    await person.do("complete", 12)

    async def numbers(status: str) -> set[int]:
        page = (await person.call("GET", "/tasks", params={"status": status})).json()
        assert page["total"] == len(page["items"]) == overview.get(status, page["total"]), status
        return {item["id"] for item in page["items"]}

    overview = (await person.call("GET", "/overview")).json()
    overdue, today, upcoming = await numbers("overdue"), await numbers("today"), await numbers("upcoming")
    assert (overdue, today, upcoming) == ({1, 2, 5, 6}, {3, 4, 5, 6, 7, 8}, {3, 4, 7, 8, 9, 10})
    assert await numbers("due") == overdue | today
    assert await numbers("dated") == overdue | upcoming == set(range(1, 11))
    assert not overdue & upcoming
    clock.set(datetime.now(UTC))


async def test_tasks_without_a_priority_are_last_and_can_be_asked_for(person: Person) -> None:
    for priority in ("None", "Low", "High", "Medium"):
        await person.create(f"a {priority} one", priority=priority)
    assert await person.titles(sort="priority") == ["a High one", "a Medium one", "a Low one", "a None one"]
    assert await person.titles(priority=["None"]) == ["a None one"]


@pytest.mark.parametrize("sort", ["due_date", "priority", "created_at", "updated_at", "title"])
@pytest.mark.parametrize("order", ["asc", "desc"])
async def test_pages_hold_everything_once_and_in_order(
    person: Person, sort: str, order: str, clock: ManualClock
) -> None:
    for i in range(17):
        clock.advance(seconds=1)
        due = {"due_date": f"2026-05-{i % 5 + 1:02}"} if i % 3 else {}
        await person.create(f"t{i % 4}-{i}", priority=["High", "None", "Low", "Medium"][i % 4], **due)
    whole = await person.titles(sort=sort, order=order, limit=200)
    paged = await pages(person, sort=sort, order=order, limit=5)
    assert [title for page in paged for title in page] == whole
    assert len(whole) == 17
    assert [len(page) for page in paged] == [5, 5, 5, 2]


async def test_a_list_without_dates_has_them_last_in_either_order(person: Person) -> None:
    await person.create("none")
    await person.create("late", due_date="2027-01-01")
    await person.create("early", due_date="2026-01-01")
    assert await person.titles(sort="due_date") == ["early", "late", "none"]
    assert await person.titles(sort="due_date", order="desc") == ["late", "early", "none"]


async def test_rows_that_come_go_or_change_move_no_others(person: Person) -> None:
    for i in range(9):
        await person.create(f"t{i}")
    query: dict[str, Any] = {"sort": "title", "limit": 3}
    first = (await person.call("GET", "/tasks", params=query)).json()
    await person.call("DELETE", "/tasks/3")  # the row that the cursor stands on
    await person.call("DELETE", "/tasks/1")
    await person.create("t00")
    await person.patch(9, title="t5b")
    rest = await pages(person, **query, cursor=first["next_cursor"])
    assert [title for page in rest for title in page] == ["t3", "t4", "t5", "t5b", "t6", "t7"]


async def test_a_cursor_answers_only_its_own_question(person: Person) -> None:
    for i in range(3):
        await person.create(f"t{i}")
    cursor = (await person.call("GET", "/tasks", params={"limit": 1})).json()["next_cursor"]
    for query in ({"status": "pending"}, {"sort": "title"}, {"order": "asc"}):
        answer = await person.call("GET", "/tasks", params={"cursor": cursor, **query})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")
    for nonsense in ("x", "e30", "%00", cursor[:-3], "bnVsbA"):
        answer = await person.call("GET", "/tasks", params={"cursor": nonsense})
        assert answer.status_code == 422, nonsense


async def test_the_total_counts_all_pages(person: Person) -> None:
    for i in range(4):
        await person.create(f"t{i}")
    body = (await person.call("GET", "/tasks", params={"limit": 2})).json()
    assert (body["total"], len(body["items"])) == (4, 2)


async def test_search_finds_prefixes_parts_accents_and_typos_the_best_first(person: Person) -> None:
    await person.create("Order groceries online")
    await person.create("Groceries")
    await person.create("Call the café", description="ask about groceries")
    await person.create("Überraschung für Zoë", tags=["Geburtstag"])
    search = "/tasks/search"
    assert await person.titles(search, q="groceries") == ["Groceries", "Order groceries online", "Call the café"]
    assert await person.titles(search, q="GROC") == ["Groceries", "Order groceries online", "Call the café"]
    assert await person.titles(search, q="cafe") == ["Call the café"]
    assert await person.titles(search, q="uberraschung zoe") == ["Überraschung für Zoë"]
    assert await person.titles(search, q="burtst") == ["Überraschung für Zoë"]
    assert "Groceries" in await person.titles(search, q="grocerys")
    assert "Groceries" in await person.titles(search, q="grocries")
    assert await person.titles(search, q="xylophone") == []


@pytest.mark.parametrize("q", ["%", "_", "\\", "100%", "a'b", '"; DROP TABLE tasks; --', "(.*)+$", "[a-z]{999}"])
async def test_special_characters_in_a_search_stand_for_themselves(person: Person, q: str) -> None:
    await person.create("nothing special")
    await person.create(f"has {q} in it")
    found = await person.titles("/tasks/search", q=q)
    assert found[:1] == [f"has {q} in it"]


async def test_a_misspelt_word_is_looked_for_in_titles_and_tags_alone(person: Person) -> None:
    await person.create("Call the plumber", tags=["kitchen"], description="About the dishwasher")
    assert await person.titles("/tasks/search", q="plumbre") == ["Call the plumber"]
    assert await person.titles("/tasks/search", q="kitchne") == ["Call the plumber"]
    assert await person.titles("/tasks/search", q="dishwasher") == ["Call the plumber"]
    assert await person.titles("/tasks/search", q="dishwsher") == []


async def test_a_search_for_similar_words_that_takes_too_long_ends_with_an_error(
    person: Person, backbone: Backbone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await one_person(backbone.url("backend_owner"), person.id, 3000)
    assert len(await person.titles("/tasks/search", q="grocerys", limit=5)) == 5
    monkeypatch.setattr("todo_backend.tasks.searching.SIMILARITY_SECONDS", 0.001)
    answer = await person.call("GET", "/tasks/search", params={"q": "grocerys"})
    assert (answer.status_code, answer.json()["code"]) == (503, "search_timeout")
    assert len(await person.titles("/tasks/search", q="groceries", limit=5)) == 5


async def test_search_pages_by_rank_and_takes_the_same_filters(person: Person) -> None:
    for i in range(12):
        await person.create(f"report {i}" if i % 2 else f"the report {i}", priority="High" if i < 6 else "Low")
    whole = await person.titles("/tasks/search", q="report", limit=200)
    paged = await pages(person, "/tasks/search", q="report", limit=5)
    assert [title for page in paged for title in page] == whole
    assert len(await person.titles("/tasks/search", q="report", priority="High")) == 6
    for bad in ("", "   ", "\x00", "x" * 201):
        assert (await person.call("GET", "/tasks/search", params={"q": bad})).status_code == 422


async def test_a_page_asked_for_over_midnight_stays_in_its_day(person: Person, clock: ManualClock) -> None:
    clock.set(datetime(2026, 6, 10, 23, 59, tzinfo=UTC))
    for i in range(3):
        await person.create(f"t{i}", due_date="2026-06-10")
    query: dict[str, Any] = {"status": "today", "sort": "title", "limit": 2}
    first = (await person.call("GET", "/tasks", params=query)).json()
    clock.advance(minutes=2)
    assert await pages(person, **query, cursor=first["next_cursor"]) == [["t2"]]
    clock.set(datetime.now(UTC) + timedelta(0))


HOSTILE: tuple[Any, ...] = (
    None, True, [], {}, -1, 2**40, 10**30, 1.5, 1e308, "x", "\x00", "\ud800", "nan", "inf",
    "0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-01T00:00:00",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/tasks", {"sort": "title"}),
        ("/tasks", {"sort": "due_date"}),
        ("/tasks", {"sort": "priority"}),
        ("/tasks", {"sort": "updated_at", "status": "upcoming"}),
        ("/tasks/search", {"q": "report"}),
    ],
)
async def test_a_forged_cursor_is_refused_or_harmless(person: Person, path: str, query: dict[str, Any]) -> None:
    for i in range(3):
        await person.create(f"report {i}", due_date="2199-01-01")
    query = {**query, "limit": 1}
    cursor = (await person.call("GET", path, params=query)).json()["next_cursor"]
    content = cursors.decode(cursor)
    for field in content:
        for value in HOSTILE:
            forged = base64.urlsafe_b64encode(json.dumps({**content, field: value}).encode()).decode()
            answer = await person.call("GET", path, params={**query, "cursor": forged.rstrip("=")})
            assert answer.status_code in {200, 422}, (field, value)
            if answer.status_code == 422:
                assert answer.json()["errors"][0]["field"] == "cursor"


async def test_a_page_behind_hits_that_are_gone_is_empty_and_does_not_turn_to_what_is_like_them(
    person: Person,
) -> None:
    for name in ("groceries", "groceries too", "grocery shop"):
        await person.create(name)
    query = {"q": "groceries", "limit": 1}
    cursor = (await person.call("GET", "/tasks/search", params=query)).json()["next_cursor"]
    for task_id in (1, 2):
        await person.call("DELETE", f"/tasks/{task_id}")
    rest = (await person.call("GET", "/tasks/search", params={**query, "cursor": cursor})).json()
    assert (rest["items"], rest["next_cursor"]) == ([], None)


async def test_a_day_that_is_asked_for_has_its_all_day_tasks_wherever_they_and_the_person_are(person: Person) -> None:
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York"})
    for zone in ("Asia/Tokyo", "America/New_York", "Pacific/Kiritimati"):
        await person.create(zone, due_date="2026-06-10", time_zone=zone)
    await person.create("evening", due_date="2026-06-10T23:00:00")
    await person.create("in Tokyo it is the 10th", due_date="2026-06-10T01:00:00", time_zone="Asia/Tokyo")
    found = await person.titles(due_after="2026-06-10", due_before="2026-06-11", sort="title")
    assert found == ["America/New_York", "Asia/Tokyo", "evening", "Pacific/Kiritimati"]


def test_case_accents_and_compatibility_forms_do_not_matter_to_a_search() -> None:
    same = {"Ärger": "arger", "№ 5": "no 5", "Foo™": "footm", "straße": "strasse", "İzmir": "izmir"}
    same |= {"E-Mail": "email", "O\u2019Brien": "obrien", "o'brien": "obrien", "a - b": "a - b", "-5": "-5"}
    assert [fold(text) for text in same] == list(same.values())


async def test_a_search_for_today_means_the_same_day_on_every_page(person: Person, clock: ManualClock) -> None:
    clock.set(datetime(2026, 6, 10, 23, 59, tzinfo=UTC))
    for name in "ab":
        await person.create(f"Call {name}", due_date="2026-06-10")
    query = {"q": "call", "status": "today", "limit": 1}
    first = (await person.call("GET", "/tasks/search", params=query)).json()
    clock.set(datetime(2026, 6, 11, 0, 1, tzinfo=UTC))
    assert await pages(person, "/tasks/search", **query, cursor=first["next_cursor"]) == [["Call a"]]


async def test_titles_are_sorted_as_people_read_them(person: Person) -> None:
    expected = ["1 Zebra", "9 lives", "10 downing", "apple", "Äpfel", "Apple", "banana", "Übung", "Zoo"]
    for title in sorted(expected):
        await person.create(title)
    found = await pages(person, sort="title", limit=2)
    titles = [title for page in found for title in page]
    assert sorted(titles) == sorted(expected)
    assert [title.casefold() for title in titles if title.casefold() != "äpfel"] == [
        "1 zebra", "9 lives", "10 downing", "apple", "apple", "banana", "übung", "zoo"
    ]  # fmt: skip
    assert abs(titles.index("Äpfel") - titles.index("apple")) <= 2
    backwards = await pages(person, sort="title", order="desc", limit=4)
    assert [title for page in backwards for title in page] == titles[::-1]
    assert await person.titles("/tasks", sort="title") == titles


async def test_apostrophes_and_hyphens_do_not_matter_to_a_search(person: Person) -> None:
    await person.create("Call O\u2019Brien")
    await person.create("Answer e-mail")
    for q in ("o'brien", "O\u2019BRIEN", "obrien"):
        assert await person.titles("/tasks/search", q=q) == ["Call O\u2019Brien"]
    for q in ("email", "e-mail", "e\u2011mail"):
        assert await person.titles("/tasks/search", q=q) == ["Answer e-mail"]


@pytest.mark.parametrize("q", ["recieve", "reciept form", "adn", "50%_fo"])
async def test_two_swapped_letters_are_found_in_every_field(person: Person, q: str) -> None:
    await person.create("Something", description="Receive the receipt form")
    await person.create("and")
    await person.create("50%_of")
    expected = {"recieve": ["Something"], "reciept form": ["Something"], "adn": [], "50%_fo": ["50%_of"]}
    assert await person.titles("/tasks/search", q=q) == expected[q]


async def test_pages_of_a_search_with_swapped_letters_hold_everything_once(person: Person) -> None:
    for number in range(5):
        await person.create(f"Receive {number}")
    found = await pages(person, "/tasks/search", q="recieve", limit=2)
    assert sorted(title for page in found for title in page) == [f"Receive {number}" for number in range(5)]
