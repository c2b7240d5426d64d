"""Whatever is typed, wherever and whenever: an answer, and one that makes a task."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.tests.quick_add.sentences import FILES, as_json, read_all, understood
from todo_backend.tasks.schemas import TaskCreate
from todo_kit.recurrence import Rule

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
RULES = (
    "daily", "weekly", "monthly", "yearly", "hourly", "quarterly", "every! monday", "every 6 hours", "every 2 months",
    "every first tuesday", "every 1st and 15th", "every last working day", "every march and june", "every 29 feb",
    "first tuesday", "on the last friday", "last day", "in may", "in may and june", "from april to september",
    "except 24 dec", "except 1 and 2 jan", "8am and 8pm", "at 10:00, 12:30 and 18:00", "until june", "5 times",
    "for 3 weeks", "on the 15th", "31st", "night", "tomorrow", "remind 1d",
)  # fmt: skip
RULE_SALAD = st.lists(st.sampled_from(RULES), min_size=2, max_size=6)
FIRST, LAST = (datetime(year, 6, 1, tzinfo=UTC).replace(tzinfo=None) for year in (1971, 2199))
NOWS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@given(
    ANYTHING | (WORD_SALAD | RULE_SALAD).map(lambda words: " ".join(words)[:500]),
    NOWS,
    st.sampled_from(ZONES),
    st.sampled_from([*FILES, "es-MX"]),
)
def test_any_text_has_an_answer_that_makes_a_task(text: str, now: datetime, zone: ZoneInfo, locale: str | None) -> None:
    answer = understood(text, now, zone, locale=locale)
    content = as_json(answer)
    check(content["fields"])
    for ambiguity in content["ambiguities"]:
        assert 0 <= ambiguity["chosen"] < len(ambiguity["alternatives"])
        for alternative in ambiguity["alternatives"]:
            check({**content["fields"], **alternative["fields"]})
    places = [(match.start, match.end) for match in answer.matches]
    assert places == sorted(places)
    assert all(text[span.start : span.end] == span.text for span in [*answer.matches, *answer.ambiguities])


def check(fields: dict[str, Any]) -> None:
    task = TaskCreate.model_validate({**fields, "title": "Something"})
    if task.recurrence_pattern != "none":
        Rule.of(task.recurrence_pattern, task.recurrence.model_dump() if task.recurrence else None)


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
        "jeden mo, ",
        "um 8 und ",
        "cada lunes y ",
        "a las 8 y ",
        "1.1. bis ",
        "del 1 al ",
    ],
)
@pytest.mark.parametrize("locale", FILES)
@pytest.mark.timeout(10)
def test_no_text_keeps_the_parser_busy(piece: str, locale: str | None) -> None:
    """It takes 20 ms; a pattern that goes back and forth would take hours."""
    understood((piece * 500)[:500], locale=locale)
