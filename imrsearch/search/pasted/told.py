"""What a text tells beside its requests, and the reading that both make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from imrsearch.model import Citation, DecisionReason
from imrsearch.reasons.denial import DeniedRequest, read_sentences
from imrsearch.search.pasted.drafts import GENERAL, Draft, Drafts
from imrsearch.search.pasted.likely_requests import UNLIKELY, LikelyRequest, is_likely
from imrsearch.search.pasted.request import Reading, Request
from imrsearch.search.pasted.wording.cited import CitedPlaces
from imrsearch.search.pasted.wording.days import TextDate

MOST_REQUESTS = 20
_OF_FIELDS = ("office visit", "medication")
"""These are read as requests only where a form asks for services, so they are never doubted."""
MOST_NOTED = 60
"""Most treatments noted, certified and doubtful ones included, and most days."""


@dataclass(slots=True)
class Told:
    """What was read so far: all ``sentences``, the places among them of those that tell reasons
    before any request (``told_before``), treatments ``certified`` without a request and those of
    the past, days, and diagnosis codes.

    ``sources``: the places of what cites the guidelines of a denial, each with the requests that it
    names; they stand in so many ``fields``.
    """

    is_medical: bool = False
    sentences: list[str] = field(default_factory=list)
    certified: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    dates: list[TextDate] = field(default_factory=list)
    diagnoses: list[str] = field(default_factory=list)
    sources: dict[int, list[Draft]] = field(default_factory=dict)
    fields: int = 0
    told_before: list[int] = field(default_factory=list)

    def note_source(self, named: list[Draft], *, begins: bool) -> None:
        """The next sentence cites guidelines for the requests that it names."""
        self.sources[len(self.sentences)] = named
        self.fields += begins

    def reading(
        self,
        drafts: Drafts,
        likely: Mapping[str, LikelyRequest],
        *,
        denies: bool,
        is_certified: bool,
    ) -> Reading:
        """Everything, with the requests of ``drafts`` that are in dispute: denied, or ``likely``
        enough. ``denies``: the text denies something; ``is_certified``: its title certifies
        whatever it does not deny."""
        open_ones = [
            one
            for one in drafts
            if one.is_disputed
            and (one.is_decided or not is_certified)
            and (self.is_medical or one.request.treatment not in GENERAL)
        ]
        disputed = [
            one
            for one in open_ones
            if one.denied
            or one.request.treatment in _OF_FIELDS
            or is_likely(likely, one.request.treatment, UNLIKELY)
        ]
        if not disputed and len(open_ones) == 1 and not open_ones[0].tentative:
            disputed = open_ones  # "Celebrex is requested" is better than nothing
        certain = [one for one in disputed if not one.tentative]
        requests = self._finish_all((certain or disputed)[:MOST_REQUESTS], denies)
        asked = {one.treatment for one in requests}
        named = [(one, one.request.treatment or "") for one in drafts]
        granted = [name for one, name in named if name and one.certified]
        withdrawn = dict.fromkeys(name for one, name in named if name and one.withdrawn)
        deferred = dict.fromkeys(name for one, name in named if name and one.deferred)
        certified = dict.fromkeys((*granted, *self.certified))
        return Reading(
            requests=requests,
            certified=tuple(one for one in certified if one not in asked),
            withdrawn=tuple(one for one in withdrawn if one not in asked),
            deferred=tuple(one for one in deferred if one not in asked),
            history=tuple(one for one in dict.fromkeys(self.history) if one not in certified),
            dates=tuple(dict.fromkeys(self.dates))[:MOST_NOTED],
        )

    def _finish_all(self, kept: Sequence[Draft], denies: bool) -> tuple[Request, ...]:
        """The requests with their reasons, citations and codes."""
        for draft in kept:
            draft.told = [*(self.sentences[one] for one in self.told_before), *draft.told]
            draft.places += self.told_before
            draft.places = self._cited_at(draft, kept)
        shares = any(not draft.own() for draft in kept)
        told = [
            DeniedRequest(
                draft.reasons_told(shares) if denies else (),
                draft.request.category,
                draft.ruled_out(),
            )
            for draft in kept
        ]
        cited = CitedPlaces(self.sentences if kept else ())
        common = cited.of(self._common_sources(kept)) if denies else ()
        return tuple(
            self._finish(draft, reasons, cited.of(draft.places) or common)
            for draft, reasons in zip(kept, read_sentences(told), strict=True)
        )

    def _cited_at(self, draft: Draft, kept: Sequence[Draft]) -> list[int]:
        """The places of a request, with those of the sources that name it.

        Where one list tells the sources of all, what names another is no longer its own; what
        names none is of those that the list does not name: "Carisoprodol, page 29; NSAIDs, page
        68" for a request of omeprazole.
        """
        own = self._naming(draft)
        others: set[int] = set()
        if self.fields == 1 and len(kept) > 1 and any(map(self._naming, kept)):
            is_of_all = all(map(self._naming, kept))
            others = {place for place, named in self.sources.items() if named or not is_of_all}
        return [
            one for one in dict.fromkeys((*draft.places, *own)) if one in own or one not in others
        ]

    def _naming(self, draft: Draft) -> list[int]:
        """The places of the sources that name a request."""
        return [
            place for place, named in self.sources.items() if any(draft is one for one in named)
        ]

    def _common_sources(self, kept: Sequence[Draft]) -> list[int]:
        """The sentences with sources that are those of all requests: where two requests have
        sources of their own, only those that belong to none."""
        places = [set(draft.places) for draft in kept]
        owners = {one: tuple(one in told for told in places) for one in self.sources}
        owned = {owner for owner in owners.values() if any(owner)}
        unowned = [one for one in self.sources if not any(owners[one])]
        is_parted = len(owned) > 1 or (unowned and any(self.sources.values()))
        return unowned if is_parted else list(self.sources)

    def _finish(
        self, draft: Draft, reasons: tuple[DecisionReason, ...], cited: tuple[Citation, ...]
    ) -> Request:
        return replace(
            draft.request,
            citations=cited,
            codes=tuple(dict.fromkeys((*draft.request.codes, *self.diagnoses))),
            reasons=reasons,
            note=draft.note(),
        )
