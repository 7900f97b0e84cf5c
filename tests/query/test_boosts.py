from __future__ import annotations

from imrsearch.query.boosts import TOGETHER_WISH, ranked
from imrsearch.query.tree import And, Boost, Boosted, DisMax, FieldEquals, Not, Phrase, Term

A, B = Term("a"), Term("b")


def test_words_are_wished_for_together() -> None:
    query = And((A, DisMax((B, Boost(Term("c"), 0.5)))))
    together = Boost(Phrase(("a", "b"), exact=False, slop=1), TOGETHER_WISH)
    assert ranked(query) == Boosted(query, (together,))


def test_what_is_left_out_or_bound_to_a_field_makes_no_wish() -> None:
    query = And((Not(A), Term("b", ("summary",)), FieldEquals("body", "knee")))
    assert ranked(query) == query
