"""Input to be added to a brief: an issue by its number, or the issues to choose from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imrsearch.model import Issue, known_as
from imrsearch.search.brief.clips import Clip
from imrsearch.search.won_lost import Determinations
from imrsearch.text.plurals import count

EXAMPLE = "CM16-0000105#1"
# "CM16-0000105#1", "cm16-0000105 #1", "CM16-0000105, issue 1", "CM16-0000105"
_TYPED = re.compile(
    r"(?P<case>[a-z0-9_-]{1,64})(?:(?:[\s,.:#]|issue|no)+(?P<issue>\d{1,3}))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Addition:
    """The result of reading ``typed``: the ``clip`` of a stored issue; else a ``message`` that says
    why there is none, and as ``choices`` the issues of its case."""

    typed: str
    clip: Clip | None = None
    message: str = ""
    choices: tuple[tuple[Clip, Issue], ...] = ()


def read_addition(typed: str, letters: Determinations) -> Addition:
    """Read a clip, a case's number with that of an issue, or that of a case with one issue."""
    found = Clip.parse(typed)
    if found is None and (named := _TYPED.fullmatch(typed)):
        found = Clip(named["case"], int(named["issue"] or 0))  # 0: no issue is named
    if found is None:
        return Addition(
            typed, message=f"“{typed}” is not an issue. Type its number, such as {EXAMPLE}."
        )
    case_id = known_as(found.case_id)
    case = letters.determinations([case_id]).get(case_id)
    if case is None:
        return Addition(typed, message=f"There is no case {case_id} here. Check the number.")
    numbers = [issue.number for issue in case.issues]
    number = found.number or (numbers[0] if len(numbers) == 1 else 0)
    if number in numbers:
        return Addition(typed, Clip(case_id, number, found.sentence))
    lacks = f"{case_id} has no issue {number}. " if number else ""
    return Addition(
        typed,
        message=f"{lacks}{case_id} has {count(len(numbers), 'issue')}:",
        choices=tuple((Clip(case_id, issue.number), issue) for issue in case.issues),
    )
