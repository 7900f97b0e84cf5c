"""Why the utilization review denied a request, where the case summary tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from imrsearch.catalogue.reasons import (
    CERTAIN,
    IN_DOUBT,
    UNMET,
    denial_over,
    denial_wording,
)
from imrsearch.model import DecisionReason
from imrsearch.reasons.classifier import Spoken, spoken_of
from imrsearch.reasons.likely import (
    Bars,
    SpokenSentence,
    likely_reasons,
    sign_weights,
    usual_reasons,
)
from imrsearch.reasons.read import LONGEST_SENTENCE, MOST_TEXT
from imrsearch.reasons.rules import (
    Findings,
    find_reasons,
    kept_sentence,
    least_spoken_of,
    sentence_of,
)
from imrsearch.reasons.scope import BACKGROUND, FIXED, refers_back, role
from imrsearch.reasons.wording import PhraseSet, Sentence, lowered, with_apostrophes
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import Stretch, sentences, words

# The denial, and after it its reason: "the request for X was denied due to …", "UR non-certified
# the MRI because …".
_DENIAL = re.compile(
    r"\b(?:denied|non-?\s?certified|not certified|modified|failed to approve|did not certify"
    r"|noncertification|denial|determined|not medically necessary)\b"
    r"[^;]{0,400}?\b(?P<reason>(?:due to|because|as there|since|citing|stating|noting|based on"
    r"|on the grounds|for lack of|secondary to|given)\b.*)",
    re.DOTALL,
)
# What the pattern begins with: most sentences hold nothing of it.
_OF_DENIAL = ("denied", "denial", "certif", "modified", "approve", "determined", "necessary")
# "The therapy was denied due to …, and the MRI was denied due to …": each has its own reason.
_NEXT_DENIAL = re.compile(
    r",? and (?=(?:the )?(?:requests? for )?[^,;.]{2,80}? (?:was|were)"
    r" (?:denied|non-?\s?certified)\b)"
)
# "There is no sensory loss, whereas MTUS requires …": what the guideline says stands apart. "It is
# recommended after a trial of gabapentin, and none is described": two parts with verbs.
_PARTS = re.compile(
    r";|, whereas\b|, (?:and|but) (?=not\b|[^,;]{0,80}\b(?:is|are|was|were|has|have|had|does|do|did"
    r"|can(?:not)?|could|will|would|may|should|shows?|remains?|exceeds?"
    r"|(?:is|was|does|has|have)n't)\b)"
)
# "It was not tried (MTUS, page 117)": the source behind them does not make words the guideline's.
_SOURCE = re.compile(
    r"\s?[(\[](?=[^()\[\]]{0,120}\b(?:mtus|odg|acoem|cpmtg|guidelines?|pages?|pgs?|pp?)\b)"
    r"[^()\[\]]{1,160}[)\]]"
)
# What a patient had of it so far: "has used it since 2013", "began it in 2016", "20 sessions".
_HAD = re.compile(
    r"\b(?:has|have|had|was|were|been|took|tak(?:es|en|ing)|us(?:es|ed|ing)|on (?:it|this|them)"
    r"|received|underwent|undergone|attended|completed|counts|began|begun|started|prescribed"
    r"|refilled|found in|so far)\b[^.]{0,80}?(?:\bsince\b"
    r"|\b(?:for|in|from|until|after)\b[^.]{0,20}?\b(?:(?:19|20)\d\d|months?|years?|weeks)\b"
    rf"|\b(?:\d+|{'|'.join(NUMBER_WORDS)}|dozen)\b"
    r"[^.]{0,25}\b(?:visits?|sessions?|treatments?|appointments)\b)"
)
_NONE = "none "
# Words that many services share tell nothing about which one is meant.
_COMMON = frozenset(
    words(
        "the and for with without per of to a an or in on by at this take orally left right"
        " bilateral times week weeks month months session sessions visit visits additional request"
        " treatment therapy unit contrast day days purchase rental quantity qty refills mg tab"
        " tablets capsules retrospective spine"
    )
)

_NO_FINDINGS = Findings((), ())
_OTHER = "other"
_INDICATED_CONDITION = "indicated-condition"
"""Beside a more special reason in a sentence, it is mostly the condition that a guideline names."""
_CLEARLY = 0.3
"""From this value on, a sentence clearly speaks of a criterion. It is lower than in a rationale, as
those who write denials word things more freely."""
_OF_DENIALS = Bars(told=0.0, alone=0.2)
"""Lower bars than a rationale's: nearly all that a denial says of a request is why it is denied."""
_FEWEST_BLANKS = 5
"""A bare decision has fewer: "The pump is not certified." …"""
# … or names the request at length: "Chiropractic x 8 for the low back is not certified"; not
# "a repeat block is not approved", or "the surgery is not approved" of what goes with it, which
# say why.
_BARE_DECISION = re.compile(
    r"(?:(?!\b(?:is|are|was|were|has|have|had|does|do|did|no|not|nor|without|beyond|exceed\w*|above"
    r"|more|past|such|another|further|additional|repeat\w*|long[- ]term|surger\w+|operation"
    r"|procedure|items?)\b).)*"
    r"\b(?:(?:is|are|was|were) )?(?:not (?:certified|approved|authorized|medically necessary)"
    r"|denied|non-?\s?certified)\W*",
)
_AMOUNT = "amount-within-guideline"
_MIXTURE = "compound-ingredients"
_GENERAL = "guideline-recommends"
"""What the guideline does not recommend is no reason of its own beside one that says why."""

# "H-wave is not recommended as an isolated intervention": it may be recommended otherwise.
_ONLY_SO = re.compile(
    r"\b(?:isolated|stand-?\s?alone|alone|sole|longer?|long-term|short-term|routine(?:ly)?"
    r"|generally|repeat|beyond|more than|number|unless|without|until|where|if|when"
    r"|in the absence)\b"
)


def read_denial_reasons(
    summary: str, services: Sequence[str], spans: Iterable[Stretch] | None = None
) -> tuple[tuple[DecisionReason, ...], ...]:
    """The reasons of the denial of each service, as the summary tells them; ``spans`` are its
    sentences, where they are known.

    A sentence that names a service by its words speaks of that one; in a letter with a single
    service every such sentence does.
    """
    found: list[list[DecisionReason]] = [[] for _ in services]
    named = [frozenset(filter(str.isalpha, words(service))) - _COMMON for service in services]
    spans = sentences(summary[:MOST_TEXT]) if spans is None else spans
    for span, subject, told in _denials_told(summary, spans):
        reasons = [
            DecisionReason(name, UNMET, summary[slice(*span)], span)
            for name in find_reasons(kept_sentence(told), UNMET).certain
        ]
        for place in _meant(frozenset(words(subject)), named):
            known = {reason.criterion for reason in found[place]}
            found[place] += [reason for reason in reasons if reason.criterion not in known]
    return tuple(map(tuple, found))


class DeniedRequest(NamedTuple):
    """What a denial says of one request, sentence by sentence; the category of what was asked for,
    and the criteria that never decide such a request."""

    told: Sequence[str]
    category: str | None = None
    ruled_out: frozenset[str] = frozenset()


def read_sentences(requests: Iterable[DeniedRequest]) -> tuple[tuple[DecisionReason, ...], ...]:
    """The reasons of a denial itself for each request. For a criterion that never decides such a
    request, a reviewer's wording is ignored, and the denial's own counts only for want of others.

    Each criterion comes once, with the sentence that says it first; its span is in that sentence. A
    denial is short: where a guideline is quoted, what follows it speaks of the patient again.
    """
    wordings: dict[str, _Wording] = {}
    return tuple(_reasons_of(one, wordings) for one in requests)


def _reasons_of(denied: DeniedRequest, wordings: dict[str, _Wording]) -> tuple[DecisionReason, ...]:
    told, others = denied.told, denied.ruled_out
    found = [_findings(*pair, others, wordings) for pair in zip(told, ("", *told), strict=False)]
    named = _first_named([one.certain for one in found])
    past = _past_limit(told, wordings)
    if past is not None and _AMOUNT not in {*named, *others}:
        named[_AMOUNT] = past
    reasons = likely_reasons(
        {name: span for name, span in named.items() if name not in others},
        list(_spoken_sentences(told, found, wordings)),
        UNMET,
        usual_reasons(UNMET, denied.category, others),
        sign_weights(UNMET),
        _OF_DENIALS,
    )
    if _MIXTURE in reasons:
        # "Baclofen is not recommended on the skin" tells why the mixture is not
        reasons.pop(_GENERAL, None)
    reasons = reasons or named or _first_named([one.fallback for one in found])
    return tuple(
        DecisionReason(name, UNMET, told[place], (0, len(told[place])))
        for name, (place, _) in reasons.items()
    )


def _told(text: str) -> str:
    """The words of a sentence, in lower case, without sources in brackets."""
    low = lowered(text[:LONGEST_SENTENCE])
    return _SOURCE.sub("", low).strip() or low


def _past_limit(told: Sequence[str], wordings: dict[str, _Wording]) -> Stretch | None:
    """The place of the sentence that tells what the patient had so far, where another tells a
    guideline's limit: "ODG allows zolpidem for six weeks. He began it in 2016"."""
    limit, past = False, None
    for place, text in enumerate(told):
        for part in _PARTS.split(_told(text)):
            wording = _wording_of(part, wordings)
            is_of_patient = wording.kind not in (FIXED, BACKGROUND)
            if is_of_patient and past is None and _HAD.search(part):
                past = place, place + 1
            topics = wording.spoken.topics
            is_of_amount = topics.get(_AMOUNT, 0.0) >= max((_CLEARLY, *topics.values()))
            limit = limit or (wording.kind == BACKGROUND and is_of_amount)
    return past if limit else None


def _first_named(told: Iterable[Iterable[str]]) -> dict[str, Stretch]:
    """Each criterion with the place of the sentence that names it first, among the names of all."""
    found: dict[str, Stretch] = {}
    for place, names in enumerate(told):
        for name in names:
            found.setdefault(name, (place, place + 1))
    return found


def _spoken_sentences(
    told: Sequence[str], found: Sequence[Findings], wordings: dict[str, _Wording]
) -> Iterator[SpokenSentence]:
    """The sentences about the patient that say more than a decision, and their parts, each once, by
    the places of the sentences."""
    places = {text: place for place, text in reversed(list(enumerate(told)))}
    for text, place in places.items():
        low = _told(text)
        for part in dict.fromkeys((low, *_PARTS.split(low))):
            wording = _wording_of(part, wordings)
            is_bare = part.count(" ") < _FEWEST_BLANKS or _BARE_DECISION.fullmatch(part)
            if not is_bare and wording.kind not in (FIXED, BACKGROUND):
                yield SpokenSentence((place, place + 1), wording.spoken, found[place].certain)


def _findings(
    text: str, before: str, others: frozenset[str], wordings: dict[str, _Wording]
) -> Findings:
    """What a sentence says; a guideline's words count only for want of better, a form's never.

    One that only refers to the sentence ``before`` denies what that one names: "Opioids may be
    continued if function has improved. This is not recorded."
    """
    first, *parts = _PARTS.split(_told(text))
    found = [_own_findings(_wording_of(first, wordings), others)]
    is_said = set(found[0].certain) - {_INDICATED_CONDITION}
    if before and not is_said and refers_back(first):
        found = [_denied_findings(_told(before), others)]
    for earlier, part in pairwise((first, *parts)):
        is_denial = part.startswith(_NONE)
        own = _own_findings(_wording_of(part, wordings), others)
        found.append(_denied_findings(earlier, others) if is_denial else own)
    certain = dict.fromkeys(name for one in found for name in one.certain if name != _OTHER)
    fallback = dict.fromkeys(name for one in found for name in one.fallback if name != _OTHER)
    return Findings(tuple(certain), tuple(fallback))


def _denied_findings(low: str, others: frozenset[str]) -> Findings:
    """What is unmet where the next words deny what these name. Where these name several criteria,
    "none of these" denies that the patient has what the treatment is recommended for."""
    denied = find_reasons.__wrapped__(sentence_of(f"no {low}"), UNMET, others)
    if len(denied.certain) > 1:
        return Findings((_INDICATED_CONDITION,), ())
    return Findings(denied.certain, (_INDICATED_CONDITION,))


@dataclass(frozen=True, slots=True)
class _Wording:
    """A part of a sentence, what it speaks of, whether it holds a reviewer's words for a criterion,
    and the criteria of a denial's own words in it."""

    sentence: Sentence
    kind: str
    spoken: Spoken
    is_telling: bool
    certain: tuple[str, ...]
    in_doubt: tuple[str, ...]


def _wording_of(low: str, known: dict[str, _Wording]) -> _Wording:
    """Read once for all requests. The text is somebody's own: the functions' caches, which would
    keep it, are passed by."""
    if low not in known:
        sentence = sentence_of(with_apostrophes(low))
        own = Sentence(sentence.low, _own_wording())
        certain, in_doubt = (
            tuple(phrase.name for phrase in sorted(own.find(kind))) for kind in (CERTAIN, IN_DOUBT)
        )
        is_telling = find_reasons.__wrapped__(sentence, UNMET) != _NO_FINDINGS
        kind = role.__wrapped__(sentence)
        spoken = spoken_of(sentence)
        known[low] = _Wording(sentence, kind, spoken, is_telling, certain, in_doubt)
    return known[low]


def _own_findings(wording: _Wording, others: frozenset[str]) -> Findings:
    """What a part of a sentence says by its own words, but for what it only names in passing."""
    kind, in_doubt = wording.kind, wording.in_doubt
    if kind == FIXED:
        return _NO_FINDINGS
    # What is ruled out never adds a criterion: a sentence without any need not be read again.
    found = (
        find_reasons.__wrapped__(wording.sentence, UNMET, others)
        if wording.is_telling
        else _NO_FINDINGS
    )
    own = tuple(name for name in wording.certain if name != _GENERAL or not found.certain)
    if kind == BACKGROUND:
        named = {*wording.certain, *in_doubt, *found.certain, *found.fallback}
        refuses = _GENERAL in named and not _ONLY_SO.search(wording.sentence.low)
        told = tuple(name for name in wording.certain if name != _GENERAL)
        return Findings((*told, *[_GENERAL] * refuses), (*in_doubt, *found.certain))
    topics = wording.spoken.topics
    least = least_spoken_of(topics, others, _CLEARLY)
    spoken = tuple(name for name in found.certain if topics.get(name, 0.0) >= least)
    certain = (*spoken, *own)
    displaced = {less for name in certain for less in denial_over().get(name, ())}
    certain = tuple(name for name in certain if name not in displaced)
    is_said = _INDICATED_CONDITION in own or len(set(certain)) == 1
    return Findings(
        tuple(name for name in certain if name != _INDICATED_CONDITION or is_said),
        (*in_doubt, *found.fallback),
    )


@cache
def _own_wording() -> PhraseSet:
    return PhraseSet(
        (kind, name, line)
        for kind in (CERTAIN, IN_DOUBT)
        for name, lines in denial_wording(kind).items()
        for line in lines
    )


def _denials_told(summary: str, spans: Iterable[Stretch]) -> Iterator[tuple[Stretch, str, str]]:
    """Sentences that tell of a denial: what is denied, and the part that is the reason."""
    low = lowered(summary)
    for start, end in (part for span in spans for part in _denials_apart(low, span)):
        denial = _DENIAL.search(low, start, end)
        if denial:
            yield (start, end), low[start : denial.start("reason")], denial.group("reason")


def _denials_apart(low: str, span: Stretch) -> Iterator[Stretch]:
    """The parts of a sentence that tell of one denial after another."""
    start, end = span
    if all(low.find(word, start, end) < 0 for word in _OF_DENIAL):
        return
    first = _DENIAL.search(low, start, end)
    if first is None:
        return
    for border in _NEXT_DENIAL.finditer(low, first.start("reason"), end):
        yield start, border.start()
        start = border.end()
    yield start, end


def _meant(sentence: frozenset[str], named: Sequence[frozenset[str]]) -> list[int]:
    """The places of the services that a sentence shares most words with, or names whole: "the
    requests for spinal manipulation and ultrasound were denied"."""
    if len(named) == 1:
        return [0]
    shared = [len(sentence & service) for service in named]
    most = max(shared, default=0)
    return [
        place
        for place, (count, service) in enumerate(zip(shared, named, strict=True))
        if count and (count == most or service <= sentence)
    ]
