"""The interactive session: commands go without `todo`, and any other line is a new task."""

from terminal.tests.support import Person


def test_plain_text_adds_a_task_and_commands_work_on_it(person: Person) -> None:
    with person.at_a_terminal() as terminal:
        terminal.sees("todo> ")
        terminal.types("Buy Anna's gift p1")
        terminal.sees("Added 1  Buy Anna's gift")
        terminal.sees("todo> ")
        terminal.types("update 1 --title 'Buy a gift'")
        terminal.sees("Changed 1  Buy a gift")
        terminal.sees("todo> ")
        terminal.types("show 9")
        terminal.sees("there is no task 9")
        terminal.sees("todo> ")
        terminal.types("add Anna's party")
        terminal.sees("Added 2  Anna's party")
        terminal.types("quit")
        assert terminal.ends() == 0
    assert person.reads("list", "all")["total"] == 2


def test_what_was_typed_comes_back_in_the_next_session(person: Person) -> None:
    with person.at_a_terminal("shell") as terminal:
        terminal.sees("todo> ")
        terminal.types("Water the plants")
        terminal.sees("Added 1  Water the plants")
        terminal.sees("todo> ")
        terminal.presses("\x04")
        assert terminal.ends() == 0
    with person.at_a_terminal("shell") as terminal:
        terminal.sees("todo> ")
        terminal.presses("\x1b[A")
        terminal.sees("Water the plants")
        terminal.types("")
        terminal.sees("Added 2  Water the plants")
        terminal.types("quit")
        assert terminal.ends() == 0
    assert (person.home / "state" / "todo" / "history").stat().st_mode & 0o777 == 0o600


def test_a_line_that_is_given_up_ends_nothing(person: Person) -> None:
    with person.at_a_terminal() as terminal:
        terminal.sees("todo> ")
        terminal.presses("never mind")
        terminal.sees("never mind")
        terminal.interrupts()
        terminal.sees("todo> ")
        terminal.types("Lunch 5/6")
        terminal.sees("[1] ")
        terminal.interrupts()
        terminal.sees("todo> ")
        terminal.types("list")
        terminal.sees("Nothing here.")
        terminal.types("exit")
        assert terminal.ends() == 0


def test_lines_of_a_script_are_commands_too(person: Person) -> None:
    ran = person.todo("shell", given="Water the plants\n\ncomplete 1\n")
    assert (ran.code, ran.lines) == (0, ["Added 1  Water the plants", "Completed 1  Water the plants"])
    assert person.todo("shell", given="show 9\nFeed the cat\n").code == 4, "what failed is told at the end"


def test_without_a_command_and_a_terminal_the_help_is_shown(person: Person) -> None:
    ran = person.todo()
    assert (ran.code, "Usage: todo" in ran.out) == (2, True)
