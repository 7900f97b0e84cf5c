"""What a line or paragraph of a pasted text is by its form: a heading, a service, or prose."""

from __future__ import annotations

import re

from imrsearch.search.kit.manners import (
    ASIDE,
    FIELD,
    HISTORY,
    WHY,
    asks,
    decision_of,
    has_verb,
    label_manner,
)
from imrsearch.search.kit.pieces import TextPiece
from imrsearch.search.kit.sections import asks_below, is_heading
from imrsearch.search.kit.services import BEGINNING, names_treatment

# "Lidoderm 5% patch #30 - There has been no trial", "TENS unit purchase"
_ENTRY = re.compile(r".{3,80}?(?:\s[-–—]\s|[.:]\s(?=[A-Z])|\Z)")


def is_list_heading(piece: TextPiece) -> bool:
    """Whether a line is the heading of a list or table of requests: "ORDERS TODAY"."""
    is_line = not piece.label and not piece.is_item and len(piece.text) < BEGINNING
    return is_line and asks(piece.text) and not names_treatment(piece.text)


def as_heading(piece: TextPiece) -> TextPiece:
    """A line that has the form and words of a heading, as a label without text."""
    if piece.label or piece.is_item or piece.is_row or not is_heading(piece.text):
        return piece
    manner = label_manner(piece.text.lower())
    is_told = manner in (WHY, HISTORY) or (manner == FIELD and asks_below(piece.text))
    is_section = manner in ASIDE or (is_told and not names_treatment(piece.text))
    return TextPiece(piece.text.lower(), "", is_item=False) if is_section else piece


def is_prose(piece: TextPiece) -> bool:
    """Whether a piece is made of sentences, not an item of a list."""
    return not piece.is_listed and not piece.label and has_verb(piece.text)


def is_entry(piece: TextPiece) -> bool:
    """Whether a paragraph begins with a service of its own: "Norco #90. There is no contract."."""
    head = _ENTRY.match(piece.text)
    return head is not None and not has_verb(head[0]) and names_treatment(head[0])


def decision_told(piece: TextPiece) -> str:
    """The decision that a field tells, if its first sentence names no treatment that it decides."""
    return decision_of(piece, any(map(names_treatment, piece.sentences()[:1])))
