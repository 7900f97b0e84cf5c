from __future__ import annotations

import pytest

from imrsearch.text.plurals import count


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 issues"), (1, "1 issue"), (1204, "1,204 issues")]
)
def test_a_number_has_its_noun(number: int, words: str) -> None:
    assert count(number, "issue") == words


def test_a_plural_may_be_more_than_an_s() -> None:
    assert count(2, "criterion", "criteria") == "2 criteria"
    assert count(1, "criterion", "criteria") == "1 criterion"
