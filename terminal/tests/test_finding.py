"""Lists, search, and all of a task."""

from datetime import UTC, datetime, timedelta

from rich.cells import cell_len

from terminal.tests.support import WIDTH, Person, documents
from tests.support import eventually


def some_tasks(person: Person) -> None:
    today = datetime.now(UTC).date()
    person.has("Late", due_date="2020-01-01")
    person.has("Now", due_date=today.isoformat(), tags=["home"], priority="High")
    person.has("Later", due_date=(today + timedelta(days=9)).isoformat(), tags=["home"])
    person.has("Done", priority="Low")
    person.has("Gone")
    person.api("PATCH", "/tasks/4/complete")
    person.api("DELETE", "/tasks/5")


VIEWS = {
    "list": ["Late", "Now", "Later"],
    "list today": ["Now"],
    "list upcoming": ["Now", "Later"],
    "list overdue": ["Late"],
    "list completed": ["Done"],
    "list trash": ["Gone"],
    "list all": ["Done", "Later", "Now", "Late"],
    "list all --sort title --order desc": ["Now", "Later", "Late", "Done"],
    "list --tag #home --priority high": ["Now"],
}


def test_every_view_has_its_tasks(person: Person) -> None:
    some_tasks(person)
    pages = documents(person.session(*(f"{command} --json" for command in VIEWS)))
    found = [[task["title"] for task in page["items"]] for page in pages]
    assert dict(zip(VIEWS, found, strict=True)) == VIEWS


def test_a_list_goes_on_where_it_ended(person: Person) -> None:
    operations = [{"op": "create", "data": {"title": f"Task {n}"}} for n in range(100)]
    for _ in range(3):
        person.api("POST", "/tasks/bulk", json={"operations": operations})
    first = person.reads("list", "all", "--limit", "230")
    assert (len(first["items"]), first["total"]) == (230, 300)
    rest = person.reads("list", "all", "--limit", "230", "--cursor", first["next_cursor"])
    assert (len(rest["items"]), rest["next_cursor"]) == (70, None)
    everything = person.reads("list", "all", "--all")
    assert everything["items"] == first["items"] + rest["items"]
    assert "70 more" in person.says("list", "all", "--limit", "230")


def test_search_forgives_a_typo(person: Person) -> None:
    person.has("Renew the passport")
    assert "Renew the passport" in person.says("search", "pasport")
    assert person.says("search", "nothing", "like", "it") == "Nothing here.\n"


def test_dates_are_shown_in_the_persons_own_zone(person: Person) -> None:
    person.api("PUT", "/settings", json={"time_zone": "Asia/Tokyo"})
    person.has("Call", due_date="2031-01-31T23:30:00Z", time_zone="America/New_York")
    assert "Sat 2031-02-01 08:30" in person.says("list")
    shown = person.says("show", "1")
    assert "Sat 2031-02-01 08:30 (Fri 2031-01-31 18:30 in America/New_York)" in shown


async def test_a_task_that_recurs_shows_its_next_dates_and_why(person: Person) -> None:
    person.has("Pay rent", due_date="2031-01-31T09:00:00", recurrence_pattern="monthly")
    shown = person.says("show", "1")
    assert "Fri 2031-02-28 09:00" in shown
    assert "February has no day 31, so the last day" in shown
    person.says("complete", "1")
    await eventually(lambda: person.api("GET", "/tasks?status=pending")["total"] == 1)
    number = str(person.api("GET", "/tasks?status=pending")["items"][0]["id"])
    february = person.says("show", number)
    assert "Fri 2031-02-28 09:00" in february
    assert "Mon 2031-03-31 09:00" in february, "it goes on from the 31st, not from the 28th"
    assert "Wed 2031-04-30 09:00" in february


def test_tables_fit_the_terminal(person: Person) -> None:
    for title in ("A very long title " * 11, "買い物に行く" * 20, "x" * 200):
        person.has(title, due_date="2031-01-31T09:00:00", recurrence_pattern="daily", tags=["somewhat-long", "b" * 50])
    person.says("update", "1", "--description", "y" * 300, "--title", "z" * 200)
    out = person.session("list", "list all", "show 1", "history", "search title", COLUMNS=str(WIDTH))
    assert [line for line in out.splitlines() if cell_len(line) > WIDTH] == []


def test_colour_is_for_terminals_whose_owner_wants_it(person: Person) -> None:
    person.has("Late", due_date="2020-01-01")
    assert "\x1b" not in person.says("list")
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        with person.at_a_terminal("list", **environment) as terminal:
            assert terminal.ends() == 0
            assert ("\x1b[31m" in terminal.shown) is coloured
            assert "Wed 2020-01-01 !" in terminal.shown, "what is late is told without colour, too"


def test_the_reminder_of_an_all_day_task_is_shown_with_its_time(person: Person) -> None:
    settings = person.api("GET", "/settings")
    person.api("PUT", "/settings", json=settings | {"all_day_reminder_time": "18:30"})
    person.has("Rent", due_date="2031-01-31", reminder_lead_time=1440)
    person.has("Tea", due_date="2031-01-31", reminder_lead_time=30)
    assert "1 d before at 18:30" in person.says("show", "1")
    assert "on the day at 18:00" in person.says("show", "2")
