"""Notes: what users should know about how a search was read.

Their codes are registered in ``notes.toml``. The JSON of a search carries them, ``docs/pages.md``
explains them, and the server's metrics count those that cut a search.
"""

from __future__ import annotations

from dataclasses import dataclass

from imrsearch.catalogue.notes import NOTES, NoteKind


@dataclass(frozen=True, slots=True)
class Note:
    """Something users should know about how the search was read.

    ``url``: an alternative search; ``link``: its text, if the message does not say it.
    Raises ValueError for a code that is not in ``notes.toml``.
    """

    code: str
    message: str
    url: str | None = None
    link: str | None = None

    def __post_init__(self) -> None:
        if self.code not in NOTES:
            raise ValueError(f"There is no note with the code {self.code!r}; add it to notes.toml.")

    @property
    def kind(self) -> NoteKind:
        """The register's row for this note."""
        return NOTES[self.code]
