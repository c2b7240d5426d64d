"""Whatever is typed, wherever and whenever: an answer, and one that makes a task."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tests.quick_add.sentences import as_json, read_all, understood
from todo_backend.tasks.schemas import TaskCreate

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "America/New_York",
        "America/Santiago",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Asia/Kolkata",
    )
]
WORDS = sorted({word for sentence in read_all() for word in sentence.text.split()})
ANYTHING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=500)
WORD_SALAD = st.lists(st.sampled_from(WORDS) | st.text("0123456789:/.-#!\\\"' ", max_size=6), min_size=1, max_size=25)
FIRST, LAST = (datetime(year, 6, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1971, 2199))
NOWS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@given(ANYTHING | WORD_SALAD.map(lambda words: " ".join(words)[:500]), NOWS, st.sampled_from(ZONES))
def test_any_text_has_an_answer_that_makes_a_task(text: str, now: datetime, zone: ZoneInfo) -> None:
    answer = understood(text, now, zone)
    content = as_json(answer)
    TaskCreate.model_validate({**content["fields"], "title": "Something"})
    for ambiguity in content["ambiguities"]:
        assert 0 <= ambiguity["chosen"] < len(ambiguity["alternatives"])
        for alternative in ambiguity["alternatives"]:
            TaskCreate.model_validate({**content["fields"], **alternative["fields"], "title": "Something"})
    places = [(match.start, match.end) for match in answer.matches]
    assert places == sorted(places)
    assert all(text[span.start : span.end] == span.text for span in [*answer.matches, *answer.ambiguities])


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        " ",
        "1",
        '"',
        "@",
        "://",
        "sat ",
        "fri sat ",
        "every ",
        "every mon, ",
        "#a ",
        "p1 p2 ",
        "3/4 ",
        "at 7 ",
        "\\p1 ",
        "\\7pm ",
        "'",
        "5-6pm ",
        "in june ",
        "Daily Mail ",
        "next friday or ",
    ],
)
@pytest.mark.timeout(10)
def test_no_text_keeps_the_parser_busy(piece: str) -> None:
    """It takes 20 ms; a pattern that goes back and forth would take hours."""
    understood((piece * 500)[:500])
