"""What sentences change: each in a run of its own, through the SDK, the MCP server and the database."""

import pytest

from backend.tests.rules.conftest import Talk
from backend.tests.rules.corpus import Effect, effects
from backend.tests.rules.tasks import FIELDS, state

EFFECTS = effects()


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.sentence)
async def test_a_sentence_changes_what_it_says_and_nothing_else(effect: Effect, talk: Talk) -> None:
    before = await state(talk.person)
    said = await talk.say(effect.sentence)
    expected = {number: task | effect.changes.get(number, {}) for number, task in before.items()}
    expected |= {number: FIELDS | task for number, task in enumerate(effect.new, len(before) + 1)}
    assert await state(talk.person) == expected
    for words in effect.answer:
        assert words in said
    assert "".join(talk.deltas) == said


def test_the_table_has_the_eight_and_forty_more() -> None:
    assert len({effect.sentence for effect in EFFECTS}) >= 48


async def test_answers_as_lists_of_texts_are_read_too(talk: Talk) -> None:
    """As tools are told to models that take no objects."""
    assert await talk.say("Delete the meeting task", structured=False) == "Deleted 2 “Team meeting”."
    assert talk.called == ["search_tasks", "delete_task"]
