"""The pages about guidelines: the catalogue, one guideline, one cited page or section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from imrsearch.catalogue.guidelines import FAMILY_WHOLES, Guideline, place_name
from imrsearch.model import CitedPlace
from imrsearch.schema import UNKNOWN
from imrsearch.search.results import Facet, FacetTables, FacetValue, SearchResult
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import count
from imrsearch.web.presenters.editions import EditionLine, edition_lines
from imrsearch.web.presenters.links import (
    Link,
    guideline_url,
    number_links,
    place_url,
    search_of,
    search_of_rationales,
)
from imrsearch.web.presenters.rows import Row, result_rows
from imrsearch.web.presenters.words import OutcomeLine, outcome_line, overturned_of, typeset

MOST_SERVICES = 8
"""So many kinds of service are named."""

_FAMILY_TITLES = (
    ("MTUS: parts of the Medical Treatment Utilization Schedule", "mtus", None),
    ("ACOEM Practice Guidelines, 2nd edition, as adopted into the MTUS", "acoem", 2),
    ("ACOEM guidelines since", "acoem", 3),
    ("Official Disability Guidelines (ODG)", "odg", None),
)


@dataclass(frozen=True, slots=True)
class PlaceStats:
    """A guideline, chapter, section, page or kind of service with its issues and outcome."""

    link: Link
    issues: str
    overturned: str


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the catalogue's guidelines; ``uncited``: those that no issue here cites."""

    title: Link
    cited: tuple[PlaceStats, ...]
    uncited: str


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Everything on the page of all guidelines."""

    groups: tuple[Group, ...]
    total: str
    unknown: PlaceStats | None
    build: str


@dataclass(frozen=True, slots=True)
class GuidelinePage:
    """Everything on the page of one guideline."""

    title: str
    about: str
    url: str
    whole: Link | None
    outcome: OutcomeLine | None
    search: Link | None
    with_chapters: Link | None
    chapters: tuple[PlaceStats, ...]
    sections: tuple[PlaceStats, ...]
    pages: tuple[PlaceStats, ...]
    services: tuple[PlaceStats, ...]
    rationales: tuple[PlaceStats, ...]
    editions: tuple[EditionLine, ...]
    build: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything on the page of a cited page or section."""

    title: str
    name: str
    url: str
    guideline: Link
    outcome: OutcomeLine | None
    search: Link | None
    rationales: Link | None
    before: Link | None
    after: Link | None
    services: tuple[PlaceStats, ...]
    rows: tuple[Row, ...]
    first: int
    pager: tuple[Link, ...]
    build: str


def catalogue_page(guidelines: Iterable[Guideline], everything: FacetTables) -> CataloguePage:
    """All guidelines by family, with what the facet ``guideline`` of everything counts of them."""
    counted = _by_value(everything.facets["guideline"])
    known = list(guidelines)
    unknown, line = None, counted.get(UNKNOWN)
    if line:
        search = search_of(CitedPlace(UNKNOWN)).to_url()
        unknown = _place_stats(Link("No guideline of the catalogue is cited", search), line)
        unknown = replace(unknown, issues=count(line.count, "issue"))
    return CataloguePage(
        groups=tuple(_groups(known, counted)),
        total=count(everything.total, "issue"),
        unknown=unknown,
        build=everything.build,
    )


def guideline_page(
    guideline: Guideline,
    guidelines: Iterable[Guideline],
    everything: Facet,
    found: FacetTables,
    rationales: Facet,
) -> GuidelinePage:
    """One guideline: its chapters, and the sections and pages that issues cite of it.

    ``everything`` counts guidelines, ``found`` what the issues that cite this one cite and ask
    for, and ``rationales`` the places cited by rationales.
    """
    places = _places_in(guideline, found.facets["cites"])
    pages = sorted((place for place in places if place.page), key=lambda place: place.page or 0)
    chapters = guidelines if guideline.id in FAMILY_WHOLES else ()
    state = search_of(CitedPlace(guideline.id))
    return GuidelinePage(
        title=guideline.title,
        about=_about(guideline),
        url=guideline_url(guideline.id),
        whole=_whole_guideline(guideline),
        outcome=outcome_line(found.outcome),
        search=_search(found.total, state) if found.total else None,
        with_chapters=_with_chapters(guideline),
        chapters=tuple(_chapters(guideline, chapters, _by_value(everything))),
        sections=tuple(_cited_place(place, places[place]) for place in places if place.section),
        pages=tuple(_cited_place(place, places[place]) for place in pages),
        services=_services([found.facets["subcategory"]], state),
        rationales=tuple(
            _place_stats(
                Link(place_name(place) or "Anywhere in it", search_of_rationales(place).to_url()),
                value,
            )
            for place, value in _places_in(guideline, rationales).items()
        ),
        editions=edition_lines(guideline.id),
        build=found.build,
    )


def place_page(
    guideline: Guideline,
    place: CitedPlace,
    cites: Facet,
    rationales: int,
    state: SearchState,
    result: SearchResult,
) -> PlacePage:
    """One cited page or section: who cites it, how it ended, for which services.

    ``rationales``: in how many issues the rationale cites it.
    """
    before, after = _neighbours(place, _places_in(guideline, cites))
    here = place_url(place)
    citing = count(rationales, "issue cites it in the rationale", "issues cite it in the rationale")
    return PlacePage(
        title=f"{guideline.title}, {place_name(place)}",
        name=place_name(place),
        url=here,
        guideline=Link(guideline.title, guideline_url(guideline.id)),
        outcome=outcome_line(result.outcome),
        search=_search(result.total, state.with_page(1)) if result.total else None,
        rationales=Link(citing, search_of_rationales(place).to_url()) if rationales else None,
        before=before,
        after=after,
        services=_services(result.facets, state),
        rows=result_rows(result.rows, by_case=False),
        first=(result.page - 1) * result.per_page + 1,
        pager=number_links(result.page, result.pages, lambda n: f"{here}?page={n}"),
        build=result.build,
    )


def _groups(known: Sequence[Guideline], counted: Mapping[str, FacetValue]) -> Iterator[Group]:
    for title, family, edition in _FAMILY_TITLES:
        # The work as a whole stands with the edition that the MTUS adopted.
        of_family = [
            row
            for row in known
            if row.family == family and (edition is None or (row.edition or 2) == edition)
        ]
        uncited = [row.title for row in of_family if row.id not in counted]
        whole = guideline_url(family) if family in FAMILY_WHOLES and edition != 3 else None
        yield Group(
            Link(title, whole),
            tuple(_guideline(row, counted[row.id]) for row in of_family if row.id in counted),
            ", ".join(uncited),
        )


def _guideline(row: Guideline, value: FacetValue) -> PlaceStats:
    chapter = f"{row.chapter}. " if row.chapter else ""
    alone = ", no chapter named" if row.id in FAMILY_WHOLES else ""
    return _place_stats(Link(f"{chapter}{row.title}{alone}", guideline_url(row.id)), value)


def _chapters(
    whole: Guideline, guidelines: Iterable[Guideline], counted: Mapping[str, FacetValue]
) -> Iterator[PlaceStats]:
    for row in guidelines:
        if row.family == whole.family and row.id != whole.id and row.id in counted:
            yield _guideline(row, counted[row.id])


def _with_chapters(row: Guideline) -> Link | None:
    if row.id not in FAMILY_WHOLES:
        return None
    url = SearchState(f"cites:{row.id}").to_url()
    return Link("All issues that cite it or a chapter of it", url)


def _about(row: Guideline) -> str:
    if row.id in FAMILY_WHOLES:
        return "Cited without a chapter. Each chapter is counted on a page of its own."
    if row.family == "mtus":
        return ""
    if row.family == "odg":
        return "A chapter of the Official Disability Guidelines."
    if row.edition == 2:
        chapter = f"Chapter {row.chapter}" if row.chapter else "A part"
        return f"{chapter} of the ACOEM Practice Guidelines, 2nd edition (2004), part of the MTUS."
    return "A guideline of the ACOEM since its 3rd edition."


def _whole_guideline(row: Guideline) -> Link | None:
    if row.family not in FAMILY_WHOLES or row.id in FAMILY_WHOLES:
        return None
    name = "Official Disability Guidelines" if row.family == "odg" else "ACOEM Practice Guidelines"
    return Link(name, guideline_url(row.family))


def _by_value(facet: Facet) -> dict[str, FacetValue]:
    return {value.value: value for value in facet.values if value.count}


def _places_in(guideline: Guideline, cites: Facet) -> dict[CitedPlace, FacetValue]:
    """The places of this guideline that are cited, in the facet's order."""
    values = {CitedPlace.parse(value.value): value for value in cites.values if value.count}
    return {place: value for place, value in values.items() if place.guideline == guideline.id}


def _cited_place(place: CitedPlace, value: FacetValue) -> PlaceStats:
    return _place_stats(Link(place_name(place), place_url(place)), value)


def _place_stats(link: Link, value: FacetValue) -> PlaceStats:
    return PlaceStats(link, f"{value.count:,}", overturned_of(value.overturned, value.count))


def _search(total: int, state: SearchState) -> Link:
    return Link(f"All {count(total, 'issue')} as a search, with filters", state.to_url())


def _services(facets: Iterable[Facet], state: SearchState) -> tuple[PlaceStats, ...]:
    """The most frequent kinds of service; each leads to the search narrowed by it."""
    table = next((facet for facet in facets if facet.name == "subcategory"), None)
    values = table.values[:MOST_SERVICES] if table else ()
    return tuple(
        _place_stats(
            Link(typeset(value.label), state.with_value("subcategory", value.value).to_url()), value
        )
        for value in values
    )


def _neighbours(place: CitedPlace, cited: Iterable[CitedPlace]) -> tuple[Link | None, Link | None]:
    """The cited pages before and after this one; sections have none."""
    if place.page is None:
        return None, None
    pages = [other.page for other in cited if other.page is not None]
    before = max((page for page in pages if page < place.page), default=None)
    after = min((page for page in pages if page > place.page), default=None)
    return _page_link(place.guideline, before), _page_link(place.guideline, after)


def _page_link(guideline: str, page: int | None) -> Link | None:
    return Link(f"p. {page}", place_url(CitedPlace(guideline, page=page))) if page else None
