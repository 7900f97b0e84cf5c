"""A pasted text taken into pieces: the lines of a form, the items of a list, sentences.

Mail programs and PDF viewers break lines; a line is joined to the one before unless it begins
something new: an item, a form's field, a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.search.from_text import LONGEST
from imrsearch.text.words import sentences

_SHORT_LINE = 50
"""A line that ends so early was not broken by its width."""
_LONGEST_LINE = 120

# "• ", "1. ", "2) ", "(3) ", "- "; not "2. 5" of a broken number
_BULLET = r"(?:[•●▪◦*·–-]|\(?\d{1,2}[.)]|[a-h][.)])\s+(?=\S)"
_ITEM = re.compile(rf"\s*{_BULLET}")
# "Plan: 1) Right carpal tunnel release. 2) Medical clearance"
_ITEM_WITHIN = re.compile(r"(?<=\s)(?=[•●▪]\s)|(?<=[.:;,]\s)(?=\(?\d{1,2}[.)]\s+[A-Za-z])")
# "Requested service: ", "SERVICE(S) REQUESTED: "; no label holds a full stop
_LABEL = re.compile(r"\s*(?P<label>[A-Za-z][^:.;\n]{1,70}):(?=\s|$)")
_ENDED = (".", ":", ";", "?", "!")
# What scanners make of "7.5" and "DENIED"
_BROKEN_DECIMAL = re.compile(r"(?<=\d) \. (?=\d)")
_SMALL_L = re.compile(r"(?<=[A-Z])l(?=[A-Z])")
# "[ ] Approved [X] Denied": what is not ticked is not said
_UNTICKED = re.compile(r"\[ ?\] ?[\w /]{1,40}(?=\[|\n|$)|☐ ?[\w /]{1,40}(?=☐|☒|☑|\n|$)")


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A line, item or paragraph: the ``label`` of its field, lower case, and what follows it."""

    label: str
    text: str
    is_item: bool

    @property
    def is_listed(self) -> bool:
        """Whether it may go on with the list before it: an item, or a line that is no sentence."""
        is_line = len(self.text) < _LONGEST_LINE and not self.text.endswith((".", ":"))
        return self.is_item or (is_line and not self.label)

    def sentences(self) -> list[str]:
        """The text's sentences."""
        return [self.text[start:end] for start, end in sentences(self.text)]


def pieces(text: str) -> Iterator[TextPiece]:
    """The pieces of a text in order; blanks are single."""
    text = _UNTICKED.sub(" ", text[:LONGEST])
    text = _SMALL_L.sub("I", _BROKEN_DECIMAL.sub(".", text))
    for block in _blocks(text.splitlines()):
        for part in _ITEM_WITHIN.split(block):
            if part.strip():
                yield _piece(part)


def _blocks(lines: list[str]) -> Iterator[str]:
    """Lines joined where only their width broke them; a hyphen at the end joins without a blank."""
    block: list[str] = []
    for line in lines:
        if block and _begins(line, block[-1]):
            yield "".join(block)
            block = []
        if line.strip():
            block += [" " if block and not block[-1].endswith("-") else "", line.strip()]
    yield "".join(block)


def _begins(line: str, before: str) -> bool:
    """Whether a line begins something new after the one before it."""
    if not line.strip() or _ITEM.match(line) or _LABEL.match(line):
        return True
    return len(before) < _SHORT_LINE or before.endswith(_ENDED)


def _piece(text: str) -> TextPiece:
    item = _ITEM.match(text)
    rest = " ".join(text[item.end() if item else 0 :].split())
    label = _LABEL.match(rest)
    if label is None:
        return TextPiece("", rest, item is not None)
    return TextPiece(label["label"].lower(), rest[label.end() :].strip(), item is not None)
