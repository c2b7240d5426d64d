"""Texts come from people: whatever is in them is shown, and nothing of it acts on the terminal.

The API takes control characters out of titles and tags, and leaves them in descriptions.
"""

import json

from terminal.tests.support import Person

WORDS = {
    "markup": "[bold red]not bold[/bold red] [link=http://x]y[/link] :smile:",
    "escape": "clear \x1b[2J\x1b]0;owned\x07 the screen",
    "c1": "csi \x9b2J here",
    "direction": "invoice \u202efdp.exe \u2066hidden\u2069",
    "lines": "one\u2028two\rthree",
}
ACTING = "\x1b\x07\x9b\u202e\u2066\u2069\u2028\r"


def test_nothing_in_a_title_acts_on_the_terminal(person: Person) -> None:
    title = " ".join(WORDS.values())
    person.has(title, description=f"{title}\nsecond line", tags=["[red]\x1b[2J"])
    commands = (
        "list",
        "show 1",
        "search clear",
        "complete 1",
        "reopen 1",
        "update 1 --priority low",
        "delete 1",
        "undo",
    )
    out = person.session(*commands, "history", COLUMNS="400")
    assert not set(out) & set(ACTING)
    assert out.count(WORDS["markup"]) > len(commands), "each command shows the title, and show the description, too"
    for words in ("clear \\x1b[2J", "invoice \\u202efdp"):
        assert words in out


def test_nothing_in_what_was_changed_acts_on_the_terminal(person: Person) -> None:
    person.has("Tea")
    out = person.says("update", "1", "--title", WORDS["escape"], "--description", WORDS["direction"])
    assert not set(out) & set(ACTING)
    assert "Tea → clear" in out
    assert "invoice \\u202efdp" in out
    ran = person.todo("search", " ")
    assert not set(ran.err) & set(ACTING)


def test_nothing_in_json_acts_on_the_terminal_and_nothing_is_lost(person: Person) -> None:
    description = " ".join(WORDS.values())
    person.has("Tea", description=description)
    out = person.says("list", "--json")
    assert out.isascii()
    assert not set(out) & set(ACTING)
    assert json.loads(out)["items"][0]["description"] == description


def test_a_zero_width_joiner_stays(person: Person) -> None:
    """It holds pictures of several together, and is needed to write Persian."""
    title = "👩\u200d🚀 \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    person.has(title)
    assert title in person.says("show", "1")


def test_the_lines_of_a_description_stay(person: Person) -> None:
    person.has("Shopping", description="milk\nbread\r\neggs")
    assert "milk\nbread\neggs\n" in "\n".join(line.rstrip() for line in person.says("show", "1").splitlines()) + "\n"
