"""The authorities of a brief: each clip with its verbatim quotation and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from imrsearch.model import Determination, Issue
from imrsearch.search.brief.clips import Clip
from imrsearch.search.excerpts import recent_sentences
from imrsearch.search.rows import Determinations


@dataclass(frozen=True, slots=True)
class Authority:
    """A clip with its quotation and its source.

    ``quotation`` is a sentence of the rationale as printed, line breaks made blanks; empty for an
    issue without a rationale. ``pages``: the pages of the original PDF on which it begins and ends;
    ``None`` if the original is not a PDF, or no longer available.
    """

    clip: Clip
    case: Determination
    issue: Issue
    quotation: str
    pages: tuple[int, int] | None
    comment: str


PagesOf = Callable[[Determination, Issue, str], tuple[int, int] | None]
"""The pages of the original on which an issue's quotation stands."""


def authorities(
    clips: Iterable[Clip],
    letters: Determinations,
    pages_of: PagesOf,
    comments: Mapping[str, str],
) -> Iterator[Authority]:
    """The clips as authorities, in order; clips of letters no longer stored are skipped.

    ``comments`` by the clips' text.
    """
    clips = tuple(clips)
    known = letters.determinations(dict.fromkeys(clip.case_id for clip in clips))
    for clip in clips:
        case = known.get(clip.case_id)
        issues = case.issues if case else ()
        issue = next((issue for issue in issues if issue.number == clip.number), None)
        if case and issue:
            quotation = quoted(issue, clip.sentence)
            pages = pages_of(case, issue, quotation) if quotation else None
            comment = comments.get(str(clip), "")
            yield Authority(clip, case, issue, quotation, pages, comment)


def quoted(issue: Issue, sentence: int | None) -> str:
    """A sentence of an issue's rationale: the clipped one, else the one with its weightiest reason,
    else the last; empty for an issue without a rationale."""
    spans = recent_sentences(issue.rationale)
    if sentence and sentence <= len(spans):
        start, end = spans[sentence - 1]
    elif issue.reasons:
        start, end = issue.reasons[0].span
    elif spans:
        start, end = spans[-1]
    else:
        return ""
    return " ".join(issue.rationale[start:end].split())
