"""What the field of a piece holds, which may go on in the pieces below it."""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.wording.cited import cites
from imrsearch.search.pasted.wording.headings import asks_for_service
from imrsearch.search.pasted.wording.labels import tells_sources


@dataclass(frozen=True, slots=True)
class HeldField:
    """What a piece holds, by its label or by that of a piece above it: a service asked for
    (``is_service``) or the guidelines of a denial (``is_source``), as may the pieces below it.
    """

    is_service: bool = False
    is_source: bool = False
    has_services_below: bool = False
    has_sources_below: bool = False

    def before(self, piece: TextPiece) -> HeldField:
        """What the piece behind this one holds."""
        asks = asks_for_service(piece.label)
        is_listed = self.has_services_below and piece.is_item and not piece.label
        is_cited = self.has_sources_below and not piece.label and cites(piece.text)
        is_source = tells_sources(piece.label) or is_cited
        return HeldField(
            is_service=piece.is_row or is_listed or asks,
            is_source=is_source,
            has_services_below=is_listed or (asks and not piece.text),
            has_sources_below=is_source and (is_cited or not piece.text),
        )
