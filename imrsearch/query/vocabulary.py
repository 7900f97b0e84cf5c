"""The values that an index holds, and how a typed value finds them.

People type ``body:back`` or ``specialty:orthopedic``; the index holds "low back" and "Orthopedic
Surgery". A typed value means the value that equals it, else every value that has all its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from imrsearch.query.word_lists import decision_words
from imrsearch.schema import FacetCount
from imrsearch.text.words import words

MOST_VALUES = 200
"""How many values one typed value may stand for; the more frequent ones are taken."""


class Vocabulary:
    """For each value field, its values with their words, the more frequent first."""

    def __init__(self, tables: Mapping[str, Sequence[FacetCount]]) -> None:
        self._values: dict[str, dict[str, frozenset[str]]] = {
            field: {
                count.value: frozenset(words(count.value))
                for count in table
                if count.value is not None
            }
            for field, table in tables.items()
        }
        self._counts = {
            (field, count.value): count.count for field, table in tables.items() for count in table
        }

    def resolve(self, field: str, typed: str) -> tuple[str, ...]:
        """The values of ``field`` that ``typed`` means; a final ``*`` continues the last word.

        Where none fits, the typed value itself: it matches nothing, and is shown.
        """
        if field == "case":
            return (typed.upper() if typed.upper().startswith("CM") else typed,)
        if field == "decision":
            typed = decision_words().get(typed.lower(), typed)
        known = self._values.get(field, {})
        same = [value for value in known if value.lower() == typed.lower()]
        return tuple(same or _with_words(known, typed)[:MOST_VALUES] or [typed])

    def values(self, field: str) -> Iterable[str]:
        """The values of ``field``, the more frequent first."""
        return self._values.get(field, {}).keys()

    def count(self, field: str, value: str) -> int:
        """How many issues have this value."""
        return self._counts.get((field, value), 0)

    def has(self, field: str, value: str) -> bool:
        """Whether some document has this value; a case number is taken on trust."""
        return field == "case" or value in self._values.get(field, {})


def _with_words(known: Mapping[str, frozenset[str]], typed: str) -> list[str]:
    whole = words(typed)
    start = whole.pop() if typed.endswith("*") and whole else ""
    if not whole and not start:
        return []
    return [
        value
        for value, parts in known.items()
        if parts.issuperset(whole) and (not start or any(p.startswith(start) for p in parts))
    ]
