"""The dictionary of an index, kept with the build: no API of OpenSearch lists words with counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from imrsearch.schema import TEXT_FIELDS

_FILE = "words.msgpack"


class WordCounts:
    """Counts in how many documents each word occurs, field by field.

    An update continues the counts of its base: words of documents deleted since still count.
    """

    def __init__(self, base: Path | None = None) -> None:
        self._fields: dict[str, Counter[str]] = {field: Counter() for field in TEXT_FIELDS}
        for field, counts in (_read_dictionary(base) if base else {}).items():
            self._fields[field].update(counts)

    def add(self, words: Mapping[str, Sequence[str]]) -> None:
        """Count the words of a document, given by field, some of them joined by blanks."""
        for field, pieces in words.items():
            distinct = {*pieces}
            joined = [piece for piece in distinct if not piece or " " in piece]
            distinct.difference_update(joined)
            self._fields[field].update(distinct.union(*map(str.split, joined)))

    def write(self, folder: Path) -> None:
        """Write the counts into the engine's folder."""
        (folder / _FILE).write_bytes(msgspec.msgpack.encode(self._fields))


class Dictionary:
    """The words of an index with their document frequencies, the highest of all fields."""

    def __init__(self, folder: Path) -> None:
        self._counts: dict[str, int] = {}
        for counts in _read_dictionary(folder).values():
            for word, count in counts.items():
                self._counts[word] = max(count, self._counts.get(word, 0))
        self._sorted = sorted(self._counts)

    def frequency(self, word: str) -> int:
        """In how many documents the word occurs; 0 for one that does not."""
        return self._counts.get(word, 0)

    def beginning(self, start: str) -> dict[str, int]:
        """The words that begin so, with their frequencies."""
        first = bisect_left(self._sorted, start)
        end = bisect_right(self._sorted, start, first, key=lambda word: word[: len(start)])
        return {word: self._counts[word] for word in self._sorted[first:end]}


def _read_dictionary(folder: Path) -> dict[str, dict[str, int]]:
    return msgspec.msgpack.decode((folder / _FILE).read_bytes(), type=dict[str, dict[str, int]])
