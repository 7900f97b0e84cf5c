"""Where the facts of a letter stand: noted while they are read, by their paths."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from imrsearch.letters.passage import Passage, Unwrapped
from imrsearch.model import DecisionReason, Span
from imrsearch.text.located import Located, LocatedValue
from imrsearch.text.words import Stretch


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ``spans`` of facts in the letter, here of those below a ``path``.

    What is found in a ``reading`` is noted where the letter prints it.
    """

    spans: dict[str, Span]
    path: str = ""
    reading: Unwrapped | None = None

    def of(self, name: str) -> Evidence:
        """That of the facts below a name."""
        return Evidence(self.spans, f"{self.path}{name}.", self.reading)

    def through(self, reading: Unwrapped) -> Evidence:
        """That of facts found in a reading."""
        return Evidence(self.spans, self.path, reading)

    def note(self, name: str, start: int, end: int) -> None:
        """Note the place of a fact."""
        place = self.reading.span(start, end) if self.reading else (start, end)
        self.spans[f"{self.path}{name}"] = Span(*place)

    def note_text(self, name: str, passage: Passage) -> None:
        """Note the place of a passage of the letter; an empty one has none."""
        if printed := passage.strip():
            self.spans[f"{self.path}{name}"] = printed.span

    def note_again(self, name: str, path: str) -> None:
        """Note the place of a fact as that of the one at another path, counted from the top."""
        self.spans[f"{self.path}{name}"] = self.spans[path]

    def keep(self, name: str, found: Located[LocatedValue] | None) -> LocatedValue | None:
        """A fact, its place noted."""
        if found is None:
            return None
        self.note(name, found.start, found.end)
        return found.value

    def keep_all(
        self, name: str, found: Collection[Located[LocatedValue]]
    ) -> tuple[LocatedValue, ...]:
        """The facts of a list, the place of each noted by its number."""
        if not found:  # mostly so
            return ()
        for number, one in enumerate(found):
            self.note(f"{name}.{number}", one.start, one.end)
        return tuple(one.value for one in found)

    def keep_each(self, name: str, places: Mapping[str, Stretch]) -> tuple[str, ...]:
        """As ``keep_all``, each fact with its place."""
        return self.keep_all(name, [Located(fact, *place) for fact, place in places.items()])

    def keep_told(
        self, name: str, reasons: tuple[DecisionReason, ...]
    ) -> tuple[DecisionReason, ...]:
        """As ``keep_all``, reasons, which know their places."""
        return self.keep_all(name, [Located(reason, *reason.span) for reason in reasons])
