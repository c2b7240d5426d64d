"""The next date of a rule is the one that dateutil and the policy give, for rules of every kind in 20 time zones."""

from dataclasses import replace
from datetime import datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from recurring_tasks_service.recurrence import Occurrence, Series, occurrence
from tests.recurrence.samples import compare, samples
from todo_kit.recurrence import rrules

COMPARED = 12
UTC = ZoneInfo("UTC")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_the_engine_agrees_with_the_oracle(seed: int) -> None:
    found = [text for _, text in (compare(sample) for sample in samples(seed, 200)) if text]
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 105))
def test_the_text_of_a_rule_means_the_same_dates(seed: int) -> None:
    """For texts without SKIP, which dateutil does not know. Ends and excluded dates are not compared."""
    for sample in samples(seed, 200):
        rule = replace(sample.series.rule, until=None, count=None, excluded_dates=())
        series = Series(sample.series.anchor, UTC, rule)
        text = rrules.write(rule, series.anchor, UTC)
        if text is None or "SKIP" in text:
            continue
        assert rrules.write(rrules.parse(text), series.anchor, UTC) == text
        start = datetime.combine(series.first_day, series.wall_time)
        later = (at for at in rrulestr(text, dtstart=start) if at > start)
        expected = list(islice(later, COMPARED))
        found = (occurrence(series, slot) for slot in range(1, len(expected) + 1))
        assert [local_time(each) for each in found] == expected, text


def local_time(found: Occurrence | None) -> datetime | None:
    if found is None:
        return None
    local = found.local
    return local.replace(tzinfo=None) if isinstance(local, datetime) else datetime.combine(local, time())
