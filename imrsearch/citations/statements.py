"""Guideline statements: what one side says it relied on, read into a basis and citations.

The form's fixed sentences ("Decision based on MTUS …", "Decision based on Non-MTUS Citation …")
part a statement into clauses; letters of 2013 speak in free sentences, read as prose.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from imrsearch.citations.extract import Clause, ClauseKind
from imrsearch.citations.form_sentences import form_sentences
from imrsearch.citations.resolve import read_clause
from imrsearch.model import Basis, Citation, GuidelineStatement
from imrsearch.text.located import Located

READ_LIMIT = 20_000  # the longest statements have some 2,500 characters; what is beyond is text

_MTUS = re.compile(r"\b(?:MTUS|Medical\s+Treatment\s+Utilization\s+Schedule)\b", re.IGNORECASE)

# "… based its decision on X", "… relied upon X": X is cited even when no catalogue knows it. It
# ends with its sentence, not at the point of "et al.,", or before a remark: ", as the best
# evidence at hand".
# A source in print goes on to its pages, over full stops: "Lee A. On braces. J Rehab. 2009;14:2-9".
_IN_PRINT = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[a-z]+\.?(?:\s\d{1,2})?)?\s?[;,:]\s?\d{1,4}\s?(?:\([^()]{1,12}\))?\s?:\s?\d{1,5}(?:[-–]\d{1,5})?"
    r"|\b(?:pages?|pgs?\.?|pp?\.)\s?\d{1,5}(?:[-–]\d{1,5})?",
    re.IGNORECASE,
)
_LONGEST_SOURCE = 400
# Where a source ends though pages follow: another sentence of the form's begins.
_NEXT_SIDE = re.compile(
    r"\.\s+(?:The|Per)\s|\bMTUS\b|\bMedical\s+Treatment\s+Utilization|\bwhich\s+is\b", re.IGNORECASE
)
_RELIED = re.compile(
    r"\b(?:(?:based|(?<!not )base)\s+(?:their|its|his|her|his/her|the)\s+decision\s+(?:up)?on"
    r"|relied\s+(?:up)?on)"
    r"\s+(?:the\s+)?(?P<source>(?:(?!,\s+(?:as|which)\b)(?:[^.;]|\.(?=,|\S))){3,300})",
    re.IGNORECASE,
)

# "Same as the Claims Administrator.",
# "… found the guidelines used by the Claims Administrator relevant and appropriate", "… relied on
# the sections of the MTUS used by the Claims Administrator", "… relied on the same guideline":
# theirs are the reviewer's too.
_ADOPTED = re.compile(
    r"\b(?:relied\s+(?:up)?on|used|cited|based\s+(?:his/her|his|her|its|their)\s+decision\s+on)\s+the\s+"
    r"(?:same\s+(?:sections?|guidelines?|citations?|chapters?|pages?)\b"
    r"|(?:sections?|guidelines?|citations?)(?:\s?\(s\))?\s+(?:of\s+the\s+MTUS\s+)?"
    r"(?:used|cited|relied\s+upon)\s+by\s+the\s+claims\s+administrator\b)"
    r"|\bsame\s+(?:(?:guidelines?|citations?)\s+)?as\s+(?:(?:that|those)\s+(?:of|(?:used|cited)\s+by)\s+)?"
    r"(?:the\s+)?claims\s+administrator\b"
    r"|\bfound\s+(?:that\s+)?(?:the\s+)?(?:sections?|guidelines?|citations?)(?:\s?\(s\))?\s+"
    r"(?:of\s+the\s+MTUS\s+)?(?:used|cited|relied\s+upon)\s+by\s+the\s+claims\s+administrator\s+"
    r"(?:(?:is|are|was|were|to\s+be)\s+)?(?:relevant|appropriate|applicable)\b",
    re.IGNORECASE,
)


# "… relied on the same guideline", "… on page 105 of the same guidelines": no source of its own.
_SAME = re.compile(
    r"\b(?:(?:up)?on|used|cited)\s+(?:pages?\s[\d\s,-]+of\s+)?the\s+same\s"
    r"(?:sections?|guidelines?|citations?|chapters?|pages?)\b",
    re.IGNORECASE,
)
# "… based its decision on a lack of documentation", "… on the medical records", "… on the
# guidelines used by the Claims Administrator", "… on the surgery not being certified": no work is
# named.
_NO_WORK = re.compile(
    r"(?:an?\s+|the\s+)?(?:(?:sections?|guidelines?|citations?)(?:\s?\(s\))?\s+(?:of\s+the\s+MTUS\s+)?"
    r"(?:used|cited|relied\s+upon)\s+by|lack|absence|insufficien\w+|(?:medical\s+|submitted\s+|clinical\s+)?"
    r"(?:records?|documentation|information|experience|judgment|file)"
    r"|[^.,;]{3,80}?\sbeing\s(?:not\s)?(?:certified|approved|authorized|denied|(?:medically\s)?necessary))\b",
    re.IGNORECASE,
)
# "…, and on the Non-MTUS Bell's Hand Surgery, 6th ed., page 12." It ends as in _RELIED.
_OUTSIDE_SOURCE = re.compile(
    r"\b[Nn]on\W{0,3}MTUS\s+(?:(?:[Cc]itation|[Ss]ource|[Aa]rticle|[Rr]eference)s?:?\s+)?"
    r"(?P<source>[A-Z](?:(?!,\s+(?:as|which)\b)(?:[^.;]|\.(?=,|\S))){3,300})"
)

# "…, and on Lee A, On braces, J Rehab 2009;14:2-9": a source beside those of the catalogue. "Table
# 12-8, page 309" is a part of one.
_ANOTHER = re.compile(
    r"\b(?:(?P<further>and\s+(?:up)?on)|and|on|upon)\s+(?:also\s+)?(?:the\s+)?"
    r"(?:[Nn]on\W{0,3}MTUS\s+)?"
    r"(?=[A-Z])(?!(?:Chapter|Table|Figure|Page|Section|Part|Appendix)\b)"
)
# What tells a book's pages from those of a chapter's section: an edition or a year.
_PUBLISHED = re.compile(r"\b(?:edition\b|eds?\b|(?:19|20)\d\d\b)", re.IGNORECASE)
_BARE_CHAPTER = re.compile(r"ch(?:apter|\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatementReading:
    """A statement as read: its basis and its citations, each with its place in the ``text``."""

    text: str
    basis: Located[Basis] | None
    citations: tuple[Located[Citation], ...]

    @property
    def statement(self) -> GuidelineStatement:
        """The statement without places."""
        citations = tuple(one.value for one in self.citations)
        basis = self.basis.value if self.basis else None
        return GuidelineStatement(self.text, basis, citations)


def read_statement(text: str) -> StatementReading:
    """Read the statement after a label such as "MAXIMUS guideline:".

    ``text`` is unwrapped (single blanks, lines joined) and kept as it is. Never raises; a text
    that says nothing known has no basis and no citations.
    """
    sentences = form_sentences(text, READ_LIMIT)
    if _of_kind(sentences, *_CLAUSES):
        return _read_form(text, sentences)
    return _read_prose(text, sentences)


def adopts(text: str) -> tuple[int, int] | None:
    """Where a reviewer's statement says that the claims administrator's guidelines serve as well.

    ``None`` for one that speaks for itself.
    """
    adopted = _ADOPTED.search(text, 0, READ_LIMIT)
    return adopted.span() if adopted else None


# "Non-MTUS" goes before, and a source behind.
_CITATION = re.compile(r"(?<=MTUS)\s+citations?\b:?", re.IGNORECASE)
# The sentences of the form that open a clause.
_CLAUSES: dict[str, ClauseKind] = {"mtus": "mtus", "non": "non-mtus"}


def _read_form(text: str, sentences: list[Located[str]]) -> StatementReading:
    """The form of 2013 and later: the sentences tell the basis, clauses stand between them."""
    found: list[Located[Citation]] = []
    # "; and Non-MTUS Citation X", "The reviewer also based … on Non-MTUS Citation X"
    sentences = [
        Located("non", sentence.start, cited.end())
        if sentence.value == "outside" and (cited := _CITATION.match(text, sentence.end))
        else sentence
        for sentence in sentences
    ]
    ends = [sentence.start for sentence in sentences[1:]] + [min(len(text), READ_LIMIT)]
    for sentence, end in zip(sentences, ends, strict=True):
        if kind := _CLAUSES.get(sentence.value):
            found += read_clause(text, Clause(kind, sentence.end, end))
    opening = _of_kind(sentences, *_CLAUSES)
    sides = {_CLAUSES[sentence.value] for sentence in opening}
    return StatementReading(text, _basis(sides, opening), tuple(found))


def _basis(sides: Iterable[str | None], places: Sequence[Located[Any]]) -> Located[Basis] | None:
    """What the sides make together, from the first of the places that tell them to the last."""
    basis = "+".join(sorted(filter(None, sides)))
    if not basis:
        return None
    start, end = min(one.start for one in places), max(one.end for one in places)
    return Located(cast("Basis", basis), start, end)


def _read_prose(text: str, sentences: list[Located[str]]) -> StatementReading:
    """Free sentences: what they cite tells the basis, and what they say of the MTUS."""
    end = min(len(text), READ_LIMIT)
    outside = _of_kind(sentences, "outside")
    found = _cited_beside_print(text, end, outside) or _relied_upon(text, end)
    found += _outside_sources(text, end, found)
    # "ODG, Head, CT. The MTUS is silent, hence the ODG was used.": the family once more.
    families = {one.value.family for one in found if one.value.guideline != one.value.family}
    found = [
        one
        for one in found
        if one.value.family not in families
        or one.value.guideline != one.value.family
        or one.value.pages
        or one.value.sections
    ]
    named = (Located.at(match, "mtus") for match in _MTUS.finditer(text, 0, end))
    mtus = [one for one in named if not _begins_in(one, outside)]
    # Said of the citation before, but for "the Non-MTUS …", which speaks of what follows.
    told = [one for one in outside if not text[one.start : one.end].lower().endswith("non-mtus")]
    sides = _sides_of(found, mtus, told)
    sides |= {kind for kind, places in (("mtus", mtus), ("non-mtus", outside)) if places}
    silent = _of_kind(sentences, "none")
    basis = _basis(sides, mtus + outside or found) or _basis({one.value for one in silent}, silent)
    return StatementReading(text, basis, tuple(found))


def _cited(text: str, start: int, end: int, outside: list[Located[str]]) -> list[Located[Citation]]:
    """What the catalogue knows, without what is named only to say that it is silent."""
    return [
        each
        for each in read_clause(text, Clause("prose", start, end))
        if not _begins_in(each, outside)
    ]


def _cited_beside_print(
    text: str, end: int, outside: list[Located[str]]
) -> list[Located[Citation]]:
    """What the catalogue knows, and the books and journals beside it.

    What seems to be known inside such a source is part of it: "Lee, Textbook, 2010, chapter 12".
    """
    found = _cited(text, 0, end, outside)
    sources = list(_sources_in_print(text, end, found)) if found else []
    if not sources:
        return found
    apart: list[Located[Citation]] = []
    place = 0
    for begin, source in sources:
        apart += [*_cited(text, place, begin, outside), source]
        place = source.end
    return apart + _cited(text, place, end, outside)


def _sources_in_print(
    text: str, end: int, found: list[Located[Citation]]
) -> Iterator[tuple[int, Located[Citation]]]:
    """The books and journals beside what was found, each with where its joint begins.

    Amid the words about a guideline only "and on" opens one: "Manual Therapy and Manipulation,
    2009, pages 58-60" is a section.
    """
    known = [
        one
        for one in found
        if one.value.family != "other" and not _BARE_CHAPTER.match(one.value.text)
    ]
    starts = [one.start for one in known]
    read = 0
    for another in _ANOTHER.finditer(text, 0, end):
        start = another.end()
        place = bisect_left(starts, start)
        inside = place > 0 and known[place - 1].end > start and not another["further"]
        last = _end_in_print(text, start, start, starts[place] if place < len(starts) else end)
        if inside or start < read or not _PUBLISHED.search(text, start, last):
            continue
        for source in read_clause(text, Clause("non-mtus", start, last)):
            read = source.end
            yield another.start(), source


def _outside_sources(
    text: str, end: int, found: list[Located[Citation]]
) -> list[Located[Citation]]:
    """Sources that no catalogue knows, named as such: "and on the Non-MTUS Bell's Hand Surgery"."""
    sources: list[Located[Citation]] = []
    for named in _OUTSIDE_SOURCE.finditer(text, 0, end):
        if not any(each.start < named.end() and named.start() < each.end for each in found):
            start, last = named.span("source")
            last = _end_in_print(text, start, last, end)
            sources += read_clause(text, Clause("non-mtus", start, last))
    return sources


def _of_kind(sentences: list[Located[str]], *kinds: str) -> list[Located[str]]:
    return [sentence for sentence in sentences if sentence.value in kinds]


def _begins_in(found: Located[Any], places: list[Located[str]]) -> bool:
    return any(place.start <= found.start < place.end for place in places)


def _sides_of(
    found: list[Located[Citation]], mtus: list[Located[str]], outside: list[Located[str]]
) -> set[str | None]:
    """On which side each citation stands: as said of it, else by what it is."""
    borders = [each.start for each in found[1:]] + [READ_LIMIT]
    sides: set[str | None] = set()
    for each, border in zip(found, borders, strict=False):
        if any(each.end <= one.start < border for one in outside):
            sides.add("non-mtus")
        elif any(each.start <= one.start < border for one in mtus):
            sides.add("mtus")
        else:
            sides.add(_own_side(each.value))
    return sides


def _own_side(citation: Citation) -> str | None:
    """The MTUS holds its own parts and ACOEM's chapters of 2004; "ACOEM" alone leaves it open."""
    if citation.family == "mtus" or citation.chapter is not None:
        return "mtus"
    return None if citation.guideline == "acoem" else "non-mtus"


def _relied_upon(text: str, end: int) -> list[Located[Citation]]:
    """A source that no catalogue knows: "based its decision on X", or X with its pages alone."""
    if _SAME.search(text, 0, end):
        return []
    source = _RELIED.search(text, 0, end)
    if source and _NO_WORK.match(source["source"]):
        return []
    if _MTUS.search(source["source"] if source else text):
        return []
    start, last = source.span("source") if source else (0, 0)
    last = _end_in_print(text, start, last, end)
    return read_clause(text, Clause("non-mtus", start, last)) if last else []


def _end_in_print(text: str, start: int, last: int, end: int) -> int:
    """Where a source in print ends that seems to end at ``last``: behind its pages."""
    for place in _IN_PRINT.finditer(text, start, min(end, start + _LONGEST_SOURCE)):
        if not _NEXT_SIDE.search(text, last, place.end()):
            last = max(last, place.end())
    return last
