"""Extract: where each citation of a statement begins, and what its first words name.

A head is the printed name of a guideline with all that belongs to it: family, edition, year,
chapter number and name, in any order and punctuation: "ACOEM Practice Guidelines, 2nd Edition
(2004), Chapter 8 Neck and Upper Back Complaints", "ODG, Low Back Chapter (updated 12/20/16)".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Literal

from imrsearch.catalogue.guidelines import all_guidelines, guideline, known_section
from imrsearch.citations.tokens import GuidelineToken, citation_tokens
from imrsearch.model import Family

ClauseKind = Literal["mtus", "non-mtus", "prose"]

# Between the words of one head: blanks, punctuation, "in the", "of", "and".
_FILLING = re.compile(
    r"(?:[\s,;:()\[\]/.#'’\"“”&\u2010-\u2015-]|\b(?:and|of|on|the|in|from|for|per)\b)*",
    re.IGNORECASE,
)

# After "Low Back" where it is a chapter's name: the end, a mark, "Chapter"; not "brace".
_DELIMITED = re.compile(
    r"\s*(?:$|[,;:./()]|[-\u2013\u2014]|(?:and|chapters?|section)\b|&)", re.IGNORECASE
)
# "Low Back Chapter", "Shoulder (updated 12/12/16)": surely a chapter, wherever it stands.
_CALLED_CHAPTER = re.compile(
    r"\s*[-,/]?\s*(?:chapters?|section|\((?:updated|acute|chronic|online))\b", re.IGNORECASE
)
_CLOSING_PARENTHESIS = re.compile(r"\.?\s?\)")  # "(trauma, headaches, etc.)"
_PARTED = re.compile(r"(?:[,;:.)/]|\b(?:and|or)|&)\s*$", re.IGNORECASE)

_SURELY_PARTED = re.compile(r"[;.]\s(?:and\s)?(?:on\s)?$", re.IGNORECASE)

_CITES_NOTHING = ("guideline", "noise", "update", "list")  # what parts no two citations by itself
_ACOEM = ("mtus", "acoem")  # where ACOEM's chapters may stand

_FAMILIES: dict[Family | None, tuple[Family, ...]] = {
    "mtus": ("mtus", "acoem"),  # the MTUS adopts ACOEM's chapters
    "acoem": ("acoem",),
    "odg": ("odg",),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a statement that cites: after "based on MTUS", "Non-MTUS Citation", or prose."""

    kind: ClauseKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """A citation's beginning: ``text[start:end]`` names ``family`` and the possible ``ids``.

    ``named`` tells that a name is among its words, not only a chapter's number. ``joint`` marks
    the form's own "and Other Medical Treatment Guidelines": what follows is free.
    """

    start: int
    end: int
    family: Family | None = None
    ids: tuple[str, ...] = ()
    chapter: int | None = None
    edition: int | None = None
    year: int | None = None
    day: str | None = None
    named: bool = False
    joint: bool = False


def find_heads(text: str, clause: Clause) -> list[Head]:
    """The heads in a clause, in order, none inside another.

    A clause "based on MTUS" begins with a head of that family, named or not.
    """
    return _HeadReader(text, clause).read()


class _HeadReader:
    """One walk over a clause's tokens; ``heads`` are those found so far."""

    def __init__(self, text: str, clause: Clause) -> None:
        self.text = text
        self.clause = clause
        self.tokens = citation_tokens(text, clause.start, clause.end)
        self.lists = [token.start for token in self.tokens if token.kind == "list"]
        self.heads: list[Head] = []

    def read(self) -> list[Head]:
        place = 0
        if self.clause.kind == "mtus":
            place = self._keep(Head(self.clause.start, self.clause.start, "mtus"), 0)
        elif self._begins_in_odg():
            place = self._keep(Head(self.clause.start, self.clause.start, "odg"), 0)
        while place < len(self.tokens):
            token = self.tokens[place]
            if self._opens(token) and (begun := grow(self._begun(token), token)):
                place = self._keep(begun, place + 1)
            else:
                place += 1
        return self.heads

    def _begins_in_odg(self) -> bool:
        """A chapter of the ODG ahead of its family's name: "Low Back, MRI, ODG Preface"."""
        ahead = list(takewhile(lambda token: token.kind != "marker", self.tokens))
        if self.clause.kind != "non-mtus" or not ahead or len(ahead) == len(self.tokens):
            return False
        first, family = ahead[0], self.tokens[len(ahead)]
        return (
            first.kind == "guideline"
            and bool(candidates(first, "odg"))
            and _FILLING.fullmatch(self.text, self.clause.start, first.start) is not None
            and _DELIMITED.match(self.text, first.end) is not None
            and family.ids == ("odg",)
            and all(token.kind in _CITES_NOTHING for token in ahead)
            and ";" not in self.text[first.end : family.start]
        )

    def _begun(self, token: GuidelineToken) -> Head:
        """A head that holds nothing yet, in the family that its surroundings tell."""
        family: Family | None = None
        if token.kind == "chapter" or (token.kind == "guideline" and not token.strong):
            family = self._context()
        if self.clause.kind == "mtus" and token.kind in ("chapter", "guideline"):
            family = "mtus"
        return Head(token.start, token.start, family)

    def _context(self) -> Family | None:
        return self.heads[-1].family if self.heads else None

    def _keep(self, head: Head, place: int) -> int:
        """Give ``head`` the tokens that belong to it; returns the number of the next one.

        A family named once more after the chapter belongs to it, "(ACOEM Practice Guidelines,
        Chapter 8)", unless it turns out to introduce another chapter.
        """
        before_family: tuple[Head, int] | None = None
        while place < len(self.tokens) and self._adjoins(head, self.tokens[place]):
            token = self.tokens[place]
            # A chapter named again as the first words of a section: "Knee & Leg, Knee brace".
            again = token.kind == "guideline" and not token.strong and head.named
            if again and _DELIMITED.match(self.text, token.end) is None:
                break
            grown = grow(head, token)
            if grown is None and self._contradicts(head, token):
                head, place = replace(head, ids=(), chapter=None, end=token.end), place + 1
                break
            if grown is None:
                if before_family and token.kind in ("guideline", "chapter", "marker"):
                    head, place = before_family
                break
            if head.ids and token.kind == "marker":
                before_family = head, place
            head, place = grown, place + 1
        self.heads.append(self._closed(head))
        return place

    def _contradicts(self, head: Head, token: GuidelineToken) -> bool:
        """A chapter's number with another chapter's name: "Chapter 13 Low Back Complaints"."""
        between = self.text[head.end : token.start]
        return token.kind == "guideline" and head.chapter is not None and not between.strip(" :-")

    def _closed(self, head: Head) -> Head:
        """The head with the parenthesis that closes one of its own: "(Acute & Chronic)"."""
        end = head.end
        printed = self.text[head.start : end]
        for _ in range(printed.count("(") - printed.count(")")):
            closing = _CLOSING_PARENTHESIS.match(self.text, end)
            end = closing.end() if closing else end
        return replace(head, end=end)

    def _adjoins(self, head: Head, token: GuidelineToken) -> bool:
        """Whether nothing but filling stands between the head so far and the token."""
        between = self.text[head.end : token.start]
        if _FILLING.fullmatch(between) is None:
            return False
        if not head.ids:
            return True
        if token.ids == ("odg",) and "(" not in between:
            return False
        return ";" not in between and ". " not in between

    def _opens(self, token: GuidelineToken) -> bool:
        """Whether another citation begins with this token."""
        if token.kind == "guideline" and token.strong:
            return self._dated(token) or not self._is_section(token)
        if token.kind == "guideline":
            return self._dated(token) or self._opens_in_context(token)
        if token.kind == "chapter":
            return self._context() in _ACOEM and bool(_of_chapter(token.number))
        if token.kind == "source":
            return self._opens_source(token)
        return token.kind in ("marker", "break")

    def _is_section(self, token: GuidelineToken) -> bool:
        """Whether the name is one of a list "Section(s): …", as old chapters are in a new one."""
        begin = self.heads[-1].end if self.heads else self.clause.start
        place = bisect_left(self.lists, begin)
        listed = place < len(self.lists) and self.lists[place] < token.start
        return listed and known_section(self.text[token.start : token.end]) is not None

    def _dated(self, token: GuidelineToken) -> bool:
        """A chapter with its year, the joint of the form's lists: ", and Opioid Treatment 2016"."""
        if self.clause.kind == "mtus" or self._context() in _ACOEM:
            return token.dated and bool(candidates(token, "mtus"))
        return token.dated and bool(token.strong)

    def _opens_in_context(self, token: GuidelineToken) -> bool:
        """A short name where a chapter is expected: "ODG, Neck; Low Back", "Knee Chapter"."""
        if not self.heads or not candidates(token, self._context()):
            return False
        between = self.text[self.heads[-1].end : token.start]
        if _CALLED_CHAPTER.match(self.text, token.end):
            return _PARTED.search(between[-5:]) is not None
        if self._context() != "odg":
            return False
        follows = between.rstrip().endswith(";") or _FILLING.fullmatch(between) is not None
        return follows and _DELIMITED.match(self.text, token.end) is not None

    def _opens_source(self, token: GuidelineToken) -> bool:
        """A source outside the catalogue after one of it, or an address after an address."""
        before = self.heads[-1].end if self.heads else self.clause.start
        between = self.text[before : token.start]
        if self.clause.kind == "mtus":
            return _SURELY_PARTED.search(between[-8:]) is not None
        if self._context() in (None, "other"):
            return token.address and between.strip(" ,;") in ("", "and")
        return token.address or _PARTED.search(between[-5:]) is not None


def grow(head: Head, token: GuidelineToken) -> Head | None:
    """The head with one more token, ``None`` when the token is no part of it."""
    longer = replace(head, end=token.end)
    if token.kind == "marker":
        return _of_family(longer, token.ids[0])
    if token.kind == "guideline":
        named = _of_ids(longer, candidates(token, head.family, head.chapter is not None))
        return named and replace(named, named=True)
    if token.kind == "chapter":
        named = _of_ids(longer, _of_chapter(token.number)) if head.family in _ACOEM else None
        return named and replace(named, chapter=token.number)
    if token.kind in ("source", "break"):
        empty = head.start == head.end and head.family is None
        return replace(longer, family="other", joint=token.kind == "break") if empty else None
    if token.kind == "year":
        return replace(longer, year=head.year or token.number, day=head.day or token.day)
    if token.kind == "edition":
        return replace(longer, edition=head.edition or token.number)
    return longer if token.kind in ("noise", "update") else None


def _of_family(head: Head, family: str) -> Head | None:
    """The head with a family's name added: the MTUS goes with its parts, ACOEM with the MTUS."""
    unnamed = head.family is None or (head.family == "mtus" and not head.ids)
    if family == "mtus" and head.family in (None, *_ACOEM):
        return replace(head, family=head.family or "mtus")
    if family == "acoem" and (unnamed or head.family == "acoem"):
        return replace(head, family="acoem")
    if family == "odg" and head.family in (None, "odg"):
        return replace(head, family="odg")
    return None


def _of_ids(head: Head, ids: Iterable[str]) -> Head | None:
    """The head narrowed to these guidelines, ``None`` when it names another already."""
    left = tuple(name for name in ids if not head.ids or name in head.ids)
    families = {row.family for name in left if (row := guideline(name))}
    if not left:
        return None
    return replace(head, ids=left, family=families.pop() if len(families) == 1 else head.family)


def candidates(
    token: GuidelineToken, family: Family | None, numbered: bool = False
) -> tuple[str, ...]:
    """The guidelines that a name may stand for in its family's context, or without one.

    A name that stands for a guideline anywhere does so here, unless a chapter's number tells
    (``numbered``: "Chapter 12 Low Back Disorders"). In the MTUS the short name of a later ACOEM
    guideline needs its year: "Opioids 2017", since "Opioids" is a section of another.
    """
    if family is None or family == "other":
        return token.strong
    rows = [row for name in token.ids if (row := guideline(name))]
    rows = [row for row in rows if row.family in _FAMILIES[family]]
    if not numbered:
        rows = [row for row in rows if row.id in token.strong] or rows
    if family == "mtus" and not token.dated:
        rows = [row for row in rows if row.edition != 3 or row.id in token.strong]
    return tuple(row.id for row in rows)


def _of_chapter(number: int | None) -> tuple[str, ...]:
    return tuple(row.id for row in all_guidelines() if number and row.chapter == number)
