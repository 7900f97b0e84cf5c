"""What a sentence speaks of and what it denies.

A rationale quotes the guideline at length before it speaks of the patient; only the latter holds
reasons. In a sentence about the patient, one negation denies every item that it lists: "no red
flags, neurologic deficit or plan for surgery". All functions read text as ``lowered`` gives it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from imrsearch.reasons.wording import Sentence
from imrsearch.text.words import Stretch

# A quotation of a sentence or more: from a word's beginning to the end of one.
_LONG_QUOTATION = re.compile(r"(?:(?<=\s)|\A)[\"“](?=\w)[^\"“”]{60,6000}[\"”](?!\w)")
# Literature: "(colorado, 2002)"; a guideline's own references, with which a sentence of it begins
# after the one before: "[84, 89] opioids should …".
_REFERENCE = re.compile(
    r"\([a-z][\w .,&'-]{0,60}\b(?:19|20)\d\d[a-z]?\)|\A\W*\[\d{1,3}(?:, ?\d{1,3})*\]"
)
# The conclusion itself: "the request for 12 visits is not medically necessary", "therefore, the
# consultation is medically necessary"; not "the request exceeds the guideline and is not …", nor
# "since the surgery is not medically necessary, …".
_SAYS_MORE = (
    r"\b(?:exceeds?|falls?|do|does|did|has|have|is|are|was|were|meets?|requests?|requested)\b"
)
_IS = r"\b(?:is|are|was|were)\b"
_FOUND_NECESSARY = (
    rf"{_IS}(?:(?!{_IS})[^;]){{0,60}}?\bmedically (?:necessary|reasonable|appropriate)"
)
# "As such, …", "in light of the above, …", "for all these reasons …": it only leads over to the
# conclusion; "given that care was not tried, …" tells why.
_LEADS_OVER = (
    r"(?:(?:as such|so|therefore|thus|hence|accordingly|consequently|in (?:sum|summary|conclusion)"
    r"|(?:for|given|under|with|based (?:up)?on|on|in (?:light|view) of|considering|(?:due|owing) to"
    r"|because of)(?: (?:the|this|these|those|all|such|of|above|above-mentioned|foregoing"
    r"|aforementioned|basis|strength|reasons?|circumstances?|findings?|facts?|evidence|information|considerations?"
    r"|noted|stated|discussed))+),? )?"
)
_CONCLUSION = re.compile(
    r"(?:(?:\Ano, )?\b(?:the |this |these )?(?:currently |current |original |above )?"
    rf"\b(?:requests?|requested|decision)\b(?:(?!{_SAYS_MORE})[^;]){{0,400}}"
    rf"|\A{_LEADS_OVER}(?!(?:since|because|given|as)\b)(?:(?!{_SAYS_MORE})[^,;]){{0,80}})"
    rf"{_FOUND_NECESSARY}"
)

# What follows a conclusion as its reason: "… is medically necessary because the patient improved".
_BECAUSE = re.compile(
    r"\b(?:because|since|given|due to|in (?:view|light) of|considering"
    r"|as (?=(?:the|there|th[ei]se|this|no|it|he|she|his|her) ))\b"
)


# "Neither applies here.", "No such trial was submitted.", "These criteria are not met.", "Of the
# list above not one applies."; not "This patient has not …".
_REFERS_BACK = re.compile(
    r"\W*(?:however, |but |in this case,? |here,? |of (?:these|those|the list above),? )?"
    r"(?:neither\b(?! the\b| a\b)"
    r"|none of (?:these|those|them|the above|this|the (?:above|listed|foregoing))\b|no such\b"
    r"|not (?:a single )?one\b"
    r"|(?:such (?:[\w-]+ ){0,2}"
    r"|th(?:is|at|ese|ose) (?!patient|worker|claimant|applicant|employee|man|woman|request"
    r"|medication|drug|service|device|study|test)(?:[\w-]+ )?"
    r"|(?:the )?(?:above )?(?:criteria|conditions|requirements) )"
    r"(?:is|was|are|were|has|have|had|does|do) not\b"
    r"(?! (?:in dispute|medically|necessary|certif|approv|authoriz|support|recommend|a denial))"
    r"|th(?:is|at) (?:is|was|has) (?:lacking|missing|absent))"
)


def quotations(low: str) -> list[Stretch]:
    """The places of long quotations in a rationale."""
    return [found.span() for found in _LONG_QUOTATION.finditer(low)]


@lru_cache(maxsize=1)  # asked for a sentence's phrases, then for its features
def conclusion(sentence: Sentence) -> Stretch:
    """Where the words stand that only say what is decided; behind the sentence where none do."""
    low = sentence.low
    found = _CONCLUSION.search(low) if "medically" in low else None
    if found is None:
        return len(low), len(low)
    reason = _BECAUSE.search(low, found.end())
    return found.start(), reason.start() if reason else len(low)


# "The records do not indicate that pain medication is not tolerated." says that nothing was shown.
_FOUND_NOTHING = re.compile(
    r"\b(?:do|does|did) not"
    r" (?:indicate|document|show|state|establish|demonstrate|reflect|report) that\b"
)


def found_nothing(sentence: Sentence) -> bool:
    """Whether a sentence says that something was not shown, which speaks for no request."""
    return _FOUND_NOTHING.search(sentence.low) is not None


def refers_back(low: str) -> bool:
    """Whether a sentence denies what the one before it names: "Neither is on record."."""
    return _REFERS_BACK.match(low) is not None


APPLIED, BACKGROUND, FIXED = "applied", "background", "fixed"
PRELIMINARY = "preliminary"
"""What decides only where nothing else does: what stands among the guideline's sentences before the
case is named, or introduces the patient."""


@lru_cache(maxsize=4096)
def role(sentence: Sentence) -> str:
    """What a sentence speaks of.

    A guideline (``BACKGROUND``), what every letter of a kind prints (``FIXED``), or this patient
    and request (``APPLIED``): so also where it names neither ("Gabapentin caused sedation").
    """
    if sentence.has("fixed"):
        return FIXED
    opening = any(phrase.span[0] == 0 for phrase in sentence.find("speaks"))
    if opening and not _names_apart(sentence, "applies"):
        return BACKGROUND
    is_general = sentence.has("any_patient") or sentence.has("guideline")
    if not (is_general or _REFERENCE.search(sentence.low)):
        return APPLIED
    return APPLIED if _names_apart(sentence, "patient") else BACKGROUND


@lru_cache(maxsize=4096)
def role_in_rationale(sentence: Sentence) -> str:
    """As ``role``, in a rationale: what tells the utilization review's view is background, and what
    introduces the patient ("The patient is a 61 year old cook with …") preliminary."""
    found = {phrase.kind for phrase in sentence.find("others_view", "introduces")}
    if not found:
        return role(sentence)
    return BACKGROUND if "others_view" in found else PRELIMINARY


def tells_of_case(sentence: Sentence) -> bool:
    """Whether a sentence names the patient, the request or what was done.

    Until one does, a rationale that begins with the guideline goes on quoting it: "During that
    month a rental is preferred."
    """
    return _names_apart(sentence, "case")


def _names_apart(sentence: Sentence, table: str) -> bool:
    """Whether a phrase of this table stands that is not within one about any patient."""
    general = [phrase.span for phrase in sentence.find("any_patient")]
    if not general:
        return sentence.has(table)
    return any(
        all(phrase.span[1] <= start or end <= phrase.span[0] for start, end in general)
        for phrase in sentence.find(table)
    )


# "Although the MRI confirms a tear, care has not been exhausted.": of this the MRI is not denied.
_CONCEDED = re.compile(r"\W*(?:even )?(?:al)?though\b[^,;]{1,200},")


@dataclass(frozen=True, slots=True)
class Denials:
    """What a sentence denies: where each stretch starts, and how far any so far reaches."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def cover(self, start: int, end: int) -> bool:
        """Whether what stands from ``start`` to ``end`` is denied."""
        before = bisect_right(self.starts, start)
        return before > 0 and end <= self.ends[before - 1]


@lru_cache(maxsize=1)  # asked for a sentence's phrases, then for its features
def denials(sentence: Sentence) -> Denials:
    """What a sentence denies: what follows "no …", what comes before "… was not documented"."""
    found: dict[str, list[Stretch]] = {"harmless": [], "stops": [], "denies": [], "denied": []}
    for phrase in sentence.find(*found):
        found[phrase.kind].append(phrase.span)
    stops, denies, denied = (
        [
            span
            for span in found[table]
            if not any(start <= span[0] < end for start, end in found["harmless"])
        ]
        for table in ("stops", "denies", "denied")
    )
    after = [
        (start, min((stop for stop, _ in stops if stop > end), default=len(sentence.low)))
        for start, end in denies
    ]
    if conceded := _CONCEDED.match(sentence.low):
        stops.append((conceded.end() - 1, conceded.end()))
    before = [
        (max((stop for stop, _ in stops if stop < start), default=0), end) for start, end in denied
    ]
    stretches = sorted(after + before)
    ends = accumulate((end for _, end in stretches), max)
    return Denials(tuple(start for start, _ in stretches), tuple(ends))
