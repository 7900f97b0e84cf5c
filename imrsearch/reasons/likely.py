"""What a rationale is likely to give as its reasons.

Phrases and the classifier tell of each sentence alone that it speaks of a criterion. Whether the
rationale gives it as a reason is judged over all its sentences, by a few signs: their weights are
learnt from whole rationales of our own (``make reason-signs``). A reason that a phrase tells is
dropped where the signs clearly speak against it; one that no phrase tells is added where they
clearly speak for it.
Docs: docs/reasons.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from math import exp, sqrt
from operator import itemgetter
from typing import NamedTuple

from imrsearch.catalogue.reasons import MET, UNMET, criteria
from imrsearch.reasons.classifier import Spoken
from imrsearch.system.package_data import load_toml
from imrsearch.text.words import Stretch

SIGNS_FILE = "reason_signs.toml"
ANY_KIND = "any"
"""Requests of every category of treatment, in the tables of what is usual."""
Usual = Mapping[str, Mapping[str, float]]
"""How usual each criterion is, by category."""
_LIKELY_ENOUGH = 0.65
"""How likely a reason that no phrase tells has to be, beside others."""
_HARDLY = 0.1
"""Up to this value, what a sentence says of a status or of a criterion counts as nothing."""


class Bars(NamedTuple):
    """How likely a reason has to be: one ``told`` by a phrase, and the first (``alone``) where no
    phrase tells any."""

    told: float
    alone: float


BARS = {MET: Bars(told=0.25, alone=0.3), UNMET: Bars(told=0.1, alone=0.3)}
"""Those of a rationale: phrases of upheld ones are surer."""


class SpokenSentence(NamedTuple):
    """A sentence about the patient: where it stands, what it speaks of, and the criteria that its
    phrases name."""

    span: Stretch
    spoken: Spoken
    named: tuple[str, ...]


class Signs(NamedTuple):
    """What tells whether a rationale gives a criterion as a reason, all but the last from 0 to 1.

    Of the sentence that likeliest gives it: how likely it does (the root of it), how far the other
    status is said, what share of its foremost criterion this one has, and whether phrases name
    another. Of all: how far any speaks of it, how likely the second gives it (the root), and
    whether a phrase tells it. And how usual it is as a reason (``usual_reasons``).
    """

    likely: float
    opposite: float
    share: float
    another: float
    topic: float
    second: float
    told: float
    usual: float


class WeighedCriterion(NamedTuple):
    """A criterion's signs, and the sentence that likeliest gives it."""

    signs: Signs
    span: Stretch


def likely_reasons(
    known: Mapping[str, Stretch],
    told: Sequence[SpokenSentence],
    status: str,
    usual: Mapping[str, float],
    weights: Mapping[str, float],
    bars: Bars,
) -> dict[str, Stretch]:
    """What phrases tell (``known``) as far as it is likely, then what else is likely, the surest
    first; each with its sentence. Where nothing is likely, the surest that a phrase tells."""
    found = signs_by_criterion(known, told, status, usual)
    sure = {name: (weighed(weights, one.signs), one.span) for name, one in found.items()}
    reasons = {name: known[name] for name in known if sure[name][0] >= bars.told}
    others = sorted(((sure[name], name) for name in sure.keys() - known.keys()), reverse=True)
    for (likelihood, span), name in others:
        if likelihood < (_LIKELY_ENOUGH if reasons else bars.alone):
            break
        if not (reasons and criteria()[name].vague):  # a vague one counts only by itself
            reasons[name] = span
    if reasons or not known:
        return reasons
    surest = max(known, key=lambda name: sure[name][0])
    return {surest: known[surest]}


def signs_by_criterion(
    known: Iterable[str],
    told: Sequence[SpokenSentence],
    status: str,
    usual: Mapping[str, float],
) -> dict[str, WeighedCriterion]:
    """The signs of every criterion that phrases tell or that some sentence speaks of, saying that
    it is (un)met; only of those that are ``usual`` at all."""
    known = frozenset(known)
    spoken: dict[str, list[_Spoken]] = {name: [] for name in known}
    said_of = set(known)
    for one in told:
        said = one.spoken.met if status == MET else one.spoken.unmet
        for name, topic in one.spoken.topics.items():
            spoken.setdefault(name, []).append((topic * said, topic, one))
            if said > _HARDLY < topic:
                said_of.add(name)
    return {
        name: _signs_together(name, spoken[name], status, float(name in known), usual[name])
        for name in sorted(said_of & usual.keys())
    }


_Spoken = tuple[float, float, SpokenSentence]
"""How likely a sentence gives a criterion, how far it speaks of it, and the sentence."""
_SILENT: _Spoken = (0.0, 0.0, SpokenSentence((0, 0), Spoken({}, 0.0, 0.0), ()))


def _signs_together(
    name: str, spoken: Sequence[_Spoken], status: str, told: float, usual: float
) -> WeighedCriterion:
    by_likelihood = sorted(spoken, key=itemgetter(0), reverse=True)
    first, second, *_ = *by_likelihood, _SILENT, _SILENT
    likelihood, topic, sentence = first
    signs = Signs(
        likely=sqrt(likelihood),
        opposite=sentence.spoken.unmet if status == MET else sentence.spoken.met,
        share=topic / max(sentence.spoken.topics.values(), default=1.0),
        another=float(bool(sentence.named) and sentence.named != (name,)),
        topic=max(map(itemgetter(1), spoken), default=0.0),
        second=sqrt(second[0]),
        told=told,
        usual=usual,
    )
    return WeighedCriterion(signs, sentence.span)


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


@cache
def usual_reasons(
    status: str, category: str | None, ruled_out: frozenset[str]
) -> Mapping[str, float]:
    """How usual each criterion that is not ruled out is as a reason of this status for a request
    of this category: the logarithm of its odds."""
    file = load_toml(SIGNS_FILE)
    by_category = {
        kind: dict(zip(file["criteria"], values, strict=True))
        for kind, values in file["usual"][status].items()
    }
    return usual_of(by_category, category, ruled_out)


def usual_of(
    by_category: Usual, category: str | None, ruled_out: Collection[str]
) -> dict[str, float]:
    """What is usual for a category, else for any, without the criteria that are ruled out."""
    values = by_category.get(category or ANY_KIND, by_category[ANY_KIND])
    return {name: value for name, value in values.items() if name not in ruled_out}
