"""A passage of a denial pasted alone: one paragraph of a reviewer's prose, on one request.

Such a paragraph may name what was asked for only in its last sentence, in passing, or beside other
treatments: "Most guidelines limit a benzodiazepine to four weeks. Xanax first appears in 2013.".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from imrsearch.catalogue.patterns import patterns
from imrsearch.catalogue.treatments import is_class_name, subcategory_of
from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.likely_requests import LikelyRequest, by_treatment
from imrsearch.search.pasted.lines import as_meant, is_bare_decision
from imrsearch.search.pasted.request import Reading
from imrsearch.search.pasted.wording.headings import decides
from imrsearch.search.pasted.wording.labels import label_manner, lists_medications
from imrsearch.search.pasted.wording.manners import DECISIONS, DENIED, HISTORY, WHY, manner_of
from imrsearch.search.pasted.wording.prose import asks_nothing
from imrsearch.search.pasted.wording.services import services

_PATTERNS = patterns("passages")

_MOST_PIECES = 3
_OF_ANY_KIND = ("diagnostic test", "supplies")
_LAST_SENTENCES = 2
_REFUSES = _PATTERNS["refuses"]
_OF_SELF = _PATTERNS["of_self"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a passage speaks of, and the words that name it."""

    treatment: str
    line: str


def subject_of(
    told: Sequence[TextPiece], reading: Reading, likely: Mapping[str, LikelyRequest]
) -> Subject | None:
    """What a passage denies, if the text is one: the request read, if it is more than the name of a
    class of drugs or devices, else the likeliest treatment named, of that class if there are any.
    """
    if not _is_passage(told):
        return None
    named = [one for one in reading.requests if not _is_general(one.treatment or "")]
    if named:
        first, *others = named
        is_alone = not (others or reading.certified or reading.withdrawn or reading.deferred)
        return Subject(first.treatment, first.text) if is_alone and first.treatment else None
    lines = {
        name: line
        for name, places in by_treatment(told).items()
        if not (_is_general(name) or name in reading.aside())
        and (line := _line_naming(name, [likely[name].line, *(one.line for one in places)]))
    }
    classes = {subcategory_of(one.treatment) for one in reading.requests}
    names = [name for name in lines if subcategory_of(name) in classes] or list(lines)
    best = max(names, key=lambda name: likely[name].likelihood, default="")
    return Subject(best, lines[best]) if best else None


def _is_passage(told: Sequence[TextPiece]) -> bool:
    """Whether a text is one paragraph in which a reviewer refuses something, with no list; a label
    may stand before it or its decision: "RATIONALE: … DETERMINATION: Non-certify."."""
    meant = [one for one in map(as_meant, told) if one.text or one.label]
    is_listed = any(one.is_item or one.is_row for one in meant)
    if is_listed or len(meant) > _MOST_PIECES or not all(map(_is_of_reviewer, meant)):
        return False
    sentences = [one for piece in meant for one in piece.sentences()]
    is_denied = any(manner_of(one) == DENIED for one in sentences)
    refuses = any(map(_REFUSES.search, sentences[-_LAST_SENTENCES:]))
    return sum(len(one.sentences()) > 1 for one in meant) == 1 and (is_denied or refuses)


def _is_of_reviewer(piece: TextPiece) -> bool:
    """A paragraph, a field that decides or tells why, or a decision on a line of its own."""
    if piece.label:
        manner = label_manner(piece.label)
        is_told = manner in (WHY, HISTORY) or lists_medications(piece.label)
        return is_told or manner in DECISIONS or decides(piece.label)
    is_prose = len(piece.sentences()) > 1 and _OF_SELF.search(piece.text) is None
    return is_prose or is_bare_decision(piece)


def _line_naming(name: str, lines: Iterable[str]) -> str:
    """The first line that names a treatment as a request, not "MRI of 2014 showed nothing"."""
    told = (
        line
        for line in dict.fromkeys(lines)
        if (_REFUSES.search(line) or not asks_nothing(line))
        and name in {facts.treatment for _, facts in services(line)}
    )
    return next(told, "")


def _is_general(name: str) -> bool:
    """Whether a name is that of many things: "The provider would like an updated study"."""
    return name in _OF_ANY_KIND or is_class_name(name)
