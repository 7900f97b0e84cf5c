"""Clips: a sentence of a rationale, or an issue as a whole, by its numbers alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imrsearch.search.passages import recent_sentences

MOST_CLIPS = 40
"""Most clips in a brief: its address must stay short enough to be sent."""
# "CM16-0000105.1.4", "CM16-0000105.1"
_CLIP = re.compile(r"(?P<case>[A-Za-z0-9_-]{1,64})\.(?P<issue>\d{1,3})(?:\.(?P<sentence>\d{1,4}))?")


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
        before = (count for count, (_, end) in enumerate(spans, start=1) if place < end)
        return cls(case_id, number, next(before, None))

    def __str__(self) -> str:
        place = f"{self.case_id}.{self.number}"
        return place if self.sentence is None else f"{place}.{self.sentence}"


def read_clips(texts: Iterable[str]) -> tuple[Clip, ...]:
    """The clips named, each once, in their order; up to ``MOST_CLIPS``."""
    found = (Clip.parse(text) for text in texts)
    return tuple(dict.fromkeys(clip for clip in found if clip))[:MOST_CLIPS]
