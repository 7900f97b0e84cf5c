"""A pasted text taken into pieces: the lines of a form, the items of a list, sentences.

Mail programs and PDF viewers break lines; a line is joined to the one before unless it begins
something new: an item, a form's field, a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imrsearch.search.from_text import LONGEST
from imrsearch.search.kit.cleaning import cleaned
from imrsearch.search.kit.tables import TableHeading, TableRow, heading, is_row, row_without_heading
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
    # "A. Left knee MRI. B. Cane", "A - Not certified. B - Certified"
    r"|(?<=[.:;]\s)(?=(?-i:[A-H])[.:)] (?-i:[A-Z]))"
    r"|(?<=[.:;,]\s)(?=(?:item |request |#)?(?:\d{1,2}|(?-i:[A-H])) ?[-–=:] ?"
    r"(?:not|non|den|cert|appr|auth|mod|part))"
    r"|(?<=[.;]\s)(?=(?:as to|for|regarding|concerning|with (?:regard|respect) to)"
    r" (?:\((?:\d{1,2}|[a-h])\)|(?:item|request) ?#?\d))"
    r"|(?<=[.;]\s)(?=(?:req|dec|requested|requests?|services?|decision|determination|outcome|denied|reasons?"
    r"|rationale|plan)\b[^:.;\n]{0,40}:\s)",
    re.IGNORECASE,
)
# A heading on a line of its own, without a colon.
_HEADING = re.compile(
    r"(?:\w+ )?(?:rationale|reasons?(?: for [\w ]{1,40})?|discussion|explanation|analysis|comments?"
    r"|history|criteria|guidelines?(?: used)?|subjective|objective|plan)",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(
    r"\s*(?:item\s*#?|for\s+)?\(?(?P<number>[A-Z]?\d{1,2}|[a-h])(?:[.):]+,?| ?[-–])\s",
    re.IGNORECASE,
)
# "Rationale for item 2", "As to (1)", "Regarding request #3", "Tx 2"
_REFERRED_NUMBER = re.compile(
    r"\b(?:item|line|request|service|treatment|procedure|medication|drug|tx|rx|number|no\.)s?"
    r"\s*(?:#|no\.?|number)?\s*\(?(?P<number>\d{1,2})\b|\((?P<bracketed>\d{1,2}|[a-h])\)"
    r"|#\s?(?P<signed>\d{1,2})\b",
    re.IGNORECASE,
)
# A sentence that turns to an item: "With regard to item 2, the patient …"
_REFERS = re.compile(
    r"\s*(?:as (?:to|for)|regarding|concerning|with (?:regard|respect) to|in regards? to|re|for|on)"
    r" (?:the )?(?=(?:item|request|line|number|no\.|#|\())[^.,:;]{1,20}",
    re.IGNORECASE,
)
# "Requested service: ", "SERVICE(S) REQUESTED: "; no label holds a full stop
_LABEL = re.compile(r"\s*(?P<label>[A-Za-z][^:.;\n]{0,70}):(?=\s|$)")
_ENDED = (".", ":", "?", "!")
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
    of a row of a table are parted by commas, ``about`` is the diagnosis that the row tells, and
    ``decision`` what its own column says.
    """

    label: str
    text: str
    is_item: bool
    number: str = ""
    is_row: bool = False
    about: str = ""
    decision: str = ""
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
    columns: TableHeading | None = None
    for place, block in enumerate(_blocks(cleaned(text[:LONGEST]).splitlines())):
        if is_row(block):
            told = columns and columns.row(block)
            columns = columns if told else heading(block) or columns
            yield from _row(told or row_without_heading(block), f"row {place}")
            continue
        columns = None if block.strip() else columns
        for part in _PART_WITHIN.split(block):
            if part.strip():
                yield _piece(part)


def _blocks(lines: list[str]) -> Iterator[str]:
    """Lines joined where only their width broke them; a hyphen at the end joins without a blank."""
    block: list[str] = []
    for line in lines:
        if block and (_begins(line, block[-1]) or is_row(line) or is_row(block[-1])):
            yield "".join(block)
            block = []
        if line.strip():
            block += [" " if block and not block[-1].endswith("-") else "", line.strip()]
    yield "".join(block)


def _row(row: TableRow, number: str) -> Iterator[TextPiece]:
    """A row, and the reason that it tells; the number joins them."""
    yield TextPiece(
        "", row.text, False, number, is_row=True, about=row.about, decision=row.decision
    )
    if row.why:
        yield TextPiece("reason", row.why, False, number)


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
    rest = " ".join(text[item.end() if item else 0 :].split())
    label = _LABEL.match(rest)
    number = _number(text, label["label"] if label else "")
    if label is None and item is None and _HEADING.fullmatch(rest):
        return TextPiece(rest.lower(), "", is_item=False)
    if label is None:
        return TextPiece("", rest, item is not None, number)
    return TextPiece(
        label["label"].lower(),
        rest[label.end() :].strip(),
        item is not None,
        number,
        printed_label=label["label"],
    )


def _number(text: str, label: str) -> str:
    """The number of an item: its own, or that to which its label or first words refer."""
    if own := _ITEM_NUMBER.match(text):
        return own["number"]
    refers = _REFERS.match(text)
    found = _REFERRED_NUMBER.search(label or (refers[0] if refers else ""))
    return next(filter(None, found.groups()), "") if found else ""
