"""How a document is stored: the index's fields, and an issue as they hold it.

Texts arrive as words and stems, joined by blanks, which the built-in analyzer ``whitespace`` splits
again: positions and terms are ours exactly.

====================  =========================================================================
``words.FIELD``       the words of a text field as written
``stems.FIELD``       their stems, ``_`` in the place of stop words
``stems.all``         the stems of the whole document, the service as often as it weighs
``values.FIELD``      whole values, for filters
``coded.FIELD``       the same for facet tables: ``o`` before the values of an overturned issue,
                      ``u`` before others; the letter alone stands for "no value"
``numbers.FIELD``     whole numbers
``overturned``        whether the issue was overturned
``first``             whether it is the first issue of its case: counts cases
``row``               the order of writing: what decides between equals
``id``                the document's id, read from the sort keys of a hit
====================  =========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha1
from typing import Any

from imrsearch.engines.analysis import Analysis
from imrsearch.model import OVERTURNED
from imrsearch.schema import NUMBER_FIELDS, TEXT_FIELDS, VALUE_FIELDS, IssueDocument
from imrsearch.system.settings import Settings

WINDOW = 50_000
"""The most hits of one request."""

_ALLOCATION_RETRIES = 1_000
"""How often a replica is tried, five seconds each. What a hung node had asked of others is freed
only after ``search.default_keep_alive``, and no new copy begins there before. By default the
cluster gives up after five tries, and the shard stays without its replica until someone
intervenes."""

LONGEST_INDEXED_WORD = 200
"""Characters of a word that are indexed as they are; the analyzer cuts words at 255."""

_LONG = re.compile(rf"\S{{{LONGEST_INDEXED_WORD + 1},}}")
_POSITION_GAP = 10_000
_TEXT_FIELD = {"type": "text", "analyzer": "whitespace", "position_increment_gap": _POSITION_GAP}
_FOUND = {"type": "keyword", "doc_values": False}
_COUNTED = {"type": "keyword", "index": False}
_CODED = tuple(field for field in VALUE_FIELDS if field != "case")


def index_body(settings: Settings) -> dict[str, Any]:
    """The settings and the mapping of a new index."""
    return {
        "settings": {
            "number_of_shards": settings.opensearch_shards,
            "number_of_replicas": 0,  # until everything is written
            "refresh_interval": "-1",
            "translog.durability": "async",
            "max_result_window": WINDOW,
            "allocation.max_retries": _ALLOCATION_RETRIES,
        },
        "mappings": {
            "dynamic": "strict",
            # Nothing is read back but ids, and nothing is written while there are replicas.
            "_source": {"enabled": False, "recovery_source_enabled": False},
            "properties": {
                "words": _properties(TEXT_FIELDS, _TEXT_FIELD),
                "stems": {"properties": {**_copied_to_all(), "all": _TEXT_FIELD}},
                "values": _properties(VALUE_FIELDS, _FOUND),
                "coded": _properties(_CODED, _COUNTED),
                "numbers": _properties(NUMBER_FIELDS, {"type": "integer"}),
                "overturned": {"type": "boolean"},
                "first": {"type": "boolean"},
                "row": {"type": "integer"},
                "id": _COUNTED,
            },
        },
    }


def _properties(fields: Iterable[str], kind: Mapping[str, Any]) -> dict[str, Any]:
    return {"properties": {field: dict(kind) for field in fields}}


def _copied_to_all() -> dict[str, Any]:
    """Each text field's stems, which the cluster itself adds to those of the whole document."""
    return {
        field: {**_TEXT_FIELD, "copy_to": ["stems.all"] * max(1, round(weight))}
        for field, weight in TEXT_FIELDS.items()
    }


def short(word: str) -> str:
    """A word as it is indexed: a long one is its beginning and the hash of the whole."""
    if len(word) <= LONGEST_INDEXED_WORD:
        return word
    return word[:LONGEST_INDEXED_WORD] + sha1(word.encode(), usedforsecurity=False).hexdigest()


class Documents:
    """Turns issues into what is sent, from the row ``first`` on. Not for several threads."""

    def __init__(self, first: int = 0) -> None:
        self.row = first
        self._analyse = Analysis()
        self._case: tuple[str, ...] = ()

    def __call__(
        self, issues: Iterable[IssueDocument]
    ) -> Iterator[tuple[dict[str, Any], IndexedWords]]:
        """Each issue as a body, with its words by field."""
        for issue in issues:
            yield self._body(issue)
            self.row += 1

    def _body(self, issue: IssueDocument) -> tuple[dict[str, Any], IndexedWords]:
        pieces = {
            field: self._analyse.pieces(text)
            for field in TEXT_FIELDS
            if (text := issue.texts.get(field))
        }
        words: dict[str, str] = {}
        stems: dict[str, str] = {}
        for field, found in pieces.items():
            words[field], stems[field] = self._analyse.joined(found)
            if max(map(len, found), default=0) > LONGEST_INDEXED_WORD:
                words[field], stems[field] = (
                    _shortened_words(words[field]),
                    _shortened_words(stems[field]),
                )
        overturned = OVERTURNED in issue.values.get("decision", ())
        cases = issue.values.get("case", ())
        is_first, self._case = cases != self._case and bool(cases), cases
        body = {
            "id": issue.id,
            "row": self.row,
            "first": is_first,
            "overturned": overturned,
            "words": words,
            "stems": stems,
            "values": dict(issue.values),
            "coded": _coded(issue.values, "o" if overturned else "u"),
            "numbers": dict(issue.numbers),
        }
        return body, pieces


IndexedWords = Mapping[str, Sequence[str]]
"""The words of each text field of a document, some of them joined by blanks."""


def _coded(values: Mapping[str, tuple[str, ...]], letter: str) -> dict[str, list[str] | str]:
    coded: dict[str, list[str] | str] = dict.fromkeys(_CODED, letter)
    for field, held in values.items():
        if held and field in coded:
            coded[field] = [letter + value for value in held]
    return coded


def _shortened_words(text: str) -> str:
    """The words of a text as they are indexed."""
    return _LONG.sub(lambda found: short(found.group()), text)
