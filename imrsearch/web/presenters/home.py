"""The front page and the help page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.query.lexer import LONGEST_WORD, MAX_DEPTH
from imrsearch.query.parser import (
    LONGEST_PHRASE,
    MOST_APART,
    MOST_WILDCARDS,
    SHORTEST_PREFIX,
    SLOP_IN_ALL,
    WIDEST_SLOP,
)
from imrsearch.schema.citation_words import day
from imrsearch.search.from_text import LONGEST
from imrsearch.storage.collection.summary import CollectionSummary
from imrsearch.system.settings import Settings
from imrsearch.text.quantities import count, percent
from imrsearch.web.middleware.security import MOST_PARAMETERS

Examples = tuple[tuple[str, str], ...]
"""Searches to try, as typed, and what each finds."""

EXAMPLES: Examples = (
    ("chiropractic functional improvement", "all of these words, best match first"),
    ('"functional improvement" decision:overturned', "a phrase, where the treatment was approved"),
    ("service:mri rationale:radiculopathy", "a treatment, and a word in the rationale"),
    ('cites:"MTUS Chronic Pain 58"', "every issue in which either side cites this page"),
)

HELP: Examples = (
    ("lumbar fusion", "with both words, in any form (“fused”, “fusions”)"),
    ('"functional improvement"', "with exactly these words in this order"),
    ('"epidural injection"~3', "with these words near each other, at most 3 apart"),
    ("manual /5 therapy", "the same in legal research syntax; /s and /p: within about a sentence"),
    ("acupuncture OR chiropractic", "with either word"),
    ("opioid NOT wean", "with the first word and without the second (also: opioid -wean)"),
    ("chiroprac*", "with any word that begins with these letters"),
    ("(mri OR ct) shoulder", "with either of the first two words, and the third"),
    (
        "service:chiropractic",
        "with the word in the requested service; also rationale: and summary:",
    ),
    (
        "decision:overturned specialty:orthopedic",
        "by fact: decision, category, body, guideline, specialty, state, case",
    ),
    ("year:2014..2016", "decided in these years"),
    ("CPT 72148", "about what a code means: an MRI of the low back (CPT and HCPCS)"),
    ("more than 12 visits", "with an amount, an age or a time: also “after January 2017”"),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the collection, with its name."""

    label: str
    words: str


def limits(settings: Settings) -> tuple[Figure, ...]:
    """The limits in force."""
    return (
        Figure(
            "Length of a search",
            f"{settings.max_query_chars:,} characters, {settings.max_query_words:,} words of"
            f" at most {LONGEST_WORD} letters; parentheses {MAX_DEPTH} deep",
        ),
        Figure(
            "Wildcards such as chiroprac*",
            f"{MOST_WILDCARDS} in a search, at least {SHORTEST_PREFIX} letters before the *",
        ),
        Figure("Phrases", f"{LONGEST_PHRASE} words"),
        Figure(
            'Distances such as "manual therapy"~5',
            f"{MOST_APART} words, at most {WIDEST_SLOP} others between them;"
            f" {SLOP_IN_ALL} in all distances of a search together",
        ),
        Figure("Filters", f"{MOST_PARAMETERS} in a search"),
        Figure("Pages of results", f"{settings.max_page:,}; narrow the search to see more"),
        Figure("Rows of an export", f"the first {settings.max_export:,}"),
        Figure(
            "Time for a search",
            f"{count(settings.search_seconds, 'second')}; then the results so far are shown",
        ),
        Figure(
            "Requests from one address",
            f"{settings.request_burst:,} at once, {settings.requests_per_second:,} per second"
            " on average; beyond that, a page asks you to wait",
        ),
        Figure("Length of a pasted text", f"{LONGEST:,} characters"),
    )


def holdings_figures(summary: CollectionSummary) -> Iterator[Figure]:
    """The collection in a few numbers."""
    yield Figure("Determinations", f"{summary.letters:,}")
    yield Figure("Disputed issues", f"{summary.issues:,}")
    if summary.issues:
        share = percent(summary.overturned / summary.issues)
        yield Figure("Overturned", f"{summary.overturned:,} ({share})")
    if summary.first_decided and summary.last_decided:
        first, last = day(summary.first_decided), day(summary.last_decided)
        yield Figure("Decided", first if first == last else f"{first} to {last}")
