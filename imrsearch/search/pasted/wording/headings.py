"""What the headings and labels of a letter introduce: requests, a list of records, what every
letter says, or who somebody is."""

from __future__ import annotations

from imrsearch.catalogue.patterns import patterns

_PATTERNS = patterns("headings")

_RECORDS_LABEL = _PATTERNS["records_label"]
_NOTICE_LABEL = _PATTERNS["notice_label"]
_IDENTITY_LABEL = _PATTERNS["identity_label"]
_DECISION_LABEL = _PATTERNS["decision_label"]
_SERVICE_LABEL = _PATTERNS["service_label"]
_LONGEST_TITLE = 100
_LETTER_TITLE = _PATTERNS["letter_title"]
_SECTION_LABEL = _PATTERNS["section_label"]
# A heading by its form: no sentence, no amounts.
_LONGEST_SECTION_HEADING = 80
_MOST_HEADING_WORDS = 12
_ASKING_HEADING = _PATTERNS["asking_heading"]
_TELLS = _PATTERNS["tells"]
_SMALL_WORD = _PATTERNS["small_word"]


def is_of_records(label: str) -> bool:
    """Whether a heading or label opens what was read for the decision."""
    return _RECORDS_LABEL.search(label) is not None


def is_of_rights(label: str) -> bool:
    """Whether a heading or label opens what every letter tells."""
    return _NOTICE_LABEL.search(label) is not None


def is_identity(label: str) -> bool:
    """Whether a field tells who somebody is: "Claim number", "Facility"; it names no treatment."""
    return bool(label) and _IDENTITY_LABEL.fullmatch(label) is not None


def tells_decision(title: str) -> bool:
    """Whether a letter's title tells the decision on all of it: "NOTICE OF CERTIFICATION"."""
    return len(title) < _LONGEST_TITLE and _LETTER_TITLE.search(title) is not None


def begins_section(label: str) -> bool:
    """Whether a field's label alone begins a section: "Requested", "Determination"."""
    return _SECTION_LABEL.fullmatch(label) is not None


def asks_below(heading: str) -> bool:
    """Whether a heading is that of requests: "TREATMENT REQUESTED", "PLAN"."""
    return _ASKING_HEADING.search(heading) is not None


def asks_for_service(label: str) -> bool:
    """Whether a form's field holds the service itself: "Service/Good Requested"."""
    return _SERVICE_LABEL.search(label) is not None


def is_heading(line: str) -> bool:
    """Whether a line has the form of a heading: "RECORDS REVIEWED", "Clinical Summary"."""
    words = line.split()
    if not words or len(line) > _LONGEST_SECTION_HEADING or len(words) > _MOST_HEADING_WORDS:
        return False
    if line[-1] in ".,;" or any(char.isdigit() for char in line) or _TELLS.search(line):
        return False
    return line.isupper() or all(word[0].isupper() or _SMALL_WORD.match(word) for word in words)


def decides(label: str) -> bool:
    """Whether a field holds the decision on what stands above it: "Determination"."""
    return _DECISION_LABEL.search(label) is not None
