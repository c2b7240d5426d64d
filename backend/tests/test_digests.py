"""What is due, for the daily digest."""

from datetime import UTC, datetime

from backend.tests.conftest import Person
from tests.support import ManualClock


async def test_a_digest_has_what_is_due_today_and_what_is_overdue_in_the_users_words(
    person: Person, clock: ManualClock
) -> None:
    clock.set(datetime(2026, 6, 10, 14, 0, tzinfo=UTC))  # 10:00 in New York
    await person.call("PUT", "/settings", json={"time_zone": "America/New_York", "locale": "en-US"})
    await person.create("a year ago", due_date="2025-06-08")
    await person.create("yesterday", due_date="2026-06-09T21:00:00")
    await person.create("in the evening", due_date="2026-06-10T19:30:00")
    await person.create("this morning", due_date="2026-06-10T08:00:00")
    await person.create("today", due_date="2026-06-10")
    await person.create("tomorrow", due_date="2026-06-11")
    await person.create("done", due_date="2026-06-10")
    await person.do("complete", 7)
    await person.create("some day")
    answer = await person.service.client.post(
        "/internal/digests", json={"user_id": person.id}, headers=person.service.sidecar_headers
    )
    assert answer.json() == {
        "overdue": [{"title": "a year ago", "due": "8 June 2025"}, {"title": "yesterday", "due": "9 June"}],
        "today": [
            {"title": "today", "due": ""},
            {"title": "this morning", "due": "8:00 AM"},
            {"title": "in the evening", "due": "7:30 PM"},
        ],
        "overdue_count": 2,
        "today_count": 3,
    }


async def test_a_digest_has_twenty_of_each_and_their_number(person: Person, clock: ManualClock) -> None:
    clock.set(datetime(2026, 6, 10, 14, 0, tzinfo=UTC))
    for number in range(25):
        await person.create(f"today {number}", due_date="2026-06-10")
        await person.create(f"yesterday {number}", due_date="2026-06-09")
    digest = (
        await person.service.client.post(
            "/internal/digests", json={"user_id": person.id}, headers=person.service.sidecar_headers
        )
    ).json()
    assert (len(digest["overdue"]), digest["overdue_count"]) == (20, 25)
    assert (len(digest["today"]), digest["today_count"]) == (20, 25)


async def test_only_the_sidecar_asks_for_a_digest(person: Person) -> None:
    headers = {"Authorization": f"Bearer {person.service.tokens.token(person.id)}"}
    for head in (headers, {}):
        answer = await person.service.client.post("/internal/digests", json={"user_id": person.id}, headers=head)
        assert answer.status_code == 401, answer.text
