"""Changes: of what is there, of many at once, against others', and back again."""

import pytest

from terminal.tests.support import Person
from tests.support import eventually


def test_an_update_changes_what_is_named(person: Person) -> None:
    person.has("Tea", description="Green", tags=["a", "b"], due_date="2031-01-01", reminder_lead_time=5)
    options = (
        "--title",
        "Coffee",
        "--priority",
        "h",
        "--tag",
        "c",
        "--untag",
        "a",
        "--due",
        "2031-02-03",
        "--remind",
        "1d",
    )
    out = person.says("update", "1", *options)
    assert "Tea → Coffee" in out
    assert "Wed 2031-01-01 → Mon 2031-02-03" in out
    task = person.task(1)
    assert (task["title"], task["description"], task["tags"]) == ("Coffee", "Green", ["b", "c"])
    assert (task["priority"], task["due_date"], task["reminder_lead_time"]) == ("High", "2031-02-03", 1440)
    cleared = person.reads("update", "1", "--clear-due", "--description", "")
    assert (cleared["due_date"], cleared["reminder_lead_time"], cleared["description"]) == (None, None, "")
    assert person.todo("update", "1").code == 2
    assert person.todo("update", "1", "--due", "2031-01-01", "--clear-due").code == 2
    assert person.todo("update", "1", "--repeat", "daily", "--clear-due").code == 2


def test_a_date_in_words_keeps_what_it_does_not_mention(person: Person) -> None:
    person.has("Dentist", due_date="2031-01-31T09:30:00")
    assert person.reads("update", "1", "--due", "at 16:45")["due_date"].startswith("2031-01-31T16:45")
    assert person.reads("update", "1", "--due", "+2 days")["due_date"].startswith("2031-02-02T16:45")
    task = person.reads("update", "1", "--repeat", "every week")
    assert (task["due_date"][:16], task["recurrence_pattern"]) == ("2031-02-02T16:45", "weekly")
    ran = person.todo("update", "1", "--due", "friday #work", "--scope", "this")
    assert ran.code == 2
    assert "also sets tags" in ran.err


def test_a_date_of_a_task_that_recurs_needs_a_scope(person: Person) -> None:
    person.has("Pay rent", due_date="2031-01-31T09:00:00", recurrence_pattern="monthly")
    ran = person.todo("update", "1", "--due", "2031-01-30T09:00")
    assert ran.code == 6
    assert "--scope" in ran.err
    assert person.task(1)["version"] == 1
    person.says("update", "1", "--title", "Rent")  # says nothing of dates
    person.says("update", "1", "--due", "2031-01-30T09:00", "--scope", "series")
    assert "Fri 2031-02-28" in person.says("show", "1")
    assert "Sun 2031-03-30" in person.says("show", "1")


def test_the_scope_is_asked_at_a_terminal(person: Person) -> None:
    person.has("Pay rent", due_date="2031-01-31T09:00:00", recurrence_pattern="monthly")
    with person.at_a_terminal("update", "1", "--due", "2031-01-30T09:00") as terminal:
        terminal.sees("what gets the new date?")
        terminal.sees("[1] ")
        terminal.types("")
        terminal.sees("Changed 1  Pay rent")
        assert terminal.ends() == 0
    with person.at_a_terminal("delete", "1") as terminal:
        terminal.sees("What shall be deleted?")
        terminal.types("2")
        terminal.sees("Deleted 1")
        assert terminal.ends() == 0
    assert person.count == 0


async def test_a_change_of_what_was_changed_meanwhile_is_refused_and_says_what_changed(person: Person) -> None:
    person.has("Tea", due_date="2031-01-31T09:00:00", recurrence_pattern="monthly")
    with person.at_a_terminal("update", "1", "--due", "2031-01-30T09:00") as terminal:
        terminal.sees("[1] ")
        person.api("PATCH", "/tasks/1", json={"title": "Coffee"})
        await eventually(lambda: len(person.api("GET", "/audit_logs?action_type=TaskUpdated")["items"]) == 1)
        terminal.types("1")
        terminal.sees("task 1 was changed since version 1: nothing was done")
        terminal.sees("title: Tea → Coffee")
        assert terminal.ends() == 5
    ran = person.todo("update", "1", "--title", "Water", "--if-version", "1")
    assert ran.code == 5
    assert "changed through the API; title: Tea → Coffee" in ran.err
    assert person.task(1)["title"] == "Coffee"


def test_many_are_done_at_once_and_each_has_its_result(person: Person) -> None:
    for title in ("One", "Two", "Three"):
        person.has(title)
    person.api("DELETE", "/tasks/2")
    ran = person.todo("complete", "1", "2", "3", "99")
    assert ran.lines == ["Completed 1  One", "Completed 3  Three"]
    assert "task 2 is deleted: it is in the trash, and todo restore 2 brings it back" in ran.err
    assert "there is no task 99" in ran.err
    assert ran.code == 4
    answer = person.reads("reopen", "1", "3")
    assert (answer["succeeded"], [result["task"]["completed"] for result in answer["results"]]) == (2, [False, False])
    person.says("delete", "1", "3")
    assert person.says("restore", "1", "2", "3").splitlines() == [
        "Restored 1  One",
        "Restored 2  Two",
        "Restored 3  Three",
    ]
    assert person.todo("complete", "99").code == 4


def test_deleting_a_task_that_recurs_needs_a_scope(person: Person) -> None:
    person.has("Water the plants", due_date="2031-01-01", recurrence_pattern="daily")
    assert person.todo("delete", "1").code == 6
    person.says("delete", "1", "--scope", "series")
    assert person.reads("list", "trash")["total"] == 1


@pytest.mark.parametrize(
    ("command", "back"),
    [
        (("update", "1", "--title", "Coffee", "--clear-due"), {"title": "Tea", "due_date": "2031-01-01"}),
        (("complete", "1"), {"completed": False}),
        (("delete", "1"), {"deleted_at": None}),
    ],
)
def test_the_last_change_can_be_taken_back(person: Person, command: tuple[str, ...], back: dict[str, object]) -> None:
    person.has("Tea", due_date="2031-01-01", reminder_lead_time=10)
    person.says(*command)
    assert "Undone" in person.says("undo")
    task = person.task(1)
    assert {name: task[name] for name in back} == back
    assert task["reminder_lead_time"] == 10
    assert person.todo("undo").code == 1, "there is one change to undo, not a pile"


def test_an_added_task_that_is_taken_back_is_gone_with_its_series(person: Person) -> None:
    person.says("add", "Water the plants every day")
    person.says("undo")
    assert person.count == 0


def test_nothing_of_others_is_taken_back(person: Person) -> None:
    person.has("Tea")
    person.says("update", "1", "--title", "Coffee")
    person.api("PATCH", "/tasks/1", json={"title": "Water"})
    assert person.todo("undo").code == 5
    assert person.task(1)["title"] == "Water"


def test_what_was_done_before_is_not_undone(person: Person) -> None:
    person.has("Tea")
    person.api("PATCH", "/tasks/1/complete")
    person.says("complete", "1")
    assert person.todo("undo").code == 1
    assert person.task(1)["completed"] is True


@pytest.mark.parametrize(
    "command",
    [("delete", "77"), ("complete", "77"), ("complete", "1"), ("update", "1", "--title", "Tea")],
    ids=" ".join,
)
def test_what_changes_nothing_leaves_the_last_change_to_be_taken_back(person: Person, command: tuple[str, ...]) -> None:
    person.has("Tea")
    person.says("complete", "1")
    person.todo(*command)
    assert "Undone" in person.says("undo")
    assert person.task(1)["completed"] is False


def test_a_new_rule_is_taken_back_with_the_place_in_its_series(person: Person) -> None:
    person.has("Pay rent", due_date="2031-01-31", recurrence_pattern="monthly")
    before = person.task(1)
    person.says("update", "1", "--repeat", "every week")
    assert "Undone" in person.says("undo")
    after = person.task(1)
    assert all(after[name] == before[name] for name in ("due_date", "recurrence_pattern", "series_id", "slot"))


def test_the_end_of_a_series_is_undone(person: Person) -> None:
    person.has("Pay rent", due_date="2031-01-31", recurrence_pattern="monthly")
    person.says("delete", "1", "--scope", "series")
    assert "Undone: 1  Pay rent" in person.says("undo")
    assert person.task(1)["status"] == "pending"


def test_many_tasks_are_undone_at_once_or_not_at_all(person: Person) -> None:
    for title in ("Tea", "Coffee"):
        person.has(title)
    person.says("complete", "1", "2")
    person.api("PATCH", "/tasks/2", json={"title": "Water"})
    assert person.todo("undo").code == 5
    assert person.task(1)["completed"] is True
    person.api("PATCH", "/tasks/2", json={"title": "Coffee"})
    assert person.says("undo").splitlines() == ["Undone: 2  Coffee", "Undone: 1  Tea"]
