"""Citations inside a rationale: the pages and chapters that the reviewer names while reasoning.

A rationale is told, not listed: what follows a guideline's name is mostly what it says, so that
only pages and section names that the catalogue knows are taken for the place cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain

from imrsearch.catalogue.guidelines import (
    FAMILY_WHOLES,
    all_guidelines,
    guideline_data,
    known_section,
)
from imrsearch.citations.extract import Clause
from imrsearch.citations.page_numbers import find_pages
from imrsearch.citations.resolve import read_clause, trimmed
from imrsearch.citations.statements import READ_LIMIT
from imrsearch.citations.tokens import name_words
from imrsearch.model import Citation
from imrsearch.text.located import Located

_SOURCE_NAMES = r"(?:mtus|acoem|odg|cpmtg|guidelines?|chapters?|utilization\s+schedule)\b"
# Words without which nothing is cited: "the patient has low back complaints" names no chapter.
_NAMED_SOURCE = re.compile(rf"\b{_SOURCE_NAMES}", re.IGNORECASE)
BEFORE, AFTER = 40, 120
"""So many characters are read around what looks like a cited place."""
# Not the point of "ACOEM Ch. 9".
_SENTENCE_END = re.compile(r"\. +(?=[\"“‘'(]?[A-Z])")
# "Chronic Pain Treatment Guidelines do not apply": named to be set aside.
_SET_ASIDE = re.compile(
    r"\W{1,3}(?:(?:do|does|did)\s+not\s+(?:\w+ly\s+)?(?:apply|address|discuss|mention|cover)"
    r"|(?:is|are|was|were)\s+(?:silent|not\s+applicable))\b",
    re.IGNORECASE,
)


def read_rationale(text: str) -> tuple[Located[Citation], ...]:
    """The places that an unwrapped rationale cites, each once, in the order printed.

    A guideline named without a page or section counts where none of its places is cited: "MTUS
    Acupuncture Guidelines". ACOEM or the ODG at large is no place. Never raises.
    """
    return each_place_once(list(prose_citations(text)))


def each_place_once(found: Sequence[Located[Citation]]) -> tuple[Located[Citation], ...]:
    """The first citation of each place, without ACOEM or the ODG at large, and without guidelines
    of which a place is cited as well."""
    placed = {each.value.guideline for each in found if _has_place(each)}
    first: dict[object, Located[Citation]] = {}
    for each in found:
        cited = each.value
        is_guideline = cited.guideline not in (*FAMILY_WHOLES, *placed)
        if _has_place(each) or is_guideline:
            first.setdefault((cited.guideline, cited.pages, cited.sections), each)
    return tuple(first.values())


def prose_citations(text: str) -> Iterator[Located[Citation]]:
    """All that an unwrapped text cites, guidelines at large and repeated places included, in the
    order printed."""
    text = text[:READ_LIMIT]
    for at, end in _stretches(text):
        for found in _cited_in(text[at:end]):
            if not _SET_ASIDE.match(text, at + found.end):
                yield Located(found.value, at + found.start, at + found.end)


@lru_cache(maxsize=2048)
def _cited_in(stretch: str) -> tuple[Located[Citation], ...]:
    """What a stretch cites. Letters quote guidelines in the same words: a sixth of the stretches of
    120 letters had been read before."""
    found = map(_without_talk, read_clause(stretch, Clause("prose", 0, len(stretch))))
    known = (each for each in found if each.value.guideline is not None or _has_place(each))
    return tuple(
        each for each in known if each.value.pages or _NAMED_SOURCE.search(each.value.text)
    )


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Where places may be cited, in whole words; reading all of a text takes five times as long.

    None begins before the sentence of its first place.
    """
    start = end = 0
    lower = text.lower()
    if len(lower) != len(text):  # "İ" has two letters in lower case
        lower = text
    for hint in _place_hint().finditer(lower):
        if hint.start() - BEFORE > end:
            if end:
                yield start, end
            before = max(hint.start() - BEFORE, end)
            sentences = [one.end() for one in _SENTENCE_END.finditer(text, before, hint.start())]
            start = min(max([*sentences[-1:], text.find(" ", before) + 1]), hint.start())
        after = text.find(" ", hint.end() + AFTER)
        end = after if after > 0 else len(text)
    if end:
        yield start, end


@cache
def _place_hint() -> re.Pattern[str]:
    """What a cited place may look like, by the first words of the catalogue's names.

    "mtus 2016 chronic …", "opioid treatment guidelines", "chapter 12", "page 58": in lower case,
    which is found three times as fast as any case.
    """
    markers = chain.from_iterable(guideline_data()["markers"].values())
    silent = {"for", "use", *chain.from_iterable(map(name_words, markers))}
    named = (name for row in all_guidelines() for name in (*row.names, *row.context_names))
    telling = ([word for word in name_words(name) if word not in silent] for name in named)
    first = "|".join(sorted({words[0] for words in telling if words}))
    between = r"[^\w.;]+(?:\w+[^\w.;]+){0,4}?"
    return re.compile(
        rf"\b(?:{_SOURCE_NAMES}{between}(?:{first})\b"
        rf"|(?:{first}){between}(?:guidelines?|chapters?|section)\b"
        r"|ch(?:ap(?:ters?)?)?\b\W{0,2}\d|p(?:ages?|gs?|p)?\b\.?(?:\s?\(s\))?:?\s?\d)"
    )


def _has_place(found: Located[Citation]) -> bool:
    return bool(found.value.pages or found.value.sections)


def _without_talk(found: Located[Citation]) -> Located[Citation]:
    """The citation up to its last page or known section, without what is said of it.

    "ACOEM Chapter 13, page 338 for education and counseling" ends with its page.
    """
    cited = found.value
    # What is quoted is said, not named: MTUS guidelines, "Electromyography (EMG) is …".
    sections = tuple(name for name in cited.sections if name[0] not in '"“' and known_section(name))
    ends = [listed.end for listed in find_pages(cited.text)]
    ends += [cited.text.find(name) + len(name) for name in sections]
    talk = (cited.text.find(name, max(ends, default=1)) for name in cited.sections)
    cut = min((at for at in talk if at > 0), default=len(cited.text))
    start, end = trimmed(cited.text, 0, cut)
    cited = replace(cited, sections=sections, text=cited.text[start:end])
    return Located(cited, found.start + start, found.start + end)
