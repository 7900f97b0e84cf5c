"""Citations typed as people write them: "MTUS 58", "ACOEM p. 300-301", "who cites ODG low back".

``imrsearch.citations.typed`` reads them; here they become what is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imrsearch.catalogue.guidelines import FAMILY_WHOLES, cited_places, guideline, place_label
from imrsearch.citations.typed import typed_citations
from imrsearch.model import Citation, CitedPlace
from imrsearch.query.compose import any_of, wishing
from imrsearch.query.concepts import Concepts
from imrsearch.query.notes import Note
from imrsearch.query.recognize import Meaning
from imrsearch.query.tree import ConstantScore, FieldEquals, Or, Query
from imrsearch.query.vocabulary import Vocabulary

CITED_FIELDS = ("cites", "rationale_cites")
"""The fields of places: those of the guideline statements, and those of the rationale."""

# Only a search with one of these words is looked at.
_MARKERS = re.compile(r"\b(?:mtus|acoem|odg|cpmtg|guidelines?)\b", re.IGNORECASE)
# Where nothing but a citation is typed, cites:"ODG Low Back 12", the last numbers are its pages.
_LAST_PAGES = re.compile(
    r"(?<=[a-z])(?<!\bch)(?<!\bchapter)\s+(?=[1-9]\d{0,2}(?:\s?[-,]\s?\d{1,3})*$)", re.IGNORECASE
)
# The question around a citation: "who cites ACOEM p. 301".
_CITATION_ASKED = re.compile(
    r"(?:^|(?<=\s))(?:(?:who|which\s+\w+)\s+)?(?:cites?|cited|citing)\s+(?:the\s+)?$", re.IGNORECASE
)
_CHAPTER_NUMBER = re.compile(r"\bch(?:apter|ap)?\.?\s*\d", re.IGNORECASE)
# "MTUS opioids section 3.3.6": without a number, "Opioids" may be a section of another guideline.
_OPIOIDS_SECTION = re.compile(
    r"\bmtus,?\s+opioids?\s+(?:guidelines?\s+)?(?:sections?\s+|§\s*)?(\d(?:\.\d{1,2})+)(?![\w-])",
    re.IGNORECASE,
)
_OPIOIDS = "mtus-opioids"
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
# A citation up to its last page.
_PAGES = re.compile(r".*\d", re.DOTALL)


WHOLE_CITED = 6.0
"""What an issue gains that cites the guideline of a page or section that is searched for."""
MAX_NAMED = 5
"""So many pages that nobody cites are named in a note."""


@dataclass(frozen=True, slots=True)
class Citations:
    """Recognises citations; ``vocabulary`` tells which places are cited, in which of ``fields``.

    A page is looked for in guideline statements and rationales. One that nobody cites finds
    nothing, and a note tells the nearest that are cited.
    """

    vocabulary: Vocabulary
    fields: Sequence[str] = CITED_FIELDS

    def __call__(self, text: str) -> Iterator[Meaning]:
        """The citations of a run of words, each with the question around it.

        Those with a small "or" between them are one: whoever cites the one or the other.
        """
        if _MARKERS.search(text) is None:
            return
        pending: Meaning | None = None
        for meaning in self._each(text):
            if pending and _OR.fullmatch(text, pending.end, meaning.start):
                pending = _either(pending, meaning)
                continue
            if pending:
                yield pending
            pending = meaning
        if pending:
            yield pending

    def _each(self, text: str) -> Iterator[Meaning]:
        for named in _OPIOIDS_SECTION.finditer(text):
            section = Citation(_OPIOIDS, "mtus", None, None, None, (named[1],), (), named.group())
            yield self._meaning(section, _OPIOIDS, text, *named.span())
        for typed in typed_citations(text):
            guideline = typed.value.guideline or ""
            yield self._meaning(typed.value, guideline, text, typed.start, typed.end)

    def _meaning(
        self, citation: Citation, guideline: str, text: str, start: int, end: int
    ) -> Meaning:
        end = start + len(text[start:end].rstrip("?! "))
        asked = _CITATION_ASKED.search(text, 0, start)
        begin = asked.start() if asked else start
        wanted = cited_places(citation)
        if pages := [place for place in wanted if place.page is not None]:
            # What follows the pages is no part of the citation: "MTUS p. 114 TENS".
            last = _PAGES.match(text, start, end)
            return self._cited(text, begin, last.end() if last else end, pages)
        sections = [  # by the first words of their names too: Manual therapy & manipulation
            one
            for want in wanted
            for one in self._known()
            if one == want
            or (
                one.guideline == want.guideline
                and (one.section or "").startswith(f"{want.section}-")
            )
        ]
        if sections:
            return self._cited(text, begin, end, sections)
        end = _before_sections(citation, text, start, end)
        editions = self._editions(guideline, text[start:end])
        return self._cited(text, begin, end, [CitedPlace(one) for one in editions])

    def _cited(self, text: str, start: int, end: int, wanted: Sequence[CitedPlace]) -> Meaning:
        """The issues that cite any of the places, and what to tell of it."""
        known = self._known()
        cited = [one for one in dict.fromkeys(wanted) if one in known or one.is_whole]
        places = cited or wanted
        # The two editions of a chapter are one thing to whoever types its name.
        more = 0 if places[0].is_whole else len(places) - 1
        named = f"{place_label(places[0])}{f' and {more} more' if more else ''}"
        message = f"“{text[start:end]}” was read as a citation: {named}."
        note = Note("citation", message)
        if missing := [one for one in wanted if one not in cited]:
            told = _uncited(missing, () if cited else known)
            note = Note("uncited", f"{message} {told}")
        query = wishing(self._query(places), self._akin(places, text[start:end]))
        return Meaning(start, end, query, note, is_unit=True)

    def _akin(self, places: Sequence[CitedPlace], typed: str) -> Iterator[Query]:
        """Wishes that rank the issues that cite a place, and those close to them: for what words of
        the citation name ("CT", "head"), and for the same guideline cited elsewhere."""
        yield from Concepts(self.vocabulary).wishes(typed)
        wholes = dict.fromkeys(place.guideline for place in places if not place.is_whole)
        held = [name for name in wholes if self.vocabulary.has("guideline", name)]
        if held:
            cited = Or(tuple(FieldEquals("guideline", name) for name in held))
            yield ConstantScore(cited, WHOLE_CITED, "citation")

    def _query(self, places: Sequence[CitedPlace]) -> Query:
        """The places in each field that has them; in the first field where none has any."""
        # A guideline that a statement cites is in a field of its own.
        values = tuple(
            FieldEquals("guideline" if name == "cites" and place.is_whole else name, str(place))
            for place in places
            for name in self.fields
            if name == self.fields[0] or self.vocabulary.has(name, str(place))
        )
        return Or(values) if len(values) > 1 else values[0]

    def _editions(self, name: str, typed: str) -> tuple[str, ...]:
        """A chapter of ACOEM is cited in two editions (shoulder complaints, shoulder disorders), of
        which only the second numbers its chapters; a family, such as ODG, in all its chapters."""
        other = f"{name}-disorders"
        if name in FAMILY_WHOLES:
            chapters = (one for one in self.vocabulary.values("guideline"))
            return (name, *(one for one in chapters if one.startswith(f"{name}-")))
        return (name, other) if guideline(other) and not _CHAPTER_NUMBER.search(typed) else (name,)

    def _known(self) -> Mapping[CitedPlace, None]:
        """The places that are cited, the more frequent first."""
        return self.vocabulary.places(self.fields)


def citation_value(vocabulary: Vocabulary, field: str, text: str) -> Meaning | None:
    """What ``text`` cites as a value of the field ``cites``, ``rationale_cites``, ``guideline``.

    ``None`` for a value that the field holds as it stands, and for what is no citation as a whole.
    """
    if vocabulary.has(field, text):
        return None
    paged = _LAST_PAGES.sub(" p. ", text)
    fields = (field,) if field in CITED_FIELDS else CITED_FIELDS[:1]
    for meaning in Citations(vocabulary, fields)(paged):
        if (meaning.start, meaning.end) == (0, len(paged)):
            return meaning
    return None


def _either(first: Meaning, second: Meaning) -> Meaning:
    notes = [each.note for each in (first, second) if each.note]
    code = "uncited" if any(note.code == "uncited" for note in notes) else "citation"
    note = Note(code, " ".join(note.message for note in notes))
    either = any_of([first.query, second.query])
    return replace(first, end=second.end, query=either or first.query, note=note)


def _uncited(missing: Sequence[CitedPlace], known: Iterable[CitedPlace]) -> str:
    """Such as "No issue cites p. 303; nearest cited: 301, 308."."""
    more = len(missing) - MAX_NAMED
    pages = ", ".join(str(place.page) for place in missing[:MAX_NAMED])
    pages += f" and {more} more" if more > 0 else ""
    near = ", ".join(map(str, _nearest(missing[0], known)))
    return f"No issue cites p. {pages}{f'; nearest cited: {near}' if near else ''}."


def _nearest(place: CitedPlace, known: Iterable[CitedPlace]) -> Iterator[int]:
    """The cited pages of the same guideline next before and after a page."""
    page = place.page or 0
    pages = [one.page for one in known if one.page and one.guideline == place.guideline]
    if before := [other for other in pages if other < page]:
        yield max(before)
    if after := [other for other in pages if other > page]:
        yield min(after)


def _before_sections(citation: Citation, text: str, start: int, end: int) -> int:
    """Where the guideline's name ends: an unknown section behind it stays words."""
    places = (text.find(name, start, end) for name in citation.sections)
    first = min((place for place in places if place > start), default=end)
    return start + len(text[start:first].rstrip(" ,"))
