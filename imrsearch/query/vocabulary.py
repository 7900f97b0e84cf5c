"""The values that an index holds, and how they are found by their words.

People type ``body:back`` or ``specialty:orthopedic``; the index holds "low back" and "Orthopedic
Surgery".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from imrsearch.model import CitedPlace
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
        self._places: dict[tuple[str, ...], dict[CitedPlace, None]] = {}
        self._counts = {
            (field, count.value): count.count for field, table in tables.items() for count in table
        }

    def same(self, field: str, typed: str) -> tuple[str, ...]:
        """The value of ``field`` that equals ``typed``, but for capitals."""
        known = self._values.get(field, {})
        return tuple(value for value in known if value.lower() == typed.lower())

    def with_words(self, field: str, typed: str) -> tuple[str, ...]:
        """The values of ``field`` with all words of ``typed``; a final ``*`` continues the last."""
        whole = words(typed)
        start = whole.pop() if typed.endswith("*") and whole else ""
        found = (
            value
            for value, parts in self._values.get(field, {}).items()
            if parts.issuperset(whole) and any(part.startswith(start) for part in parts)
        )
        return tuple(islice(found, MOST_VALUES)) if whole or start else ()

    def values(self, field: str) -> Iterable[str]:
        """The values of ``field``, the more frequent first."""
        return self._values.get(field, {}).keys()

    def count(self, field: str, value: str) -> int:
        """How many issues have this value."""
        return self._counts.get((field, value), 0)

    def places(self, fields: Iterable[str]) -> Mapping[CitedPlace, None]:
        """The values of these fields as cited places, parsed once; the more frequent first."""
        names = tuple(fields)
        if names not in self._places:
            values = (value for name in names for value in self.values(name))
            self._places[names] = dict.fromkeys(map(CitedPlace.parse, values))
        return self._places[names]

    def has(self, field: str, value: str) -> bool:
        """Whether some document has this value; a case number is taken on trust."""
        return field == "case" or value in self._values.get(field, {})
