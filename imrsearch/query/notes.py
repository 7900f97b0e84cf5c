"""Notes: what people should know about how their search was read, and the register of all kinds.

``NOTES`` is the one list of codes. The JSON of a search carries them, ``docs/pages.md`` explains
them, the figures of a server count those that cut a search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteKind:
    """One kind of note.

    ``meaning``: when it is given. ``cuts``: a limit made the search smaller than asked. ``undo``:
    the text of the link that takes an automatic rewrite back. ``widens``: that rewrite can only
    find more, so nothing needs to be taken back where nothing was found. ``advice``: a sentence
    that the page adds to the message.
    """

    code: str
    meaning: str
    cuts: bool = False
    undo: str | None = None
    widens: bool = False
    advice: str = ""


_ALL_WORDS = "Ask for all of the words"

NOTES: Mapping[str, NoteKind] = {
    kind.code: kind
    for kind in (
        # The text as typed: limits and repairs.
        NoteKind("too-long", "the text is longer than `IMRSEARCH_MAX_QUERY_CHARS`", cuts=True),
        NoteKind(
            "too-many-words", "the text has more words than `IMRSEARCH_MAX_QUERY_WORDS`", cuts=True
        ),
        NoteKind("long-word", "a word is too long to be one and was shortened", cuts=True),
        NoteKind("depth", "parentheses are nested too deep", cuts=True),
        NoteKind(
            "wildcard",
            "a `*` was left out: it stands in a wrong place or is one too many",
            cuts=True,
        ),
        NoteKind("proximity", "a distance or the words in it were limited", cuts=True),
        NoteKind("phrase", "a phrase has too many words"),
        NoteKind("quote", "a quotation mark without its partner was left out"),
        NoteKind("parenthesis", "a parenthesis was left out or added"),
        NoteKind("operator", "AND, OR or NOT without a word beside it was left out"),
        NoteKind("connector", "`/5` or `/s` does not stand between words and was read as AND"),
        NoteKind("unknown-field", "a field that does not exist was read as a word"),
        NoteKind("no-such-value", "no issue has this value in this field or under this facet"),
        NoteKind("stop-words", "nothing but common words was typed; they were searched for"),
        NoteKind("connector-order", "`PRE/5` and its like were read without their order"),
        NoteKind("left-out", "words without a telling meaning, or signs, were not searched for"),
        NoteKind(
            "comparison",
            "what was to be compared was read as alternatives; two sides have a link to `/compare`",
        ),
        # What was read otherwise than typed, with the way back.
        NoteKind(
            "expanded",
            "other names of a treatment, body part or abbreviation were searched for as well",
            undo="Only the words as typed",
            widens=True,
        ),
        NoteKind(
            "decision-words",
            "a word such as “approved” was read as a decision; it orders, and excludes nothing",
            undo="Search for the word itself",
        ),
        NoteKind(
            "citation",
            "words were read as a cited guideline, page or section",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "uncited",
            "no issue cites a page that was asked for; the nearest cited ones are told",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "numbers",
            "a number was read as a year, an age or an amount",
            undo="Search for the words themselves",
        ),
        NoteKind(
            "contrast",
            "“with” or “without contrast” was looked for in the service",
            undo="Search for the words themselves",
        ),
        NoteKind("no-such-number", "issues have no such number; its words were searched for"),
        NoteKind(
            "case-number",
            "a short number was read as that of a case",
            undo="Search for the words themselves",
        ),
        NoteKind("spelling", "a misspelt word was corrected", undo="Search for the word as typed"),
        NoteKind(
            "most-words", "most of the words were enough, not all", undo=_ALL_WORDS, widens=True
        ),
        NoteKind(
            "key-words",
            "a long text was searched by its treatments, body parts and rarer words",
            undo=_ALL_WORDS,
            widens=True,
        ),
        NoteKind(
            "mentions",
            "issues that only mention the treatment are among those found",
            undo="Only those that dispute it",
            widens=True,
        ),
        # What else can be asked; each with a link.
        NoteKind("only-mentioned", "more issues only mention the treatment that these dispute"),
        NoteKind("only-decided", "so many of the issues are decided as the search's words say"),
        NoteKind("wider", "more issues have most of the words"),
        NoteKind("disputed", "nothing found; so many issues dispute the treatment at all"),
        NoteKind("nearest-value", "nothing found; with a value like the one chosen something is"),
        NoteKind("without-filter", "nothing found; without this filter something is"),
        NoteKind("without-filters", "nothing found; without any filter something is"),
        NoteKind("without-word", "nothing found; without this part of the search something is"),
        NoteKind("any-word", "nothing found; with any of the words something is"),
        NoteKind("in-english", "the search has Spanish words; the letters are in English"),
        # About the answer.
        NoteKind("page", "there is no such page; the last one is shown"),
        NoteKind("page-limit", "results can be paged to `IMRSEARCH_MAX_PAGE` only", cuts=True),
        NoteKind("group-limit", "only the first issues were grouped by case", cuts=True),
        NoteKind(
            "partial",
            "the search took longer than `IMRSEARCH_SEARCH_SECONDS`",
            cuts=True,
            advice="To see all, add a filter or a telling word, or take away words with * and"
            " distances.",
        ),
        NoteKind("changed", "letters that changed since they were indexed are not shown"),
        NoteKind("older-build", "an earlier build answers in the place of a damaged one"),
        # About a pasted text.
        NoteKind("text-cut", "only the beginning of the pasted text was read", cuts=True),
        NoteKind("determination", "the pasted text is a determination: its own issues were read"),
        NoteKind("no-request", "no request for a known treatment was found in the pasted text"),
        NoteKind("no-reason", "no reason for denying this request was recognised"),
        NoteKind("unknown-treatment", "a corrected treatment is not known; the one read was kept"),
        NoteKind("narrowed", "the issues counted are only those of a body part or an amount"),
        NoteKind("certified", "what the pasted text certifies; it is not in dispute"),
        NoteKind("withdrawn", "what the pasted text says was withdrawn; it is not in dispute"),
        NoteKind("deferred", "what the pasted text says was deferred; it is not yet reviewed"),
        NoteKind("spanish", "Spanish words of the pasted text are read and shown in English"),
        NoteKind("history", "what the pasted text names as given before"),
        NoteKind("dates", "the days that the pasted text names"),
    )
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something people should know about how the search was read.

    ``url``: what to do instead, called ``link`` where the message itself does not say it.
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
