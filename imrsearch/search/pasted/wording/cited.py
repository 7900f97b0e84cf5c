"""The places of guidelines that a pasted text cites, read once over all of its sentences.

People cite in an order and shortness of their own: "page 303 of chapter 12 of ACOEM", "MTUS CP 78",
"the ODG's chapter on the knee", and "(page 22)" behind a guideline named sentences before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from imrsearch.catalogue.guidelines import Guideline, all_guidelines, guideline
from imrsearch.catalogue.patterns import patterns, replaced, replacements
from imrsearch.citations.page_numbers import Pages, find_pages
from imrsearch.citations.rationale import each_place_once, prose_citations
from imrsearch.citations.resolve import chapter_of_page
from imrsearch.model import Citation
from imrsearch.text.located import Located

_PATTERNS = patterns("cited")

_IN_FULL = replacements("cited")["in_full"]
_CHAPTER = _PATTERNS["chapter"]
_OF_OTHERS = _PATTERNS["of_others"]
_REGULATION = _PATTERNS["regulation"]
_ADOPTED_BY = {
    "1": "Acupuncture Medical Treatment Guidelines",
    "2": "Chronic Pain Medical Treatment Guidelines",
    "3": "Postsurgical Treatment Guidelines",
}
_NAMES_MTUS = re.compile(r"\bMTUS\b", re.IGNORECASE)
# "Low Back Complaints 2004, Section(s): …", as the letters of the review print a title
_YEAR_OR_SECTION = r"(?=,? \(?(?:19|20)\d\d\b|,? sections?\b)"
_TITLE_ENDS = ("Complaints", "Treatment")
_FAMILY = re.compile(r"\b(?:MTUS|ACOEM|ODG)\b", re.IGNORECASE)
_BEGINS = _PATTERNS["begins"]
_CITES = _PATTERNS["cites"]
_BETWEEN_SOURCES = _PATTERNS["between_sources"]
_TELLS_SOURCES = _PATTERNS["tells_sources"]
_OTHER_PAPERS = _PATTERNS["other_papers"]
_SURE_LABEL = _PATTERNS["sure_label"]
_AROUND = 40
"""Characters on either side of a page number that may name its paper."""
_BEFORE_BRACKET = 12
_MOST_BACK = 40
"""Citations back that a page without a guideline may refer to."""
_CHRONIC_PAIN = "mtus-chronic-pain"


def cites(text: str) -> bool:
    """Whether a text names a guideline or a page."""
    return _CITES.search(text) is not None


def is_of_sources(sentence: str) -> bool:
    """Whether a sentence lists a denial's guidelines: "The rules used for both were ODG, …"."""
    return _TELLS_SOURCES.search(sentence) is not None and cites(sentence)


def source_clauses(sentence: str) -> list[str]:
    """The parts of a sentence that each cite something: "pages 343 to 345 for the arthroscopy; page
    340 for the brace"; the sections of "ODG, Knee (Durable equipment; Braces)" stay together."""
    told: list[str] = []
    for part in _BETWEEN_SOURCES.split(sentence):
        if told and not cites(part):
            told[-1] += f"; {part}"
        else:
            told.append(part)
    return told


def begins_with_citation(text: str) -> bool:
    """Whether a text begins with a guideline's name: what it names is no request."""
    return _BEGINS.match(text) is not None


class CitedPlaces:
    """The places that the sentences of a text cite."""

    def __init__(self, sentences: Sequence[str]) -> None:
        whole = [_in_full(sentence) for sentence in sentences]
        self._text = "".join(whole)
        # Where each sentence begins, and the text's end
        self._starts = list(accumulate(map(len, whole), initial=0))
        found = [replace(one, value=_placed(one.value)) for one in prose_citations(self._text)]
        found += list(self._loose_pages(found))
        self._found = sorted(found, key=lambda one: one.start)

    def of(self, numbers: Iterable[int]) -> tuple[Citation, ...]:
        """The places that the sentences with these numbers cite, each once, in the text's order."""
        meant = set(numbers)
        own = [one for one in self._found if self._at(one.start) in meant]
        return tuple(one.value for one in each_place_once(own))

    def _at(self, place: int) -> int:
        """The number of the sentence at a place of the text."""
        return bisect_right(self._starts, place) - 1

    def _loose_pages(self, found: Sequence[Located[Citation]]) -> Iterator[Located[Citation]]:
        """Pages that stand apart from their guideline, each with the one that ``_holder`` finds."""
        starts = [one.start for one in found]
        for listed in find_pages(self._text):
            before = bisect_right(starts, listed.start)
            is_read = before > 0 and listed.start < found[before - 1].end
            if listed.value and not is_read and self._is_of_guideline(listed):
                cited = self._holder(listed, found, before)
                if cited:
                    yield Located(cited, listed.start, listed.end)

    def _is_of_guideline(self, listed: Located[Pages]) -> bool:
        is_bracketed = self._text[listed.start - 1 : listed.start] == "("
        is_sure = is_bracketed or _SURE_LABEL.match(self._text, listed.start) is not None
        number = self._at(listed.start)
        # "no CURES report since May (pp. 76-78)": what stands before a bracket is not cited by it
        begin = max(
            listed.start - (_BEFORE_BRACKET if is_bracketed else _AROUND), self._starts[number]
        )
        end = min(listed.end + _AROUND, self._starts[number + 1])
        return is_sure and not _OTHER_PAPERS.search(self._text, begin, end)

    def _holder(
        self, listed: Located[Pages], found: Sequence[Located[Citation]], before: int
    ) -> Citation | None:
        """The guideline that has the pages: the next one named in the sentence, else the last one
        named before, else the text's only one. In a sentence that names the MTUS, which has no
        pages of its own, the Chronic Pain guidelines."""
        number = self._at(listed.start)
        behind = [one for one in found[before : before + 1] if self._at(one.start) == number]
        printed = self._text[listed.start : listed.end]
        only = found[:1] if len({one.value.guideline for one in found}) == 1 else ()
        for one in (*behind, *reversed(found[max(before - _MOST_BACK, 0) : before]), *only):
            row = guideline(one.value.guideline or "")
            if row and row.id == "acoem":
                row = chapter_of_page(listed.value[0])
            if row and _holds_all(row, listed.value):
                return _page_of(row, listed.value, printed)
        row = guideline(_CHRONIC_PAIN)
        is_mtus = _NAMES_MTUS.search(self._text, *self._starts[number : number + 2])
        if is_mtus and row and _holds_all(row, listed.value):
            return _page_of(row, listed.value, printed)
        return None


def _page_of(row: Guideline, pages: tuple[int, ...], printed: str) -> Citation:
    return Citation(row.id, row.family, row.title, row.chapter, None, (), pages, printed)


def _holds_all(row: Guideline, pages: Iterable[int]) -> bool:
    return row.pages is not None and all(row.pages[0] <= one <= row.pages[1] for one in pages)


def _in_full(sentence: str) -> str:
    """A sentence with its citations as ``prose_citations`` reads them, and a full stop."""
    if not _OF_OTHERS.search(sentence):
        sentence = _CHAPTER.sub("ACOEM chapter ", sentence)
    sentence = _REGULATION.sub(
        lambda found: found[0] if found["named"] else f" {_ADOPTED_BY[found['part']]}", sentence
    )
    title, in_full = _titles()
    sentence = title.sub(lambda found: in_full[found[0]], replaced(sentence, _IN_FULL))
    sentence = _odg_chapter().sub(lambda found: _with_family(sentence, found), sentence)
    return sentence + (" " if sentence[-1:] in ".:;,?!" else ". ")


@cache
def _titles() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """The titles that no body part is called by, and each with its family's name ahead of it."""
    in_full = {
        name: f"{row.family.upper()} {name}"
        for row in all_guidelines()
        if row.family != "odg"
        for name in (*row.names, *row.context_names)
        if name.endswith(_TITLE_ENDS)
    }
    told = "|".join(map(re.escape, sorted(in_full, key=len, reverse=True)))
    return re.compile(rf"(?<!MTUS )(?<!ACOEM )\b(?:{told}){_YEAR_OR_SECTION}"), in_full


@cache
def _odg_chapter() -> re.Pattern[str]:
    """ "Low Back chapter", which is the ODG's in a sentence that names the ODG."""
    names = {
        name
        for row in all_guidelines()
        if row.family == "odg"
        for name in (*row.names, *row.context_names)
    }
    longest_first = sorted(names, key=len, reverse=True)
    told = "|".join(re.escape(name).replace(r"\&", "(?:&|and)") for name in longest_first)
    return re.compile(rf"(?:\b(?:the|its|their) )?\b(?P<name>{told}) chapter\b", re.IGNORECASE)


def _with_family(sentence: str, chapter: re.Match[str]) -> str:
    before = _FAMILY.findall(sentence, 0, chapter.start())[-1:]
    family = before or _FAMILY.findall(sentence, chapter.end())[:1]
    is_odgs = family and family[0].upper() == "ODG"
    return f"ODG, {chapter['name']} chapter" if is_odgs else chapter[0]


def _placed(citation: Citation) -> Citation:
    """A page cited of "the MTUS" is one of the Chronic Pain guidelines, if they have it."""
    is_bare = citation.guideline is None and citation.family == "mtus" and citation.pages
    row = guideline(_CHRONIC_PAIN)
    if is_bare and row and _holds_all(row, citation.pages):
        return replace(citation, guideline=_CHRONIC_PAIN)
    return citation
