"""Links as shown: to the other pages of a list, guidelines, the places in them, and treatments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from imrsearch.catalogue.guidelines import section_value
from imrsearch.model import Citation, CitedPlace
from imrsearch.schema.citation_words import citation_source, page_runs, page_sign
from imrsearch.search.results import treatment_url
from imrsearch.search.state import Choice, SearchState
from imrsearch.web.presenters.words import sentence_case


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; ``current``: this is where one is; no ``url``: a gap."""

    label: str
    url: str | None = None
    current: bool = False
    rel: str = ""


def number_links(page: int, pages: int, url: Callable[[int], str]) -> tuple[Link, ...]:
    """Previous, some page numbers, next; nothing where there is but one page."""
    if pages < 2:
        return ()
    numbers = [
        Link("…") if number is None else Link(f"{number:,}", url(number), current=number == page)
        for number in _pages_shown(page, pages)
    ]
    before = [Link("Previous", url(page - 1), rel="prev")] if page > 1 else []
    after = [Link("Next", url(page + 1), rel="next")] if page < pages else []
    return tuple(before + numbers + after)


def _pages_shown(page: int, pages: int) -> Iterator[int | None]:
    """Page numbers to link to, ``None`` where some are left out: 1 … 4 5 6 … 14."""
    before = 0
    for number in sorted({1, pages, *range(max(page - 1, 1), min(page + 1, pages) + 1)}):
        if number > before + 1:
            yield None
        yield number
        before = number


def guideline_url(guideline_id: str) -> str:
    """The page of a guideline or chapter of the catalogue."""
    return f"/guidelines/{guideline_id}"


def place_url(place: CitedPlace) -> str:
    """The page of a cited page or section, or of a guideline as a whole."""
    whole = guideline_url(place.guideline)
    if place.page is not None:
        return f"{whole}/page/{place.page}"
    return f"{whole}/section/{quote(place.section)}" if place.section else whole


def treatment_link(name: str | None) -> Link | None:
    """The way to the page of a treatment, where it is known."""
    return Link(sentence_case(name), treatment_url(name)) if name else None


def search_of(place: CitedPlace) -> SearchState:
    """The search for every issue that cites this place, or this guideline as a whole."""
    facet = "guideline" if place.is_whole else "cites"
    return SearchState(choices=(Choice(facet, str(place)),))


def search_of_rationales(place: CitedPlace) -> SearchState:
    """The search for every issue whose rationale cites this place, or anything in a guideline."""
    return SearchState(choices=(Choice("rationale_cites", str(place)),))


@lru_cache(maxsize=1_000)
def citation_links(citation: Citation) -> tuple[Link, ...]:
    """A citation as pieces that read as one text: guideline, sections and pages are links.

    A citation that the catalogue does not know is one piece, as printed. Kept: letters cite the
    same pages again and again, and a page of results shows some thirty of them.
    """
    if citation.title is None:
        return (Link(citation.text),)
    name = citation.guideline
    source = Link(citation_source(citation), guideline_url(name) if name else None)
    return (source, *_section_rows(citation), *_page_rows(citation))


def _section_rows(citation: Citation) -> Iterator[Link]:
    for number, section in enumerate(citation.sections):
        slug = section_value(section)
        name = citation.guideline
        yield Link("; " if number else ": ")
        yield Link(section, place_url(CitedPlace(name, section=slug)) if name and slug else None)


def _page_rows(citation: Citation) -> Iterator[Link]:
    """First and last page of each run of pages: each is a page of its own."""
    for place, (first, last) in enumerate(page_runs(citation.pages)):
        yield Link(", " if place else f", {page_sign(citation.pages)}\N{NO-BREAK SPACE}")
        yield _page(citation, first)
        if last > first:
            yield Link("–")
            yield _page(citation, last)


def _page(citation: Citation, page: int) -> Link:
    name = citation.guideline
    return Link(str(page), place_url(CitedPlace(name, page=page)) if name else None)
