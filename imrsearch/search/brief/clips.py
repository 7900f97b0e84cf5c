"""Clips, which name a sentence or an issue by its numbers alone, and what is typed to add one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imrsearch.model import Issue, known_as
from imrsearch.search.excerpts import recent_sentences
from imrsearch.search.rows import Determinations
from imrsearch.text.quantities import count

MOST_CLIPS = 40
"""Most clips in a brief: its address must stay short enough to be sent."""
# "CM16-0000105.1.4", "CM16-0000105.1"
_CLIP = re.compile(r"(?P<case>[A-Za-z0-9_-]{1,64})\.(?P<issue>\d{1,3})(?:\.(?P<sentence>\d{1,4}))?")
# "CM16-0000105#1", "cm16-0000105 #1", "CM16-0000105, issue 1", "CM16-0000105"
_TYPED = re.compile(
    r"(?P<case>[a-z0-9_-]{1,64})(?:(?:[\s,.:#]|issue|no)+(?P<issue>\d{1,3}))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clip:
    """An issue, and the number of a sentence of its rationale, from 1; without one, its decision.

    As text ``CM16-0000105.1.4``: case, issue, sentence.
    """

    case_id: str
    number: int
    sentence: int | None = None

    @classmethod
    def parse(cls, text: str) -> Clip | None:
        """The clip that a text names, or ``None``."""
        found = _CLIP.fullmatch(text)
        if found is None:
            return None
        sentence = found["sentence"]
        return cls(found["case"], int(found["issue"]), int(sentence) if sentence else None)

    @classmethod
    def at(cls, case_id: str, number: int, rationale: str, place: int) -> Clip:
        """The clip of the sentence at a character position of an issue's rationale."""
        spans = recent_sentences(rationale)
        before = (nth for nth, (_, end) in enumerate(spans, start=1) if place < end)
        return cls(case_id, number, next(before, None))

    def __str__(self) -> str:
        place = f"{self.case_id}.{self.number}"
        return place if self.sentence is None else f"{place}.{self.sentence}"


def read_clips(texts: Iterable[str]) -> tuple[Clip, ...]:
    """The clips named, each once, in their order; up to ``MOST_CLIPS``."""
    found = (Clip.parse(text) for text in texts)
    return tuple(dict.fromkeys(clip for clip in found if clip))[:MOST_CLIPS]


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
            typed, message=f"“{typed}” is not an issue. Type its number, such as CM16-0000105#1."
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
