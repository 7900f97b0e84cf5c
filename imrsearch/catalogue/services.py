"""Which treatments a printed service names, and what is printed beside them: flags and history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from imrsearch.catalogue.treatments import Mention, find_treatments
from imrsearch.text.phrases import PhraseMatch, Word, split_words
from imrsearch.text.words import Stretch

_FLAGS = (
    # "Associated surgical service: cold therapy unit", "Associated Surgical Services - ..."
    (
        "associated surgical service",
        re.compile(
            r"\bassociated\s+surg(?:ical|ery)\s+(?:service|item|request)s?\b", re.IGNORECASE
        ),
    ),
    # "Retrospective ...", "Retro: ...", "DOS: 11/14/16", "(date of service 1/2/2016)",
    # "session received on 08/06/2014"
    (
        "retrospective",
        re.compile(
            r"\bretro(?:spective(?:ly)?)?\b|\bDOS\b|\bD\.O\.S\.|\bdates?\s+of\s+service\b"
            r"|\b(?:received|performed|provided|rendered|dispensed|administered|given)\s+(?:on\s+)?"
            r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}",
            re.IGNORECASE,
        ),
    ),
    # "Pre-op labs", "Preoperative EKG", "presurgical clearance"
    (
        "preoperative",
        re.compile(r"\bpre[\s-]?(?:op(?:erative(?:ly)?)?|surg(?:ical|ery))\b", re.IGNORECASE),
    ),
    # "Post-op Norco", "postsurgical physical therapy", "walker after surgery"
    (
        "postoperative",
        re.compile(
            r"\bpost[\s-]?(?:op(?:erative(?:ly)?)?|surg(?:ical|ery))\b"
            r"|\b(?:after|following)\s+(?:the\s+)?surgery\b",
            re.IGNORECASE,
        ),
    ),
)
_LABELS = ("associated surgical service", "retrospective")
"""Flags whose words say nothing else: "surgical service" names no surgery."""

# Headings run to 330 characters; what is longer is no heading, and costs no more than one.
_LONGEST_SERVICE = 1000

# "Post lumbar fusion physical therapy", "s/p left knee arthroscopy": a surgery so soon after these
# words is history, not the request.
_AFTER = frozenset({"post", "after", "following", "status", "p", "from"})
_SOON = 3
SURGERY = "Surgery"
"""The category of operations."""


@lru_cache(maxsize=10_000)
def named_treatments(service: str) -> tuple[str, ...]:
    """The names of all treatments that a printed service names, in its order.

    Neither those that it names weakly ("evaluation") nor surgeries that have been ("s/p fusion").
    """
    words = split_words(flags_apart(service)[1])
    named = (
        found.value.treatment.name
        for found in find_treatments(words)
        if not (found.value.weakness or is_history(found, words))
    )
    return tuple(dict.fromkeys(named))


def flags_apart(service: str) -> tuple[dict[str, Stretch], str]:
    """The flags of a service with their places, and its text with blanks in their place."""
    service = service[:_LONGEST_SERVICE]
    flags = {name: found.span() for name, regex in _FLAGS if (found := regex.search(service))}
    return flags, _without(service, (flags[name] for name in _LABELS if name in flags))


def _without(text: str, spans: Iterable[Stretch]) -> str:
    """``text`` with blanks in place of ``spans``, so that "surgical service" names no surgery."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def is_history(found: PhraseMatch[Mention], words: Sequence[Word]) -> bool:
    """Whether a surgery is named that has been: "s/p fusion"."""
    before = {word.key for word in words[max(0, found.first - _SOON) : found.first]}
    return found.value.treatment.category == SURGERY and not _AFTER.isdisjoint(before)
