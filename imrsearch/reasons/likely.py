"""What a rationale is likely to say besides what phrases tell.

The classifier tells of each sentence alone how far it speaks of a criterion. Whether the rationale
gives it as a reason is judged over all its sentences, by a few signs: their weights are learnt from
whole rationales of our own (``make reason-signs``). Docs: docs/reasons.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from math import exp, sqrt
from typing import NamedTuple

from imrsearch.catalogue.reasons import MET, UNMET, criteria
from imrsearch.reasons.classifier import Spoken
from imrsearch.system.package_data import load_toml
from imrsearch.text.words import Stretch

SIGNS_FILE = "reason_signs.toml"
SURE_ENOUGH = {MET: 0.6, UNMET: 0.65}
"""How likely a reason has to be that no phrase tells …"""
_RATHER_THAN_NONE = 0.3
"""… and the likeliest one, where else none is known."""
_HARDLY = 0.1
"""What a sentence says of a status, or of a criterion, no further than this is nothing."""


class SpokenSentence(NamedTuple):
    """A sentence about the patient: where it stands, what it speaks of, and the criteria that its
    phrases name."""

    span: Stretch
    spoken: Spoken
    named: tuple[str, ...]


class Signs(NamedTuple):
    """What tells whether a rationale gives a criterion as a reason, each from 0 to 1.

    Of the sentence that likeliest gives it: how likely it does (the root of it), how far the other
    status is said, what share of its foremost criterion this one has, and whether phrases name
    another. Of all: how far any speaks of it, and how likely the second gives it (the root).
    """

    likely: float
    opposite: float
    share: float
    another: float
    topic: float
    second: float


class WeighedCriterion(NamedTuple):
    """A criterion's signs, and the sentence that likeliest gives it."""

    signs: Signs
    span: Stretch


class _Spoken(NamedTuple):
    likelihood: float
    topic: float
    share: float
    told: SpokenSentence


def likely_besides(
    known: Collection[str],
    told: Sequence[SpokenSentence],
    status: str,
    ruled_out: frozenset[str],
    weights: Mapping[str, float],
) -> Iterator[tuple[str, Stretch]]:
    """The criteria that a rationale is likely to give beside those known, the surest first, each
    with its sentence. A vague one is none beside another."""
    found = signs_by_criterion(told, status, ruled_out)
    likely = sorted(
        ((weighed(weights, found[name].signs), name) for name in found if name not in known),
        reverse=True,
    )
    any_known = bool(known)
    for sure, name in likely:
        enough = SURE_ENOUGH[status] if any_known else _RATHER_THAN_NONE
        if sure < enough:
            return
        if any_known and criteria()[name].vague:
            continue
        any_known = True
        yield name, found[name].span


def signs_by_criterion(
    told: Sequence[SpokenSentence], status: str, ruled_out: frozenset[str]
) -> dict[str, WeighedCriterion]:
    """The signs of every criterion that some sentence speaks of, saying that it is (un)met; where
    phrases of a sentence name one that displaces it, the sentence does not."""
    spoken: dict[str, list[_Spoken]] = {}
    for one in told:
        said = one.spoken.met if status == MET else one.spoken.unmet
        topics = [
            (value, name)
            for name, value in one.spoken.topics.items()
            if value > _HARDLY and name not in ruled_out
        ]
        if said <= _HARDLY or not topics:
            continue
        most, _ = max(topics)
        displaced = {less for name in one.named for less in criteria()[name].over}
        for value, name in topics:
            if name not in displaced:
                spoken.setdefault(name, []).append(_Spoken(value * said, value, value / most, one))
    return {name: _signs_together(sentences, status) for name, sentences in spoken.items()}


def _signs_together(sentences: list[_Spoken], status: str) -> WeighedCriterion:
    first, *others = sorted(sentences, key=lambda one: one.likelihood, reverse=True)
    spoken = first.told.spoken
    signs = Signs(
        likely=sqrt(first.likelihood),
        opposite=spoken.unmet if status == MET else spoken.met,
        share=first.share,
        another=float(bool(first.told.named)),
        topic=max(one.topic for one in sentences),
        second=sqrt(others[0].likelihood) if others else 0.0,
    )
    return WeighedCriterion(signs, first.told.span)


def weighed(weights: Mapping[str, float], signs: Signs) -> float:
    """How likely a criterion with these signs is given as a reason."""
    total = weights["constant"] + sum(
        weights[name] * value for name, value in zip(Signs._fields, signs, strict=True)
    )
    return 1 / (1 + exp(-total))


@cache
def sign_weights(status: str) -> Mapping[str, float]:
    """How each sign of a reason of this status weighs, by its name."""
    weights: Mapping[str, float] = load_toml(SIGNS_FILE)[status]
    return weights
