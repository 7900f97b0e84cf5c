"""What part of the body a case is about, as its summary tells: for services that name none.

"Physical therapy, 6 sessions" is asked for whatever was diagnosed. The summary's sentences are read
in the order of their weight: what was diagnosed or is treated, then what the patient complains of,
then the only part that the summary names at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imrsearch.catalogue.body_parts import read_body_parts
from imrsearch.text.phrases import split_words
from imrsearch.text.words import Stretch, lowered

CASE_SUMMARY = "case summary"
"""The source of a fact that the summary tells."""

# These patterns are for text in lower case, where they are found twice as fast as in any case.
# "Diagnoses include …", "is being treated for …", "has filed a claim for …", "Impression: …"
_DIAGNOSED = re.compile(
    r"\bdiagnos(?:is|es|ed)\b|\bimpressions?\b|\bassessment:|\bdx\b|\bworking diagnos"
    r"|\b(?:treated|treatment|followed|seen|care|follow-up|followup) (?:for|of)\b"
    r"|\bclaim for\b|\baccepted body|\bbody parts?\b|\bsuffers? from\b"
    r"|\b(?:with|has) (?:chronic|a crush|an? injur\w+ (?:to|of))\b"
)
# "complained of low back pain", "an injury to the rib cage", "developed neck pain"
_COMPLAINED = re.compile(
    r"\bcomplain\w*\b|\binjur(?:y|ies|ed) (?:to|of|in|on|affecting)\b|\bpresent(?:s|ed)? with\b"
    r"|\b(?:reports?|reported|developed|experienc\w+|notes|noted|has|had|having|with|increased"
    r"|ongoing|persistent)\b(?= [^.;]{0,60}\bpain\b)"
    r"|\bfractures? of\b|\bpain (?:affecting|in|of|to|at)\b|\bstruck in\b|\bcrush\b"
)
# What follows is of another time, another place, or is not there.
_ENDS = re.compile(
    r"\bradiat\w*|\bdown\b|\binto\b|\bshoot\w*|\btravel\w*"
    r"|\bdenie[sd]\b|\bdenying\b|\bno (?:pain|injur|complain)|\bprior\b|\bprevious\w*"
    r"|\bhistory of\b|\bunrelated\b|\bhas been treated with\b|\btreatments? (?:to date|included?)\b"
    r"|\bthe patient underwent\b|\bby an? \w+ surgeon\b|\bx-?rays?\b|\bmri\b"
)
_SPOILS = re.compile(r"\bden(?:y|ies|ied)\b|\bnegative\b|\bnormal\b|\bwithout\b|\bhistory\b|\bno\b")
# "Impression: 1." is no end of a sentence, and "2." no beginning.
_OPEN_LIST = re.compile(r"(?:\b\d{1,2}[.)]|:)\s*\Z")
_NEXT_ITEM = re.compile(r"\d{1,2}[.)](?!\d)")


def read_case_body_parts(
    summary: str, sentences: list[Stretch]
) -> tuple[dict[str, Stretch], str] | None:
    """The regions that the case is about with their places in ``summary``, and where they are told:
    ``diagnosis`` or ``case summary``. ``None`` where nothing tells them."""
    low = lowered(summary)
    told = _joined_sentences(low, sentences)
    if found := _regions_at(summary, _after(low, told, _DIAGNOSED)):
        return found, "diagnosis"
    plain = [span for span in told if not _SPOILS.search(low, *span)]
    if found := _regions_at(summary, _after(low, plain, _COMPLAINED)):
        return found, CASE_SUMMARY
    found = _regions_at(summary, plain)
    return (found, CASE_SUMMARY) if len(found) == 1 else None


def _regions_at(summary: str, places: Iterable[Stretch]) -> dict[str, Stretch]:
    found: dict[str, Stretch] = {}
    for start, end in places:
        words = split_words(summary[start:end])
        for region, span in read_body_parts(summary[start:end], words).regions.items():
            found.setdefault(region, (start + span[0], start + span[1]))
    return _precise(found)


def _precise(found: dict[str, Stretch]) -> dict[str, Stretch]:
    """Without the back or spine at large where a part of it is named: "failed back surgery"."""
    if found.keys().isdisjoint(("neck", "upper back", "low back")):
        return found
    return {region: span for region, span in found.items() if region not in ("back", "spine")}


def _joined_sentences(low: str, sentences: list[Stretch]) -> list[Stretch]:
    """The sentences, a numbered list in one."""
    told: list[Stretch] = []
    for start, end in sentences:
        if told and (_OPEN_LIST.search(low, *told[-1]) or _NEXT_ITEM.match(low, start, end)):
            start = told.pop()[0]
        told.append((start, end))
    return told


def _after(low: str, sentences: list[Stretch], cue: re.Pattern[str]) -> Iterator[Stretch]:
    """Of each sentence with the cue, what follows it, up to what is said of something else."""
    for start, end in sentences:
        if found := cue.search(low, start, end):
            stop = _ENDS.search(low, found.end(), end)
            yield found.end(), stop.start() if stop else end
