"""A brief in words, and as Markdown. All formats have the same contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TITLE = "Authorities from Independent Medical Review"
COLUMNS_OF_TABLE = ("No.", "Authority", "Decision", "Original")
"""The headings of the table of authorities."""
BINDING = "A determination binds only the parties to its own case: cite it for its reasoning."

# Characters not allowed in XML, and text-direction marks.
_NOT_IN_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class BriefEntry:
    """One authority in words.

    ``citation`` names case, day, issue and decision; ``quotation`` is verbatim. ``guideline``,
    ``page`` (of the original PDF) and ``comment`` are empty where there is none.
    """

    citation: str
    decision: str
    quotation: str
    guideline: str
    page: str
    url: str
    comment: str

    def sources(self) -> Iterator[tuple[str, str]]:
        """The lines under the quotation: labels and values."""
        yield "Guideline cited by the reviewer", self.guideline or "none recognised"
        yield "Page of the original", self.page or "not known: no PDF at hand"
        yield "Address", self.url


@dataclass(frozen=True, slots=True)
class Brief:
    """The authorities in order, and the index build from which they were taken."""

    entries: tuple[BriefEntry, ...]
    build: str

    def table(self) -> Iterator[tuple[str, str, str, str]]:
        """The rows of the table of authorities."""
        for number, one in enumerate(self.entries, start=1):
            yield f"{number}", one.citation, one.decision, one.page or "–"

    def parts(self) -> Iterator[tuple[str, str]]:
        """What a file of it holds, in order: the style of each part, and its words.

        The styles are ``h1`` to ``h3``, ``table`` (its words are those of ``table``), ``quote``,
        ``source`` and ``plain``.
        """
        yield from (("h1", TITLE), ("h2", "Table of authorities"), ("table", ""))
        yield "h2", "Quotations"
        for number, one in enumerate(self.entries, start=1):
            yield "h3", f"{number}. {one.citation}"
            if one.quotation:
                yield "quote", f"“{one.quotation}”"
            yield from (("source", f"{label}: {told}") for label, told in one.sources())
            if one.comment:
                yield "plain", one.comment
        yield "plain", self.source

    @property
    def source(self) -> str:
        """The source of all quotations."""
        return f"Taken from index build {self.build}. {BINDING}"


def without_controls(text: str) -> str:
    """A text without control characters."""
    return _NOT_IN_XML.sub("", text)


def brief_markdown(brief: Brief) -> str:
    """The brief as Markdown: the table of authorities, then each quotation with its source."""
    return without_controls("\n".join(_markdown_lines(brief))) + "\n"


def _markdown_lines(brief: Brief) -> Iterator[str]:
    yield from (f"# {TITLE}", "", "## Table of authorities", "")
    yield from ("| | authority | decision | original |", "|---|---|---|---|")
    yield from (f"| {' | '.join(map(_escaped_markdown, row))} |" for row in brief.table())
    yield from ("", "## Quotations")
    for number, one in enumerate(brief.entries, start=1):
        yield from ("", f"### {number}. {_escaped_markdown(one.citation)}", "")
        if one.quotation:
            yield from (f"> “{_escaped_markdown(one.quotation)}”", "")
        yield from (f"- {label}: {_escaped_markdown(told)}" for label, told in one.sources())
        if one.comment:
            yield from ("", *map(_escaped_markdown, one.comment.splitlines()))
    yield from ("", "---", "", _escaped_markdown(brief.source))


# Characters with a meaning in Markdown; an underscore inside a word has none.
_MARKDOWN_SIGNS = re.compile(r"([\\`*|<>\[\]]|(?<!\w)_|_(?!\w)|^(?:#|[-+](?=\s)))")
# "12. March" at the beginning of a line would begin a list.
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)]\s)")


def _escaped_markdown(text: str) -> str:
    signs = _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _LIST_NUMBER.sub(r"\1\\\2", signs)
