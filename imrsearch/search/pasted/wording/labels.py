"""What the label of a field, or a heading, says of the text below it."""

from __future__ import annotations

from collections.abc import Iterable

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.wording.headings import is_of_records, is_of_rights
from imrsearch.search.pasted.wording.manners import (
    ASKED,
    DECISIONS,
    FIELD,
    HISTORY,
    NONE,
    NOTICE,
    QUOTED,
    RECORDS,
    WHY,
    manner_of,
)
from imrsearch.search.pasted.wording.services import names_treatment

_PATTERNS = patterns("labels")

_ASKING_LABEL = _PATTERNS["asking_label"]
_TELLING_LABEL = _PATTERNS["telling_label"]
_DETERMINES = _PATTERNS["determines"]
_BEFORE = _PATTERNS["before"]
_WHY_LABEL = _PATTERNS["why_label"]
_AMOUNT_LABEL = _PATTERNS["amount_label"]
_SHARE_LABEL = _PATTERNS["share_label"]
_QUOTED_LABEL = _PATTERNS["quoted_label"]
_SOURCES_LABEL = _PATTERNS["sources_label"]
_MEDICATION_LIST = _PATTERNS["medication_list"]
_PLAN = _PATTERNS["plan"]
_OF_REPORT = _PATTERNS["of_report"]
_OF_SUBJECT = _PATTERNS["of_subject"]
_FEWEST_OF_REPORT = 3


def label_manner(label: str) -> str:
    """The manner that a field's label, or a heading, gives to the text below it."""
    if is_of_records(label):
        return RECORDS
    if tells_sources(label) and _QUOTED_LABEL.search(label):
        return QUOTED
    if is_of_rights(label) and not is_subject(label):
        return NOTICE
    if is_why(label):
        return WHY
    decided = manner_of(label)
    is_before = _BEFORE.search(label) is not None and "retrospective" not in label
    if decided in DECISIONS and not is_before:
        return decided
    if _DETERMINES.search(label):
        return FIELD
    if _ASKING_LABEL.search(label) and "not under review" not in label:
        return HISTORY if is_before else FIELD
    if _TELLING_LABEL.search(label):
        return HISTORY
    return FIELD if decided == ASKED else NONE


def is_subject(label: str) -> bool:
    """Whether a label only names what its text is about: "About the lumbar MRI"."""
    return _OF_SUBJECT.match(label) is not None and names_treatment(label)


def is_why(label: str) -> bool:
    """Whether a field tells why: "Rationale", "Reason for denial", "Guidelines used"."""
    return _WHY_LABEL.search(label) is not None


def asks(text: str) -> bool:
    """Whether a table's heading or a label is that of requests."""
    return _ASKING_LABEL.search(text) is not None


def tells_amount(label: str) -> bool:
    """Whether a field holds the amount of the service above it."""
    return _AMOUNT_LABEL.search(label) is not None


def tells_share(label: str) -> bool:
    """Whether a field holds how much of the service above it was asked for or granted."""
    return _SHARE_LABEL.fullmatch(label) is not None


def tells_sources(label: str) -> bool:
    """Whether a field lists the guidelines of a denial."""
    return _SOURCES_LABEL.search(label) is not None


def is_plan(label: str) -> bool:
    """Whether a heading is that of a plan or of requests."""
    return _PLAN.search(label) is not None


def is_report(labels: Iterable[str]) -> bool:
    """Whether headings and labels are those of a physician's report."""
    return sum(_OF_REPORT.fullmatch(label) is not None for label in labels) >= _FEWEST_OF_REPORT


def lists_medications(label: str) -> bool:
    """Whether a heading is that of all medications taken, which in a report are history."""
    return _MEDICATION_LIST.fullmatch(label) is not None
