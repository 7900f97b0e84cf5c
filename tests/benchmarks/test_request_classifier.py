"""What the classifier of requests learns, and from what."""

from __future__ import annotations

from benchmarks.pasted_sets import KEPT_BACK, SETS
from benchmarks.request_classifier import HANDS, LEARNT, Named, hand_of, named_in, trained
from imrsearch.search.pasted.likely_requests import likelihood


def test_a_set_kept_back_teaches_nothing() -> None:
    assert set(KEPT_BACK) <= set(SETS)
    assert set(LEARNT) == set(SETS) - set(KEPT_BACK)


def test_each_set_is_by_one_hand() -> None:
    assert {name for hand in HANDS for name in hand} <= set(SETS)
    assert hand_of("july") == ("june", "july")
    assert hand_of("march") == ("march",)


def test_what_a_text_names_is_a_request_or_none() -> None:
    text = {
        "text": "Requested: cane. Past care: acupuncture. Also a paraffin bath.",
        "request": [{"treatment": "cane"}, {"category": "Rehabilitation"}],
    }
    named = {
        name: one.is_request
        for one in named_in("open", text)
        for name in one.features
        if name.startswith("is ")
    }
    assert named["is cane"]
    assert "is acupuncture" not in named  # of a category that is expected without a name


def test_weights_tell_requests_from_others() -> None:
    asked, past = frozenset({"line denied", "a"}), frozenset({"line history", "a"})
    known = [Named("open", asked, True)] * 5 + [Named("open", past, False)] * 5
    weights = trained(known)
    assert likelihood(asked, weights) > 0.9
    assert likelihood(past, weights) < 0.1
