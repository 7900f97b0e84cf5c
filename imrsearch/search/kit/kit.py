"""The kit of a pasted text: its requests, each with what the index holds for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from imrsearch.catalogue.spanish import in_english
from imrsearch.engines.base import IndexSearcher
from imrsearch.query.notes import Note
from imrsearch.search.from_text import LONGEST
from imrsearch.search.kit.corrections import (
    Correction,
    corrected_request,
    treatment_name,
    unread_treatment,
)
from imrsearch.search.kit.narrowing import narrowing_words
from imrsearch.search.kit.precedents import RequestPrecedents, precedents
from imrsearch.search.pasted.determination import determination_reading
from imrsearch.search.pasted.reading import read_text
from imrsearch.search.pasted.redact import redacted
from imrsearch.search.pasted.request import Reading, Request
from imrsearch.search.rows import Determinations
from imrsearch.search.service import BuildSource
from imrsearch.system.settings import Settings

_DETERMINATION = (
    "This text is a determination, not a denial; the services that it decides were read."
)


@dataclass(frozen=True, slots=True)
class Kit:
    """Every request of a text with its precedents; ``build`` is the index that was asked.

    ``text`` is what was read: redacted, and cut where it was too long. ``reading`` is all that
    stands there; its requests are one for one those of ``requests``, before a reader corrected
    them. ``day`` is the latest date in the text: most likely its own.
    """

    text: str
    day: date | None
    reading: Reading
    requests: tuple[tuple[Request, RequestPrecedents], ...]
    notes: tuple[Note, ...]
    build: str

    @property
    def read(self) -> tuple[Request, ...]:
        """The requests as they stand in the text."""
        return self.reading.requests


class KitMaker:
    """Makes kits of pasted texts. Safe to share between threads.

    It stands apart from ``SearchService``: whoever only searches does without the reader of
    letters, which takes as long to load as a search.
    """

    def __init__(self, letters: Determinations, builds: BuildSource, settings: Settings) -> None:
        self._letters = letters
        self._builds = builds
        self._seconds = float(settings.search_seconds)

    def kit(self, text: str, corrections: Mapping[int, Correction] | None = None) -> Kit:
        """The requests of a pasted text, each with who won and who lost with it; ``corrections``
        are a reader's, by the requests' places from 0. Nothing of the text is kept. Raises
        NotIndexed or DamagedBuild."""
        build = self._builds.current()
        return make_kit(text, build.index, self._letters, build.id, self._seconds, corrections)


def make_kit(
    text: str,
    index: IndexSearcher,
    letters: Determinations,
    build: str,
    seconds: float,
    corrections: Mapping[int, Correction] | None = None,
) -> Kit:
    """Read a text and ask the index for each of its requests.

    ``corrections``: what a reader made of some requests, by their places from 0. Nothing of a
    kit holds what ``redacted`` takes out. Each search takes at most ``seconds``.
    """
    corrections = corrections or {}
    kept = redacted(text[:LONGEST])[:LONGEST]
    determined = determination_reading(kept)
    reading = determined or read_text(kept)
    requests = tuple(
        corrected_request(one, corrections[place]) if place in corrections else one
        for place, one in enumerate(reading.requests)
    )
    found = tuple((one, precedents(index, letters, one, seconds)) for one in requests)
    about = (Note("determination", _DETERMINATION),) if determined else ()
    return Kit(
        text=kept,
        day=max((one.day for one in reading.dates), default=None),
        reading=reading,
        requests=found,
        notes=(
            *about,
            *_correction_notes(reading.requests, corrections),
            *_notes(text, requests, is_denial=determined is None),
            *_narrowing_notes(found),
            *_notes_aside(reading),
        ),
        build=build,
    )


def _notes(text: str, requests: tuple[Request, ...], *, is_denial: bool) -> list[Note]:
    notes = []
    if len(text) > LONGEST:
        notes.append(Note("text-cut", f"Only the first {LONGEST:,} characters were read."))
    if in_english(text[:LONGEST]) != text[:LONGEST]:
        notes.append(Note("spanish", "Spanish words are shown as the English ones they stand for."))
    if not requests:
        notes.append(Note("no-request", "No request for a known treatment was found in this text."))
    notes += [
        Note("no-reason", f"No reason for denying “{one.heading[:80]}” was recognised.")
        for one in requests
        if is_denial and not one.reasons
    ]
    return notes


def _correction_notes(
    read: Sequence[Request], corrections: Mapping[int, Correction]
) -> Iterator[Note]:
    for place, correction in corrections.items():
        if place < len(read) and (typed := unread_treatment(read[place], correction)):
            kept = treatment_name(read[place])
            message = f"“{typed[:80]}” is no treatment known here; “{kept}” was kept."
            yield Note("unknown-treatment", message)


def _narrowing_notes(found: Iterable[tuple[Request, RequestPrecedents]]) -> Iterator[Note]:
    for request, told in found:
        if told.narrowed:
            by = narrowing_words(request, told.narrowed)
            message = f"The counts for “{request.heading[:80]}” include only issues with: {by}."
            yield Note("narrowed", message)


def _notes_aside(reading: Reading) -> Iterator[Note]:
    """What the text names that is not in dispute, and its days."""
    if reading.certified:
        told = ", ".join(reading.certified)
        yield Note("certified", f"Certified, and not in dispute: {told}.")
    if reading.withdrawn:
        yield Note("withdrawn", f"Withdrawn, and not in dispute: {', '.join(reading.withdrawn)}.")
    if reading.deferred:
        yield Note("deferred", f"Deferred, not yet reviewed: {', '.join(reading.deferred)}.")
    if reading.history:
        yield Note("history", f"Named as given before: {', '.join(reading.history)}.")
    if reading.dates:
        days = (f"{one.kind} {one.day.isoformat()}".strip() for one in reading.dates)
        yield Note("dates", f"Days named: {', '.join(days)}.")


def kit_json(kit: Kit) -> dict[str, Any]:
    """The documented JSON object (docs/pages.md)."""
    return {
        "requests": [_request_json(*one) for one in kit.requests],
        "notes": [{"code": note.code, "message": note.message} for note in kit.notes],
        "build": kit.build,
    }


def _request_json(request: Request, found: RequestPrecedents) -> dict[str, Any]:
    quantity = request.quantity
    facts: dict[str, Any] = {
        "text": request.text,
        "treatment": request.treatment,
        "category": request.category,
        "body_parts": request.body_parts,
        "quantity": quantity and {"amount": quantity.amount, "unit": quantity.unit},
        "citations": [
            {"guideline": one.guideline, "pages": one.pages} for one in request.citations
        ],
        "codes": request.codes,
        "note": request.note,
        "reasons": [
            {"criterion": one.criterion, "status": one.status, "evidence": one.evidence}
            for one in request.reasons
        ],
    }
    told: dict[str, Any] = msgspec.to_builtins(found)
    return facts | told
