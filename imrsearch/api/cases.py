"""The letters of an index folder, open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

import msgspec

from imrsearch.model import Determination, Issue, known_as
from imrsearch.storage.builds.place import place_of
from imrsearch.system.errors import IndexClosed, NotFound
from imrsearch.system.settings import Settings

if TYPE_CHECKING:
    from imrsearch.storage.collection.reader import StoredLetters


class Cases:
    """What the letters of an index folder say. For one thread: open one in each.

    Close it, or use it in a ``with`` statement.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises NotIndexed, CollectionTooNew or DamagedCollection."""
        self.settings = settings
        self._opened = place_of(settings).letters()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.settings.index)!r})"

    def close(self) -> None:
        """Let go of the files; whatever is asked after that raises IndexClosed."""
        self._opened.close()
        self._is_closed = True

    @property
    def _letters(self) -> StoredLetters:
        """The letters as read. Raises IndexClosed."""
        self._require_open()
        return self._opened

    def _require_open(self) -> None:
        if self._is_closed:
            raise IndexClosed(f"{self!r} is closed.")

    def case(self, case_id: str) -> Determination:
        """What the letter of a case says; ``cm16-0000101`` will do. Raises NotFound."""
        return self._letters.determination(known_as(case_id))

    def text(self, case_id: str) -> str:
        """The letter's text as kept; the evidence of a determination points into it. Raises
        NotFound."""
        return self._letters.letter(known_as(case_id)).text

    def cases(self) -> Iterator[Determination]:
        """What every letter says, in order of the cases' numbers."""
        return self._letters.every_determination()

    def issues(self) -> Iterator[dict[str, Any]]:
        """Every issue as a plain dict, its case's facts beside its own: a row of a table.

        The keys are those of ``imrsearch parse --json``, those inside others joined
        (``dates_decided``, ``patient_age``); days are texts such as ``2016-12-09``.
        """
        return (row for determination in self.cases() for row in _issue_rows(determination))

    def issue(self, issue: str) -> tuple[Determination, Issue]:
        """An issue with its case: ``CM16-0000101#2``, or the number of a case with one issue.

        Raises NotFound.
        """
        case_id, _, number = issue.partition("#")
        case = self.case(case_id)
        numbers = {str(one.number): one for one in case.issues}
        wanted = number or (next(iter(numbers)) if len(numbers) == 1 else "")
        if wanted not in numbers:
            known = ", ".join(f"{case.case_id}#{one}" for one in numbers) or "no issue"
            raise NotFound(f"There is no issue “{issue}”.", f"This case has {known}.")
        return case, numbers[wanted]


_NESTED = ("dates", "reviewer", "patient")
_LEFT_OUT = {"issues", "warnings", "evidence", *_NESTED}


def _issue_rows(determination: Determination) -> Iterator[dict[str, Any]]:
    facts = msgspec.json.decode(msgspec.json.encode(determination))  # tuples as lists
    case = {name: value for name, value in facts.items() if name not in _LEFT_OUT}
    for group in _NESTED:
        case |= {f"{group}_{name}": value for name, value in facts[group].items()}
    for issue in facts["issues"]:
        yield case | issue
