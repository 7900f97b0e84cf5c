"""Every kind of note is in the register, is explained to readers of the JSON, and does occur."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import pytest

from imrsearch.catalogue.notes import NOTES
from imrsearch.engines.base import Hit, SearchResponse
from imrsearch.query.notes import Note
from imrsearch.search.kit.corrections import Correction
from imrsearch.search.kit.kit import make_kit
from imrsearch.search.paging import turn_to
from imrsearch.search.results import SearchResult
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.settings import load_settings
from tests.conftest import ROOT
from tests.search import test_interpret as phrased
from tests.search.memory import (
    CASES,
    MemoryBuild,
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    documents,
    issue,
    search,
    service,
)


def with_build(build: MemoryBuild) -> SearchResult:
    """Everything, as a build finds it over a collection without the last case."""
    builds = MemoryBuilds(MemoryIndex([]))
    builds.build = build
    searches = SearchService(MemoryLetters(CASES[:-1]), builds, load_settings({}))
    return searches.search(SearchState())


def many(offset: int, limit: int) -> SearchResponse:
    """An answer of a million issues."""
    return SearchResponse((Hit("CM16-0000001#1", 1.0),), 1_000_000, 0)


def found(q: str, chars: int = 1000, words: int = 160) -> Iterable[Note]:
    limits = {"max_query_chars": chars, "max_query_words": words}
    return service(CASES, False, **limits).search(SearchState(q)).notes


def read_freely(q: str) -> Iterable[Note]:
    return phrased.search(f"q={q}").notes


def mentioned(url: str) -> Iterable[Note]:
    """What is told where one issue of a case disputes what the summary mentions for both."""
    case = determination(
        "CM16-0000001",
        issue(1, "Chiropractic visits"),
        issue(2, "Massage"),
        summary="Chiropractic visits helped before.",
    )
    return service([case]).search(SearchState.from_url(url)).notes


def pasted(text: str, corrections: Mapping[int, Correction] | None = None) -> Iterable[Note]:
    """What is told of a pasted text (as corrected) over a collection with ten issues of a kind."""
    services = [issue(number, "Therapy", body_parts=("low back",)) for number in range(1, 11)]
    case = determination("CM16-0000001", *services)
    therapy = {"treatment": ("physical therapy",)}
    some = [replace(one, values={**one.values, **therapy}) for one in documents([case])]
    letters = MemoryLetters([case])
    return make_kit(text, MemoryIndex(some), letters, "build-1", 1.0, corrections).notes


INDEX = MemoryIndex(documents(CASES))
PARAGRAPH = "injection radiculopathy " + " ".join(f"word{number}" for number in range(20))
DETERMINATION = """IMR ISSUES, DECISIONS AND RATIONALES

Cane: Upheld

Claims Administrator guideline: The Claims Administrator did not cite any evidence.

MAXIMUS guideline: The Expert Reviewer did not cite any evidence.

Decision rationale: The patient walks without help. The request is not medically necessary.
"""

MADE: dict[str, Callable[[], Iterable[Note]]] = {
    "too-long": lambda: found("chiropractic care", chars=12),
    "too-many-words": lambda: found("chiropractic care visits", words=2),
    "long-word": lambda: found("a" * 300),
    "depth": lambda: found("(" * 80 + "care" + ")" * 80),
    "wildcard": lambda: found("c* care"),
    "proximity": lambda: found('"chiropractic care"~9999'),
    "phrase": lambda: found('"' + "care " * 100 + '"'),
    "quote": lambda: found('care "'),
    "parenthesis": lambda: found("(care"),
    "operator": lambda: found("care OR"),
    "connector": lambda: found("care /5"),
    "unknown-field": lambda: found("colour:red"),
    "no-such-value": lambda: found("body:elbow"),
    "stop-words": lambda: found("of the"),
    "connector-order": lambda: found("care PRE/5 visits"),
    "left-out": lambda: found("chiropractic request"),
    "comparison": lambda: found("chiropractic vs MRI"),
    "case-number": lambda: read_freely("CM16-101"),
    "service-code": lambda: found("CPT 98941"),
    "disputed": lambda: found("chiropractic elbow"),
    "expanded": lambda: read_freely("ESI"),
    "decision-words": lambda: read_freely("injections approved"),
    "ur-action": lambda: (
        service([determination("CM16-0000001", issue(1, "MRI", ur_action="modified"))])
        .search(SearchState("MRI modified by UR"))
        .notes
    ),
    "citation": lambda: read_freely("MTUS 58"),
    "uncited": lambda: read_freely("MTUS 58-59"),
    "numbers": lambda: read_freely("ESI after 2015"),
    "contrast": lambda: (
        service([determination("CM16-0000001", issue(1, "MRI without contrast"))])
        .search(SearchState("MRI without contrast"))
        .notes
    ),
    "in-english": lambda: found("quiropráctico cuello"),
    "no-such-number": lambda: read_freely("more than 6 weeks"),
    "spelling": lambda: read_freely("ocupational therapy"),
    "most-words": lambda: read_freely("weaning signed radiculopathy"),
    "key-words": lambda: read_freely(PARAGRAPH),
    "mentions": lambda: mentioned("q=chiropractic&mentions=1"),
    "only-mentioned": lambda: mentioned("q=chiropractic"),
    "only-decided": lambda: read_freely("injections approved"),
    "wider": lambda: read_freely("lumbar radiculopathy ESI"),
    "nearest-value": lambda: search("body=lumbr").notes,
    "without-filter": lambda: search("q=visits&body=knee").notes,
    "without-filters": lambda: search("q=visits&body=knee&year=2014").notes,
    "without-word": lambda: found("chiropractic MRI -brace"),
    "any-word": lambda: found("chiropractic MRI -brace"),
    "page": lambda: search("page=9").notes,
    "page-limit": lambda: turn_to(SearchState(page=3), 2, many).notes,
    "group-limit": lambda: turn_to(SearchState(group="case"), 9, many).notes,
    "partial": lambda: service(timed_out=True).search(SearchState()).notes,
    "changed": lambda: with_build(MemoryBuild("build-1", INDEX)).notes,
    "older-build": lambda: with_build(MemoryBuild("build-1", INDEX, "It is damaged.")).notes,
    "text-cut": lambda: pasted("a " * 20_000),
    "determination": lambda: pasted(DETERMINATION),
    "no-request": lambda: pasted("Hello there."),
    "no-reason": lambda: pasted("The walker is denied."),
    "unknown-treatment": lambda: pasted(
        "The walker is denied.", {0: Correction("banana", (), "", (), ())}
    ),
    "narrowed": lambda: pasted("Physical therapy for the low back is denied."),
    "certified": lambda: pasted("The walker is denied. Naproxen is certified."),
    "history": lambda: pasted("He had acupuncture before. The walker is denied."),
    "withdrawn": lambda: pasted("The cane is denied. The provider withdrew the knee brace."),
    "deferred": lambda: pasted("The cane is denied. The knee brace is deferred."),
    "spanish": lambda: pasted("me negaron la terapia para la rodilla"),
    "dates": lambda: pasted("The walker of 1/2/2016 is denied."),
}
"""For each code, a search that gives it."""


@pytest.mark.parametrize("code", NOTES)
def test_every_registered_note_is_given_by_a_search(code: str) -> None:
    assert code in {note.code for note in MADE[code]()}


def test_a_code_that_is_not_registered_is_refused() -> None:
    with pytest.raises(ValueError, match="other-reading"):
        Note("other-reading", "Read otherwise.")
    with pytest.raises(ValueError, match="other-reading"):
        replace(Note("page", "There is no page 9."), code="other-reading")


@pytest.mark.parametrize("code", [code for code, kind in NOTES.items() if kind.undo])
def test_every_automatic_rewrite_has_a_way_back(code: str) -> None:
    (note,) = {note for note in MADE[code]() if note.code == code}
    assert note.link == NOTES[code].undo
    assert note.url


def test_the_documentation_explains_every_code_and_no_other() -> None:
    page = (ROOT / "docs" / "pages.md").read_text()
    section = page.partition("\n## Notes\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", section, re.MULTILINE)
    assert dict(rows) == {code: kind.meaning for code, kind in NOTES.items()}


def test_every_code_in_the_source_is_registered() -> None:
    """A note's code is made where it is given; a code nobody gives is no code."""
    files = (ROOT / "imrsearch").rglob("*.py")
    source = "".join(file.read_text() for file in files if file.name != "notes.py")
    unused = [code for code in NOTES if f'"{code}"' not in source]
    assert unused == []
