"""Identifiers sort by the time they were made."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import RFC_4122

import pytest

from todo_kit.ids import uuid7

NOW = 1_800_000_000_123


def test_ids_of_one_process_increase_within_a_millisecond_and_when_the_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = [uuid7()]
    for milliseconds in (NOW, NOW, NOW - 5_000, NOW + 1):
        monkeypatch.setattr(time, "time_ns", lambda at=milliseconds: at * 1_000_000)
        made += [uuid7() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert made[-1].int >> 80 == NOW + 1


def test_threads_make_no_id_twice_and_each_sees_them_increase() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [uuid7() for _ in range(2_000)], range(8)))
    assert all(each == sorted(each) for each in made)
    assert len({one for each in made for one in each}) == 16_000


def test_an_id_of_an_earlier_time_begins_with_it() -> None:
    at = datetime(2026, 6, 1, 9, 30, 0, 250_000, tzinfo=UTC)
    assert uuid7(at).int >> 80 == int(at.timestamp() * 1000)
    assert uuid7(at) != uuid7(at)
