"""The next date of a rule is the one that dateutil and the policy give, for rules of every kind in 20 time zones."""

import pytest

from tests.recurrence.samples import compare, samples


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_the_engine_agrees_with_the_oracle(seed: int) -> None:
    found = [text for _, text in (compare(sample) for sample in samples(seed, 200)) if text]
    assert not found, "\n".join(found)
