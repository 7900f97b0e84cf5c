"""Both sides of a kit's request: under each reason of the denial, and beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from imrsearch.catalogue.reasons import MET, reason_label
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.search.brief.clips import Clip
from imrsearch.search.kit.criteria import KitCriterion, KitSide
from imrsearch.search.kit.precedents import Precedent, RequestPrecedents
from imrsearch.search.kit.request import Request
from imrsearch.text.plurals import count
from imrsearch.web.presenters.links import Link
from imrsearch.web.presenters.words import Verdict, verdict

_MOST_SHOWN_BY_WINNERS = 8


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """A sentence of a determination; ``clip`` is what a brief knows it by. ``remark``: what sets
    its issue apart from the request."""

    text: str
    issue: Link
    service: str
    remark: str
    clip: str
    is_clipped: bool


@dataclass(frozen=True, slots=True)
class KitColumn:
    """One side of a reason: how many issues, with the search that gives them, and sentences."""

    verdict: Verdict
    title: str
    issues: Link | None
    sentences: tuple[QuotedSentence, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class DenialReason:
    """A reason of the denial with its sentence, and both sides of it."""

    label: str
    sentence: str
    columns: tuple[KitColumn, KitColumn]


@dataclass(frozen=True, slots=True)
class WinnersShowed:
    """A criterion that overturned issues met, with the searches that give the numbers."""

    label: str
    met: Link
    lacked: Link | None


def denial_reasons(
    request: Request, found: RequestPrecedents, clipped: frozenset[str]
) -> Iterator[DenialReason]:
    """Each reason of a denial with who won and who lost with it; ``clipped`` are ticked."""
    rows = {row.criterion: row for row in found.criteria}
    for reason in request.reasons:
        row = rows[reason.criterion]
        yield DenialReason(
            label=reason_label(reason.criterion, reason.status),
            sentence=reason.evidence,
            columns=(
                _kit_column(OVERTURNED, "Overturned: this answered it", row.overturned, clipped),
                _kit_column(UPHELD, "Upheld for this reason", row.upheld, clipped),
            ),
        )


def _kit_column(decision: str, title: str, side: KitSide, clipped: frozenset[str]) -> KitColumn:
    return KitColumn(
        verdict=verdict(decision),
        title=title,
        issues=Link(count(side.count, "issue"), side.url) if side.count else None,
        sentences=tuple(
            QuotedSentence(
                text=one.text,
                issue=Link(f"{one.case_id}, issue {one.number}", one.url),
                service=one.service,
                remark="",
                clip=one.clip,
                is_clipped=one.clip in clipped,
            )
            for one in side.sentences
        ),
        nothing=f"No issue counted here was {decision} for this reason.",
    )


def both_sides_told(denial: tuple[DenialReason, ...]) -> bool:
    """Whether either side has a sentence under some reason."""
    return all(any(reason.columns[side].sentences for reason in denial) for side in (0, 1))


def nearest_issues(
    found: RequestPrecedents, clipped: frozenset[str]
) -> tuple[KitColumn, KitColumn]:
    """The nearest issues of each side, whatever decided them."""
    return (
        _nearest_column(OVERTURNED, "Nearest overturned", found.overturned, clipped),
        _nearest_column(UPHELD, "Nearest upheld", found.upheld, clipped),
    )


def _nearest_column(
    decision: str, title: str, issues: Iterable[Precedent], clipped: frozenset[str]
) -> KitColumn:
    return KitColumn(
        verdict=verdict(decision),
        title=title,
        issues=None,
        sentences=tuple(_quoted_precedent(one, clipped) for one in issues),
        nothing=f"No issue counted here was {decision}.",
    )


def _quoted_precedent(one: Precedent, clipped: frozenset[str]) -> QuotedSentence:
    clip = str(Clip(one.case_id, one.number))
    return QuotedSentence(
        text=one.evidence[0].sentence if one.evidence else "",
        issue=Link(f"{one.case_id}, issue {one.number}", one.url),
        service=one.service,
        remark=one.remark,
        clip=clip,
        is_clipped=clip in clipped,
    )


def winners_showed(rows: Iterable[KitCriterion]) -> Iterator[WinnersShowed]:
    """The criteria that overturned issues met, most often met first."""
    won = sorted(
        (row for row in rows if row.overturned.count),
        key=lambda row: row.overturned.count,
        reverse=True,
    )
    for row in won[:_MOST_SHOWN_BY_WINNERS]:
        lacked = f"{row.upheld.count:,} upheld without it"
        yield WinnersShowed(
            label=reason_label(row.criterion, MET),
            met=Link(f"{row.overturned.count:,} overturned with it", row.overturned.url),
            lacked=Link(lacked, row.upheld.url) if row.upheld.count else None,
        )
