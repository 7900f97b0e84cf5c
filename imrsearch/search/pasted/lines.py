"""What a line or paragraph is, judged by its form: a heading, a service, prose, a decision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from imrsearch.catalogue.patterns import patterns
from imrsearch.search.pasted.form.item_numbers import referred_numbers
from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.wording.amounts import cut_from
from imrsearch.search.pasted.wording.cited import begins_with_citation
from imrsearch.search.pasted.wording.headings import asks_below, is_heading, is_of_rights
from imrsearch.search.pasted.wording.labels import asks, is_why, label_manner, tells_share
from imrsearch.search.pasted.wording.manners import (
    ASIDE,
    ASKED,
    DECISIONS,
    DENIED,
    FIELD,
    HISTORY,
    NONE,
    QUOTED,
    RECORDS,
    WHY,
    is_of_rest,
    is_of_whole,
    manner_of,
    points_on,
)
from imrsearch.search.pasted.wording.prose import (
    begins_to_tell,
    has_verb,
    is_of_patient,
    opens_list_with_why,
    says_why,
)
from imrsearch.search.pasted.wording.services import BEGINNING, names_treatment

_PATTERNS = patterns("lines")

_ENTRY = _PATTERNS["entry"]
_ANSWER_LABEL = _PATTERNS["answer_label"]
_YES_OR_NO = _PATTERNS["yes_or_no"]
_ANSWER_LINE = _PATTERNS["answer_line"]
_GRANT_LABEL = _PATTERNS["grant_label"]
_GRANTS_NONE = _PATTERNS["grants_none"]
_GRANTS_ALL = _PATTERNS["grants_all"]
_GRANTS_PART = _PATTERNS["grants_part"]
_OPENS = _PATTERNS["opens"]
_WHO_DECIDES = _PATTERNS["who_decides"]
_LACKS = _PATTERNS["lacks"]
_DAY_OF_SERVICE = _PATTERNS["day_of_service"]
_GREETS = _PATTERNS["greets"]
# "TREATMENT HISTORY (from the report of 2015)"
_IN_BRACKETS = re.compile(r"(?<=\w) \([^()]{1,60}\)\Z")
_IDENTIFIER = _PATTERNS["identifier"]
_COMPANY = _PATTERNS["company"]
_LETTERHEAD = _PATTERNS["letterhead"]
# "09/30/2013, Dr. B, orthopedic consultation.", "2014-02-12: report"
_DATED = re.compile(r"\W*(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|(?:19|20)\d\d-\d\d-\d\d)\b")
_ADDRESS_LABEL = _PATTERNS["address_label"]
_DEAR = _PATTERNS["dear"]
_FIRST_TOLD = 30
"""Characters at the beginning of a field's text that may tell its decision."""
_FEWEST_WORDS_OF_PROSE = 5
_MOST_WORDS_OF_DECISION = 3
_MOST_WORDS_OF_HEADING = 6


def as_meant(piece: TextPiece) -> TextPiece:
    """A piece with its label only where that is one, with a heading as label, and with "yes" and
    "no" as the decisions that they are."""
    if piece.is_item and not piece.label and _ANSWER_LINE.match(piece.text):
        return _as_decision(replace(piece, label="answer"))
    if piece.label and piece.text:
        return _as_prose(_as_decision(_as_grant(piece)))
    if piece.label and opens_list_with_why(f"{piece.label}:"):
        return replace(piece, label="", text=f"{piece.printed_label}:")
    return as_heading(piece)


def _as_grant(piece: TextPiece) -> TextPiece:
    """ "We certify: none" is a decision, and so is "We certify: six sessions"."""
    if not _GRANT_LABEL.fullmatch(piece.label) or piece.is_row or names_treatment(piece.text):
        return piece
    if _GRANTS_NONE.fullmatch(piece.text):
        told = "Not certified."
    elif _GRANTS_PART.fullmatch(piece.text):
        told = "Certified in part."
    elif _GRANTS_ALL.fullmatch(piece.text):
        told = "Certified."
    else:
        told = f"Certified {piece.text}"
    return replace(piece, label="decision", text=told)


def heads_fields(piece: TextPiece, below: TextPiece) -> bool:
    """Whether a line is a service whose fields come below it: "MASSAGE, LOW BACK" before "You asked
    for: ten sessions"."""
    is_line = piece.is_listed and not (piece.label or piece.is_row) and is_entry(piece)
    is_field = bool(below.label and below.text) and not names_treatment(below.text)
    return is_line and is_field and tells_share(below.label)


def _as_decision(piece: TextPiece) -> TextPiece:
    """ "Medically necessary: No. It is passive." is a decision with its reason."""
    answer = _YES_OR_NO.match(piece.text)
    is_service = names_treatment(piece.label)
    if answer is None or not (is_service or _ANSWER_LABEL.search(piece.label)):
        return piece
    label = piece.label if is_service else "decision"
    if answer["told"].lower() not in ("yes", "no"):
        told = f"Certified in part. {piece.text[answer.end() :]}".strip()
        return replace(piece, label=label, text=told)
    is_granted = (answer["told"].lower() == "yes") != (manner_of(piece.label) == DENIED)
    told = "Certified." if is_granted else "Not certified."
    return replace(piece, label=label, text=f"{told} {piece.text[answer.end() :]}".strip())


def _as_prose(piece: TextPiece) -> TextPiece:
    """A sentence with a colon amid it: "There is no radiculopathy on exam: reflexes are equal."."""
    label, whole = piece.label, f"{piece.printed_label}: {piece.text}"
    if begins_with_citation(label):  # "ODG, Pain chapter: zolpidem" cites whole
        return replace(piece, label="guideline", text=whole)
    is_told = (
        _WHO_DECIDES.match(label) is not None
        or _LACKS.fullmatch(label) is not None
        or (_DAY_OF_SERVICE.match(label) is not None and names_treatment(piece.text))
        or _tells(label)
    )
    return replace(piece, label="", text=whole) if is_told else piece


def _tells(label: str) -> bool:
    """Whether a label is long enough for a sentence, and tells something that decides nothing."""
    if not has_verb(label) or len(label.split(" ")) < _FEWEST_WORDS_OF_PROSE:
        return False
    return (says_why(label) or label_manner(label) == NONE) and manner_of(label) not in DECISIONS


def is_list_heading(piece: TextPiece) -> bool:
    """Whether a line is the heading of a list or table of requests: "ORDERS TODAY"."""
    is_line = not piece.label and not piece.is_item and len(piece.text) < BEGINNING
    return is_line and asks(piece.text) and not names_treatment(piece.text)


def as_heading(piece: TextPiece) -> TextPiece:
    """A line that has the form and words of a heading, as a label without text."""
    if piece.label or piece.is_row:
        return piece
    text = _IN_BRACKETS.sub("", piece.text)
    is_short = text.count(" ") < _MOST_WORDS_OF_HEADING and text[:1].isupper()
    is_plain = is_short and text[-1:].isalpha() and not has_verb(text)
    is_titled = is_heading(text)
    if piece.is_item and (piece.mark or not is_titled):
        return piece  # "E. CRITERIA APPLIED" is a heading, "- Rationale" is none
    if not is_titled and not is_plain:
        return piece
    manner = label_manner(text.lower())
    if not is_titled and manner not in (WHY, QUOTED, RECORDS, HISTORY):
        return piece
    if manner == WHY and begins_with_citation(text):
        return piece  # "ACOEM Knee Disorders Guideline" is a source
    is_told = manner in (WHY, HISTORY, QUOTED) or (manner == FIELD and asks_below(text))
    is_section = manner in ASIDE or (is_told and not names_treatment(text))
    if not is_section:
        return piece
    return TextPiece(text.lower(), "", is_item=False, numbers=referred_numbers(piece.text))


def greets(piece: TextPiece) -> bool:
    """Whether a line only greets: "Dear Dr. Walker,", "To the reviewing physician:"."""
    is_line = piece.is_listed and _DEAR.match(piece.text) is not None
    return is_line or (not piece.text and _GREETS.match(piece.label) is not None)


def is_title(piece: TextPiece) -> bool:
    """Whether a line has the form of a heading, as the title of a letter: "HAND SURGERY
    CONSULTATION" above "Dear Dr. Walker,"."""
    return _is_line(piece) and is_heading(piece.text)


def _is_line(piece: TextPiece) -> bool:
    """Whether a piece is a line or paragraph alone: no field, item or row."""
    return not (piece.label or piece.is_item or piece.is_row)


def is_address(piece: TextPiece) -> bool:
    """Whether a field tells from whom a letter is, or to whom: "From: A. Sample, MD"."""
    is_field = _ADDRESS_LABEL.fullmatch(piece.label) is not None
    manner = manner_of(piece.text)
    return is_field and (manner == NONE or (manner == ASKED and not names_treatment(piece.text)))


def is_identifier(piece: TextPiece) -> bool:
    """Whether a line is only a number of a file: "Claim EX-000-TEST"."""
    return not piece.label and _IDENTIFIER.fullmatch(piece.text) is not None


def is_company(piece: TextPiece) -> bool:
    """Whether a line is only the name of a company: "Example Dental Insurance, claims office"."""
    is_practice = not piece.label and _LETTERHEAD.fullmatch(piece.text) is not None
    return is_practice or (_is_line(piece) and _COMPANY.fullmatch(piece.text) is not None)


def is_dated(piece: TextPiece) -> bool:
    """Whether a piece begins with a day, as the entries of a list of records do."""
    return _DATED.match(piece.text) is not None


def is_prose(piece: TextPiece) -> bool:
    """Whether a piece is made of sentences, not an item of a list."""
    return not piece.is_listed and not piece.label and has_verb(piece.text)


def is_entry(piece: TextPiece) -> bool:
    """Whether a paragraph begins with a service of its own: "Norco #90. There is no contract."."""
    head = _ENTRY.match(piece.text)
    return head is not None and not has_verb(head[0]) and names_treatment(head[0])


def is_decided_by(sentence: str, after: str) -> bool:
    """Whether a sentence is a service and no more, and the one behind it decides: "Prilosec 20 mg
    #60. Not certified."."""
    if len(after.split()) > _MOST_WORDS_OF_DECISION or manner_of(after) not in DECISIONS:
        return False
    is_told = has_verb(sentence) or is_of_patient(sentence)
    return names_treatment(sentence) and not (is_told or names_treatment(after))


def is_bare_decision(piece: TextPiece) -> bool:
    """Whether a line is a decision and no more: "APPROVED IN PART"."""
    is_line = _is_line(piece) and piece.text[-1:].isalpha()
    is_short = is_line and len(piece.text.split()) <= _MOST_WORDS_OF_DECISION
    return is_short and manner_of(piece.text) in DECISIONS and not names_treatment(piece.text)


def decision_told(piece: TextPiece) -> str:
    """The decision that a field's label tells, or the first words of its text; not those of a
    sentence that names a treatment, which they decide."""
    first = next(iter(piece.sentences()), "")
    begins = "" if names_treatment(first) else first[:_FIRST_TOLD]
    if cut_from(begins):
        return DENIED
    for decided in (manner_of(piece.label), manner_of(begins)):
        if decided in DECISIONS:
            return decided
    return NONE


def begins_with_decision(piece: TextPiece) -> bool:
    """Whether the first sentence is a decision and no more: "Non-certified. There is no …"."""
    first = next(iter(piece.sentences()), "")
    return len(first.split()) <= _MOST_WORDS_OF_DECISION and manner_of(first) in DECISIONS


def tells(piece: TextPiece) -> bool:
    """Whether a piece is a sentence that begins with no service: "The dose is too high"."""
    return has_verb(piece.text) and not is_entry(piece)


def opened_list(piece: TextPiece, *, is_known: bool) -> str:
    """The manner of the list that a piece opens, if it does: "The following were denied."; once a
    request ``is_known``, not each colon opens a list of more: "It is of use with: (1) an ulcer"."""
    told = piece.sentences()
    decided = manner_of(told[-1])
    if _OPENS.search(piece.text) and not _GREETS.match(piece.text):
        asks_on = asks(told[-1]) or points_on(told[-1]) or decided == ASKED
        is_why_told = WHY if is_why(told[-1].removesuffix(":")) else NONE
        return (
            decided if decided in DECISIONS else FIELD if asks_on or not is_known else is_why_told
        )
    return _first_decision(filter(_points_to_list, told))


def decided_whole(piece: TextPiece) -> str:
    """The decision of a piece on all that was asked for, before anything is named: "Both things on
    your form were approved." above their list."""
    told = [one for one in piece.sentences() if is_of_whole(one) and not names_treatment(one)]
    return _first_decision(told)


def _first_decision(told: Iterable[str]) -> str:
    return next((one for one in map(manner_of, told) if one in DECISIONS), NONE)


def _points_to_list(sentence: str) -> bool:
    """Whether a sentence speaks of the list below it and names nothing itself; "the rest" is none
    in bed."""
    is_named = names_treatment(sentence) and not is_of_rest(sentence)
    return points_on(sentence) and not (is_named or is_of_rights(sentence))


def is_headed(piece: TextPiece) -> bool:
    """Whether a paragraph has a service for its heading: "Hospital bed. She has her own."."""
    told = piece.sentences()
    is_paragraph = _is_line(piece) and len(told) > 1
    if not is_paragraph or not is_entry(piece) or has_verb(told[0]):
        return False
    return begins_to_tell(told[1]) or not names_treatment(told[1])


def is_bare_entry(piece: TextPiece) -> bool:
    """Whether a line is a service and no more: "Nexium 40 mg #30"."""
    return piece.is_listed and not piece.label and is_entry(piece) and not tells(piece)


def is_labelled_decision(piece: TextPiece) -> bool:
    """Whether a label decides the service behind it: "DENIED: MRI of the neck"."""
    return label_manner(piece.label) in DECISIONS and names_treatment(piece.text)


def is_headed_denial(told: Sequence[TextPiece]) -> bool:
    """Whether a text is prose that denies the service at its head: "Knee brace. He wears a sling at
    night. The knee is stable. Denied."."""
    paragraphs = [piece for piece in told if not greets(piece)]
    if not all(map(_is_line, paragraphs)):
        return False
    is_list = any(piece.is_listed and is_entry(piece) for piece in paragraphs[1:])
    if is_list or not any(map(is_entry, paragraphs[:1])):
        return False
    head, *prose = (sentence for piece in paragraphs for sentence in piece.sentences())
    others = (one for one, after in pairwise(prose) if is_decided_by(one, after))
    if begins_to_tell(head) or not all(map(begins_to_tell, others)):
        return False
    return any(manner_of(one) == DENIED and not names_treatment(one) for one in prose)
