"""The searches of the benchmarks: the same for everybody."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from imrsearch.search.state import Choice, SearchState

KINDS = ("single", "and", "or", "phrase", "filter", "prefix", "all")
FILTERED_BY = ("Rehabilitation", "Pharmaceuticals", "Injection")


@dataclass(frozen=True, slots=True)
class Search:
    """A query of the benchmark: words by kind, and perhaps a category to filter by."""

    kind: str
    words: tuple[str, ...]
    category: str | None = None

    @property
    def state(self) -> SearchState:
        """The same search as a visitor types and clicks it."""
        words = " ".join(self.words)
        q = {
            "or": " OR ".join(self.words),
            "phrase": f'"{words}"',
            "prefix": f"{words}*",
        }.get(self.kind, words)
        return SearchState(q, (Choice("category", self.category),) if self.category else ())


# Ranks of words in the corpus's vocabulary, from the commonest, which nine of ten rationales hold,
# to those of a handful. No word is asked for twice, so that no search finds another one's work
# done. Left out are words that stand for more than themselves ("lumbar", "opioid"): every peer
# understands the rest alike.
_SINGLE = (12, 19, 26, 35, 47, 62, 100, 400, 2000, 5000)
_AND = ((11, 21), (14, 33), (18, 55), (22, 63), (27, 150), (31, 70), (36, 101), (41, 401))
_RARE_AND = ((58, 2001), (64, 1000))
_OR = ((13, 23), (15, 66), (20, 38), (24, 67), (25, 151), (30, 71), (45, 102), (53, 402))
_RARE_OR = ((65, 2002), (1001, 5001))
_PHRASE = ((32, 34), (37, 39), (44, 54), (29, 56), (59, 60), (72, 73), (103, 104), (78, 79))
_FILTER = (10, 61, 68, 69, 74, 75, 105, 403, 2003, 5003)
_PREFIX = (40, 43, 48, 52, 57, 42, 76, 410)
_RANKS = (math.log(17), math.log(10_000))
_WARMING = (77, 106, 405, 2004)


def searches(words: Sequence[str]) -> list[Search]:
    """Sixty searches of all kinds; ``words`` is the corpus's vocabulary by rank."""
    category = FILTERED_BY[0]
    return [
        *(Search("single", (words[rank],)) for rank in _SINGLE),
        *(Search("and", (words[a], words[b])) for a, b in (*_AND, *_RARE_AND)),
        *(Search("or", (words[a], words[b])) for a, b in (*_OR, *_RARE_OR)),
        *(Search("phrase", (words[a], words[b])) for a, b in _PHRASE),
        *(Search("filter", (words[rank],), category) for rank in _FILTER),
        *(Search("prefix", (words[rank][:4],)) for rank in _PREFIX),
        Search("all", ()),
        *(Search("all", (), category) for category in FILTERED_BY),
    ]


def warming(words: Sequence[str]) -> list[Search]:
    """A few other searches: the first ones after opening pay for what is loaded when needed."""
    return [Search("single", (words[rank],)) for rank in _WARMING]


def mixed(words: Sequence[str], chance: random.Random) -> Search:
    """A search of any kind, of words from common to rare, as visitors ask them."""
    kind = chance.choice(KINDS)
    ranks = [round(math.exp(chance.uniform(*_RANKS))) for _ in range(2)]
    first, second = (words[rank] for rank in ranks)
    category = chance.choice(FILTERED_BY)
    match kind:
        case "single":
            return Search(kind, (first,))
        case "filter":
            return Search(kind, (first,), category)
        case "prefix":
            return Search(kind, (first[:4],))
        case "all":
            return Search(kind, (), category)
    return Search(kind, (first, second))


NAMED = (
    Search("named", ("lumbar",)),
    Search("named", ("opioid",)),
    Search("named", ("chiropractic", "functional", "improvement")),
    Search("named", ("physical", "therapy")),
    Search("named", ("acupuncture", "neck")),
    Search("named", ("epidural", "injection")),
    Search("named", ("TENS", "unit")),
    Search("named", ("knee", "surgery", "approved")),
)
"""Searches of the field, which we widen by other names and read for outcomes; peers do not."""

_STORY = (
    "the doctor asks for twelve visits of acupuncture for the neck and shoulder since pain medicine"
    " is not tolerated and therapy without lasting help was done before"
)
WIDENED = (
    Search("widened", ("elbow", "MRI")),
    Search("widened", ("knee", "scooter", "after", "foot", "injury")),
    Search("widened", ("naproxen", "for", "low", "back", "pain", "with", "stomach", "protection")),
    Search("widened", ("ODG", "head", "chapter", "migraine", "drugs")),
    Search("widened", ("device", "that", "makes", "a", "broken", "bone", "knit")),
    Search("widened", ("blue", "pill", "for", "erection", "problems")),
    Search("widened", ("physical", "therapy", "after", "shoulder", "surgery", "denied")),
    Search("widened", (_STORY,)),
)
"""Searches that few issues match in full, so that those close to them fill the page."""
