import contextlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_kit import cursors
from todo_kit.context import correlation_id_from
from todo_kit.errors import Invalid
from todo_kit.ids import uuid7
from todo_kit.text import storable


def test_what_postgres_cannot_hold_is_refused() -> None:
    assert storable("Grüße 👋") == "Grüße 👋"
    for text in ("a\x00", "\ud800", "ok\udfff"):
        with pytest.raises(ValueError, match="must"):
            storable(text)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.integers(-(2**53), 2**53) | st.none()))
def test_a_cursor_says_what_was_put_into_it(position: dict[str, int | None]) -> None:
    assert cursors.decode(cursors.encode(position)) == position


@given(st.text())
def test_no_cursor_of_somebodys_own_making_is_a_crash(text: str) -> None:
    with contextlib.suppress(Invalid):
        assert isinstance(cursors.decode(text), dict)


def test_ids_are_version_7_and_rise_with_time() -> None:
    made = [uuid7() for _ in range(100)]
    assert {(made_id.version, made_id.variant) for made_id in made} == {(7, uuid.RFC_4122)}
    assert [i.int >> 80 for i in made] == sorted(i.int >> 80 for i in made)


@pytest.mark.parametrize("header", [None, "", "a b", "x" * 65, "a\nb", "ü"])
def test_a_correlation_id_that_is_not_fit_for_a_log_is_replaced(header: str | None) -> None:
    assert correlation_id_from(header) != header
