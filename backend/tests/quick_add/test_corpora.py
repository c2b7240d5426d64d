"""Sentences of strangers: the share of silently wrong readings does not grow. `corpora` prints all figures."""

from collections import Counter

import pytest

from backend.tests.quick_add.corpora import Outcome, figures, figures_of_changes


@pytest.mark.parametrize(
    ("name", "silently_wrong", "asked_needlessly"),
    [
        ("english-tuned", 0.5, 3.5),
        ("english-held-out", 3.5, 2.5),
        ("rules-tuned", 0.0, 6.5),
        ("rules-held-out", 2.5, 5.0),
        ("german-tuned", 2.0, 0.0),
        ("german-held-out", 2.0, 4.0),
        ("spanish-tuned", 0.0, 2.0),
        ("spanish-held-out", 3.5, 1.0),
        ("english-2-tuned", 1.0, 1.0),
        ("english-2-held-out", 4.0, 1.0),
        ("german-2-tuned", 0.0, 0.0),
        ("german-2-held-out", 3.5, 3.5),
        ("spanish-2-tuned", 0.0, 0.0),
        ("spanish-2-held-out", 6.5, 0.0),
        ("english-3-tuned", 0.0, 0.0),
        ("english-3-held-out", 3.0, 1.0),
        ("spanish-3-tuned", 5.0, 5.0),
        ("spanish-3-held-out", 0.0, 0.0),
        ("english-4-tuned", 2.0, 5.0),
        ("english-4-held-out", 1.0, 7.5),
        ("german-4-tuned", 0.0, 1.5),
        ("german-4-held-out", 3.0, 6.0),
        ("spanish-4-tuned", 6.0, 3.0),
        ("spanish-4-held-out", 0.0, 10.0),
    ],
)
def test_few_sentences_of_strangers_are_misread_without_a_question(
    name: str, silently_wrong: float, asked_needlessly: float
) -> None:
    check(figures(name), silently_wrong, asked_needlessly)


@pytest.mark.parametrize(
    ("name", "silently_wrong", "asked_needlessly"), [("changes-tuned", 0.0, 12.0), ("changes-held-out", 2.0, 13.0)]
)
def test_few_changes_of_dates_are_misread(name: str, silently_wrong: float, asked_needlessly: float) -> None:
    check(figures_of_changes(name), silently_wrong, asked_needlessly)


def check(counted: Counter[Outcome], silently_wrong: float, asked_needlessly: float) -> None:
    assert 100 * counted["silently wrong"] / counted.total() <= silently_wrong
    assert 100 * counted["asked needlessly"] / counted.total() <= asked_needlessly
