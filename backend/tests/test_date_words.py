"""A date in words changes a task in the same way wherever it is given, and keeps what it does not mention."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import assistant_of
from backend.tests.rules.conftest import Talk
from backend.tests.rules.corpus import BERLIN, NOW
from backend.tests.rules.tasks import local
from tests.support import ManualClock
from todo_kit.recurrence import Recurrence

OUTCOMES = {"asks", "refused"}
FIELDS = ("recurrence_pattern", "reminder_lead_time")


@dataclass(frozen=True)
class Case:
    before: str
    words: str
    after: str
    fields: dict[str, Any]
    outcome: str = ""


def read(row: str) -> Case:
    before, words, after, other = (cell.strip() for cell in row.split("|"))
    if other in OUTCOMES:
        return Case(before, words, before, {}, other)
    name, _, value = other.partition("=")
    return Case(before, words, after, {name: json.loads(value) if value.isdigit() else value} if name else {})


ROWS = Path(__file__).with_name("date_words.txt").read_text().splitlines()
CASES = [read(row) for row in ROWS if row and not row.startswith("#")]
CLEAR = [case for case in CASES if not case.outcome]
OPEN = [case for case in CASES if case.outcome]


def name(case: Case) -> str:
    return f"{case.before} {case.words}"


@pytest.fixture
async def ann(person: Person, clock: ManualClock) -> AsyncIterator[Person]:
    """Somebody in Berlin, where it is ten in the morning of a Thursday."""
    before = clock.now()
    clock.set(NOW)
    await person.call("PUT", "/settings", json={"time_zone": BERLIN, "default_reminder_lead_time": None})
    yield person
    clock.set(before)


async def dated(person: Person, case: Case) -> None:
    await person.create("Dentist", due_date=None if case.before == "-" else case.before)


async def check(person: Person, case: Case) -> None:
    task = await person.task(1)
    expected = {"recurrence_pattern": "none", "reminder_lead_time": None} | case.fields
    assert (local(task["due_date"]) or "-", {field: task[field] for field in FIELDS}) == (case.after, expected)
    assert (task["title"], task["time_zone"]) == ("Dentist", BERLIN)


@pytest.mark.parametrize("case", CASES, ids=name)
async def test_a_patch_reads_words(ann: Person, case: Case) -> None:
    await dated(ann, case)
    answer = await ann.call("PATCH", "/tasks/1", json={"when": case.words})
    assert answer.status_code == (422 if case.outcome else 200), answer.text
    assert not case.outcome or answer.json()["errors"][0]["field"] == "when"
    await check(ann, case)


@pytest.mark.parametrize(
    ("words", "reminders"),
    [
        ("tomorrow", [{"minutes_before": 60}, {"days_before": 1, "time": "18:00"}]),
        ("remind 2h", [{"minutes_before": 120}]),
        ("remind 2h and 5min", [{"minutes_before": 120}, {"minutes_before": 5}]),
        ("friday 9am remind me the day before at 8pm", [{"days_before": 1, "time": "20:00"}]),
        ("no reminder", []),
    ],
)
async def test_words_about_reminders_replace_all_of_them(ann: Person, words: str, reminders: list[Any]) -> None:
    was = [{"minutes_before": 60}, {"days_before": 1, "time": "18:00"}]
    for number in (1, 2):
        await ann.create("Dentist", due_date="2026-12-01T09:00:00Z", reminders=was)
        parsed = (await ann.call("POST", "/tasks/parse", json={"text": words, "task_id": number})).json()
        change = {"when": words} if number == 1 else parsed["fields"]
        assert (await ann.patch(number, **change))["reminders"] == reminders


async def test_the_times_of_words_are_those_of_the_persons_clock(ann: Person) -> None:
    """Of a task in New York, due there at 9:00, 15:00 in Berlin."""
    await ann.create("Call", due_date="2026-12-01T09:00", time_zone="America/New_York")
    evening = await ann.patch(1, when="remind me the day before at 6pm")
    assert evening["reminders"] == [{"minutes_before": 21 * 60}]
    assert (await ann.patch(1, when="remind 1 month before"))["reminders"] == [{"minutes_before": 30 * 1440}]


@pytest.mark.parametrize("case", CASES, ids=name)
async def test_an_operation_of_many_reads_words(ann: Person, case: Case) -> None:
    await dated(ann, case)
    operation = {"op": "update", "id": 1, "data": {"when": case.words}}
    answer = await ann.call("POST", "/tasks/bulk", json={"operations": [operation]})
    assert answer.json()["failed"] == bool(case.outcome), answer.text
    await check(ann, case)


@pytest.mark.parametrize("case", CASES, ids=name)
async def test_the_parser_answers_with_what_a_patch_takes(ann: Person, case: Case) -> None:
    """As a terminal does, which asks the person what is not clear."""
    await dated(ann, case)
    parsed = (await ann.call("POST", "/tasks/parse", json={"text": case.words, "task_id": 1})).json()
    if case.outcome:
        assert parsed["ambiguities"] or parsed["title"] or {"tags", "priority"} & parsed["fields"].keys()
        return
    assert (parsed["title"], parsed["ambiguities"]) == ("", [])
    await ann.patch(1, **parsed["fields"])
    await check(ann, case)


@pytest.mark.parametrize("case", CASES, ids=name)
async def test_a_tool_of_mcp_reads_words(ann: Person, case: Case) -> None:
    await dated(ann, case)
    async with assistant_of(ann) as assistant:
        changes = [{"id": 1, "when": case.words}]
        await (assistant.fail if case.outcome else assistant.call)("update_task", changes=changes)
    await check(ann, case)


@pytest.mark.parametrize("case", CLEAR, ids=name)
async def test_the_assistant_reads_words(ann: Person, case: Case) -> None:
    await dated(ann, case)
    verb = "make task 1 repeat" if "recurrence_pattern" in case.fields else "change task 1 to"
    said = await Talk(ann, NOW).say(f"{verb} {case.words}")
    try:
        await check(ann, case)
    except AssertionError as error:
        raise AssertionError(said) from error


async def test_words_change_a_task_of_another_zone_on_the_clock_of_the_account(ann: Person) -> None:
    await ann.create("Call", due_date="2026-03-06T17:00", time_zone="Asia/Tokyo")  # 09:00 in Berlin
    task = await ann.patch(1, when="at 16:00")
    assert (local(task["due_date"]), task["time_zone"]) == ("2026-03-06T16:00", "Asia/Tokyo")
    task = await ann.patch(1, when="every day at 8am")
    assert (local(task["due_date"]), task["time_zone"]) == ("2026-03-06T08:00", BERLIN)


async def test_words_change_the_date_that_the_task_has_by_then(ann: Person) -> None:
    """Two changes at once: neither is lost."""
    await ann.create("Dentist", due_date="2026-03-06T09:00")
    operations = [{"op": "update", "id": 1, "data": {"when": words}} for words in ("friday", "at 16:00")]
    await ann.call("POST", "/tasks/bulk", json={"operations": operations})
    assert local((await ann.task(1))["due_date"]) == "2026-02-27T16:00"


WEEKDAYS = ["MO", "WE", "FR"]


@pytest.mark.parametrize(
    ("words", "pattern", "interval", "weekdays"),
    [
        ("every two weeks", "weekly", 2, WEEKDAYS),
        ("every two weeks at 9am", "weekly", 2, WEEKDAYS),
        ("every two weeks at 9am UTC", "weekly", 2, WEEKDAYS),
        ("every week", "weekly", 1, WEEKDAYS),
        ("every tuesday", "weekly", 1, ["TU"]),
        ("every week from thursday 5 march", "weekly", 1, []),
        ("every day", "daily", 1, []),
        ("every month", "monthly", 1, []),
    ],
)
@pytest.mark.parametrize("by_chat", [False, True])
async def test_a_rule_in_words_keeps_the_weekdays_if_it_can(
    ann: Person, words: str, pattern: str, interval: int, weekdays: list[str], *, by_chat: bool
) -> None:
    rule = {"interval": 3, "weekdays": WEEKDAYS}
    await ann.create("Run", due_date="2026-03-06T09:00", recurrence_pattern="weekly", recurrence=rule)
    if by_chat:
        await Talk(ann, NOW).say(f"make task 1 repeat {words}")
    else:
        await ann.patch(1, when=words)
    task = await ann.task(1)
    assert (task["recurrence_pattern"], task["recurrence"]) == (
        pattern, PLAIN | {"interval": interval, "weekdays": weekdays}
    )  # fmt: skip


PLAIN = Recurrence().model_dump(mode="json")


@pytest.mark.parametrize(
    ("pattern", "details", "another", "kept"),
    [
        ("weekly", {"weekdays": ["MO", "FR"], "mode": "completion"}, "daily", {"mode": "completion"}),
        ("weekly", {"weekdays": ["MO", "FR"], "count": 9}, "monthly", {"count": 9}),
        ("monthly", {"last_day": True}, "weekly", {}),
        ("monthly", {"last_day": True}, "yearly", {"last_day": True}),
        ("monthly", {"last_day": True}, "monthly", {"last_day": True}),
    ],
)
async def test_another_pattern_keeps_of_a_rule_what_it_can_have(
    ann: Person, pattern: str, details: dict[str, Any], another: str, kept: dict[str, Any]
) -> None:
    before = await ann.create("Run", due_date="2026-03-06T09:00", recurrence_pattern=pattern, recurrence=details)
    after = await ann.patch(1, recurrence_pattern=another)
    assert after["recurrence"] == PLAIN | kept
    assert (after["series_id"] == before["series_id"]) == (another == pattern)
    await ann.patch(1, when="friday")


async def test_a_rule_that_ends_keeps_no_details(ann: Person) -> None:
    await ann.create("Run", due_date="2026-03-06", recurrence_pattern="yearly", recurrence={"last_day": True})
    assert (await ann.patch(1, recurrence_pattern="none"))["recurrence"] is None


async def test_a_choice_of_a_single_date_does_not_end_a_repetition(ann: Person) -> None:
    rule = {"interval": 2}
    await ann.create("Run", due_date="2026-03-06T09:00", recurrence_pattern="weekly", recurrence=rule)
    parsed = await ann.call("POST", "/tasks/parse", json={"text": "mon, wed and fri", "task_id": 1})
    [asked] = parsed.json()["ambiguities"]
    once = next(way["fields"] for way in asked["alternatives"] if "recurrence_pattern" not in way["fields"])
    task = await ann.patch(1, **once)
    assert (local(task["due_date"]), task["recurrence"]) == ("2026-02-27T09:00", PLAIN | rule)


async def test_words_that_mean_another_question_for_each_task_are_not_answered_at_once(ann: Person) -> None:
    for due in ("2026-04-02", "2026-06-02"):
        await ann.create("Rent", due_date=due)
    assert "one at a time" in await Talk(ann, NOW).say("move 1 and 2 to the 28th")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"when": "friday", "due_date": "2026-03-01"}, "when"),
        ({"when": "every day", "recurrence_pattern": "weekly"}, "when"),
        ({"when": "every week until 14 march"}, "when"),
        ({"when": "1970-01-01 00:30"}, "when"),
        ({"when": ""}, "when"),
        ({"when": "x" * 201}, "when"),
    ],
)
async def test_words_that_contradict_other_fields_are_refused(ann: Person, body: dict[str, Any], field: str) -> None:
    await ann.create("Dentist", due_date="2026-03-20T09:00")
    answer = await ann.call("PATCH", "/tasks/1", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_the_table_has_sixty_cases() -> None:
    assert len({(case.before, case.words) for case in CASES}) >= 60
