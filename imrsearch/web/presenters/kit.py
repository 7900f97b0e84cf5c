"""The kit of a pasted text: what was read as fields of a form, and both sides of every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.editions import cited_edition, editions_of, in_force
from imrsearch.catalogue.guidelines import place_label
from imrsearch.catalogue.reasons import UNMET, criteria, reason_label
from imrsearch.catalogue.treatments import treatments
from imrsearch.model import Citation
from imrsearch.schema import FACETS
from imrsearch.schema.citation_words import day
from imrsearch.search.kit.corrections import amount_words, citation_key, treatment_name
from imrsearch.search.kit.criteria import CitedByReviewers
from imrsearch.search.kit.kit import Kit
from imrsearch.search.kit.narrowing import COUNTED_AMOUNTS
from imrsearch.search.kit.precedents import Disputes, RequestPrecedents
from imrsearch.search.kit.request import Request
from imrsearch.search.state import SearchState
from imrsearch.text.plurals import count, share_words
from imrsearch.web.presenters.kit_sides import (
    DenialReason,
    KitColumn,
    WinnersShowed,
    both_sides_told,
    denial_reasons,
    nearest_issues,
    winners_showed,
)
from imrsearch.web.presenters.links import Link, citation_links, place_url
from imrsearch.web.presenters.words import sentence_case, typeset

_LONGEST_HEADING = 140
_KIND = ("treatment", "category")


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact that was read, as a box to tick: ``value`` is what the form sends where it is kept."""

    label: str
    value: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class DenialCitation:
    """What the denial cites, and whether that was in force, as far as that is known."""

    pieces: tuple[Link, ...]
    force: str


@dataclass(frozen=True, slots=True)
class CitedLine:
    """A place of a guideline, and how many reviewers cite it."""

    place: Link
    words: str


@dataclass(frozen=True, slots=True)
class KitRequest:
    """One request: ``key`` begins the names of its fields, ``anchor`` is its place on the page."""

    key: str
    anchor: str
    heading: str
    note: str
    treatment: str
    amount: str
    body_parts: tuple[ReadFact, ...]
    reasons: tuple[ReadFact, ...]
    citations: tuple[ReadFact, ...]
    codes: str
    disputes: str
    narrowed: str
    wider: Link | None
    results: Link
    denial: tuple[DenialReason, ...]
    nearest: tuple[KitColumn, KitColumn] | None
    winners: tuple[WinnersShowed, ...]
    denial_cites: tuple[DenialCitation, ...]
    reviewers_cite: tuple[CitedLine, ...]
    reviewers_read: str
    links: tuple[Link, ...]

    def clips(self) -> Iterator[str]:
        """The clip of every sentence that is shown with it."""
        columns = [column for reason in self.denial for column in reason.columns]
        for column in (*columns, *(self.nearest or ())):
            yield from (sentence.clip for sentence in column.sentences)


@dataclass(frozen=True, slots=True)
class KitPage:
    """Everything on the page; ``read_from`` tells whether a form's facts belong to its text."""

    heading: str
    text: str
    read_from: str
    requests: tuple[KitRequest, ...]
    notes: tuple[str, ...]
    search: Link | None
    other_clips: tuple[str, ...]
    treatments: tuple[str, ...]
    body_parts: tuple[str, ...]
    criteria: tuple[Link, ...]
    build: str


def fingerprint(text: str) -> str:
    """Tells one text from another."""
    return f"{crc32(text.encode()):08x}"


def kit_page(kit: Kit, words: SearchState | None, clips: tuple[str, ...]) -> KitPage:
    """The page of a kit. ``words``: the search that the text's words make, where no request was
    recognised; ``clips``: what is clipped already."""
    clipped = frozenset(clips)
    requests = tuple(
        _shown_request(place, read, now, found, kit.day, clipped)
        for place, (read, (now, found)) in enumerate(zip(kit.read, kit.requests, strict=True))
    )
    shown = {clip for one in requests for clip in one.clips()}
    told = f"Who won and who lost with {count(len(requests), 'request')} like this"
    return KitPage(
        heading=told if requests else "No request recognised",
        text=kit.text,
        read_from=fingerprint(kit.text),
        requests=requests,
        notes=tuple(note.message for note in kit.notes),
        search=Link(f"Search for “{words.q}”", words.to_url()) if words and words.q else None,
        other_clips=tuple(clip for clip in clips if clip not in shown),
        treatments=tuple(sorted({treatment.name for treatment, _ in treatments()}, key=str.lower)),
        body_parts=regions(),
        criteria=tuple(Link(reason_label(name, UNMET), name) for name in criteria()),
        build=kit.build,
    )


def _shown_request(
    place: int,
    read: Request,
    now: Request,
    found: RequestPrecedents,
    day_of_text: date | None,
    clipped: frozenset[str],
) -> KitRequest:
    state = SearchState.from_url(found.url.partition("?")[2])
    denial = tuple(denial_reasons(now, found, clipped))
    heading = read.heading
    if len(heading) > _LONGEST_HEADING:
        heading = f"{heading[:_LONGEST_HEADING].rstrip()}…"
    won, lost = found.read
    return KitRequest(
        key=f"r{place}",
        anchor=f"request-{place + 1}",
        heading=heading,
        note=read.note,
        treatment=treatment_name(now),
        amount=amount_words(now.quantity),
        body_parts=_kept_facts(
            {part: sentence_case(part) for part in (*read.body_parts, *now.body_parts)},
            now.body_parts,
        ),
        reasons=_kept_facts(
            {
                one.criterion: reason_label(one.criterion, one.status)
                for one in (*read.reasons, *now.reasons)
            },
            [one.criterion for one in now.reasons],
        ),
        citations=_kept_facts(
            {
                citation_key(one): "".join(piece.label for piece in citation_links(one))
                for one in read.citations
            },
            map(citation_key, now.citations),
        ),
        codes=", ".join(now.codes),
        disputes=_disputes(found.issues),
        narrowed=_narrowed_words(now, state),
        wider=_wider(state),
        results=Link(f"See {count(found.issues.total, 'issue')}", found.url),
        denial=denial,
        nearest=None if both_sides_told(denial) else nearest_issues(found, clipped),
        winners=tuple(winners_showed(found.criteria)),
        denial_cites=tuple(
            DenialCitation(citation_links(one), _force(one, day_of_text)) for one in now.citations
        ),
        reviewers_cite=_cited_lines(found.cited),
        reviewers_read=f"Of the {won} nearest overturned and {lost} nearest upheld issues:",
        links=(
            Link("All results", found.url),
            Link("What won, what lost", state.to_url("/reasons")),
            Link("Feed of new decisions", state.with_sort("newest").to_url("/search.atom")),
        ),
    )


def _cited_lines(cited: Iterable[CitedByReviewers]) -> tuple[CitedLine, ...]:
    """The pages that reviewers of close issues cite, each with how these ended."""
    return tuple(
        CitedLine(
            Link(typeset(place_label(one.place)), place_url(one.place)),
            f"{one.overturned} overturned, {one.upheld} upheld",
        )
        for one in cited
    )


def _kept_facts(labels: dict[str, str], kept: Iterable[str]) -> tuple[ReadFact, ...]:
    wanted = set(kept)
    return tuple(ReadFact(label, value, value in wanted) for value, label in labels.items())


# ------------------------------------------------------------------------------------- counts


def _disputes(issues: Disputes) -> str:
    """Such as "Disputed here 19 times, overturned 2 (11%, likely 3–31%)"."""
    times = count(issues.total, "time") if issues.total != 1 else "once"
    told = f"Disputed here {times}, overturned {issues.overturned:,}"
    likely = share_words(issues.rate, issues.low, issues.high)
    return f"{told} ({likely})" if likely else told


def _narrowed_words(request: Request, state: SearchState) -> str:
    """What was counted, and what was asked for that was not counted by."""
    counted = [
        f"{typeset(FACETS[facet].label(value))} {facet if facet in COUNTED_AMOUNTS else ''}".strip()
        for facet, values in state.filters.items()
        for value in values
    ]
    told = f"Counted: {', '.join(counted)}{f', {state.q}' if state.q else ''}."
    left = [part for part in request.body_parts if part not in state.filters.get("body", ())]
    if left:
        told += f" Too few of these are about the {' and '.join(left)} to count them alone."
    return told


def _wider(state: SearchState) -> Link | None:
    kind = SearchState()
    for facet in _KIND:
        for value in state.filters.get(facet, ()):
            kind = kind.with_value(facet, value)
    return None if kind == state else Link("Not narrowed", kind.to_url())


# ---------------------------------------------------------------------------------- guidelines


def _force(citation: Citation, told: date | None) -> str:
    """Which edition governed on the day of the text, or when the cited guideline was in force."""
    name = citation.guideline
    if name is None or not (known := editions_of(name)):
        return ""
    if told is None:
        until = known[-1].until
        return f"In force from {day(known[0].since)}{f' to {day(until)}' if until else ''}."
    on_day = f"on {day(told)}, the latest date in the text"
    governing = in_force(name, told)
    if governing is None:
        return f"Not in force {on_day}."
    if governing.guideline != name:
        return f"Not in force {on_day}: {FACETS['guideline'].label(governing.guideline)} was."
    cited = cited_edition(name, citation.year, None)
    is_first = not cited and governing == known[0]
    if cited == governing or is_first:
        return f"In force {on_day}."
    named = f"Cites the edition {cited.name}" if cited else "Names no edition"
    return f"{named}; {on_day}, that of {governing.name} was in force."
