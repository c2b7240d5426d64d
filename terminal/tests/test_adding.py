"""A task is added as it is typed: what was understood is shown, what is ambiguous is asked."""

import json
from datetime import date

import pytest

from terminal.tests.support import Person, line_that_loses_an_answer


def test_what_was_understood_is_shown_with_the_words_that_say_so(person: Person) -> None:
    out = person.says("add", "Pay rent", "every month on the last day 9am p1 #home remind 1d")
    assert out.startswith("Added 1  Pay rent\n")
    assert "every month on the last day  “every month on the last day”" in out
    assert "1 d before  “remind 1d”" in out
    assert "#home  “#home”" in out
    task = person.task(1)
    assert (task["recurrence"]["last_day"], task["priority"], task["reminder_lead_time"]) == (True, "High", 1440)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("every 2nd and 4th thursday", "every month on the 2nd Thu, the 4th Thu"),
        ("on the 1st and 15th of each month", "every month on the 1st, the 15th"),
        ("every last working day", "every month on the last working day"),
        ("every sat from april to june", "every week on Sat in Apr, May, Jun"),
        ("daily 8am and 8pm", "every day at 08:00, 20:00"),
        ("every 6 hours", "every 6 hours"),
    ],
)
def test_a_rule_is_shown_in_plain_words(person: Person, words: str, shown: str) -> None:
    assert f"repeats  {shown}  “" in person.says("add", "Water plants", words)


def test_options_count_more_than_the_text(person: Person) -> None:
    options = ("--due", "2031-05-06T07:30", "--priority", "low", "--repeat", "every 2 weeks", "--remind", "2h")
    task = person.reads(
        "add", "Water the plants tomorrow p1 #home", *options, "--tag", "#green", "--description", "All"
    )
    assert (task["title"], task["due_date"], task["priority"]) == ("Water the plants", "2031-05-06T07:30:00Z", "Low")
    assert (task["recurrence_pattern"], task["recurrence"]["interval"]) == ("weekly", 2)
    assert (task["reminder_lead_time"], task["tags"], task["description"]) == (120, ["home", "green"], "All")


def test_a_task_has_several_reminders(person: Person) -> None:
    out = person.says("add", "Dentist 5 may 2031 3pm remind 1d and 2h")
    assert "1 d before, 2 h before  “remind 1d and 2h”" in out
    out = person.says("add", "Dentist 5 may 2031 3pm remind 5m", "--remind", "2h", "--remind", "1d 18:00")
    assert "2 h before, 1 d before at 18:00" in out
    assert person.api("GET", "/tasks/2")["reminders"] == [{"minutes_before": 120}, {"days_before": 1, "time": "18:00"}]
    assert "reminders  2 h before, 1 d before at 18:00 → -" in person.says("update", "2", "--remind", "none")


def test_a_rule_brings_its_first_date_to_a_task_without_one(person: Person) -> None:
    task = person.reads("add", "Stretch", "--repeat", "every day")
    assert (task["recurrence_pattern"], date.fromisoformat(task["due_date"])) == (
        "daily",
        date.fromisoformat(task["due_date"]),
    )
    assert person.reads("add", "Stretch", "--due", "2031-01-01", "--repeat", "daily")["due_date"] == "2031-01-01"


def test_what_is_ambiguous_is_an_error_with_the_choices_when_nobody_can_be_asked(person: Person) -> None:
    ran = person.todo("add", "Lunch 5/6")
    assert (ran.code, ran.out) == (6, "")
    assert "5/6" in ran.err.splitlines()[0]
    assert "Words of the title" in ran.err
    assert "--yes" in ran.err
    assert person.count == 0


@pytest.mark.parametrize(("locale", "due"), [("en_US.UTF-8", "2031-05-06"), ("en_GB.UTF-8", "2031-06-05")])
def test_a_numeric_date_has_the_order_of_this_machine(person: Person, locale: str, due: str) -> None:
    ran = person.todo("add", 'say "hi" to Bob 5/6/2031', "--json", LC_ALL=locale)
    task = json.loads(ran.out)
    assert (task["title"], task["due_date"]) == ('say "hi" to Bob', due)


@pytest.mark.parametrize(
    ("option", "title", "month"),
    [
        (("--yes",), "Lunch", "06-05"),
        (("--literal", "5/6"), "Lunch 5/6", ""),
        (("--due", "2031-08-09"), "Lunch", "08-09"),
    ],
)
def test_options_settle_what_is_ambiguous(person: Person, option: tuple[str, ...], title: str, month: str) -> None:
    ran = person.todo("add", "Lunch 5/6", *option, "--json", LC_ALL="C.UTF-8")
    task = json.loads(ran.out)
    assert task["title"] == title
    assert (task["due_date"] or "").endswith(month)


def test_what_is_ambiguous_is_asked_at_a_terminal(person: Person) -> None:
    with person.at_a_terminal("add", "Lunch 5/6") as terminal:
        terminal.sees("5/6")
        terminal.sees("2  Thu 6 May")
        terminal.sees("[1] ")
        terminal.types("seven")
        terminal.sees("1 to 3")
        terminal.types("2")
        terminal.sees("Added 1  Lunch")
        assert terminal.ends() == 0
    assert person.task(1)["due_date"].endswith("-05-06")


def test_a_question_that_is_given_up_changes_nothing(person: Person) -> None:
    with person.at_a_terminal("add", "Lunch 5/6") as terminal:
        terminal.sees("[1] ")
        terminal.interrupts()
        assert terminal.ends() == 130
    assert person.count == 0


def test_an_answer_that_is_lost_makes_no_second_task(person: Person) -> None:
    with line_that_loses_an_answer(person.suite.url, "POST /tasks") as (url, seen):
        assert "Added 1" in person.says("add", "Only once", TODO_URL=url)
    assert seen.count("POST /tasks") == 2
    assert person.count == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("tomorrow 9am",), "title"),
        (("Tea", "--due", "when I like"), "--due"),
        (("Tea", "--repeat", "sometimes"), "--repeat"),
        (("Tea", "--remind", "soon"), "--remind"),
        (("Tea", "--remind", "2h 18:00"), "--remind"),
        (("Tea", "--remind", "1d", "--remind", "none"), "--remind"),
        (("Tea", "--priority", "urgent"), "--priority"),
    ],
)
def test_what_is_not_understood_is_named(person: Person, arguments: tuple[str, ...], named: str) -> None:
    ran = person.todo("add", *arguments)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert named in ran.err


def test_what_the_api_refuses_names_the_field_in_one_line(person: Person) -> None:
    ran = person.todo("add", "T" * 201, "--literal", "T")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "title" in ran.err
