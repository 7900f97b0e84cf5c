"""The reasons of a rationale: sentences of guideline set aside, then each criterion with the
sentence that carries it.

The decision gives the status: in a denial what is unmet, in an approval what is met. What is
conceded to the other side is no reason. The classifier adds what no phrase tells: a reason that the
rationale as a whole is likely to give comes after those that phrases tell. A reason that a phrase
tells is dropped where the rationale is unlikely to give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from imrsearch.catalogue.reasons import MET, UNMET, ruled_out
from imrsearch.model import OVERTURNED, UPHELD, DecisionReason
from imrsearch.reasons.classifier import Spoken, kept_spoken_of
from imrsearch.reasons.likely import (
    BARS,
    SpokenSentence,
    likely_reasons,
    sign_weights,
    usual_reasons,
)
from imrsearch.reasons.rules import decisive_reasons, find_reasons, kept_sentence
from imrsearch.reasons.scope import (
    APPLIED,
    BACKGROUND,
    FIXED,
    PRELIMINARY,
    found_nothing,
    quotations,
    refers_back,
    role_in_rationale,
    tells_of_case,
)
from imrsearch.reasons.wording import Sentence
from imrsearch.text.words import Stretch, lowered, sentences

STATUS = {UPHELD: UNMET, OVERTURNED: MET}
LONGEST_SENTENCE = 1500
"""Characters of a sentence that are read; longer ones are broken texts."""
MOST_TEXT = 20_000
"""Characters of a rationale that are read: three times the longest known, from its end."""
MOST_REASONS = 6


@lru_cache(maxsize=2048)  # letters of a kind share whole rationales
def read_reasons(
    rationale: str,
    decision: str | None,
    category: str | None = None,
    subcategory: str | None = None,
) -> tuple[DecisionReason, ...]:
    """Why the issue was decided so, in order of weight; empty where no reason is recognised.

    Without a decision nothing is read: words alone do not tell which side they speak for. What the
    conclusion repeats comes first, else the order is that of the text. Each criterion comes once,
    with the first sentence that says it; ``rationale[span]`` is that sentence. Criteria that never
    decide a request of this category or subcategory of treatment are left out.
    """
    status = STATUS.get(decision or "")
    if status is None:
        return ()
    others = ruled_out(category, subcategory)
    known, told = told_by_phrases(rationale, status, others)
    usual = usual_reasons(status, category, others)
    reasons = likely_reasons(known, told, status, usual, sign_weights(status), BARS[status])
    return tuple(
        DecisionReason(name, status, rationale[slice(*span)], span)
        for name, span in list(reasons.items())[:MOST_REASONS]
    )


def told_by_phrases(
    rationale: str,
    status: str,
    others: frozenset[str],
    spoken_of: Callable[[Sentence], Spoken] = kept_spoken_of,
) -> tuple[dict[str, Stretch], list[SpokenSentence]]:
    """What phrases tell, in order of weight with the sentence's place, and the sentences about the
    patient with what they speak of."""
    background: list[tuple[Stretch, Sentence]] = []
    certain: dict[str, list[Stretch]] = {}
    fallback: dict[str, list[Stretch]] = {}
    about_patient: list[SpokenSentence] = []
    before: Sentence | None = None
    for span, sentence, kind in _placed_sentences(rationale):
        denied, before = _denied_before(sentence, before, status), sentence
        if status == MET and found_nothing(sentence):
            continue
        if kind == BACKGROUND and not denied:
            background.append((span, sentence))
            continue
        found = decisive_reasons(sentence, status, others)
        if denied and not found.certain:
            found = find_reasons(denied, status, others)
        if kind == PRELIMINARY:
            _note(fallback, found.certain, span)
            continue
        about_patient.append(SpokenSentence(span, spoken_of(sentence), found.certain))
        _note(certain, found.certain, span)
        _note(fallback, found.fallback, span)
    if not certain:
        for span, sentence in background:
            _note(fallback, find_reasons(sentence, status, others).fallback, span)
    return _weighed(certain or fallback), about_patient


def _denied_before(sentence: Sentence, before: Sentence | None, status: str) -> Sentence | None:
    """What the sentence ``before`` names, as denied, where this one only refers to it: "A trial of
    TENS comes first. This is not documented."."""
    if status == UNMET and before and refers_back(sentence.low):
        return kept_sentence(f"no {before.low}")
    return None


def _note(found: dict[str, list[Stretch]], names: Iterable[str], span: Stretch) -> None:
    for name in names:
        found.setdefault(name, []).append(span)


def _placed_sentences(rationale: str) -> Iterator[tuple[Stretch, Sentence, str]]:
    """Each sentence with its place, and what it speaks of."""
    first = max(0, len(rationale) - MOST_TEXT)
    text = rationale[first:]
    low = lowered(text)
    quoted = quotations(low)
    has_guideline = has_case = False
    for start, end in sentences(text):
        if any(left <= start and end <= right + 1 for left, right in quoted):
            continue
        sentence = kept_sentence(low[start : min(end, start + LONGEST_SENTENCE)])
        kind = role_in_rationale(sentence)
        if kind == FIXED:
            continue
        has_guideline = has_guideline or kind == BACKGROUND
        has_case = has_case or kind == PRELIMINARY or (kind == APPLIED and tells_of_case(sentence))
        if kind == APPLIED and has_guideline and not has_case:
            kind = PRELIMINARY
        yield (first + start, first + end), sentence, kind


def _weighed(found: dict[str, list[Stretch]]) -> dict[str, Stretch]:
    """What the last sentence with a reason repeats comes first; otherwise as the text tells it."""
    if not found:
        return {}
    last = max(spans[-1] for spans in found.values())

    def weight(name: str) -> tuple[bool, Stretch]:
        spans = found[name]
        return not (len(spans) > 1 and spans[-1] == last), spans[0]

    return {name: found[name][0] for name in sorted(found, key=weight)}
