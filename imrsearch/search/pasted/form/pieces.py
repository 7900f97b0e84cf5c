"""A pasted text taken into pieces: the lines of a form, the items of a list, sentences.

Mail programs and PDF viewers break lines; a line is joined to the one before unless it begins
something new: an item, a form's field, a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from imrsearch.catalogue.patterns import patterns
from imrsearch.reasons.read import LONGEST_SENTENCE
from imrsearch.search.from_text import LONGEST
from imrsearch.search.pasted.form.broken_words import is_word_parted
from imrsearch.search.pasted.form.cleaning import cleaned_text
from imrsearch.search.pasted.form.columns import in_rows
from imrsearch.search.pasted.form.item_numbers import (
    counted,
    numbers_begun,
    numbers_listed,
    referred_numbers,
)
from imrsearch.search.pasted.form.layout import laid_out, with_colons, with_labels
from imrsearch.search.pasted.form.tables import (
    TableHeading,
    TableRow,
    cells,
    heading,
    is_row,
    row_without_heading,
)
from imrsearch.text.words import sentences

_PATTERNS = patterns("pieces")

_SHORT_LINE = 50
"""A shorter line did not end because the page did."""
_LONGEST_LINE = 120
_MUCH_SHORTER = 0.85
_PROSE = 40
"""A block of at least so many characters goes on with a line in lower case, even behind a short
line."""
_OF_A_SENTENCE = _PATTERNS["of_a_sentence"]
_OWN_SENTENCE = _PATTERNS["own_sentence"]

# "• ", "1. ", "2) ", "(3) ", "2-4. ", "- "; not "2. 5" of a broken number
_BULLET = (
    r"(?:[•●▪◦*·–→-]|[-=]>|\(?[A-Z]?\d{1,2}[.)]|\d-\d{1,2}[.):]|\d{1,2} ?[-–]|\(?[a-hA-H][.)]"
    r"|\((?:i{1,3}|iv|vi{0,3}|ix)\))"
    r"\s+(?=\S)"
)
_ITEM = re.compile(rf"\s*{_BULLET}")
# "11/12/2014 08:50 Called the office."
_LOG_ENTRY = re.compile(r"\s*\d{1,4}[/-]\d{1,2}[/-]\d{1,4},? +\d{1,2}:\d\d")
_PART_WITHIN = _PATTERNS["part_within"]
# "1) TENS unit 2) lumbar epidural": the second, if it counts on
_NUMBER_AMID = re.compile(r"(?<![^\s(:;,.])(?P<one>[1-9])\)\s+(?=[A-Za-z])")
_LETTERED = re.compile(r"(?P<one>[A-H])[.:)] [A-Z]")
_BRACKETED = re.compile(r"\((?P<one>\d)\)\s")
_BEFORE_LIST = _PATTERNS["before_list"]
ROW_REASON = "reason"
"""The label of the reason that a row of a table gives."""
_DECISION_LINE = _PATTERNS["decision_line"]
_DECIDED_LINE = _PATTERNS["decided_line"]
_PAGE_FOLLOWS = _PATTERNS["page_follows"]
_PARTED_WORD = re.compile(r"[a-z]-\Z")
_PARTED_CAPITALS = re.compile(r"[A-Z]{2}-\Z")
_SECTION_HEADING = _PATTERNS["section_heading"]
_ITEM_NUMBER = _PATTERNS["item_number"]
# "A  Shower chair"
_ROW_NUMBER = re.compile(r"(?P<number>\d{1,2}|[A-H])\s{2,}")
_ITEM_NAMED = _PATTERNS["item_named"]
_NAMED_LABEL = _PATTERNS["named_label"]
_RUN_IN_LABEL = _PATTERNS["run_in_label"]
_LINE_LABEL = _PATTERNS["line_label"]
_STOP_BEHIND = _PATTERNS["stop_behind"]
_ENDED = (".", ":", "?", "!")
# A line of fields side by side is no row of a table.
_FIELDS = re.compile(r"(?:^|\s{2}|\t|\|)\s*[A-Za-z][\w/# .()]{1,40}:(?=\s)")
_FEWEST_FIELDS = 2


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A line, item or paragraph: the ``label`` of its field, lower case, and what follows it;
    ``printed_label`` is the label as it stands.

    ``numbers`` are those of the item, also where the label names them ("Rationale for items 2 and
    3"), ``mark`` its bullet; the cells of a row of a table are parted by commas, ``about`` is the
    diagnosis that the row tells, and ``decision`` what its own column says.
    """

    label: str
    text: str
    is_item: bool
    numbers: tuple[str, ...] = ()
    is_row: bool = False
    about: str = ""
    decision: str = ""
    printed_label: str = ""
    mark: str = ""

    @property
    def number(self) -> str:
        """The number of the item, or the first that the piece refers to."""
        return self.numbers[0] if self.numbers else ""

    @property
    def is_listed(self) -> bool:
        """Whether it may belong to the list before it: an item, a row, or no sentence."""
        is_line = len(self.text) < _LONGEST_LINE and not self.text.endswith((".", ":"))
        return self.is_item or self.is_row or (is_line and not self.label)

    @property
    def whole(self) -> str:
        """Label, text and diagnosis in one line."""
        return f"{self.label}: {self.text} {self.about}"

    def sentences(self) -> list[str]:
        """The text's sentences, each cut to what is read of it."""
        told = (self.text[start:end] for start, end in sentences(self.text))
        return [part[:LONGEST_SENTENCE] for one in told for part in _STOP_BEHIND.split(one)]


def pieces(text: str) -> Iterator[TextPiece]:
    """The pieces of a text in order; blanks are single."""
    columns: TableHeading | None = None
    labelled = with_labels(cleaned_text(text[:LONGEST]).splitlines())
    lines = laid_out(in_rows(with_colons(list(labelled))))
    row, is_headed = 0, False
    for block in _joined_lines(lines):
        if is_row(block) and not _is_of_fields(block):
            told = columns and columns.row(block)
            if not told and (found := heading(block)):
                columns, row, is_headed = found, row if is_headed else 0, True
                yield TextPiece("services requested", "", is_item=False)
                continue
            row += 1
            yield from _row_pieces(told or row_without_heading(block), f"row {row}")
            continue
        columns = None if block.strip() else columns
        for part in _lettered_parts(block):
            yield _piece(part.rstrip(" |"))


def _is_of_fields(line: str) -> bool:
    """Whether a line with gaps holds fields: "Item 1:     Cane          DENIED"."""
    is_field = "|" not in line and "\t" not in line and cells(line)[0].endswith(":")
    return is_field or len(_FIELDS.findall(line)) >= _FEWEST_FIELDS


def _lettered_parts(block: str) -> Iterator[str]:
    """A block's parts; letters and bracketed numbers count on, so that "About: B. Sample" has an
    initial, and "if (1) he walks" no item."""
    whole, following = "", ""
    for part in _PART_WITHIN.split(_counted_apart(block)):
        counted_as = _LETTERED.match(part) or _BRACKETED.match(part)
        one = counted_as["one"] if counted_as else following
        begins = one == "A" or (one == "1" and _BEFORE_LIST.search(whole) is not None)
        if whole.strip() and not (begins or one == following):
            whole += part
            continue
        if whole.strip():
            yield whole
        whole = part
        following = chr(ord(one) + 1) if counted_as else following
    if whole.strip():
        yield whole


def _counted_apart(block: str) -> str:
    """A block with a stop before each number that counts on without one: "1) TENS unit 2) cane"."""
    told, begin, following = [], 0, "1"
    for found in _NUMBER_AMID.finditer(block):
        if found["one"] == following:
            following = chr(ord(following) + 1)
            if found["one"] != "1" and block[begin : found.start()].rstrip()[-1:].isalnum():
                told.append(block[begin : found.start()].rstrip() + "; ")
                begin = found.start()
    return "".join(told) + block[begin:]


def _joined_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines joined where only their width broke them; a hyphen at the end joins without a blank."""
    for is_blank, told in groupby(lines, key=lambda line: not line.strip()):
        if not is_blank:
            yield from _blocks_of(list(told))
        yield ""


def _blocks_of(paragraph: Sequence[str]) -> Iterator[str]:
    """The blocks of lines between two blank ones; of a list without marks each line is one."""
    is_list = _is_list(paragraph)
    is_marked = sum(_ITEM.match(line) is not None for line in paragraph) > 1
    is_decided = sum(_DECIDED_LINE.match(line) is not None for line in paragraph) > 1
    block: list[str] = []
    for line in paragraph:
        begins = is_list or (is_decided and _DECIDED_LINE.match(line) is not None)
        begins = begins or _begins(line, block, is_marked) or is_row(line) or is_row(block[-1])
        if block and begins:
            yield "".join(block)
            block = []
        block += [_joined_by(block, line), line.strip()]
    yield "".join(block)


def _joined_by(block: list[str], line: str) -> str:
    """What joins a line to its block; a hyphen between parts of one word is taken out."""
    if not block:
        return ""
    if not block[-1].endswith("-"):
        return " "
    if is_word_parted(block[-1], line):
        block[-1] = block[-1][:-1]
    return ""


def _is_list(paragraph: Sequence[str]) -> bool:
    """Whether each line begins anew and none is a sentence: services one below the other."""
    return all(
        (line.lstrip()[0].isupper() or line.lstrip()[0].isdigit())
        and len(line) < _LONGEST_LINE
        and not _OF_A_SENTENCE.search(line)
        and not _PARTED_CAPITALS.search(line)
        for line in paragraph
    )


def _row_pieces(row: TableRow, place: str) -> Iterator[TextPiece]:
    """A row, and the reason that it tells; its own number, or its place, joins them."""
    own = _ITEM_NUMBER.match(row.text) or _ROW_NUMBER.match(row.text)
    numbers = (counted(own["number"]) if own else place,)
    text = row.text[own.end() :] if own else row.text
    yield TextPiece("", text, False, numbers, is_row=True, about=row.about, decision=row.decision)
    if row.why:
        yield TextPiece(ROW_REASON, row.why, False, numbers)


def _begins(line: str, block: Sequence[str], is_marked: bool) -> bool:
    """Whether a line begins a new block instead of going on with the one before."""
    if block and _goes_on(line, block[-1]):
        return False
    is_entry = _ITEM.match(line) or _ITEM_NAMED.match(line) or _LOG_ENTRY.match(line)
    if not block or is_entry or block[-1].endswith(_ENDED):
        return True
    is_amid = len(block[-1]) >= _SHORT_LINE and _OF_A_SENTENCE.search(block[-1])
    if _DECISION_LINE.match(line) and not (line.lstrip()[0].islower() or is_amid):
        return True
    if is_marked and _item_goes_on(line, block):
        return False
    is_lower = line.lstrip()[0].islower()
    if len(block) <= 2 and not is_lower and _is_heading_of(block[-1], line):
        return True
    if len(block) <= 2 and _LINE_LABEL.match(block[-1]) and _OWN_SENTENCE.match(line):
        return True
    if len(block[-1]) < _SHORT_LINE:
        return not (is_lower and sum(map(len, block)) >= _PROSE)
    # "… under the guideline for\n12 visits: no more": a full line goes on in lower case.
    return _LINE_LABEL.match(line) is not None and not is_lower


def _goes_on(line: str, last: str) -> bool:
    """Whether a line goes on with the one before although it looks like a new one: "… guidelines,
    pg. / 64. Recommended for spasticity", "where there is evidence of: / symptoms other …"."""
    if _PAGE_FOLLOWS.search(last):
        return line.lstrip()[0].isdigit()
    if _PARTED_CAPITALS.search(last) and line.lstrip()[:2].isupper():
        return is_word_parted(last, line)
    if not line.lstrip()[0].islower():
        return False
    is_full = len(last) >= _SHORT_LINE <= len(line)
    return _PARTED_WORD.search(last) is not None or (is_full and last.endswith(":"))


def _item_goes_on(line: str, block: Sequence[str]) -> bool:
    """Whether a line without a mark ends the item of a marked list: "of the lower / extremities",
    "twice a day, / #60"."""
    if not _ITEM.match("".join(block)):
        return False
    first = line.lstrip()[0]
    return first.islower() or (block[-1].endswith(",") and not first.isupper())


def _is_heading_of(line: str, following: str) -> bool:
    """Whether a field without a sentence stands above longer prose: "Request 1: Cane"."""
    if len(line) > _MUCH_SHORTER * len(following):
        return False
    is_field = _LINE_LABEL.match(line) is not None or _ITEM_NAMED.match(line) is not None
    return (
        is_field
        and not _OF_A_SENTENCE.search(line)
        and _OF_A_SENTENCE.search(following) is not None
    )


def _piece(text: str) -> TextPiece:
    item = _ITEM.match(text)
    rest = " ".join(text[item.end() if item else 0 :].split())
    label = _LINE_LABEL.match(rest) or _NAMED_LABEL.match(rest) or _RUN_IN_LABEL.match(rest)
    numbers = _numbers(text, label["label"] if label else "")
    if label is None and item is None and _SECTION_HEADING.fullmatch(rest):
        return TextPiece(rest.lower(), "", is_item=False)
    mark = item[0].strip() if item and not numbers else ""
    if label is None:
        return TextPiece("", rest, item is not None, numbers, mark=mark)
    return TextPiece(
        label["label"].lower(),
        rest[label.end() :].strip(),
        item is not None,
        numbers,
        printed_label=label["label"],
        mark=mark,
    )


def _numbers(text: str, label: str) -> tuple[str, ...]:
    """The numbers of an item: its own, or those to which its label or first words refer."""
    if own := _ITEM_NUMBER.match(text):
        return numbers_listed(own["number"].lstrip(ascii_uppercase) or own["number"])
    return referred_numbers(label) if label else numbers_begun(text)
