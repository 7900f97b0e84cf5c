"""Where a pasted text names treatments, and what stands around each of these places.

Nothing here is understood: features are words nearby, labels and headings, the form of the line,
and words of decisions. The classifier (``likely_requests``) weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from imrsearch.catalogue.patterns import patterns
from imrsearch.catalogue.treatments import Mention, find_treatments, treatment
from imrsearch.letters.service import read_service
from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.text.phrases import PhraseMatch, split_words
from imrsearch.text.words import stem

_PATTERNS = patterns("mentions")

MOST_MENTIONS = 300
"""Most mentions looked at in a text: reading each name in its context has its cost."""
_WORDS_NEAR = 6
"""Words on either side of a treatment that count as near it …"""
_REACH = 80
"""… within so many characters."""
_CLOSE_BY = 200
"""Characters that are read of a neighbouring piece."""
_AMOUNT_BEHIND = 30
_BEGINNING = 25
_LENGTHS = (40, 80, 160)
_LONG_TEXT = 500
_MOST_TIMES = 4
_STEM_OR_STOP = re.compile(r"[a-z]+(?:'t)?|\d+|[:;,.()#|-]")
_ANY_DIGIT = re.compile(r"\d")
_PART_BEFORE = re.compile(r"[,;.]\s|\sand\s|\swith\s", re.IGNORECASE)
_PART_BEHIND = re.compile(r"[,;]\s(?!\d)|\sand\s|\.\s", re.IGNORECASE)
_DECIDING = {
    "denied": _PATTERNS["denied"],
    "modified": _PATTERNS["modified"],
    "certified": _PATTERNS["certified"],
    "asked": _PATTERNS["asked"],
    "history": _PATTERNS["history"],
    "future": _PATTERNS["future"],
    "guideline": _PATTERNS["guideline"],
}
_COUNTED_WORDS = ("denied", "certified", "asked", "modified")


@dataclass(frozen=True, slots=True)
class NamedTreatment:
    """A place that names a treatment: the ``line`` (a sentence, or a field's label) and what is
    seen there."""

    treatment: str
    line: str
    seen: frozenset[str]


def named_places(told: Sequence[TextPiece]) -> Iterator[NamedTreatment]:
    """The places of a text that name treatments, in order."""
    return islice(_all_named(told), MOST_MENTIONS)


def seen_of_text(told: Iterable[TextPiece]) -> frozenset[str]:
    """What is seen of a text as a whole: which words of decisions, how often, how long it is."""
    text = "\n".join(f"{piece.label}: {piece.text} {piece.decision}" for piece in told)
    counts = Counter({kind: len(words.findall(text)) for kind, words in _DECIDING.items()})
    return frozenset(
        {
            *(f"text {kind}" for kind in +counts),
            *(f"text {kind} {min(counts[kind], _MOST_TIMES)}" for kind in _COUNTED_WORDS),
            f"text long {min(len(text) // _LONG_TEXT, 6)}",
        }
    )


def _all_named(told: Sequence[TextPiece]) -> Iterator[NamedTreatment]:
    heading = ""
    for number, piece in enumerate(told):
        heading = heading if piece.text or not piece.label else piece.label
        around: frozenset[str] = frozenset()
        labels = [piece.printed_label or piece.label] if piece.label else []
        for line in chain(labels, piece.sentences()):
            found = find_treatments(split_words(line))
            # Weak names ("visits") count only where there is no other.
            found = [one for one in found if not one.value.weakness] or found
            if found and not around:
                around = frozenset(_seen_of_piece(told, number, heading))
            of_line = around.union(
                _seen_of_line(line, len({_treatment_named(one) for one in found}))
            )
            for one in found:
                named, seen = _seen_near(line, one)
                yield NamedTreatment(named, line, of_line.union(seen))


def _treatment_named(one: PhraseMatch[Mention]) -> str:
    return one.value.treatment.name


def _seen_of_piece(told: Sequence[TextPiece], number: int, heading: str) -> Iterator[str]:
    """The labels of a piece, its neighbours and the last heading; decisions in and near it."""
    piece = told[number]
    before, behind = told[max(0, number - 2) : number], told[number + 1 : number + 3]
    yield from (f"label {word}" for word in _words(piece.label) or ["none"])
    yield from (f"label before {word}" for one in before[-1:] for word in _words(one.label))
    yield from (f"label behind {word}" for one in behind[:1] for word in _words(one.label))
    if heading != piece.label:
        yield from (f"heading {word}" for word in _words(heading))
    yield from _deciding("piece", f"{piece.label} {piece.text}")
    yield from _deciding("column", piece.decision)
    yield from _deciding(
        "before", " ".join(f"{one.label} {one.text[-_CLOSE_BY:]}" for one in before)
    )
    yield from _deciding(
        "behind", " ".join(f"{one.label} {one.text[:_CLOSE_BY]}" for one in behind)
    )
    yield f"form {piece.is_item:d}{piece.is_row:d}{bool(piece.label):d}"


def _seen_of_line(line: str, named: int) -> Iterator[str]:
    """The words of a line, its decisions, its length and stop, how many treatments it names."""
    yield from (f"line {word}" for word in _words(line))
    yield from _deciding("line", line)
    yield f"length {sum(len(line) >= one for one in _LENGTHS)}"
    yield f"names {min(named, 5)}"
    if not line.rstrip().endswith((".", ":", "?")):
        yield "no stop"


def _seen_near(line: str, one: PhraseMatch[Mention]) -> tuple[str, list[str]]:
    """A treatment's name in its context, and what stands next to it."""
    start = max((found.end() for found in _PART_BEFORE.finditer(line, 0, one.start)), default=0)
    ends = _PART_BEHIND.search(line, one.end)
    part = line[start : ends.start() if ends else len(line)]
    before = _words(line[max(0, one.start - _REACH) : one.start])[-_WORDS_NEAR:]
    behind = _words(line[one.end : one.end + _REACH])[:_WORDS_NEAR]
    seen = [
        *(f"near before {word}" for word in before),
        *(f"near behind {word}" for word in behind),
        f"next before {before[-1] if before else '^'}",
        f"next behind {behind[0] if behind else '$'}",
    ]
    if one.value.weakness:
        seen.append("weak")
    if start == 0 and one.start < _BEGINNING:
        seen.append("begins")
    if _ANY_DIGIT.search(part):
        seen.append("amount")
    if _ANY_DIGIT.search(line, one.end, one.end + _AMOUNT_BEHIND):
        seen.append("amount behind")
    return read_service(part).treatment or _treatment_named(one), seen


def _deciding(where: str, text: str) -> Iterator[str]:
    return (f"{where} {kind}" for kind, words in _DECIDING.items() if words.search(text))


def _words(text: str) -> list[str]:
    """Stems and stops; a number is "#"."""
    return [
        stem(token) if token[0].isalpha() else "#" if token[0].isdigit() else token
        for token in _STEM_OR_STOP.findall(text.lower().replace("’", "'"))
    ]


def seen_by_name(name: str) -> tuple[str, str]:
    """What the name of a treatment tells: itself, and its category."""
    known = treatment(name)
    return f"is {name}", category_feature(known.category if known else None)


def category_feature(category: str | None) -> str:
    """What is seen of all treatments of a category."""
    return f"category {category}"
