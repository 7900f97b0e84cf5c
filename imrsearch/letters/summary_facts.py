"""What the case summary tells of the issues: why and how utilization review decided, the body part
of a service that names none, and the diagnosis codes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from imrsearch.catalogue.treatments import PHARMACEUTICALS
from imrsearch.letters.case_body_parts import CASE_SUMMARY, read_case_body_parts
from imrsearch.letters.evidence import Evidence
from imrsearch.letters.passage import Passage
from imrsearch.letters.service import read_service
from imrsearch.model import Issue, VisitsSoFar
from imrsearch.reasons.denial import read_denial_reasons
from imrsearch.reasons.visits import the_only_number, visits_told
from imrsearch.text.numbers import NUMBER_WORDS
from imrsearch.text.words import Stretch, lowered, sentences

DENIED, MODIFIED = "denied", "modified"
ORIGINAL_REQUEST, OTHER_ISSUES = "original request", "other issues of the case"
_WITHOUT_BODY_PART = (PHARMACEUTICALS, "Psych Services")
"""Categories whose services are for the whole person: a case of the hip makes no pill the hip's."""
_GIVEN_IN_VISITS = ("Rehabilitation", "Psych Services", "Programs")
"""Categories whose services are given in visits."""
_MOST_TEXT = 20_000
"""Characters of a summary that are read for body parts and codes: four times the longest known."""

# Patterns of denials and modifications are for text in lower case: they are found twice as fast.
_REVIEW = (
    r"\b(?:utilization review\w*|ur|claims administrator|(?:prior|previous|original|earlier)"
    r" (?:review|determination|denial|decision)|requests?|requested|previously|adverse)\b"
)
_WAS_DENIED = re.compile(
    r"\b(?:prior|previous|original|earlier) denial\b"
    rf"|{_REVIEW}[^;]*\b(?:denied|non-?\s?certif\w+|not certified|failed to approve|not approved"
    r"|did not certify|denial|not medically necessary|recommends? non)"
)
_WAS_MODIFIED = re.compile(
    rf"{_REVIEW}[^;]*\b(?:modified (?!dut|work|activit)|modification (?:of|to)"
    r"|partial(?:ly)?[ -](?:approv|certif|authoriz|den)|(?:approved|certified) in part)"
)
# What the patterns hold: most sentences hold nothing of them.
_DENIAL_PARTS = ("den", "certif", "approve", "necessary", "recommend")
_MODIFICATION_PARTS = ("modif", "partial", "in part")

# "UR denied the first two": of more issues than those, it denied no other.
_THE_FIRST = re.compile(
    rf"\bden(?:ied|ying|ial of) the first (?P<count>{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE
)

# ICD-10: "M54.5", "S33.5XXA"; ICD-9: "724.2", "847.2", "V45.4". Without their point they could be
# anything.
_DIAGNOSIS_CODE = r"[A-TV-Z]\d[0-9AB]\.[0-9A-Z]{1,4}|[VE]?\d{3}\.\d{1,2}"
_CODES = re.compile(
    rf"(?<![\w.$#-])(?P<code>{_DIAGNOSIS_CODE})(?![\w%]|\.\d|\s?(?:mg|mcg|lb|ml|gm?|kg)\b)"
)
# What every code holds: to look for this alone takes a tenth of the time.
_LIKE_A_CODE = re.compile(r"[0-9AB]\.[0-9A-Z]")
_ABOUT_CODES = re.compile(
    r"\bICD\b|\bICD-?\s?(?:9|10)|\bdiagnos\w+|\bdx\b|\bcodes?\b", re.IGNORECASE
)


def with_summary_facts(
    letter: Evidence, issues: tuple[Issue, ...], summary: Passage
) -> tuple[Issue, ...]:
    """The issues with what the summary tells of them; the places are noted."""
    reading = summary.unwrap()
    evidence = letter.through(reading)
    spans = list(sentences(reading.text[:_MOST_TEXT]))
    denials = read_denial_reasons(reading.text, [issue.service for issue in issues], spans)
    action = _action(reading.text, spans, issues)
    told: list[Issue] = []
    for issue, reasons in zip(issues, denials, strict=True):
        denial = _places_of(evidence, issue).keep_told("denial_reasons", reasons)
        denied = replace(issue, denial_reasons=denial) if denial else issue
        told.append(_with_action(evidence, denied, action, reading.text))
    counted = list(_with_visits(evidence, told, reading.text))
    return tuple(_with_body_parts(evidence, counted, reading.text, spans))


def _places_of(evidence: Evidence, issue: Issue) -> Evidence:
    return evidence.of(f"issues.{issue.number}")


def read_diagnoses(evidence: Evidence, summary: Passage) -> tuple[str, ...]:
    """The diagnosis codes of the summary, each once, with their places in ``evidence``."""
    reading = summary.unwrap()
    text = reading.text[:_MOST_TEXT]
    if not (_LIKE_A_CODE.search(text) and _CODES.search(text)):
        return ()
    codes: dict[str, Stretch] = {}
    for start, end in sentences(text):
        if _ABOUT_CODES.search(text, start, end):
            for found in _CODES.finditer(text, start, end):
                codes.setdefault(found["code"], found.span())
    return evidence.through(reading).keep_each("diagnoses", codes)


def _action(text: str, spans: list[Stretch], issues: tuple[Issue, ...]) -> Stretch | None:
    """The sentence by which what was not modified was denied.

    In a letter whose headings tell of no modification while its summary does, any issue may be
    meant: none.
    """
    in_headings = any(issue.original_request for issue in issues)
    low = lowered(text)
    tells = not in_headings and any(word in low for word in _MODIFICATION_PARTS)
    if tells and any(_WAS_MODIFIED.search(low, *span) for span in spans):
        return None
    telling = (span for span in spans if any(low.find(word, *span) >= 0 for word in _DENIAL_PARTS))
    return next((span for span in telling if _WAS_DENIED.search(low, *span)), None)


def _with_action(evidence: Evidence, issue: Issue, denied: Stretch | None, text: str) -> Issue:
    here = _places_of(evidence, issue)
    if issue.original_request:
        here.note_again("ur_action", f"{here.path}original_request")
        return replace(issue, ur_action=MODIFIED)
    if issue.denial_reasons:
        denied = issue.denial_reasons[0].span
    first = denied and _THE_FIRST.search(text, *denied)
    if denied is None or (first and issue.number > NUMBER_WORDS[first["count"].casefold()]):
        return issue
    here.note("ur_action", *denied)
    return replace(issue, ur_action=DENIED)


def _with_visits(evidence: Evidence, issues: list[Issue], text: str) -> Iterator[Issue]:
    """The issues, those whose rationale tells no number of earlier visits with the summary's.

    A sentence counts for the treatment that it names alone: "completed 12 visits of physical
    therapy" tells nothing of acupuncture.
    """
    wanting = [one for one in issues if one.category in _GIVEN_IN_VISITS and not one.visits_so_far]
    told: dict[str | None, list[VisitsSoFar]] = {}
    for visits in visits_told(text) if wanting else ():
        named = read_service(visits.evidence)
        if not named.further_treatments:
            told.setdefault(named.treatment, []).append(visits)
    for issue in issues:
        number = the_only_number(told.get(issue.treatment, ())) if issue in wanting else None
        if number is None:
            yield issue
        else:
            _places_of(evidence, issue).note("visits_so_far", *number.span)
            yield replace(issue, visits_so_far=replace(number, source=CASE_SUMMARY))


def _with_body_parts(
    evidence: Evidence, issues: list[Issue], text: str, spans: list[Stretch]
) -> Iterator[Issue]:
    """The issues, those that name no body part with the case's."""
    wanting = [
        one for one in issues if not one.body_parts and one.category not in _WITHOUT_BODY_PART
    ]
    told = read_case_body_parts(text, spans) if wanting else None
    others = {one.body_parts: one.number for one in issues if one.body_parts}
    for issue in issues:
        original = read_service(issue.original_request or "").body_parts if issue in wanting else ()
        here = _places_of(evidence, issue)
        if issue not in wanting:
            yield issue
        elif original:
            here.note_again("body_parts.0", f"{here.path}original_request")
            yield replace(issue, body_parts=original, body_part_source=ORIGINAL_REQUEST)
        elif told and not _of_the_operation(issue, told[0], others):
            regions, source = told
            parts = here.keep_each("body_parts", regions)
            yield replace(issue, body_parts=parts, body_part_source=source)
        elif len(others) == 1:
            ((parts, number),) = others.items()
            for place in range(len(parts)):
                here.note_again(f"body_parts.{place}", f"issues.{number}.body_parts.{place}")
            yield replace(issue, body_parts=parts, body_part_source=OTHER_ISSUES)
        else:
            yield issue


def _of_the_operation(
    issue: Issue, told: Collection[str], others: Collection[tuple[str, ...]]
) -> bool:
    """Whether an issue is part of an operation on another body part than the summary tells of: the
    right arm was outstretched in the fall, and the shoulder is operated on."""
    beside = "associated surgical service" in issue.flags
    return beside and len(others) == 1 and set(told) != set(*others)
