"""The kit of a pasted text: what was read as fields of a form, and both sides of every reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.editions import cited_edition, editions_of, in_force
from imrsearch.catalogue.guidelines import place_label
from imrsearch.catalogue.reasons import MET, UNMET, criteria, reason_label
from imrsearch.catalogue.treatments import treatments
from imrsearch.model import Citation
from imrsearch.schema import FACETS
from imrsearch.schema.citation_words import day
from imrsearch.search.brief.clips import Clip
from imrsearch.search.kit.corrections import amount_words, citation_key, treatment_name
from imrsearch.search.kit.criteria import CitedByReviewers, KitCriterion
from imrsearch.search.kit.kit import Kit
from imrsearch.search.kit.narrowing import COUNTED_AMOUNTS
from imrsearch.search.kit.precedents import Disputes, RequestPrecedents
from imrsearch.search.pasted.request import Request
from imrsearch.search.state import SearchState
from imrsearch.text.quantities import count, share_words
from imrsearch.web.presenters.links import Link, citation_links, place_url
from imrsearch.web.presenters.words import sentence_case, typeset

_LONGEST_HEADING = 140
_MOST_SHOWN_BY_WINNERS = 8
_KIND = ("treatment", "category")


@dataclass(frozen=True, slots=True)
class ReadFact:
    """A fact that was read, as a box to tick: ``value`` is what the form sends where it is kept."""

    label: str
    value: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class KitRequest:
    """One request as the reader left it, and what the page shows beside what was found for it.

    ``state`` is the search that counts its issues, ``wider`` the address of all of their kind.
    ``denial`` has each reason of the denial in words, with its sentence and both sides of it;
    ``nearest`` tells whether the nearest issues are shown, whatever decided them. ``winners`` are
    criteria in words that overturned issues met. ``denial_cites`` tells of each citation whether it
    was in force.
    """

    now: Request
    found: RequestPrecedents
    state: SearchState
    heading: str
    treatment: str
    amount: str
    body_parts: tuple[ReadFact, ...]
    reasons: tuple[ReadFact, ...]
    citations: tuple[ReadFact, ...]
    disputes: str
    narrowed: str
    wider: str | None
    denial: tuple[tuple[str, str, KitCriterion], ...]
    nearest: bool
    winners: tuple[tuple[str, KitCriterion], ...]
    denial_cites: tuple[tuple[tuple[Link, ...], str], ...]
    reviewers_cite: tuple[tuple[Link, CitedByReviewers], ...]

    def clips(self) -> Iterator[str]:
        """The clip of every sentence that is shown with it."""
        for _, _, row in self.denial:
            yield from (one.clip for side in (row.overturned, row.upheld) for one in side.sentences)
        if self.nearest:
            for one in (*self.found.overturned, *self.found.upheld):
                yield str(Clip(one.case_id, one.number))


@dataclass(frozen=True, slots=True)
class KitPage:
    """What the page shows beside the kit; ``read_from`` tells whether a form's facts belong to its
    text."""

    read_from: str
    requests: tuple[KitRequest, ...]
    other_clips: tuple[str, ...]
    treatments: tuple[str, ...]
    body_parts: tuple[str, ...]
    criteria: tuple[Link, ...]


def fingerprint(text: str) -> str:
    """Tells one text from another."""
    return f"{crc32(text.encode()):08x}"


def kit_page(kit: Kit, clips: tuple[str, ...]) -> KitPage:
    """The page of a kit; ``clips``: what is clipped already."""
    requests = tuple(
        _shown_request(read, now, found, kit.day)
        for read, (now, found) in zip(kit.read, kit.requests, strict=True)
    )
    shown = {clip for one in requests for clip in one.clips()}
    return KitPage(
        read_from=fingerprint(kit.text),
        requests=requests,
        other_clips=tuple(clip for clip in clips if clip not in shown),
        treatments=tuple(sorted({treatment.name for treatment, _ in treatments()}, key=str.lower)),
        body_parts=regions(),
        criteria=tuple(Link(reason_label(name, UNMET), name) for name in criteria()),
    )


def _shown_request(
    read: Request, now: Request, found: RequestPrecedents, day_of_text: date | None
) -> KitRequest:
    state = SearchState.from_url(found.url.partition("?")[2])
    rows = {row.criterion: row for row in found.criteria}
    heading = read.heading
    if len(heading) > _LONGEST_HEADING:
        heading = f"{heading[:_LONGEST_HEADING].rstrip()}…"
    return KitRequest(
        now=now,
        found=found,
        state=state,
        heading=heading,
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
            now.criteria,
        ),
        citations=_kept_facts(
            {
                citation_key(one): "".join(piece.label for piece in citation_links(one))
                for one in read.citations
            },
            map(citation_key, now.citations),
        ),
        disputes=_disputes(found.issues),
        narrowed=_narrowed_words(now, state),
        wider=_wider(state),
        denial=tuple(
            (reason_label(one.criterion, one.status), one.evidence, rows[one.criterion])
            for one in now.reasons
        ),
        nearest=not _both_sides_told([rows[name] for name in now.criteria]),
        winners=tuple((reason_label(row.criterion, MET), row) for row in _most_met(found.criteria)),
        denial_cites=tuple(
            (citation_links(one), _force(one, day_of_text)) for one in now.citations
        ),
        reviewers_cite=tuple(
            (Link(typeset(place_label(one.place)), place_url(one.place)), one)
            for one in found.cited
        ),
    )


def _both_sides_told(rows: Sequence[KitCriterion]) -> bool:
    """Whether either side has a sentence under some reason."""
    return any(row.overturned.sentences for row in rows) and any(
        row.upheld.sentences for row in rows
    )


def _most_met(rows: Iterable[KitCriterion]) -> list[KitCriterion]:
    """The criteria that overturned issues met, most often met first."""
    won = (row for row in rows if row.overturned.count)
    met = sorted(won, key=lambda row: row.overturned.count, reverse=True)
    return met[:_MOST_SHOWN_BY_WINNERS]


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


def _wider(state: SearchState) -> str | None:
    kind = SearchState()
    for facet in _KIND:
        for value in state.filters.get(facet, ()):
            kind = kind.with_value(facet, value)
    return None if kind == state else kind.to_url()


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
