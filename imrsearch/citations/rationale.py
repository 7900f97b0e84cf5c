"""Citations inside a rationale: the pages and chapters that the reviewer names while reasoning.

A rationale is told, not listed: what follows a guideline's name is mostly what it says, so that
only pages and section names that the catalogue knows are taken for the place cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from imrsearch.catalogue.guidelines import FAMILY_WHOLES, known_section
from imrsearch.citations.extract import Clause
from imrsearch.citations.page_numbers import find_pages
from imrsearch.citations.resolve import FoundCitation, read_clause, trimmed
from imrsearch.citations.statements import READ_LIMIT
from imrsearch.text.words import sentences

# Words without which nothing is cited: "the patient has low back complaints" names no chapter.
_SOURCE = re.compile(
    r"\b(?:MTUS|ACOEM|ODG|CPMTG|guidelines?|chapters?|utilization\s+schedule)\b", re.IGNORECASE
)
# "Chronic Pain Treatment Guidelines do not apply": named to be set aside.
_SET_ASIDE = re.compile(
    r"\W{1,3}(?:(?:do|does|did)\s+not\s+(?:\w+ly\s+)?(?:apply|address|discuss|mention|cover)"
    r"|(?:is|are|was|were)\s+(?:silent|not\s+applicable))\b",
    re.IGNORECASE,
)


def read_rationale(text: str) -> tuple[FoundCitation, ...]:
    """The places that an unwrapped rationale cites, each once, in the order printed.

    A guideline named without a page or section counts where none of its places is cited: "MTUS
    Acupuncture Guidelines". ACOEM or the ODG at large is no place. Never raises.
    """
    found = list(_rationale_citation(text[:READ_LIMIT]))
    placed = {each.citation.guideline for each in found if _has_place(each)}
    first: dict[object, FoundCitation] = {}
    for each in found:
        cited = each.citation
        if _has_place(each) or cited.guideline not in placed:
            first.setdefault((cited.guideline, cited.pages, cited.sections), each)
    return tuple(first.values())


def _rationale_citation(text: str) -> Iterator[FoundCitation]:
    for start, end in sentences(text):
        if not _SOURCE.search(text, start, end):
            continue
        for found in map(_without_talk, read_clause(text, Clause("prose", start, end))):
            is_place = found.citation.guideline not in (None, *FAMILY_WHOLES) or _has_place(found)
            is_source = found.citation.pages or _SOURCE.search(found.citation.text)
            if is_place and is_source and not _SET_ASIDE.match(text, found.end):
                yield found


def _has_place(found: FoundCitation) -> bool:
    return bool(found.citation.pages or found.citation.sections)


def _without_talk(found: FoundCitation) -> FoundCitation:
    """The citation up to its last page or known section, without what is said of it.

    "ACOEM Chapter 13, page 338 for education and counseling" ends with its page.
    """
    cited = found.citation
    # What is quoted is said, not named: MTUS guidelines, "Electromyography (EMG) is …".
    sections = tuple(name for name in cited.sections if name[0] not in '"“' and known_section(name))
    ends = [listed.end for listed in find_pages(cited.text)]
    ends += [cited.text.find(name) + len(name) for name in sections]
    talk = (cited.text.find(name, max(ends, default=1)) for name in cited.sections)
    cut = min((at for at in talk if at > 0), default=len(cited.text))
    start, end = trimmed(cited.text, 0, cut)
    cited = replace(cited, sections=sections, text=cited.text[start:end])
    return FoundCitation(cited, found.start + start, found.start + end)
