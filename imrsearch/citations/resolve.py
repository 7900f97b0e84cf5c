"""Resolve: the heads of a clause, with what follows each, into citations.

What the catalogue knows gets its guideline, chapter, year, sections and pages; a source outside it
stays as printed. Where the print leaves it open, nothing is concluded, but for one thing: the page
of an ACOEM guideline without chapter tells the chapter (``chapter_inferred``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from imrsearch.catalogue.guidelines import (
    Guideline,
    all_guidelines,
    guideline,
    odg_chapter,
    odg_parts,
)
from imrsearch.citations.extract import Clause, Head, find_heads
from imrsearch.citations.page_numbers import Pages, find_journal_pages, find_pages
from imrsearch.citations.recommendations import labelled_grades, listed_advice
from imrsearch.citations.section_names import split_section_names, tidy
from imrsearch.model import Citation
from imrsearch.text.located import Located

SECOND_EDITION_UNTIL = 2007  # ACOEM's chapters are of 2004, the elbow's was revised in 2007
THIRD_EDITION_FROM = 2011  # the MTUS adopts ACOEM guidelines of 2011 (hip) and later

_SECTIONS = re.compile(r"\bsections?(?:\s?\(s\)\s?:?|\s?:)", re.IGNORECASE)

# "page 82 of the" before the guideline's name.
_OF_THE = re.compile(r"\s*,?\s*(?:of|in|from)\s+(?:the\s+)?", re.IGNORECASE)

# In prose a topic ends where the sentence does, or speaks on: ", which is part of the MTUS"; a
# verb takes the words since the last comma with it: ", opioids are not recommended". A page may
# follow it: "notes on page 607".
_PROSE_END = re.compile(
    r"(?<!\bpg)(?<!\bpgs)(?<!\bpp)(?<!\bp)(?<!\bed)(?<!\bvol)(?<!\bNo)\.(?=\s+[A-Z])"
    r"|\b(?:which|that|who|because|as|(?:not\s+)?(?:a\s+)?part\s+of|applicable|relevant)\b"
    r"|\bnon\W{0,3}(?:MTUS\b|\Z)"
    r"|(?P<verb>\b(?:is|are|was|were|has|have|does|do|can|may|should|states?|recommends?|notes?"
    r"|indicates?|found|used)\b(?!\s+on\s+p(?:ages?|gs?|p)?\b))",
    re.IGNORECASE,
)

# What stands around a printed piece and is no part of it: blanks, marks, and words of passage.
_BLANKS_AND_MARKS = " \t\r\n,;:.&/-\u2010\u2011\u2012\u2013\u2014"
_PASSING = frozenset({"and", "the", "of", "in", "on", "see", "also", "mtus", "a"})

# What begins no source after a semicolon: "; Jones B, Brown CD. Title", "; 91(4)".
_NO_SOURCE = re.compile(r"\s*(?:[A-Z][\w'’-]+,?\s+[A-Z]{1,3}\b|\W*\d|et\b)")

# Words that tell what a name is of, and are no part of it: "MRI section", "Diclofenac Topic",
# "Exercise, subheading", "(section) on exercise", "Stay, updated 3/14/19",
# "Release, a treatment guideline".
_CALLED = re.compile(
    r"^on\s(?:the\s)?|,?\s(?:topic|section|(?:sub-?)?heading)$|,\sa\s(?:medical\s)?treatment\sguideline$"
    r"|(?:^|,?\s)\(?(?:last\s)?(?:updated?|accessed)(?:\son)?:?\s\d[\d/-]{4,9}\)?$",
    re.IGNORECASE,
)

# "Neck & Upper Back and Low Back chapters: MRI": what follows is in each of the chapters.
_CHAPTERS = re.compile(r"\bchapters\b\W+\w", re.IGNORECASE)

# "vol 1", "Volume 2", "notes on": words ahead of the pages, no topic.
_AHEAD_OF_PAGES = re.compile(r"vol(?:ume)?\.?\s?\d+|\w+\son", re.IGNORECASE)

# Words that are no topic when they are all there is: "Low Back Chapter, Guidelines".
_NO_TOPIC = {
    *("guidelines", "guideline", "topic", "topics", "procedures", "part", "table", "heading"),
    *("subheading", "a medical treatment guideline"),
}

# How a later guideline grades its advice, no topic: "Not Recommended, Insufficient Evidence (I)".
_GRADE = re.compile(
    r"[\s,;:(\u2013-]*\b(?:(?:strongly|moderately)\s)?(?:(?:not\s)?recommended|no\srecommendation)(?:\s?[,;(].*)?"
    r"|(?:strength\sof\s|(?:insufficient|limited|moderate|strong)\s)?evidence(?:\s\(?[ABCI]\)?)?"
    r"|level\sof\sconfidence\b.*",
    re.IGNORECASE,
)

# "MRI of the" before a body part.
_OF_PART = re.compile(r"\s(?:of|for|in|to)(?:\s+the)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A head with all that belongs to it: ``text[start:end]``, ``before`` its pages named ahead."""

    head: Head
    start: int
    end: int
    before: tuple[int, ...] = ()


def read_clause(text: str, clause: Clause) -> list[Located[Citation]]:
    """The citations of one clause, in the order printed."""
    pieces = _head_pieces(text, clause)
    found: list[Located[Citation]] = []
    if clause.kind == "non-mtus":
        found.extend(_free(text, clause.start, pieces[0].start if pieces else clause.end))
    for piece in pieces:
        found.extend(_resolved(text, piece, clause))
    return _in_each_chapter(_shared_out(found))


def _in_each_chapter(found: list[Located[Citation]]) -> list[Located[Citation]]:
    """Chapters of one list, "Knee and Shoulder chapters: MRI", have its sections in common."""
    shared: Citation | None = None
    for place in reversed(range(len(found))):
        citation = found[place].value
        if _CHAPTERS.search(citation.text):
            shared = citation
        elif (
            shared
            and citation.family == shared.family
            and not (citation.sections or citation.pages)
        ):
            citation = replace(citation, sections=shared.sections)
            found[place] = replace(found[place], value=citation)
        else:
            shared = None
    return found


def _shared_out(found: list[Located[Citation]]) -> list[Located[Citation]]:
    """Chapters named one after another share the pages behind the last of them.

    In "Chapter 8, Chapter 12, Page(s): 178, 303" the page that chapter 12 does not hold, but
    chapter 8 does, belongs to chapter 8; in "Chapter 3, Chapter 12 Page(s): 48, 303" the page of
    no chapter whose pages are known belongs to the one whose are not.
    """
    for place in range(len(found) - 1, 0, -1):
        first, last = found[place - 1].value, found[place].value
        rows = guideline(first.guideline or ""), guideline(last.guideline or "")
        if first.chapter is None or last.chapter is None or first.pages or first.sections:
            continue
        theirs = tuple(p for p in last.pages if _may_hold(rows[0], p) > _may_hold(rows[1], p))
        ours = tuple(page for page in last.pages if page not in theirs)
        found[place - 1] = replace(found[place - 1], value=replace(first, pages=theirs))
        found[place] = replace(found[place], value=replace(last, pages=ours))
    return found


def _head_pieces(text: str, clause: Clause) -> list[_Piece]:
    """Each head with what follows up to the next one, and with the pages named ahead of it."""
    heads = find_heads(text, clause)
    pieces = []
    previous = clause.start
    for head in heads:
        ahead = _pages_ahead(text, previous, head.start)
        start = ahead.start if ahead else head.start
        pieces.append(_Piece(head, start, clause.end, ahead.value if ahead else ()))
        previous = head.end
    ended = [replace(piece, end=after.start) for piece, after in pairwise(pieces)]
    return ended + pieces[-1:]


def _pages_ahead(text: str, start: int, end: int) -> Located[Pages] | None:
    """The pages in "page 82 of the MTUS …": they belong to the name that follows."""
    for listed in _pages_in(text, start, end):
        if listed.value and _OF_THE.fullmatch(text, listed.end, end):
            return listed
    return None


def _pages_in(text: str, start: int, end: int) -> Iterator[Located[Pages]]:
    for listed in find_pages(text[start:end]):
        yield Located(listed.value, start + listed.start, start + listed.end)


def _resolved(text: str, piece: _Piece, clause: Clause) -> Iterator[Located[Citation]]:
    """A piece as one citation, or as several where its pages lie in several chapters."""
    head = piece.head
    if head.family == "other" or head.family is None:
        yield from _free(text, head.end if head.joint else piece.start, piece.end)
        return
    if clause.kind == "prose":
        piece = replace(piece, end=_prose_end(text, head.end, piece.end))
    lists = list(_pages_in(text, head.end, piece.end))
    pages = tuple(dict.fromkeys([*piece.before, *(page for each in lists for page in each.value)]))
    start, end = trimmed(text, piece.start, piece.end)
    row = _meant_guideline(head, clause, pages)
    commas = row is not None and row.family == "acoem" and 3 in (row.edition, _edition_of(head))
    advice = list(listed_advice(text, head.end, end))
    no_names = sorted(
        [*((each.start, each.end) for each in lists), *labelled_grades(text, head.end, advice)]
    )
    sections = _sections_of(text, head.end, max(end, head.end), no_names, commas)
    if row and row.id == "odg" and len(sections) == 1:
        row, sections = _of_body_part(sections[0]) or (row, sections)
    if row is None and not pages and (clause.kind == "prose" or start == end):
        return
    whole = Citation(
        guideline=row.id if row else None,
        family=row.family if row else head.family,
        title=row.title if row else None,
        chapter=row.chapter if row else None,
        year=head.year,
        sections=sections if row else (),
        pages=pages,
        text=text[start:end],
        edition=head.day,
        recommendations=tuple(each.value for each in advice),
    )
    bare = row is not None and row.id == "acoem" and not head.ids and _edition_of(head) != 3
    for citation in _by_chapter(whole) if bare else [whole]:
        yield Located(citation, start, end)


def _prose_end(text: str, start: int, end: int) -> int:
    """Where the sentence about a citation leaves it, between ``start`` and ``end``."""
    stop = _PROSE_END.search(text, start, end)
    if stop is None or not stop["verb"]:
        return stop.start() if stop else end
    pages = [listed.end for listed in _pages_in(text, start, stop.start())]
    return max(start, text.rfind(",", start, stop.start()), *pages)


def _edition_of(head: Head) -> int | None:
    """The ACOEM edition that is printed, or that the year tells."""
    if head.edition is None and head.year is not None:
        if head.year <= SECOND_EDITION_UNTIL:
            return 2
        return 3 if head.year >= THIRD_EDITION_FROM else None
    return head.edition


def _meant_guideline(head: Head, clause: Clause, pages: tuple[int, ...]) -> Guideline | None:
    """The guideline meant among those that share the name; the family's own when none is named.

    The MTUS means the chapters of 2004 unless a year says otherwise. Elsewhere "ACOEM Low Back"
    is open between two editions, unless its pages fit the old chapter.
    """
    rows = [row for name in head.ids if (row := guideline(name))]
    edition = _edition_of(head)
    if edition:
        rows = [row for row in rows if (row.edition == 3) == (edition == 3)] or rows
    open_edition = len({row.edition for row in rows}) > 1
    if open_edition and head.family == "acoem" and clause.kind != "mtus":
        rows = [row for row in rows if pages and all(_holds(row, page) for page in pages)]
    return rows[0] if rows else guideline(head.family or "")


def _holds(row: Guideline | None, page: int) -> bool:
    return bool(row and row.pages and row.pages[0] <= page <= row.pages[1])


def _may_hold(row: Guideline | None, page: int) -> bool:
    return _holds(row, page) or bool(row and not row.pages and chapter_of_page(page) is None)


def _by_chapter(whole: Citation) -> list[Citation]:
    """A bare ACOEM citation as one for each chapter that its pages imply.

    Pages 92 and 127 make chapter 5, page 92, and chapter 7, page 127. Pages that no known chapter
    holds stay with a citation of the guideline at large.
    """
    by_row: dict[Guideline | None, list[int]] = {}
    for page in whole.pages:
        by_row.setdefault(chapter_of_page(page), []).append(page)
    return [_in_chapter(whole, row, tuple(pages)) for row, pages in by_row.items()] or [whole]


def chapter_of_page(page: int) -> Guideline | None:
    """The chapter of the ACOEM guidelines of 2004 that holds a page, where one is known to."""
    chapters = (row for row in all_guidelines() if row.chapter is not None)
    return next((row for row in chapters if _holds(row, page)), None)


def _in_chapter(whole: Citation, row: Guideline | None, pages: tuple[int, ...]) -> Citation:
    if row is None:
        return replace(whole, pages=pages)
    return replace(
        whole,
        guideline=row.id,
        title=row.title,
        chapter=row.chapter,
        pages=pages,
        chapter_inferred=True,
    )


@cache
def _body_parts() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, odg_parts()), key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


def _of_body_part(topic: str) -> tuple[Guideline, tuple[str, ...]] | None:
    """The ODG's chapter for the one body part at either end of a topic, and what it says of it.

    "MRI of the shoulder" is MRI in the chapter Shoulder; "MRI, knee and neck" is of no one chapter.
    """
    named = list(_body_parts().finditer(topic))
    rows = {odg_chapter(found.group()) for found in named}
    row = rows.pop() if len(rows) == 1 else None
    if row is None or (named[0].start() and named[-1].end() < len(topic)):
        return None
    rest = topic[named[0].end() :] if named[0].start() == 0 else topic[: named[-1].start()]
    section = tidy(_OF_PART.sub("", rest))
    return row, (section,) if section else ()


def _sections_of(
    text: str, start: int, end: int, no_names: list[tuple[int, int]], commas: bool
) -> tuple[str, ...]:
    """The section names between a head and the citation's end, page lists and grades left out.

    ``commas``: each parts two, as in the later ACOEM guidelines, whose names hold none.
    """
    names: dict[str, None] = {}
    for first, last in no_names:
        names.update(dict.fromkeys(_names_of(text[start:first], commas)))
        start = last
    names.update(dict.fromkeys(_names_of(text[start:end], commas)))
    return tuple(names)


def _names_of(text: str, commas: bool) -> Iterator[str]:
    label = _SECTIONS.search(text)
    listed = text[label.end() :] if label else ""
    loose = text[: label.start()] if label else text
    for name in (
        *split_section_names(loose, listed=commas),
        *split_section_names(listed, listed=True),
    ):
        # The name without the grade behind it: "Surgery - Recommended" -> Surgery.
        grade = _GRADE.search(name)
        topic = _CALLED.sub(
            "", name[: grade.start()] if grade and grade.end() == len(name) else name
        )
        if (
            topic
            and topic.lower() not in _NO_TOPIC | _PASSING
            and not _AHEAD_OF_PAGES.fullmatch(topic)
        ):
            yield topic


def _free(text: str, start: int, end: int) -> Iterator[Located[Citation]]:
    """Sources outside the catalogue, as printed, one each where a semicolon surely parts them."""
    for first, last in _sources_of(text, start, end):
        first, last = trimmed(text, first, last)
        printed = text[first:last]
        if any(map(str.isalnum, printed)) and printed.lower() not in _PASSING:
            pages = find_journal_pages(printed) or tuple(
                dict.fromkeys(page for each in find_pages(printed) for page in each.value)
            )
            yield Located(
                Citation(None, "other", None, None, None, (), pages, printed), first, last
            )


def _sources_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts between semicolons, unless one of them begins as a list of authors goes on."""
    cuts = [found.start() for found in re.finditer(r";\s", text[start:end])]
    parts = list(pairwise([start, *(start + cut + 1 for cut in cuts), end]))
    goes_on = any(_NO_SOURCE.match(text, first, last) for first, last in parts[1:])
    return [(start, end)] if goes_on else parts


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` without blanks, marks and words of passage ("and", "the") around."""
    while start < end:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip(_BLANKS_AND_MARKS))
        right = len(piece) - len(piece.rstrip(_BLANKS_AND_MARKS))
        start, end = start + left, max(end - right, start + left)
        words = text[start:end].split(None, 1)
        last = text[start:end].rsplit(None, 1)
        if len(words) > 1 and words[0].lower() == "and":
            start += len(words[0])
        elif len(last) > 1 and last[1].lower() in _PASSING:
            end -= len(last[1])
        else:
            break
    return start, end
