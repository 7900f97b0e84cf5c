"""Where the words of a search stand in a plain text.

Matching uses the same words and stems as the index, so what is found is what is marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from imrsearch.engines.contract import Phrase, Prefix, Term
from imrsearch.text import is_stop_word, stem, tokenize

Leaf = Term | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch ``text[start:end]`` that one leaf of the query matches."""

    start: int
    end: int
    leaf: Leaf


def find_matches(text: str, leaves: Iterable[Leaf], place: str | None = None) -> list[Match]:
    """Every match in ``text``, in order; leaves bound to fields other than ``place`` are left out.

    Without a place all leaves count.
    """
    wanted = [leaf for leaf in leaves if not (place and leaf.fields and place not in leaf.fields)]
    if not wanted:
        return []
    tokens, written, stems, stemmed = _words(text)
    found = [
        Match(tokens[first][1], tokens[last][2], leaf)
        for leaf in wanted
        if _may_match(leaf, stemmed)
        for first, last in _runs(leaf, written, stems)
    ]
    return sorted(found, key=lambda match: (match.start, -match.end))


@lru_cache(maxsize=256)
def _words(
    text: str,
) -> tuple[list[tuple[str, int, int]], list[str], list[str], frozenset[str]]:
    """The words of a text with their places, as written, as stems, and all stems: the texts of
    one case are looked at again and again."""
    tokens = list(tokenize(text))
    written = [word for word, _, _ in tokens]
    stems = [_stemmed(word) for word in written]
    return tokens, written, stems, frozenset(stems)


def _may_match(leaf: Leaf, stems: frozenset[str]) -> bool:
    """Whether the first word is there at all; most names of a thing are in no given text."""
    if isinstance(leaf, Prefix):
        return True
    first = leaf.word if isinstance(leaf, Term) else (leaf.words or ("",))[0]
    return _stemmed(first) in stems


def _runs(leaf: Leaf, written: Sequence[str], stems: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and last word of each match, by their positions."""
    match leaf:
        case Prefix(start):
            return ((i, i) for i, word in enumerate(written) if word.startswith(start))
        case Term(word, _, exact):
            words: tuple[str, ...] = (word,)
            slop = 0
        case Phrase(words, _, exact, slop):
            pass
    if exact or all(map(is_stop_word, words)):
        return _phrase_runs(words, slop, written)
    return _phrase_runs(tuple(map(_stemmed, words)), slop, stems)


def _stemmed(word: str) -> str:
    """The stem; all stop words are alike, so that a stemmed phrase may have any of them there."""
    return "" if is_stop_word(word) else stem(word)


def _phrase_runs(
    parts: Sequence[str], slop: int, words: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """The phrase's words in order, at most ``slop`` other words among them."""
    for first, word in enumerate(words):
        if word != parts[0]:
            continue
        last = first
        limit = first + len(parts) + slop
        for part in parts[1:]:
            last = next(
                (i for i in range(last + 1, min(limit, len(words))) if words[i] == part), -1
            )
            if last < 0:
                break
        else:
            yield first, last
