"""What was done, and what one was reminded of."""

import re
from datetime import UTC, datetime, timedelta

from terminal.tests.support import Person
from tests.support import eventually


async def test_history_tells_who_did_what_through_what(person: Person) -> None:
    person.has("Tea")
    person.says("update", "1", "--title", "Coffee", "--tag", "hot")
    person.has("Other")
    await eventually(lambda: len(person.api("GET", "/audit_logs?resource_id=1")["items"]) == 2)
    shown = person.says("history", "1")
    assert re.search(r"^\w{3} [\d-]{10} [\d:]{5}  1   changed .* the API\s*$", shown, re.MULTILINE)
    assert "title: Tea → Coffee" in shown
    assert "Other" not in person.says("history", "1")
    await eventually(lambda: len(person.api("GET", "/audit_logs")["items"]) == 3)
    assert "as it was recorded: 3 entries" in person.says("history", "--verify")
    assert len(person.reads("history", "--limit", "2")["items"]) == 2


async def test_notifications_are_shown_and_marked_as_read(person: Person) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    for title in ("Tea is ready", "[bold]Coffee"):
        person.has(title, due_date=soon, reminder_lead_time=0)
    await eventually(lambda: person.api("GET", "/notifications")["unread_count"] == 2)
    shown = person.says("notifications")
    assert "Tea is ready" in shown
    assert "[bold]Coffee" in shown
    assert "2 unread" in shown
    ends = [line.split()[1] for line in shown.splitlines() if line.startswith("•")]
    person.says("notifications", "--read", ends[0])
    assert len(person.reads("notifications", "--unread")["items"]) == 1
    assert person.says("notifications", "--read", "all") == "Read: 1\n"
    assert person.says("notifications", "--unread") == "Nothing here.\n"


async def test_a_reminder_is_snoozed_for_a_while_or_until_a_time_in_words(person: Person) -> None:
    def ahead(**span: float) -> str:
        return (datetime.now(UTC) + timedelta(**span)).isoformat()

    person.has("Tea", due_date=ahead(hours=1), reminder_lead_time=0)
    early = person.todo("snooze", "1")
    assert (early.code, "not reminded of yet" in " ".join(early.err.split())) == (5, True)
    person.api("PATCH", "/tasks/1", json={"due_date": ahead(seconds=1)})
    await eventually(lambda: person.api("GET", "/notifications")["unread_count"] == 1)
    assert person.says("snooze", "1").startswith("You are reminded of 1 again ")
    later = datetime.fromisoformat(person.reads("snooze", "1", "2h")["until"]) - datetime.now(UTC)
    assert timedelta(minutes=119) < later < timedelta(minutes=121)
    assert re.search(r"again \w{3} [\d-]{10} 09:00\.", person.says("snooze", "1", "tomorrow 9am"))
    assert re.search(r"snoozed until +\w{3} [\d-]{10} 09:00", person.says("show", "1"))
    assert person.says("snooze", "1", "--cancel") == "You are not reminded of 1 again.\n"
    assert "snoozed until" not in person.says("show", "1")
    assert person.todo("snooze", "1", "--cancel").code == 5
    assert person.todo("snooze", "1", "2h", "--cancel").code == 2
    unknown = person.todo("snooze", "1", "gibberish")
    assert (unknown.code, "“gibberish” is not a time" in " ".join(unknown.err.split())) == (1, True)
