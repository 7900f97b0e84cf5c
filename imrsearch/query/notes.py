"""Notes: what users should know about how a search was read, and the register of all kinds.

``NOTES`` is the only list of codes. The JSON of a search carries them, ``docs/pages.md`` explains
them, and the server's metrics count those that cut a search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One kind of note.

    ``meaning``: when it is given. ``cuts``: a limit reduced the search. ``undo``: the text of the
    link that undoes an automatic rewrite. ``widens``: the rewrite can only find more, so there is
    nothing to undo if nothing was found. ``advice``: a sentence that the page adds to the message.
    """

    code: str
    meaning: str
    cuts: bool = False
    undo: str | None = None
    widens: bool = False
    advice: str = ""


_ALL_WORDS = "Require all of the words"

NOTES: Mapping[str, NoteKind] = {
    kind.code: kind
    for kind in (
        # The text as typed: limits and repairs.
        NoteKind("too-long", "the text is longer than `IMRSEARCH_MAX_QUERY_CHARS`", cuts=True),
        NoteKind(
            "too-many-words", "the text has more words than `IMRSEARCH_MAX_QUERY_WORDS`", cuts=True
        ),
        NoteKind("long-word", "a word is too long and was shortened", cuts=True),
        NoteKind("depth", "parentheses are nested too deep", cuts=True),
        NoteKind(
            "wildcard",
            "a `*` was ignored: it is in the wrong place, or there are too many",
            cuts=True,
        ),
        NoteKind("proximity", "a distance, or the number of words in it, was limited", cuts=True),
        NoteKind("phrase", "a phrase has too many words"),
        NoteKind("quote", "an unmatched quotation mark was ignored"),
        NoteKind("parenthesis", "an unmatched parenthesis was ignored or closed"),
        NoteKind("operator", "AND, OR or NOT without a word to apply to was ignored"),
        NoteKind("connector", "`/5` or `/s` is not between two words: read as AND, or ignored"),
        NoteKind("unknown-field", "a field that does not exist was read as a word"),
        NoteKind("no-such-value", "no issue has this value in this field or under this facet"),
        NoteKind("stop-words", "only common words were typed; they were searched for"),
        NoteKind("connector-order", "`PRE/5` and the like were read as `/5`, in either order"),
        NoteKind("left-out", "common words, or symbols, were not searched for"),
        NoteKind(
            "comparison",
            "a comparison was read as alternatives; if it has two sides, with a link to `/compare`",
        ),
        # Automatic rewrites, each with its undo link.
        NoteKind(
            "expanded",
            "other names of a treatment, body part or abbreviation were searched for as well",
            undo="Only the words as typed",
            widens=True,
        ),
        NoteKind(
            "decision-words",
            "a word such as “approved” was read as a decision; it only affects the order",
            undo="Search for the word itself",
        ),
        NoteKind(
            "ur-action",
            "words such as “modified by UR” were read as what the utilization review did",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "citation",
            "words were read as a cited guideline, page or section",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "uncited",
            "no issue cites the page; the nearest cited pages are named",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "numbers",
            "a number was read as a year, an age or an amount",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "contrast",
            "“with contrast” or “without contrast” was searched for in the service",
            undo="Search for the words themselves",
        ),
        NoteKind("no-such-number", "issues have no such number; its words were searched for"),
        NoteKind(
            "case-number",
            "a short number was read as a case number",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "service-code",
            "the code of a service was read as what it means",
            undo="Search for the code itself",
        ),
        NoteKind("spelling", "a misspelt word was corrected", undo="Search for the word as typed"),
        NoteKind(
            "most-words", "most of the words were required, not all", undo=_ALL_WORDS, widens=True
        ),
        NoteKind(
            "key-words",
            "a long text was searched by its treatments, body parts and rarer words",
            undo=_ALL_WORDS,
            widens=True,
        ),
        NoteKind(
            "mentions",
            "issues that only mention the treatment are included",
            undo="Only those that dispute it",
            widens=True,
        ),
        # Alternative searches, each with a link.
        NoteKind("only-mentioned", "further issues mention the treatment but do not dispute it"),
        NoteKind("only-decided", "how many of the issues were decided as the search says"),
        NoteKind("wider", "more issues match most of the words"),
        NoteKind("disputed", "nothing found; how many issues dispute the treatment"),
        NoteKind("nearest-value", "nothing found; a similar value finds issues"),
        NoteKind("without-filter", "nothing found; without this filter there are issues"),
        NoteKind("without-filters", "nothing found; without any filter there are issues"),
        NoteKind("without-word", "nothing found; without this part of the search there are issues"),
        NoteKind("any-word", "nothing found; with any of the words there are issues"),
        NoteKind("in-english", "the search has Spanish words; the letters are in English"),
        # About the results.
        NoteKind("page", "there is no such page; the last one is shown"),
        NoteKind("page-limit", "results can be paged only to `IMRSEARCH_MAX_PAGE`", cuts=True),
        NoteKind("group-limit", "only the first issues were grouped by case", cuts=True),
        NoteKind(
            "partial",
            "the search took longer than `IMRSEARCH_SEARCH_SECONDS`",
            cuts=True,
            advice="To see all, add a filter or a rarer word, or remove words with * and"
            " distances.",
        ),
        NoteKind("changed", "letters that have changed since they were indexed are not shown"),
        NoteKind("older-build", "an earlier build is used instead of a damaged one"),
        # About a pasted text.
        NoteKind("text-cut", "only the beginning of the pasted text was read", cuts=True),
        NoteKind("determination", "the pasted text is a determination: its own issues were read"),
        NoteKind("no-request", "no request for a known treatment was found in the pasted text"),
        NoteKind("no-reason", "no reason for denying this request was recognised"),
        NoteKind(
            "unknown-treatment", "a corrected treatment is unknown; the one that was read was kept"
        ),
        NoteKind("narrowed", "only issues with the same body part or amount are counted"),
        NoteKind("certified", "treatments that the pasted text certifies; they are not in dispute"),
        NoteKind(
            "withdrawn",
            "treatments that the pasted text says were withdrawn; they are not in dispute",
        ),
        NoteKind(
            "deferred",
            "treatments that the pasted text says were deferred; they are not yet reviewed",
        ),
        NoteKind("spanish", "Spanish words in the pasted text are shown in English"),
        NoteKind("history", "treatments that the pasted text names as given before"),
        NoteKind("dates", "the dates that the pasted text names"),
    )
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something users should know about how the search was read.

    ``url``: an alternative search; ``link``: its text, if the message does not say it.
    Raises ValueError for a code that is not in ``NOTES``.
    """

    code: str
    message: str
    url: str | None = None
    link: str | None = None

    def __post_init__(self) -> None:
        if self.code not in NOTES:
            raise ValueError(f"There is no note with the code {self.code!r}; add it to NOTES.")

    @property
    def kind(self) -> NoteKind:
        """The register's row for this note."""
        return NOTES[self.code]
