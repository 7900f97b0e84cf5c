"""Where the form's headings and labels stand, also with one letter of them misprinted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from imrsearch.catalogue.eras import FormWords
from imrsearch.letters.passage import Passage

_BLANKS = re.compile(r"\s+")
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
    return [
        Mark(_mark_name(match), match.start(), match.end(), bool(match.groupdict().get("negative")))
        for match in passage.finditer(words.pattern)
    ]


def with_misprints(
    passage: Passage, words: FormWords, found: list[Mark], names: set[str]
) -> list[Mark]:
    """The marks with those of ``names`` that are printed with a letter wrong, missing or doubled.

    The neighbours have to agree: next to a mark of its own name none is expected.
    """
    misprints = [mark for name in sorted(names) for mark in _misprints(passage, words, name)]
    marks = list(found)
    for mark in misprints:
        place = bisect_left(marks, mark.start, key=lambda one: one.start)
        beside = marks[max(0, place - 1) : place + 1]
        overlaps = any(one.start < mark.end and mark.start < one.end for one in beside)
        if not overlaps and all(one.name != mark.name for one in beside):
            marks.insert(place, mark)
    return marks


def fewer_than_others(marks: list[Mark], names: set[str]) -> set[str]:
    """Those of ``names`` that stand less often than the most frequent of them."""
    counts = Counter(mark.name for mark in marks)
    most = max((counts[name] for name in names), default=0)
    return {name for name in names if counts[name] < max(most, 1)}


def _misprints(passage: Passage, words: FormWords, name: str) -> list[Mark]:
    found = []
    for printed in words.printed.get(name, ()):
        for match in passage.finditer(_near(printed)):
            end = _end_of_misprint(match.group("rest"), printed)
            if end:
                start = match.start("rest")
                found.append(Mark(name, match.start(), start + end, "NOT" in printed.split()))
    return sorted(found, key=lambda mark: mark.start)


@lru_cache(maxsize=128)
def _near(printed: str) -> re.Pattern[str]:
    """A pattern for lines whose first or second half is that of the printed form.

    One wrong letter leaves the other half as it is.
    """
    solid = _BLANKS.sub("", printed)
    middle = len(solid) // 2
    first, second = (r"\s*".join(map(re.escape, half)) for half in (solid[:middle], solid[middle:]))
    behind = rf"(?=\S[\s\S]{{{middle - 2},{middle + _MOST_BLANKS}}}?{second})"
    rest = rf"(?P<rest>(?:{first}|{behind})[\s\S]{{0,{len(printed) + _MOST_BLANKS}}})"
    return re.compile(rf"(?:^|(?<=\f))[\f ]*{rest}", re.MULTILINE)


def _end_of_misprint(rest: str, printed: str) -> int:
    """How far the misprint reaches in ``rest``; 0 when it is none.

    It ends with the colon where the printed form has one, else with a word.
    """
    wanted = _BLANKS.sub("", printed)
    solid = ""
    for place, sign in enumerate(rest, start=1):
        if sign.isspace():
            continue
        solid += sign
        ends = sign == ":" if printed[-1] == ":" else not rest[place : place + 1].isalnum()
        if ends and OSA.distance(solid, wanted, score_cutoff=1) <= 1:
            return place
        if len(solid) > len(wanted):
            return 0
    return 0


def _mark_name(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return next(name for name, text in groups.items() if name != "negative" and text is not None)
