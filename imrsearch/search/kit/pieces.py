"""A pasted text taken into pieces: the lines of a form, the items of a list, sentences.

Mail programs and PDF viewers break lines; a line is joined to the one before unless it begins
something new: an item, a form's field, a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.search.from_text import LONGEST
from imrsearch.search.kit.broken_words import join_broken_words
from imrsearch.text.words import sentences

_SHORT_LINE = 50
"""A line that ends so early was not broken by its width."""
_LONGEST_LINE = 120

# "• ", "1. ", "2) ", "(3) ", "- "; not "2. 5" of a broken number
_BULLET = r"(?:[•●▪◦*·–-]|\(?[A-Z]?\d{1,2}[.)]|\d{1,2} ?[-–]|\(?[a-hA-H][.)])\s+(?=\S)"
_ITEM = re.compile(rf"\s*{_BULLET}")
# "Plan: 1) Right carpal tunnel release. 2) Medical clearance", and a field that begins amid a line:
# "The claimant is stable. Requested: physical therapy"
_PART_WITHIN = re.compile(
    r"(?<=\s)(?=[•●▪]\s)|(?<=[.:;,]\s)(?=\(?\d{1,2}[.)]\s+[A-Za-z])|(?<=\s)(?=\([a-h]\)\s)"
    r"|(?<=[.;]\s)(?=(?:req|dec|requested|requests?|services?|decision|determination|outcome|denied|reasons?"
    r"|rationale|plan)\b[^:.;\n]{0,40}:\s)",
    re.IGNORECASE,
)
# A row of a table: cells parted by bars, tabs or several blanks.
_CELLS = re.compile(r"\s*\|\s*|\t+|(?<=\S) {3,}(?=\S)")
_FEWEST_CELLS = 3
# The last cell of a row of two: "Lumbar facet injection      Non-Certified"
_DECISION = re.compile(
    r"(?:decision|determination|status|pay|den\w+|modif\w+"
    r"|(?:non-? ?|not )?(?:cert\w*|approv\w*|authoriz\w*|allow\w*))",
    re.IGNORECASE,
)
# A heading on a line of its own, without a colon.
_HEADING = re.compile(
    r"(?:\w+ )?(?:rationale|reasons?(?: for [\w ]{1,40})?|discussion|explanation|analysis|comments?"
    r"|history|criteria|guidelines?(?: used)?|subjective|objective|plan)",
    re.IGNORECASE,
)
_DIAGNOSIS_CODE = re.compile(r"[A-TV-Z]\d[\dA-Z](?:\.\w{1,4})?|\d{3}\.\d{1,2}")
_ITEM_NUMBER = re.compile(
    r"\s*(?:item\s*#?|for\s+)?\(?(?P<number>[A-Z]?\d{1,2}|[a-h])(?:[.):]+,?| ?[-–])\s",
    re.IGNORECASE,
)
_LABEL_NUMBER = re.compile(r"\b(?:item|line|request)\s*#?(?P<number>\d{1,2})\b", re.IGNORECASE)
# "Requested service: ", "SERVICE(S) REQUESTED: "; no label holds a full stop
_LABEL = re.compile(r"\s*(?P<label>[A-Za-z][^:.;\n]{0,70}):(?=\s|$)")
_ENDED = (".", ":", ";", "?", "!")
# What scanners make of "7.5" and "DENIED"
_BROKEN_DECIMAL = re.compile(r"(?<=\d) \. (?=\d)")
_SMALL_L = re.compile(r"(?<=[A-Z])l(?=[A-Z])")
_ONE_FOR_L = re.compile(r"(?<=[a-z])1(?=[a-z])")
_PAGE_FOOT = re.compile(r"\bpage\s{1,9}\d{1,3}\s{1,9}of\s{1,9}\d{1,3}\b", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\bmgmt\b\.?", re.IGNORECASE)
# Mail programs put "> " before what was sent before.
_QUOTED_LINE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# "[ ] Approved [X] Denied": what is not ticked is not said
_UNTICKED = re.compile(r"\[ ?\] ?[\w /]{1,40}(?=\[|\n|$)|☐ ?[\w /]{1,40}(?=☐|☒|☑|\n|$)")

# "RFA" is a form's name where the text speaks of one and of no nerve.
_FORM = re.compile(r"request for authori[sz]ation|DWC form|RFA form|form RFA", re.IGNORECASE)
_ABLATION = re.compile(r"ablation|radiofrequency|medial branch|facet", re.IGNORECASE)
# "RFA of the knee", "lumbar RFA"
_RFA = re.compile(
    r"(?<!lumbar )(?<!cervical )(?<!thoracic )(?<!genicular )\bRFA\b"
    r"(?!.{0,20}\b(?:lumbar|cervical|thoracic|knee|sacroiliac|[LCT]\d))"
)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A line, item or paragraph: the ``label`` of its field, lower case, and what follows it;
    ``printed_label`` is the label as it stands.

    ``number`` is that of an item, also where the label names it ("Rationale for item 2"); the cells
    of a row of a table are parted by commas, and ``about`` is the diagnosis that the row tells.
    """

    label: str
    text: str
    is_item: bool
    number: str = ""
    is_row: bool = False
    about: str = ""
    printed_label: str = ""

    @property
    def is_listed(self) -> bool:
        """Whether it may go on with the list before it: an item, or a line that is no sentence."""
        is_line = len(self.text) < _LONGEST_LINE and not self.text.endswith((".", ":"))
        return self.is_item or self.is_row or (is_line and not self.label)

    def sentences(self) -> list[str]:
        """The text's sentences."""
        return [self.text[start:end] for start, end in sentences(self.text)]


def without_form_name(text: str) -> str:
    """The text without "RFA" where that is no radiofrequency ablation."""
    if _ABLATION.search(text):
        return text
    return re.sub(r"\bRFA\b", "", text) if _FORM.search(text) else _RFA.sub("", text)


def pieces(text: str) -> Iterator[TextPiece]:
    """The pieces of a text in order; blanks are single."""
    text = _UNTICKED.sub(" ", _QUOTED_LINE.sub("", _PAGE_FOOT.sub("", text[:LONGEST])))
    text = join_broken_words(_ABBREVIATED.sub("management", text))
    text = _SMALL_L.sub("I", _ONE_FOR_L.sub("l", _BROKEN_DECIMAL.sub(".", text)))
    for block in _blocks(text.splitlines()):
        if _is_row(block):
            yield _row(block)
            continue
        for part in _PART_WITHIN.split(block):
            if part.strip():
                yield _piece(part)


def _blocks(lines: list[str]) -> Iterator[str]:
    """Lines joined where only their width broke them; a hyphen at the end joins without a blank."""
    block: list[str] = []
    for line in lines:
        if block and (_begins(line, block[-1]) or _is_row(line) or _is_row(block[-1])):
            yield "".join(block)
            block = []
        if line.strip():
            block += [" " if block and not block[-1].endswith("-") else "", line.strip()]
    yield "".join(block)


def _is_row(line: str) -> bool:
    cells = _CELLS.split(line.strip())
    return len(cells) >= _FEWEST_CELLS or (len(cells) > 1 and bool(_DECISION.fullmatch(cells[-1])))


def _row(line: str) -> TextPiece:
    """A row; the cell before a diagnosis code is its diagnosis, which asks for nothing."""
    cells = [cell for cell in _CELLS.split(line.strip()) if cell]
    code = next((place for place, cell in enumerate(cells) if _DIAGNOSIS_CODE.fullmatch(cell)), 0)
    about = ", ".join(cells[max(code - 1, 0) : code + 1]) if code else ""
    rest = cells[code + 1 :] if code else cells
    return TextPiece("", ", ".join(rest), is_item=False, is_row=True, about=about)


def _begins(line: str, before: str) -> bool:
    """Whether a line begins something new after the one before it."""
    if not line.strip() or _ITEM.match(line):
        return True
    if len(before) < _SHORT_LINE or before.endswith(_ENDED):
        return True
    # "… under the guideline for\n12 visits: no more": a full line goes on in lower case.
    return _LABEL.match(line) is not None and not line.lstrip()[0].islower()


def _piece(text: str) -> TextPiece:
    item = _ITEM.match(text)
    number = _ITEM_NUMBER.match(text)
    rest = " ".join(text[item.end() if item else 0 :].split())
    label = _LABEL.match(rest)
    if label is None and item is None and _HEADING.fullmatch(rest):
        return TextPiece(rest.lower(), "", is_item=False)
    if label is None:
        return TextPiece("", rest, item is not None, number["number"] if number else "")
    number = number or _LABEL_NUMBER.search(label["label"])
    return TextPiece(
        label["label"].lower(),
        rest[label.end() :].strip(),
        item is not None,
        number["number"] if number else "",
        printed_label=label["label"],
    )
