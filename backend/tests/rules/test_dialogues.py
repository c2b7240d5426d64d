"""Conversations of several turns: what is asked back, what "it" and "the first one" are, and the way back."""

from typing import Any

import pytest

from backend.tests.rules.conftest import Talk
from backend.tests.rules.tasks import state


def titles(tasks: dict[int, dict[str, Any]]) -> set[str]:
    return {task["title"] for task in tasks.values()}


async def two_meetings(talk: Talk) -> None:
    await talk.person.create("Meeting notes")  # 10


async def test_the_task_is_asked_for_when_several_could_be_meant(talk: Talk) -> None:
    await two_meetings(talk)
    before = await state(talk.person)
    asked = await talk.say("Complete the meeting task")
    assert asked.startswith("Which one do you mean? ")
    assert "2 “Team meeting” (due tomorrow, 09:00 · High priority)" in asked
    assert "10 “Meeting notes”" in asked
    assert talk.called == ["search_tasks"]
    assert await state(talk.person) == before


@pytest.mark.parametrize(
    ("answer", "completed"),
    [
        ("2", {2}),
        ("#10", {10}),
        ("number 10 please", {10}),
        ("the notes one", {10}),
        ("Team", {2}),
        ("both", {2, 10}),
        ("2 and 10", {2, 10}),
        ("never mind", set()),
        ("neither", set()),
        ("3", set()),
        ("what's pending?", set()),
        ("mark task 6 as done", {6}),
    ],
)
async def test_the_answer_is_understood_in_the_next_message(talk: Talk, answer: str, completed: set[int]) -> None:
    await two_meetings(talk)
    await talk.say("Complete the meeting task")
    await talk.say(answer)
    done = {number for number, task in (await state(talk.person)).items() if task["status"] == "completed"}
    assert done - {8} == completed


async def test_the_first_one_is_the_first_that_was_offered(talk: Talk) -> None:
    await two_meetings(talk)
    asked = await talk.say("Delete the meeting")
    first = 2 if asked.index("Team") < asked.index("notes") else 10
    assert (await talk.say("the first")).startswith(f"Deleted {first} ")


async def test_a_number_that_was_not_offered_is_asked_again(talk: Talk) -> None:
    await two_meetings(talk)
    await talk.say("Delete the meeting")
    assert (await talk.say("7")).startswith("That is none of them.")
    assert await talk.say("10") == "Deleted 10 “Meeting notes”."


async def test_an_exact_title_wins_over_parts_of_others(talk: Talk) -> None:
    await talk.person.create("Meeting")
    await two_meetings(talk)
    assert await talk.say("delete the meeting task") == "Deleted 10 “Meeting”."


async def test_a_question_is_open_for_one_message_only(talk: Talk) -> None:
    await two_meetings(talk)
    await talk.say("Delete the meeting")
    await talk.say("what's pending?")
    assert (await talk.say("both")).startswith("I did not understand")


async def test_a_date_that_can_be_read_in_several_ways_is_asked_for(talk: Talk) -> None:
    assert "1. Fri 6 Mar" in await talk.say("add submit report next friday")
    assert await talk.say("the first") == "Added 10 “Submit report” (due Fri 6 Mar)."
    assert "“at 7”" in await talk.say("move the dentist to at 7")
    assert "due Tue 3 Mar, 19:00" in await talk.say("2")


async def test_a_reminder_without_a_date_asks_for_one(talk: Talk) -> None:
    assert "when is it due" in await talk.say("remind me to call mom")
    assert await talk.say("tomorrow at 5pm") == ("Added 10 “Call mom” (due tomorrow, 17:00 · reminder when it is due).")


async def test_what_is_lacking_is_asked_for(talk: Talk) -> None:
    assert await talk.say("add a task") == "What shall I add?"
    assert await talk.say("water the garden tomorrow") == "Added 10 “Water the garden” (due tomorrow)."
    assert (await talk.say("delete")).startswith("Which task do you mean?")
    assert await talk.say("the garden one") == "Deleted 10 “Water the garden”."
    assert (await talk.say("postpone the dentist")).startswith("To when?")
    assert "due tomorrow, 15:30" in await talk.say("tomorrow")


@pytest.mark.parametrize(
    ("said", "titles"),
    [
        ("add one\nadd two", ["One", "Two"]),
        (
            "Add a task to call Ann\n- please add a task to call Bob\nAnd also add eggs",
            ["Call Ann", "Call Bob", "Eggs"],
        ),
        ("add tasks:\npasta\nadd salt", ["Pasta", "Salt"]),
    ],
)
async def test_each_line_may_say_that_it_adds(talk: Talk, said: str, titles: list[str]) -> None:
    await talk.say(said)
    assert [task["title"] for number, task in sorted((await state(talk.person)).items()) if number > 9] == titles


async def test_close_ones_are_offered(talk: Talk) -> None:
    assert "Did you mean 3 “Dentist”" in await talk.say("complete the dentits")
    assert await talk.say("yes") == "Completed 3 “Dentist”."


async def test_it_is_the_task_of_the_step_before(talk: Talk) -> None:
    await talk.say("add buy stamps")
    assert "High priority" in await talk.say("make it high priority")
    assert "due tomorrow, 09:00" in await talk.say("move it to tomorrow 9am")
    assert await talk.say("complete it") == "Completed 10 “Buy stamps”."
    await talk.say("add tasks: a pen, a pad")
    assert await talk.say("delete them") == "Deleted 11 “A pen” and 12 “A pad”."
    await talk.say("what's due today?")
    assert (await talk.say("complete it")).startswith("Which one do you mean?")


async def test_places_are_those_of_the_last_list(talk: Talk) -> None:
    listed = await talk.say("what's due tomorrow?")
    assert listed.index("2 “Team meeting”") < listed.index("1 “Call dad”")
    assert await talk.say("complete the second one") == "Completed 1 “Call dad”."
    assert await talk.say("delete the first one") == "Deleted 2 “Team meeting”."


async def test_a_change_is_taken_back(talk: Talk) -> None:
    before = await state(talk.person)
    await talk.say("Delete the meeting task")
    assert await talk.say("undo that") == "Undone: deleted 2 “Team meeting”."
    assert await state(talk.person) == before


async def test_many_are_changed_in_several_calls(talk: Talk) -> None:
    operations = [{"op": "create", "data": {"title": f"Many {n}", "tags": ["many"]}} for n in range(30)]
    await talk.person.call("POST", "/tasks/bulk", json={"operations": operations})
    said = await talk.say("complete everything tagged many")
    assert talk.called == ["list_tasks", "complete_task", "complete_task"]
    assert said.startswith("Completed 30 tasks:")
    assert said.endswith("… and 15 more")
    tasks = await state(talk.person)
    assert {task["status"] for task in tasks.values() if task["tags"] == ["many"]} == {"completed"}


@pytest.mark.parametrize(
    ("answer", "added"),
    [("yes please", True), ("ja", True), ("ok add it", True), ("no thanks", False), ("nein", False)],
)
async def test_words_that_may_be_a_task_are_offered(talk: Talk, answer: str, added: bool) -> None:
    assert (await talk.say("pick up kids tmrw 3:30pm")).startswith("Add “Pick up kids” for tomorrow, 15:30?")
    await talk.say(answer)
    assert ("Pick up kids" in titles(await state(talk.person))) is added


async def test_an_unclear_answer_is_no_answer(talk: Talk) -> None:
    await talk.say("pick up kids tmrw 3:30pm")
    assert (await talk.say("hm, the what?")).startswith("I did not understand that. Add “Pick up kids”")
    assert (await talk.say("yes")).startswith("Added 10 “Pick up kids”")


async def test_requests_in_one_sentence_are_all_done(talk: Talk) -> None:
    said = await talk.say("mark the dentist as done and move team meeting to friday 4pm, then add buy stamps")
    assert talk.called == ["search_tasks", "search_tasks", "list_tasks", "complete_task", "update_task", "add_task"]
    assert [line.split(" ")[0] for line in said.split("\n")] == ["Completed", "Changed", "Added"]


async def test_no_request_is_done_if_the_task_of_another_is_not_found(talk: Talk) -> None:
    before = await state(talk.person)
    assert "no task called “zebra”" in await talk.say("complete the dentist and delete the zebra")
    assert await state(talk.person) == before


async def test_what_is_asked_of_one_request_is_answered_for_all(talk: Talk) -> None:
    await two_meetings(talk)
    assert (await talk.say("complete the dentist and delete the meeting")).startswith("Which one do you mean?")
    await talk.say("the notes")
    tasks = await state(talk.person)
    assert (tasks[3]["status"], tasks[10]["status"], tasks[2]["status"]) == ("completed", "deleted", "pending")


async def test_it_is_the_task_of_the_request_before_in_the_same_sentence(talk: Talk) -> None:
    await talk.say("add buy stamps and make it high priority")
    assert (await state(talk.person))[10]["priority"] == "High"


@pytest.mark.parametrize(
    ("request_", "correction", "due"),
    [
        ("move the dentist to 5 march", "no, i meant 6 march", "2026-03-06T15:30"),
        ("move the dentist to 5 march", "actually make it 5pm", "2026-03-05T17:00"),
        ("add call Ann 5 march", "sorry, 6 march", "2026-03-06"),
    ],
)
async def test_a_correction_changes_the_same_task(talk: Talk, request_: str, correction: str, due: str) -> None:
    await talk.say(request_)
    await talk.say(correction)
    assert due in {task["due_date"] for task in (await state(talk.person)).values()}


async def test_a_correction_of_the_task_is_the_same_request_for_the_other_one(talk: Talk) -> None:
    await talk.say("complete the report")
    await talk.say("no, i meant the dentist")
    tasks = await state(talk.person)
    assert (tasks[5]["status"], tasks[3]["status"]) == ("pending", "completed")


async def test_and_another_one_is_the_same_request_again(talk: Talk) -> None:
    await talk.say("complete the report")
    await talk.say("and the dentist")
    await talk.say("the milk too")
    done = {number for number, task in (await state(talk.person)).items() if task["status"] == "completed"}
    assert done == {3, 5, 6, 8}


async def test_tasks_can_be_excepted(talk: Talk) -> None:
    await talk.say("complete everything due today except the plants")
    done = {number for number, task in (await state(talk.person)).items() if task["status"] == "completed"}
    assert done == {6, 8}


@pytest.mark.parametrize(
    ("statement", "number"),
    [("I bought the milk", 6), ("just called dad, he says hi", 1), ("the plants are watered", 7), ("paid rent", 4)],
)
async def test_that_something_is_done_is_asked_before_it_is_completed(talk: Talk, statement: str, number: int) -> None:
    before = await state(talk.person)
    assert (await talk.say(statement)).startswith(f"Complete {number} “")
    assert await state(talk.person) == before
    await talk.say("yes")
    assert (await state(talk.person))[number]["status"] == "completed"


@pytest.mark.parametrize("said", ["I have to go now", "you're wrong", "don't delete the milk", "what's the weather"])
async def test_nothing_is_changed_by_what_is_no_request(talk: Talk, said: str) -> None:
    before = await state(talk.person)
    await talk.say(said)
    assert await state(talk.person) == before


@pytest.mark.parametrize(
    ("turns", "number", "fields"),
    [
        (["rename task 6 to Buy oat milk", "call it just Milk"], 6, {"title": "Milk"}),
        (["add yoga every tuesday and thursday 7pm", "no only tuesdays"], 10, {"recurrence": {"weekdays": ["TU"]}}),
        (["add pick up the parcel", "monday 3pm"], 10, {"due_date": "2026-03-02T15:00"}),
        (["add water bill", "deadline is the last day of march"], 10, {"due_date": "2026-03-31"}),
        (["reopen old invoice", "due sunday pls"], 8, {"due_date": "2026-03-01", "status": "pending"}),
        (["set a reminder", "the team meeting", "15 mins before"], 2, {"reminder_lead_time": 15}),
        (["when is the dentist", "give me a heads up 2 hours before"], 3, {"reminder_lead_time": 120}),
        (["change milk to bread in task 6"], 6, {"title": "Buy bread"}),
        (["take the date off the dentist"], 3, {"due_date": None}),
        (["find dentist", "make it high and tag it urgent"], 3, {"priority": "High", "tags": ["health", "urgent"]}),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
async def test_a_task_is_changed_over_several_turns(
    talk: Talk, turns: list[str], number: int, fields: dict[str, Any]
) -> None:
    for turn in turns:
        await talk.say(turn)
    task = (await state(talk.person))[number]
    for name, value in fields.items():
        if isinstance(value, dict):
            assert value.items() <= task[name].items()
        elif name == "due_date" and value is not None:
            assert str(task[name]).startswith(value), task
        else:
            assert task[name] == value


async def test_a_kind_of_tasks_is_not_all_tasks(talk: Talk) -> None:
    assert "Write report" in (shown := await talk.say("show my work tasks"))
    assert "Call dad" not in shown
    before = await state(talk.person)
    await talk.say("push all my work stuff back a week")
    assert {number for number, task in (await state(talk.person)).items() if task != before[number]} <= {5}


async def test_a_month_is_all_its_days(talk: Talk) -> None:
    await talk.person.create("Tax", due_date="2026-03-20")
    shown = await talk.say("what is due in march")
    assert "Dentist" in shown
    assert "Tax" in shown


async def test_a_value_after_a_list_changes_nothing(talk: Talk) -> None:
    before = await state(talk.person)
    await talk.say("show high priority tasks")
    await talk.say("hmm actually medium")
    assert await state(talk.person) == before


async def test_a_name_that_looks_like_no_correction_is_asked_about(talk: Talk) -> None:
    await talk.say("add yoga")
    assert (await talk.say("no the other thing")).startswith("Rename task 10 to “other thing”?")
    await talk.say("yes")
    assert "other thing" in titles(await state(talk.person))


@pytest.mark.parametrize(
    ("turns", "changed"),
    [
        (["complete the plants", "oh wait no i meant the milk"], {6: {"status": "completed"}}),
        (["delete the report", "actually no put it back"], {}),
        (
            ["move the dentist to wednesday", "and call dad on sunday"],
            {
                3: {"due_date": "2026-03-04T15:30"},
                1: {"due_date": "2026-03-01T18:00"},
            },
        ),
        (
            ["change the dentist to wednesday", "same for call dad"],
            {
                3: {"due_date": "2026-03-04T15:30"},
                1: {"due_date": "2026-03-04T18:00"},
            },
        ),
        (["when is the dentist", "it's every year"], {3: {"recurrence_pattern": "yearly"}}),
    ],
)
async def test_a_turn_refers_to_the_turn_before(
    talk: Talk, turns: list[str], changed: dict[int, dict[str, Any]]
) -> None:
    before = await state(talk.person)
    for turn in turns:
        await talk.say(turn)
    assert await state(talk.person) == before | {number: before[number] | task for number, task in changed.items()}


async def test_a_priority_alone_after_a_new_task_is_its_priority(talk: Talk) -> None:
    await talk.say("add wrapping paper")
    await talk.say("high priority pls")
    assert (await state(talk.person))[10]["priority"] == "High"


async def test_a_list_is_followed_by_its_number_and_by_another_list(talk: Talk) -> None:
    await talk.say("what's due tomorrow")
    assert await talk.say("how many is that") == "You have 2 open tasks due tomorrow."
    await talk.say("what's tagged health")
    assert "5 “Write report”" in await talk.say("and work?")


async def test_a_time_alone_after_a_new_task_is_the_time_of_its_day(talk: Talk) -> None:
    await talk.say("add coffee with julia tomorrow")
    await talk.say("at 3pm")
    assert (await state(talk.person))[10]["due_date"] == "2026-02-27T15:00"


async def test_a_list_is_narrowed_to_a_tag(talk: Talk) -> None:
    await talk.say("what's pending?")
    said = await talk.say("only work")
    assert "5 “Write report”" in said
    assert "Dentist" not in said


async def test_only_some_of_them_undoes_the_others(talk: Talk) -> None:
    before = await state(talk.person)
    await talk.say("move everything due tomorrow by a day")
    await talk.say("only the team ones")
    changed = {
        number for number, task in (await state(talk.person)).items() if task["due_date"] != before[number]["due_date"]
    }
    assert changed <= {2}
