"""The assistant at the terminal: it answers, and what it must ask for it asks here."""

from terminal.tests.support import Person


def test_a_message_is_answered_and_what_was_used_is_told(person: Person) -> None:
    out = person.says("chat", "add", "water the plants tomorrow")
    assert "add_task" in out
    assert "Water the plants" in out
    assert person.task(1)["title"].lower() == "water the plants"
    answer = person.reads("chat", "what is due tomorrow?")
    assert "Water the plants" in answer["response"]
    first = answer["conversation_id"]
    assert person.reads("chat", "what is overdue?")["conversation_id"] == first
    assert person.reads("chat", "--new", "what is overdue?")["conversation_id"] != first


def test_what_needs_a_decision_is_asked_at_a_terminal(person: Person) -> None:
    person.has("Keep me")
    person.has("Not me")
    with person.at_a_terminal("chat") as terminal:
        terminal.sees("you> ")
        terminal.types("delete task 1")
        terminal.sees("Keep me")
        terminal.sees("[1] ")
        terminal.types("")
        terminal.sees("you> ")
        terminal.types("delete task 2")
        terminal.sees("Not me")
        terminal.sees("[1] ")
        terminal.types("2")
        terminal.sees("you> ")
        terminal.types("quit")
        assert terminal.ends() == 0
    assert person.task(1)["deleted_at"] is None
    assert person.count == 1


def test_what_needs_a_decision_has_its_exit_code_in_a_script(person: Person) -> None:
    person.has("Old")
    ran = person.todo("chat", given="delete task 1\n")
    assert ran.code == 6
    assert person.count == 1
    approval = ran.err.split("--approve ")[1].split(",")[0]
    person.says("chat", "--approve", approval)
    assert person.count == 0


def test_what_was_never_asked_is_not_found(person: Person) -> None:
    person.says("chat", "hello")
    ran = person.todo("chat", "--approve", "itm_never")
    assert (ran.code, ran.err) == (4, "todo: the conversation has no item 'itm_never'\n")


def test_a_conversation_that_is_gone_says_how_to_begin_another(person: Person) -> None:
    gone = person.reads("chat", "hello")["conversation_id"]
    person.api("POST", "/chatkit", json={"type": "threads.delete", "params": {"thread_id": gone}})
    ran = person.todo("chat", "hello")
    said = f"todo: there is no conversation '{gone}': todo chat --new begins another conversation\n"
    assert (ran.code, ran.err) == (4, said)


def test_nothing_that_the_assistant_says_acts_on_the_terminal(person: Person) -> None:
    person.has("clear \x1b[2J \u202e [bold]x", due_date="2020-01-01")
    out = person.says("chat", "what is overdue?")
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[bold]x" in out
