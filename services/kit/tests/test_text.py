import contextlib
import uuid
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from todo_kit import cursors
from todo_kit.context import correlation_id_from
from todo_kit.errors import Invalid
from todo_kit.fields import When
from todo_kit.ids import uuid7
from todo_kit.text import Title, storable


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


KEPT = [
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 family",
    "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f1e9\U0001f1ea flags",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "1\ufe0f\u20e3 keycap",
    "\u2764\ufe0f",
    "\u05e9\u05dc\u05d5\u05dd\u200f!",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0928\u092e\u0938\u094d\u0924\u0947",
    "z\u0327\u0308 marks",
    "日本語",
    "Äpfel",
    "…",
]


@pytest.mark.parametrize("title", KEPT)
def test_a_title_keeps_emoji_scripts_and_marks(title: str) -> None:
    assert TypeAdapter(Title).validate_python(title) == title


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Milk\n- [ ] 7. Forged", "Milk - [ ] 7. Forged"),
        ("a\r\nb\u2028c\u2029d\x85e\tf\x0bg", "a b c d e f g"),
        ("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x"),
        ("Cafe\u0301", "Café"),
        ("\n Milk \n", "Milk"),
    ],
)
def test_a_title_is_one_line_in_nfc_without_bidi_controls(given: str, expected: str) -> None:
    assert TypeAdapter(Title).validate_python(given) == expected


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "\n",
        "\u200b",
        "\u200d\ufe0f",
        "\u3164",
        "\u2800",
        "\u00ad",
        "\u0301",
        "\u202e",
        "\ufeff\u2060",
        "\u00a0\u3000",
    ],
)
def test_a_title_without_a_visible_character_is_refused(title: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Title).validate_python(title)


@pytest.mark.parametrize("fraction", ["", ".1", ".123456", ".1234567", ".123456789012345678901234567890"])
def test_a_date_time_may_have_a_fraction_of_any_length(fraction: str) -> None:
    found = TypeAdapter(When).validate_python(f"2026-01-31T09:00:00{fraction}Z")
    assert found == datetime.fromisoformat(f"2026-01-31T09:00:00{fraction[:7]}+00:00")
