"""Where the form's headings and labels stand, also with one letter of them misprinted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from imrsearch.catalogue.eras import FormWords
from imrsearch.letters.passage import Passage, with_next
from imrsearch.text.fuzzy import is_nearly

_ANY_BLANKS = re.compile(r"\s+")
CLOSING = "closing"
"""The section behind the last issue: effect, appeals, signature, disclaimer."""

_AS_COLON = str.maketrans(dict.fromkeys("-–—;.", ":"))
"""What stands in a colon's place: "Decision rationale - It …"."""
_MOST_BLANKS = 12  # between the words of one form, where lines and pages break


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading or label at ``text[start:end]``; ``negative`` where it says "not necessary"."""

    name: str
    start: int
    end: int
    negative: bool = False


def find_marks(passage: Passage, words: FormWords) -> list[Mark]:
    """The marks as printed, in order."""
    return list(map(_mark, passage.finditer_at_lines(words.pattern)))


def with_misprints(
    passage: Passage, words: FormWords, found: list[Mark], names: set[str]
) -> list[Mark]:
    """The marks with those of ``names`` that have a letter wrong, missing or doubled, or that stand
    inside a line.

    A misprint counts only where it overlaps neither neighbour and neither has its name; but what
    closes a letter has several marks.
    """
    misprints = {mark for name in names for mark in _misprints(passage, words, name)}
    misprints = (misprints | {*_inside_lines(passage, words, names)}) - {*found}
    if not misprints:
        return found
    marks: list[Mark] = []
    every = sorted({*found, *misprints}, key=lambda mark: (mark.start, mark in misprints))
    for mark, following in with_next(every):
        beside = [one for one in (marks[-1] if marks else None, following) if one]
        overlaps = any(one.start < mark.end and mark.start < one.end for one in beside)
        again = mark.name != CLOSING and any(one.name == mark.name for one in beside)
        if mark not in misprints or not (overlaps or again):
            marks.append(mark)
    return marks


def out_of_turn(marks: list[Mark], names: tuple[str, ...]) -> set[str]:
    """The ``names`` to look for: all of them where the marks do not take turns in this order."""
    turns = names * (len(marks) // len(names))
    return set() if marks and tuple(mark.name for mark in marks) == turns else set(names)


def _inside_lines(passage: Passage, words: FormWords, names: set[str]) -> Iterator[Mark]:
    """Marks whose line was joined to the one before; what closes a letter is said inside it too."""
    wanted = names - {CLOSING}
    for match in passage.finditer(words.joined) if wanted else ():
        mark = _mark(match)
        if mark.name in wanted:
            yield mark


def _misprints(passage: Passage, words: FormWords, name: str) -> list[Mark]:
    """The marks of a name with a letter wrong, or in other letters' case."""
    found: dict[int, Mark] = {}  # the longest that begins at a place
    for printed in words.printed.get(name, ()):
        negative = "NOT" in printed.split()
        ends = [
            (match.start(), match.start("rest") + end)
            for match in passage.finditer_at_lines(_near(printed))
            if (end := _end_of_misprint(match.group("rest"), printed))
        ]
        other_case = passage.finditer_at_lines(_alone(printed)) if name != CLOSING else ()
        for start, end in [*ends, *(match.span() for match in other_case)]:
            if start not in found or end > found[start].end:
                found[start] = Mark(name, start, end, negative)
    return [found[start] for start in sorted(found)]


@lru_cache(maxsize=128)
def _alone(printed: str) -> re.Pattern[str]:
    """A pattern for the printed form as a line of its own, "Clinical case summary", or up to the
    form's colon: "Issue at dispute: a cane"."""
    words = r"\s+".join(map(re.escape, printed.rstrip(":").split()))
    end = r" ?(?::|$)" if printed[-1] == ":" else r" ?:?$"
    return re.compile(rf"(?:^|(?<=\f))[\f ]*{words}{end}", re.MULTILINE | re.IGNORECASE)


@lru_cache(maxsize=128)
def _near(printed: str) -> re.Pattern[str]:
    """A pattern for lines whose first or second half is that of the printed form.

    One wrong letter leaves the other half as it is.
    """
    solid = _ANY_BLANKS.sub("", printed).rstrip(":")  # in its place something else may stand
    middle = len(solid) // 2
    first, second = (r"\s*".join(map(re.escape, half)) for half in (solid[:middle], solid[middle:]))
    behind = rf"(?=\S[\s\S]{{{middle - 2},{middle + _MOST_BLANKS}}}?{second})"
    # Looked at, not consumed: a short line before a heading may reach into it.
    rest = rf"(?=(?P<rest>(?:{first}|{behind})[\s\S]{{0,{len(printed) + _MOST_BLANKS}}}))"
    return re.compile(rf"(?:^|(?<=\f))[\f ]*{rest}", re.MULTILINE)


def _end_of_misprint(rest: str, printed: str) -> int:
    """How far the misprint reaches in ``rest``; 0 when it is none.

    It ends with the colon where the printed form has one, else with a word.
    """
    wanted = _ANY_BLANKS.sub("", printed)
    solid = ""
    for place, sign in enumerate(rest, start=1):
        if sign.isspace():
            continue
        solid += sign
        if printed[-1] == ":":
            solid = solid.translate(_AS_COLON)
            ends = solid[-1] == ":"
        else:
            ends = not rest[place : place + 1].isalnum()
        if ends and is_nearly(solid, wanted):
            return place
        if len(solid) > len(wanted):
            return 0
    return 0


def _mark(match: re.Match[str]) -> Mark:
    groups = match.groupdict()
    name = next(name for name, text in groups.items() if name != "negative" and text is not None)
    return Mark(name, match.start(), match.end(), bool(groups.get("negative")))
