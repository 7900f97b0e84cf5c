"""Which section of a letter is read now, and what its title decides."""

from __future__ import annotations

from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.lines import (
    greets,
    is_address,
    is_company,
    is_dated,
    is_identifier,
    is_prose,
)
from imrsearch.search.pasted.wording.headings import begins_section, is_identity, tells_decision
from imrsearch.search.pasted.wording.labels import label_manner
from imrsearch.search.pasted.wording.manners import (
    ASIDE,
    CERTIFIED,
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
from imrsearch.search.pasted.wording.prose import asks_whether


class Section:
    """What the last heading opened: ``manner`` holds up to the next one.

    ``title`` is the decision on all that a letter names, where its title tells it: "NOTICE OF
    CERTIFICATION".
    """

    def __init__(self) -> None:
        self.manner = self.title = NONE
        self._is_begun = False

    def read_title(self, piece: TextPiece) -> None:
        """Note the decision of a piece that is a letter's title."""
        told = piece.label or piece.text
        if not self.title and tells_decision(told):
            decided = manner_of(told)
            self.title = decided if decided in DECISIONS else CERTIFIED

    def passes_by(self, piece: TextPiece) -> bool:
        """Whether a piece is passed by: who somebody is, what was read, what every letter tells.

        A heading begins and ends such a section; a list of records ends with a sentence or a
        decision too.
        """
        manner = label_manner(piece.label) if piece.label else NONE
        # "PRIOR UR HISTORY ON THIS CLAIM" is no field of a claim
        is_of_person = is_identity(piece.label) and not (manner in ASIDE and not piece.text)
        if is_of_person or greets(piece) or is_identifier(piece) or is_address(piece):
            return True
        if is_company(piece):
            return True
        is_first, self._is_begun = not self._is_begun, True
        if is_first and not piece.text and manner == NOTICE:
            return True  # "PEER TO PEER NOTE" is the title of all
        if manner in ASIDE:
            self.manner = NONE if piece.text and not piece.is_item else manner
            return True
        if self.manner not in ASIDE:
            return False
        is_over = manner in (FIELD, WHY, HISTORY, QUOTED, *DECISIONS) and (
            not piece.text or begins_section(piece.label)
        )
        is_over = is_over or asks_whether(piece.text)
        if self.manner == RECORDS:
            ends = bool(piece.decision) or is_prose(piece)
            is_over = is_over or (ends and not is_dated(piece))
        if is_over:
            self.manner = NONE
        return not is_over
