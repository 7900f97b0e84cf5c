from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.engines.contract import Phrase, Prefix, Term
from imrsearch.search.matches import Leaf, find_matches

TEXT = "Injections at L4-5: the injection's effect, injecting 50mg in the range of motion."


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        pytest.param(Term("injections"), ["Injections", "injection's", "injecting"], id="stems"),
        pytest.param(Term("injections", exact=True), ["Injections"], id="exact word, any case"),
        pytest.param(Term("the"), ["the", "the"], id="a stop word is itself"),
        pytest.param(Prefix("inject"), ["Injections", "injection's", "injecting"], id="beginning"),
        pytest.param(Phrase(("l4", "5"), exact=False), ["L4-5"], id="words of a level"),
        pytest.param(Phrase(("50", "mg"), exact=False), ["50mg"], id="number and unit"),
        pytest.param(Phrase(("the", "range", "of")), ["the range of"], id="exact with stop words"),
        pytest.param(
            Phrase(("ranges", "in", "motion"), exact=False), ["range of motion"], id="any stop word"
        ),
        pytest.param(Phrase(("ranges", "of")), [], id="exact is not stemmed"),
        pytest.param(Phrase(("effect", "range"), slop=4), [], id="too far apart"),
        pytest.param(
            Phrase(("effect", "range"), slop=5),
            ["effect, injecting 50mg in the range"],
            id="near enough",
        ),
        pytest.param(Phrase(("range", "effect"), slop=50), [], id="only in this order"),
        pytest.param(Term("absent"), [], id="not there"),
    ],
)
def test_what_matches(leaf: Leaf, found: list[str]) -> None:
    assert [TEXT[match.start : match.end] for match in find_matches(TEXT, [leaf])] == found


def test_a_term_of_another_field_does_not_match() -> None:
    leaf = Term("effect", ("service",))
    assert find_matches(TEXT, [leaf], "rationale") == []
    assert len(find_matches(TEXT, [leaf], "service")) == len(find_matches(TEXT, [leaf])) == 1


@given(st.text(alphabet="ab 1-.", max_size=30), st.lists(st.text("ab1", min_size=1), max_size=3))
def test_matches_are_in_order_and_inside(text: str, sought: list[str]) -> None:
    leaves: list[Leaf] = [Prefix(word) for word in sought]
    leaves += [Phrase(tuple(sought), slop=2)] if len(sought) > 1 else []
    found = find_matches(text, leaves)
    assert found == sorted(found, key=lambda match: (match.start, -match.end))
    assert all(0 <= match.start < match.end <= len(text) for match in found)
