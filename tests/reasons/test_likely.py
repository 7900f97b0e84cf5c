"""What a rationale as a whole is likely to say besides what phrases tell."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.reasons import MET, STATUSES, UNMET
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.reasons.classifier import Spoken
from imrsearch.reasons.likely import (
    BARS,
    Bars,
    Signs,
    SpokenSentence,
    likely_reasons,
    sign_weights,
    signs_by_criterion,
    usual_reasons,
    weighed,
)
from imrsearch.reasons.read import read_reasons
from imrsearch.text.words import Stretch

NO_RELIEF = Spoken({"pain-relief": 0.8, "first-line-tried": 0.4}, met=0.1, unmet=0.9)
BARE = Spoken({"pain-relief": 0.6, "first-line-tried": 0.05}, met=0.05, unmet=0.05)
USUAL = usual_reasons(UNMET, None, frozenset())


def besides(*told: SpokenSentence, known: tuple[str, ...] = ()) -> list[str]:
    """What a text is likely to say beside what phrases tell in a sentence of its own."""
    named = [SpokenSentence((90, 99), Spoken({one: 1.0}, met=0.0, unmet=1.0), ()) for one in known]
    by_phrases = dict.fromkeys(known, (90, 99))
    weights, bars = sign_weights(UNMET), BARS[UNMET]
    reasons = likely_reasons(by_phrases, [*told, *named], UNMET, USUAL, weights, bars)
    return [name for name in reasons if name not in known]


def test_signs_are_those_of_the_likeliest_sentence_and_of_all() -> None:
    told = [
        SpokenSentence((0, 9), Spoken({"pain-relief": 0.9}, met=0.5, unmet=0.4), ()),
        SpokenSentence((10, 19), NO_RELIEF, ("red-flags",)),
    ]
    found = signs_by_criterion(("pain-relief",), told, UNMET, {"pain-relief": -2.0})
    assert found["pain-relief"].span == (10, 19)
    assert found["pain-relief"].signs == pytest.approx(
        Signs(
            likely=0.72**0.5,
            opposite=0.1,
            share=1.0,
            another=1.0,
            topic=0.9,
            second=0.6,
            told=1.0,
            usual=-2.0,
        )
    )
    other = signs_by_criterion((), told, UNMET, USUAL)["first-line-tried"].signs
    assert (other.share, other.told) == (0.5, 0.0)


def test_what_says_nothing_of_a_status_gives_no_reason_but_what_phrases_tell() -> None:
    told = [SpokenSentence((0, 9), BARE, ())]
    assert signs_by_criterion((), told, UNMET, USUAL) == {}
    assert signs_by_criterion((), [SpokenSentence((0, 9), NO_RELIEF, ())], MET, USUAL) == {}
    assert set(signs_by_criterion(("red-flags",), told, UNMET, USUAL)) == {"red-flags"}


def test_neither_do_criteria_ruled_out() -> None:
    usual = usual_reasons(UNMET, None, frozenset({"first-line-tried"}))
    told = [SpokenSentence((0, 9), NO_RELIEF, ())]
    assert set(signs_by_criterion((), told, UNMET, usual)) == {"pain-relief"}


def test_each_category_has_reasons_that_are_usual() -> None:
    imaging = usual_reasons(UNMET, "Diagnostic Testing", frozenset())
    drugs = usual_reasons(UNMET, "Pharmaceuticals", frozenset())
    assert imaging["red-flags"] > USUAL["red-flags"] > drugs["red-flags"]
    assert imaging["first-line-tried"] < USUAL["first-line-tried"] < drugs["first-line-tried"]
    assert usual_reasons(UNMET, "Unknown", frozenset()) == USUAL


def test_what_is_likely_comes_beside_what_is_known() -> None:
    told = SpokenSentence((0, 9), NO_RELIEF, ())
    assert besides(told)[0] == "pain-relief"
    assert "pain-relief" in besides(told, known=("red-flags",))
    assert besides(SpokenSentence((0, 9), BARE, ())) == []


def test_a_vague_criterion_is_none_beside_another() -> None:
    told = SpokenSentence((0, 9), Spoken({"rationale-documented": 1.0}, met=0.0, unmet=1.0), ())
    assert besides(told) == ["rationale-documented"]
    assert besides(told, known=("red-flags",)) == []


def test_what_phrases_tell_goes_where_all_speaks_against_it() -> None:
    told = [SpokenSentence((0, 9), Spoken({"pain-relief": 0.9}, met=0.0, unmet=1.0), ("weaning",))]
    usual = usual_reasons(UNMET, "Diagnostic Testing", frozenset())
    weights, by_phrases = sign_weights(UNMET), {"weaning": (0, 9), "pain-relief": (0, 9)}

    def reasons(known: dict[str, Stretch], said: list[SpokenSentence], least: float) -> list[str]:
        return list(likely_reasons(known, said, UNMET, usual, weights, Bars(least, 0.3)))

    assert reasons(by_phrases, told, 0.1) == ["pain-relief"]
    assert reasons(by_phrases, told, 0.0) == ["weaning", "pain-relief"]
    assert reasons({"weaning": (0, 9)}, [], 0.1) == ["weaning"]  # else none would be left


def test_the_only_reason_may_be_less_likely() -> None:
    told = [SpokenSentence((0, 9), Spoken({"pain-relief": 0.3}, met=0.2, unmet=0.3), ())]
    weights = sign_weights(UNMET)
    sure = weighed(weights, signs_by_criterion((), told, UNMET, USUAL)["pain-relief"].signs)
    for least, found in ((sure - 0.01, {"pain-relief": (0, 9)}), (sure + 0.01, {})):
        assert likely_reasons({}, told, UNMET, USUAL, weights, Bars(0.1, least)) == found


@pytest.mark.parametrize("status", STATUSES)
def test_the_likelier_a_sentence_says_it_the_likelier_it_is(status: str) -> None:
    weights = sign_weights(status)
    signs = Signs(0.5, 0.1, share=0.8, another=0.0, topic=0.5, second=0.0, told=0.0, usual=-2.0)
    by_more = [
        signs._replace(likely=0.9),
        signs._replace(topic=0.9),
        signs._replace(second=0.5),
        signs._replace(share=1.0),
        signs._replace(told=1.0),
        signs._replace(usual=-1.0),
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


def test_where_nothing_is_likely_the_surest_that_a_phrase_tells_is_left() -> None:
    known = {"weaning": (0, 9), "pain-relief": (10, 19)}
    told = [SpokenSentence((10, 19), Spoken({"pain-relief": 0.4}, met=0.0, unmet=0.4), ())]
    bars = Bars(told=1.1, alone=1.1)
    for by_phrases in (known, dict(reversed(known.items()))):
        found = likely_reasons(by_phrases, told, UNMET, USUAL, sign_weights(UNMET), bars)
        assert found == {"pain-relief": (10, 19)}


@pytest.mark.parametrize(
    ("named", "another"),
    [
        ((), 0.0),
        (("pain-relief",), 0.0),
        (("red-flags",), 1.0),
        (("pain-relief", "red-flags"), 1.0),
    ],
)
def test_whether_phrases_of_the_sentence_name_another(
    named: tuple[str, ...], another: float
) -> None:
    told = [SpokenSentence((0, 9), NO_RELIEF, named)]
    assert signs_by_criterion((), told, UNMET, USUAL)["pain-relief"].signs.another == another


@pytest.mark.parametrize(("status", "opposite"), [(UNMET, 0.2), (MET, 0.9)])
def test_how_far_the_other_status_is_said(status: str, opposite: float) -> None:
    spoken = Spoken({"pain-relief": 0.8}, met=0.2, unmet=0.9)
    found = signs_by_criterion((), [SpokenSentence((0, 9), spoken, ())], status, USUAL)
    assert found["pain-relief"].signs.opposite == opposite


def test_the_surest_comes_first() -> None:
    told = [
        SpokenSentence((0, 9), Spoken({"first-line-tried": 0.8}, met=0.0, unmet=0.7), ()),
        SpokenSentence((10, 19), Spoken({"pain-relief": 1.0}, met=0.0, unmet=1.0), ()),
        SpokenSentence((20, 29), Spoken({"red-flags": 0.9}, met=0.0, unmet=0.9), ()),
    ]
    even = dict.fromkeys(("first-line-tried", "pain-relief", "red-flags"), 0.0)
    found = likely_reasons({}, told, UNMET, even, sign_weights(UNMET), Bars(0.1, 0.1))
    assert list(found) == ["pain-relief", "red-flags", "first-line-tried"]
