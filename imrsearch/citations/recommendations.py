"""What a guideline advises, as letters quote it: "Not Recommended, Insufficient Evidence (I)".

The ACOEM guidelines that the MTUS adopts since 2017 grade each piece of advice: strongly or
moderately recommended (or not), on evidence A, B, C or I (insufficient), with a level of
confidence. In running text only their own capitals or a grade tell a quotation from an opinion:
"the MRI is not recommended" is the reviewer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from imrsearch.model import Recommendation
from imrsearch.text.located import Located

_ADVICE = (
    r"(?:(?P<strength{n}>strongly|moderately)\s+)?"
    r"(?:(?P<none{n}>no\s+recommendation)|(?P<negative{n}>not\s+)?recommended)\b"
)
#   "Evidence (B)", "Insufficient Evidence (I)", "(Strength of Evidence: C)"
_EVIDENCE = (
    r"(?:strength\s+of\s+)?(?:(?:insufficient|limited|moderate|strong)\s+)?evidence\s?[-\u2013:]?\s?"
    r"\(?\s?(?P<evidence{n}>[ABCI])\b\s?\)?"
)
_CONFIDENCE = (
    r"(?:[\s.,;(\"”]{{1,4}}(?:with\s+an?\s+)?level\s+of\s+confidence\s?[-\u2013:]?\s?"
    r"(?P<confidence{n}>low|moderate|high))?"
)
_SEPARATOR = r"[\s,;:(\u2013-]{1,4}"
#   graded    "Moderately Recommended, Evidence (B), Level of Confidence - Moderate"
#             "No Recommendation for or against it, Insufficient Evidence (I)"
#             "Recommended for chronic neck pain, Evidence (C), with a Level of Confidence - Low"
#   turned    "Evidence (C): Recommended"
#   bare      "Insufficient Evidence (I)"
#   capitals  "Not Recommended", "Strongly Recommended", the guideline's own, without a grade
_QUOTED = re.compile(
    rf"(?<!\w)(?:(?i:{_ADVICE.format(n=1)}(?:\s+for\b[^.;,()]{{0,60}})?{_SEPARATOR}"
    rf"{_EVIDENCE.format(n=1)}{_CONFIDENCE.format(n=1)}"
    rf"|{_EVIDENCE.format(n=2)}{_CONFIDENCE.format(n=2)}(?:{_SEPARATOR}{_ADVICE.format(n=2)})?)"
    r"|(?P<strength3>Strongly|Moderately|STRONGLY|MODERATELY)\s+(?P<negative3>Not\s+|NOT\s+)?"
    r"(?:Recommended|RECOMMENDED)\b"
    r"|(?P<negative4>Not|NOT)\s+(?:Recommended|RECOMMENDED)\b"
    r"|(?P<none4>No\s+Recommendation|NO\s+RECOMMENDATION)\b)"
)
# Behind a section's name in a list: "Section(s): Acupuncture - Recommended."
_LISTED = re.compile(
    r"(?:\s[-\u2013]|[:(])\s?(?P<advice>Recommended|RECOMMENDED)\b(?=\s?(?:[.,;)]|$))"
)
_GRADE_LABEL = re.compile(r"\bstrength\s+of\s+evidence\s?[-\u2013:]\s?\Z", re.IGNORECASE)
# A text without any of these quotes nothing: looking for them takes a tenth of the time. Each
# begins with a rare letter: at every "e" the word "evidence" would be tried.
_MAY_QUOTE = re.compile(
    r"R(?:ecommend|ECOMMEND)|(?:v(?<=[Ee]v)idence|V(?<=EV)IDENCE)\s?[-\u2013:(]"
)


def quoted_advice(text: str) -> Iterator[Located[Recommendation]]:
    """The recommendations that a running text quotes, in the order printed. Never raises."""
    if not _MAY_QUOTE.search(text):
        return
    quoted = []
    for match in _QUOTED.finditer(text):
        parts = {name.rstrip("1234"): value for name, value in match.groupdict().items() if value}
        quoted.append(Located.at(match, _recommendation(match.group(), parts)))
    for found, following in zip_longest(quoted, quoted[1:]):
        if not (following and _restates(text, found, following)):
            yield found


def _restates(
    text: str, found: Located[Recommendation], following: Located[Recommendation]
) -> bool:
    """Whether the next one is the grade of this one, which is without: "Not Recommended for acute
    pain. Strength of Evidence - Not Recommended, Insufficient Evidence (I)"."""
    this, grade = found.value, following.value
    return (
        this.evidence is None
        and this.advice == grade.advice
        and _GRADE_LABEL.search(text, found.end, following.start) is not None
    )


def listed_advice(text: str, start: int, end: int) -> Iterator[Located[Recommendation]]:
    """The recommendations printed with a citation, which ends at ``end``."""
    stretch = text[start:end]
    graded = list(quoted_advice(stretch))
    listed = (
        Located.at(found, _recommendation(found["advice"], {}), "advice")
        for found in _LISTED.finditer(stretch)
    )
    apart = [one for one in listed if not any(g.start <= one.start < g.end for g in graded)]
    yield from sorted((*graded, *apart), key=lambda found: found.start)


def labelled_grades(
    text: str, start: int, listed: Iterable[Located[Recommendation]]
) -> Iterator[tuple[int, int]]:
    """Where advice ``listed`` from ``start`` on is called a grade: "Strength of Evidence -
    Recommended, Evidence (C)"."""
    for each in listed:
        label = _GRADE_LABEL.search(text, start, start + each.start)
        if label:
            yield label.start(), start + each.end


def _recommendation(printed: str, parts: dict[str, str]) -> Recommendation:
    advice: str | None = "recommended" if "recommended" in printed.lower() else None
    if "none" in parts:
        advice = "no recommendation"
    elif "negative" in parts:
        advice = "not recommended"
    return Recommendation(
        advice=advice,
        strength=_in_lower_case(parts.get("strength")),
        evidence=parts["evidence"].upper() if "evidence" in parts else None,
        confidence=_in_lower_case(parts.get("confidence")),
        text=printed,
    )


def _in_lower_case(text: str | None) -> str | None:
    return text.lower() if text else None
