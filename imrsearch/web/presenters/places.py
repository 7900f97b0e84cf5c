"""Guidelines and the places in them: their addresses, and citations as words with links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from imrsearch.catalogue.guidelines import cite_label, guideline, section_value
from imrsearch.model import Citation
from imrsearch.search.state import Choice, SearchState
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import citation_source, page_runs


def guideline_url(guideline_id: str) -> str:
    """The page of a guideline or chapter of the catalogue."""
    return f"/guidelines/{guideline_id}"


def place_url(value: str) -> str:
    """The page of a cited place: ``mtus-chronic-pain:58``, ``odg-pain:gabapentin``."""
    name, _, place = value.partition(":")
    kind = "page" if place.isdigit() else "section"
    return f"{guideline_url(name)}/{kind}/{quote(place)}"


def place_name(value: str) -> str:
    """A cited place without its guideline: "p. 58", "Manual therapy & manipulation"."""
    name, _, _ = value.partition(":")
    known = guideline(name)
    return cite_label(value).removeprefix(f"{known.short}, ") if known else value


def search_of(value: str) -> SearchState:
    """The search for every issue that cites this place, or with no place this guideline."""
    facet = "cites" if ":" in value else "guideline"
    return SearchState(choices=(Choice(facet, value),))


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
    return (source, *_sections(citation), *_pages(citation))


def _sections(citation: Citation) -> Iterator[Link]:
    for place, section in enumerate(citation.sections):
        value = section_value(section)
        known = citation.guideline and value
        yield Link("; " if place else ": ")
        yield Link(section, place_url(f"{citation.guideline}:{value}") if known else None)


def _pages(citation: Citation) -> Iterator[Link]:
    """First and last page of each run of pages: each is a page of its own."""
    for place, (first, last) in enumerate(page_runs(citation.pages)):
        yield Link(", " if place else ", p.\N{NO-BREAK SPACE}")
        yield _page(citation, first)
        if last > first:
            yield Link("–")
            yield _page(citation, last)


def _page(citation: Citation, page: int) -> Link:
    name = citation.guideline
    return Link(str(page), place_url(f"{name}:{page}") if name else None)
