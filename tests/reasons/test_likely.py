"""What a rationale as a whole is likely to say besides what phrases tell."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.reasons import MET, STATUSES, UNMET
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.classifier import Spoken
from imrsearch.reasons.likely import (
    Signs,
    SpokenSentence,
    likely_besides,
    sign_weights,
    signs_by_criterion,
    weighed,
)
from imrsearch.reasons.read import read_reasons

NO_RELIEF = Spoken({"pain-relief": 0.8, "first-line-tried": 0.4}, met=0.1, unmet=0.9)
BARE = Spoken({"pain-relief": 0.6, "first-line-tried": 0.05}, met=0.05, unmet=0.05)


def likely(*told: SpokenSentence, known: tuple[str, ...] = (), status: str = UNMET) -> list[str]:
    weights = sign_weights(status)
    return [name for name, _ in likely_besides(known, told, status, frozenset(), weights)]


def test_signs_are_those_of_the_likeliest_sentence_and_of_all() -> None:
    told = [
        SpokenSentence((0, 9), Spoken({"pain-relief": 0.9}, met=0.5, unmet=0.4), ()),
        SpokenSentence((10, 19), NO_RELIEF, ("red-flags",)),
    ]
    found = signs_by_criterion(told, UNMET, frozenset())
    assert found["pain-relief"].span == (10, 19)
    assert found["pain-relief"].signs == pytest.approx(
        Signs(likely=0.72**0.5, opposite=0.1, share=1.0, another=1.0, topic=0.9, second=0.6)
    )
    assert found["first-line-tried"].signs.share == 0.5


def test_what_says_nothing_of_a_status_gives_no_reason() -> None:
    assert signs_by_criterion([SpokenSentence((0, 9), BARE, ())], UNMET, frozenset()) == {}
    assert signs_by_criterion([SpokenSentence((0, 9), NO_RELIEF, ())], MET, frozenset()) == {}


def test_neither_do_criteria_ruled_out_nor_those_that_phrases_displace() -> None:
    told = [SpokenSentence((0, 9), NO_RELIEF, ("conservative-care-failed",))]
    assert set(signs_by_criterion(told, UNMET, frozenset())) == {"first-line-tried"}
    assert not signs_by_criterion(told, UNMET, frozenset({"first-line-tried"}))


def test_what_is_likely_comes_beside_what_is_known() -> None:
    told = SpokenSentence((0, 9), NO_RELIEF, ())
    assert likely(told)[0] == "pain-relief"
    assert "pain-relief" not in likely(told, known=("pain-relief",))
    assert likely(SpokenSentence((0, 9), BARE, ())) == []


def test_a_vague_criterion_is_none_beside_another() -> None:
    told = SpokenSentence((0, 9), Spoken({"rationale-documented": 1.0}, met=0.0, unmet=1.0), ())
    assert likely(told) == ["rationale-documented"]
    assert likely(told, known=("red-flags",)) == []


@pytest.mark.parametrize("status", STATUSES)
def test_the_likelier_a_sentence_says_it_the_likelier_it_is(status: str) -> None:
    weights = sign_weights(status)
    signs = Signs(likely=0.5, opposite=0.1, share=0.8, another=0.0, topic=0.5, second=0.0)
    by_more = [
        signs._replace(likely=0.9),
        signs._replace(topic=0.9),
        signs._replace(second=0.5),
        signs._replace(share=1.0),
    ]
    assert all(weighed(weights, more) > weighed(weights, signs) for more in by_more)
    assert weighed(weights, signs._replace(another=1.0)) < weighed(weights, signs)


@pytest.mark.parametrize(
    ("text", "decision", "criterion"),
    [
        ("A second opinion would add nothing to the plan.", UPHELD, "specialist-input-needed"),
        ("She cannot bathe or cook by herself since the operation.", OVERTURNED, "assistance-need"),
    ],
)
def test_its_sentence_is_the_evidence(text: str, decision: str, criterion: str) -> None:
    rationale = f"The patient is 54 years old. {text} The service was requested in May."
    reasons = {one.criterion: one for one in read_reasons(rationale, decision)}
    assert reasons[criterion].evidence == text
    assert rationale[slice(*reasons[criterion].span)] == text
