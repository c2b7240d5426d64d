"""The colours of tags: one per tag and account, whatever the spelling, shown live."""

import pytest

from backend.tests.conftest import Person
from backend.tests.support import told
from tests.support import Backbone
from todo_backend.tags import service


async def colors(person: Person) -> dict[str, str]:
    return dict((await person.call("GET", "/overview")).json()["tag_colors"])


async def test_a_tag_has_the_colour_that_was_chosen_last(person: Person, stranger: Person, backbone: Backbone) -> None:
    for name, color in (("Work", "red"), ("wÖRK", "teal"), ("WORK", "green")):
        answer = await person.call("PUT", "/tags/color", json={"name": name, "color": color})
        assert answer.status_code == 204, answer.text
    assert await colors(person) == {"work": "green", "wörk": "teal"}
    assert await colors(stranger) == {}
    await person.call("PUT", "/tags/color", json={"name": "work", "color": None})
    assert await colors(person) == {"wörk": "teal"}
    events = [event["data"] for event in await told(backbone, person, 4, "task-updates")]
    assert [event["payload"] for event in events][2:] == [
        {"name": "WORK", "color": "green"}, {"name": "work", "color": None}
    ]  # fmt: skip


async def test_only_colours_of_the_palette_and_names_of_tags_are_accepted(person: Person) -> None:
    for body in ({"name": "work"}, {"name": "", "color": "red"}, {"name": "work", "color": "#ff0000"}):
        assert (await person.call("PUT", "/tags/color", json=body)).status_code == 422


async def test_an_account_has_a_limited_number_of_coloured_tags(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST", 1)
    assert (await person.call("PUT", "/tags/color", json={"name": "a", "color": "red"})).status_code == 204
    answer = await person.call("PUT", "/tags/color", json={"name": "b", "color": "red"})
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_tag_colors")
    assert (await person.call("PUT", "/tags/color", json={"name": "A", "color": "blue"})).status_code == 204
