"""Why the utilization review denied a request, where the case summary tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from imrsearch.reasons.wording import PhraseSet, Sentence, with_apostrophes
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import Stretch, lowered, sentences, words

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


def read_sentences(requests: Sequence[DeniedRequest]) -> tuple[tuple[DecisionReason, ...], ...]:
    """The reasons of a denial itself for each request. For a criterion that never decides such a
    request, a reviewer's wording is ignored, and the denial's own counts only for want of others.

    Each criterion comes once, with the sentence that says it first; its span is in that sentence. A
    denial is short: where a guideline is quoted, what follows it speaks of the patient again.
    """
    part_of = cache(_read_part)  # somebody's own text: kept no longer than it is read
    told = {text: _Told.of(text, part_of) for one in requests for text in one.told}
    return tuple(_reasons_of([told[text] for text in one.told], one) for one in requests)


def _reasons_of(told: Sequence[_Told], denied: DeniedRequest) -> tuple[DecisionReason, ...]:
    others = denied.ruled_out
    found = [_findings(*pair, others) for pair in zip(told, (None, *told), strict=False)]
    named = _first_named([one.certain for one in found])
    past = _past_limit(told)
    if past is not None and _AMOUNT not in {*named, *others}:
        named[_AMOUNT] = past
    reasons = likely_reasons(
        {name: span for name, span in named.items() if name not in others},
        list(_spoken_sentences(told, found)),
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
        DecisionReason(name, UNMET, told[place].text, (0, len(told[place].text)))
        for name, (place, _) in reasons.items()
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence in lower case or a part of it, what it speaks of, whether it holds a reviewer's
    words for a criterion, and the criteria of a denial's own words in it."""

    low: str
    sentence: Sentence
    kind: str
    spoken: Spoken
    is_telling: bool
    certain: tuple[str, ...]
    in_doubt: tuple[str, ...]

    @property
    def is_of_patient(self) -> bool:
        """Whether it speaks of this patient and request, or of neither."""
        return self.kind not in (FIXED, BACKGROUND)

    @property
    def tells_limit(self) -> bool:
        """Whether a guideline speaks of nothing more than of an amount."""
        topics = self.spoken.topics
        is_of_amount = topics.get(_AMOUNT, 0.0) >= max((_CLEARLY, *topics.values()))
        return self.kind == BACKGROUND and is_of_amount


class _Told(NamedTuple):
    """A sentence of a denial as a whole and in its parts, without sources in brackets."""

    text: str
    whole: _Part
    parts: tuple[_Part, ...]

    @classmethod
    def of(cls, text: str, part_of: Callable[[str], _Part]) -> _Told:
        """The sentence, its parts as they are read."""
        low = lowered(text[:LONGEST_SENTENCE])
        low = _SOURCE.sub("", low).strip() or low
        return cls(text, part_of(low), tuple(map(part_of, _PARTS.split(low))))


def _read_part(low: str) -> _Part:
    """Read once for all requests; the functions' own caches, which would keep it, are passed by."""
    sentence = sentence_of(with_apostrophes(low))
    own = Sentence(sentence.low, _own_wording())
    certain, in_doubt = (
        tuple(phrase.name for phrase in sorted(own.find(kind))) for kind in (CERTAIN, IN_DOUBT)
    )
    is_telling = find_reasons.__wrapped__(sentence, UNMET) != _NO_FINDINGS
    kind, spoken = role.__wrapped__(sentence), spoken_of(sentence)
    return _Part(low, sentence, kind, spoken, is_telling, certain, in_doubt)


def _past_limit(told: Sequence[_Told]) -> Stretch | None:
    """The place of the sentence that tells what the patient had so far, where another tells a
    guideline's limit: "ODG allows zolpidem for six weeks. He began it in 2016"."""
    if not any(part.tells_limit for one in told for part in one.parts):
        return None
    for place, one in enumerate(told):
        if any(part.is_of_patient and _HAD.search(part.low) for part in one.parts):
            return place, place + 1
    return None


def _first_named(told: Iterable[Iterable[str]]) -> dict[str, Stretch]:
    """Each criterion with the place of the sentence that names it first, among the names of all."""
    found: dict[str, Stretch] = {}
    for place, names in enumerate(told):
        for name in names:
            found.setdefault(name, (place, place + 1))
    return found


def _spoken_sentences(told: Sequence[_Told], found: Sequence[Findings]) -> Iterator[SpokenSentence]:
    """The sentences about the patient that say more than a decision, and their parts, each once, by
    the places of the sentences."""
    places = {one.text: place for place, one in reversed(list(enumerate(told)))}
    for place in places.values():
        one = told[place]
        for low, part in {part.low: part for part in (one.whole, *one.parts)}.items():
            is_bare = low.count(" ") < _FEWEST_BLANKS or _BARE_DECISION.fullmatch(low)
            if not is_bare and part.is_of_patient:
                yield SpokenSentence((place, place + 1), part.spoken, found[place].certain)


def _findings(one: _Told, before: _Told | None, others: frozenset[str]) -> Findings:
    """What a sentence says; a guideline's words count only for want of better, a form's never.

    One that only refers to the sentence ``before`` denies what that one names: "Opioids may be
    continued if function has improved. This is not recorded."
    """
    found = [_own_findings(part, others) for part in one.parts]
    is_said = set(found[0].certain) - {_INDICATED_CONDITION}
    if before and before.text and not is_said and refers_back(one.parts[0].low):
        found[0] = _denied_findings(before.whole.low, others)
    for place, (earlier, part) in enumerate(pairwise(one.parts), start=1):
        if part.low.startswith(_NONE):
            found[place] = _denied_findings(earlier.low, others)
    certain = dict.fromkeys(name for some in found for name in some.certain if name != _OTHER)
    fallback = dict.fromkeys(name for some in found for name in some.fallback if name != _OTHER)
    return Findings(tuple(certain), tuple(fallback))


def _denied_findings(low: str, others: frozenset[str]) -> Findings:
    """What is unmet where the next words deny what these name. Where these name several criteria,
    "none of these" denies that the patient has what the treatment is recommended for."""
    denied = find_reasons.__wrapped__(sentence_of(f"no {low}"), UNMET, others)
    if len(denied.certain) > 1:
        return Findings((_INDICATED_CONDITION,), ())
    return Findings(denied.certain, (_INDICATED_CONDITION,))


def _own_findings(part: _Part, others: frozenset[str]) -> Findings:
    """What a part of a sentence says by its own words, but for what it only names in passing."""
    if part.kind == FIXED:
        return _NO_FINDINGS
    # What is ruled out never adds a criterion: a sentence without any need not be read again.
    found = _NO_FINDINGS
    if part.is_telling:
        found = find_reasons.__wrapped__(part.sentence, UNMET, others)
    own = tuple(name for name in part.certain if name != _GENERAL or not found.certain)
    if part.kind == BACKGROUND:
        named = {*part.certain, *part.in_doubt, *found.certain, *found.fallback}
        refuses = _GENERAL in named and not _ONLY_SO.search(part.sentence.low)
        told = tuple(name for name in part.certain if name != _GENERAL)
        return Findings((*told, *[_GENERAL] * refuses), (*part.in_doubt, *found.certain))
    topics = part.spoken.topics
    least = least_spoken_of(topics, others, _CLEARLY)
    spoken = tuple(name for name in found.certain if topics.get(name, 0.0) >= least)
    certain = (*spoken, *own)
    displaced = {less for name in certain for less in denial_over().get(name, ())}
    certain = tuple(name for name in certain if name not in displaced)
    is_said = _INDICATED_CONDITION in own or len(set(certain)) == 1
    return Findings(
        tuple(name for name in certain if name != _INDICATED_CONDITION or is_said),
        (*part.in_doubt, *found.fallback),
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
