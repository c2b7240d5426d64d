"""How commands end: every failure has its exit code and a line that says what to do, and no token is ever printed."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from terminal.tests.support import TODO, Person
from tests.support import free_port
from todo_local import tokens
from todo_terminal import credentials


def test_without_a_sign_in_the_next_step_is_said(person: Person) -> None:
    ran = person.todo("list", TODO_TOKEN="")
    assert (ran.code, "todo login" in ran.err) == (3, True)


@pytest.mark.parametrize("token", ["not-a-token", "a.b.c", "e30.e30.x"])
def test_a_token_that_is_none_is_not_sent(person: Person, token: str) -> None:
    ran = person.todo("list", TODO_TOKEN=token)
    assert (ran.code, ran.err.count("\n")) == (3, 1)


def test_a_token_that_has_expired_is_said_to_be(person: Person) -> None:
    old = tokens.make(person.suite.secrets, person.user, -3600)
    ran = person.todo("list", TODO_TOKEN=old)
    assert (ran.code, "TODO_TOKEN" in ran.err) == (3, True)
    assert old not in ran.err


def test_what_is_not_there_is_not_found(person: Person) -> None:
    for command in (("show", "7"), ("update", "7", "--title", "x"), ("notifications", "--read", "0123")):
        assert person.todo(*command).code == 4, command


def test_a_suite_that_is_away_is_said_to_be_within_moments(person: Person) -> None:
    started = time.monotonic()
    ran = person.todo("list", TODO_URL=f"http://127.0.0.1:{free_port()}")
    assert (ran.code, ran.err.count("\n"), "TODO_URL" in ran.err) == (7, 1, True)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "url", ["http://todo.example.com", "ftp://localhost", "localhost:3000", "https://", "http://[", "https://a/b"]
)
def test_nothing_is_sent_to_an_address_that_is_none_or_not_encrypted(person: Person, url: str) -> None:
    ran = person.todo("list", TODO_URL=url)
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_what_another_suite_was_signed_in_with_is_not_sent_here(person: Person) -> None:
    folder = person.home / "config" / "todo"
    folder.mkdir(parents=True)
    (folder / "credentials.json").write_text('{"url": "http://127.0.0.1:1", "session": "secret-session"}')
    ran = person.todo("list", TODO_TOKEN="")
    assert (ran.code, "http://127.0.0.1:1" in ran.err, "secret-session" in ran.err) == (3, True, False)


def test_a_wrong_command_is_told_apart(person: Person) -> None:
    for command in (("complete",), ("show", "first"), ("list", "everything"), ("grow",), ("list", "--limit", "0")):
        assert person.todo(*command).code == 2, command
    assert "Exit codes" in person.says("--help")


NOT_UTF8 = "bad\udcff"
"""How Python has the byte 0xff of an argument."""


@pytest.mark.parametrize(
    "command",
    [("add", NOT_UTF8), ("search", NOT_UTF8), ("chat", NOT_UTF8), ("update", "1", "--title", NOT_UTF8)],
    ids=lambda command: command[0],
)
def test_what_is_not_utf8_is_not_understood(person: Person, command: tuple[str, ...]) -> None:
    person.has("Tea")
    ran = person.todo(*command)
    assert (ran.code, ran.out, ran.err) == (2, "", "todo: bad\\udcff is not UTF-8\n")
    assert [task["title"] for task in person.api("GET", "/tasks")["items"]] == ["Tea"]


def test_a_line_of_a_session_that_is_not_utf8_ends_no_other(person: Person) -> None:
    ran = piped(person, b"bad\xff\nGood\n", "shell")
    assert (ran.returncode, ran.stderr) == (2, b"todo: bad\\udcff is not UTF-8\n")
    assert [task["title"] for task in person.api("GET", "/tasks")["items"]] == ["Good"]
    assert piped(person, b"bad\xff", "chat").stderr == b"todo: bad\\udcff is not UTF-8\n"


def piped(person: Person, given: bytes, *command: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([TODO, *command], env=person.environment, input=given, capture_output=True, check=False)


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["table", "json"])
def test_a_full_disk_is_said_to_be(person: Person, options: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [TODO, "list", "all", *options], env=person.environment, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (ran.returncode, ran.stderr) == (1, b"todo: [Errno 28] No space left on device\n")


def test_who_reads_no_further_is_told_nothing(person: Person) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        ran = subprocess.run(
            [TODO, "list", "--json"], env=person.environment, stdout=nobody, stderr=subprocess.PIPE, check=False
        )
    assert (ran.returncode, ran.stderr) == (1, b"")


def test_what_a_terminal_has_no_sign_for_is_replaced(person: Person) -> None:
    person.has("Grüße", due_date="2031-01-31", recurrence_pattern="monthly")
    out = person.says("list", "all", PYTHONIOENCODING="ascii")
    assert "Gr??e" in out
    assert "Fri 2031-01-31 ?" in out


def test_a_suite_without_the_web_ui_has_no_sign_in(person: Person) -> None:
    ran = person.todo("login", TODO_TOKEN="")
    assert (ran.code, "TODO_TOKEN" in ran.err) == (1, True)


def test_the_suite_and_the_person_are_told(person: Person) -> None:
    assert person.reads("status") == {"url": person.suite.url, "api": True, "signed_in": True, "version": "0.1.0"}
    away = person.todo("status", TODO_URL=f"http://127.0.0.1:{free_port()}")
    assert away.code == 7
    assert person.todo("status", "--json", TODO_TOKEN="").out.find('"signed_in": false') > 0
    assert person.reads("whoami")["id"] == person.user
    assert person.says("--version") == "0.1.0\n"


def test_no_token_is_printed(person: Person) -> None:
    for command in (("whoami",), ("whoami", "--json"), ("status",), ("show", "9"), ("logout",)):
        ran = person.todo(*command)
        assert person.token not in ran.out + ran.err, command


def test_what_signs_a_person_in_is_for_their_eyes_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    known = credentials.Credentials("http://localhost:3000", "secret-session")
    credentials.save(known)
    assert credentials.load() == known
    assert "secret-session" not in repr(known)
    (file,) = (tmp_path / "todo").iterdir()
    assert (file.stat().st_mode & 0o777, (tmp_path / "todo").stat().st_mode & 0o777) == (0o600, 0o700)
    credentials.forget()
    assert credentials.load() is None


def test_numbers_of_tasks_complete_with_their_titles(person: Person) -> None:
    person.has("Water [bold] \x1b[2J plants")
    environment = {"_TODO_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "todo show "}
    out = person.todo(**environment).out
    assert '"1":"Water [bold] ' in out
    assert "\x1b" not in out
    away = person.todo(TODO_URL=f"http://127.0.0.1:{free_port()}", **environment)
    assert away.err == "", "a suite that is away is no error while somebody types"
