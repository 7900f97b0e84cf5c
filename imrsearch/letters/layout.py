"""Raw text, however it was extracted, into the text that is kept.

Kept text has one shape: lines end in ``\\n``, paragraphs are one empty line apart, a new page
begins with ``\\f``, lines carry no blanks at their borders, and no control or direction-changing
characters are left. All spans of facts refer to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice, takewhile

PAGE = "\f"

# Patterns here begin with a set of characters: so they are found two to four times as fast.

# NUL and other controls, soft hyphens, zero-width and bidirectional marks, byte order mark,
# hidden twins of ASCII, what is no character.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# PDFium's mark for a hyphen at a line's end: "anti\x02inflammatory".
_LINE_END_HYPHEN = re.compile("[\x02\ufffe](?<=\\w[\x02\ufffe])(?:\r?\n)?(?=\\w)")
# The form's own word, whose hyphen pdftotext leaves out at a line's end.
_NON_MTUS = "Non-MTUS"
_LINE_END = re.compile("[\r\v\x85\u2028\u2029](?:(?<=\r)\n)?")
# The line ends around a form feed belong to it: "a\n\fb" is no border of paragraphs.
_PAGE_BREAK = re.compile("(?:\n\f|\f)\n?")
# The end of a sentence, of a label or of a heading: 'so.', 'so."', "Rationale:".
_CLOSED = re.compile(r"[.?!:;]['\"”’)\]]*\Z")
# What pages carry at head and foot: "Page 2 of 7", "- 3 -", a number alone beside a page break,
# "Final Determination Letter for IMR Case Number CM13-0000301", "… CM13-0000301 Page 2",
# "Final Letter of Determination Form Effective 5.16.13 Page 4 of 6", "CM13-0000301 5", "MAXIMUS
# Federal Services | Page 3".
_OF_A_PAGE = (
    r"(?:page:?\s\d{1,2}(?:\s(?:of|/)\s\d{1,2})?|-\s\d{1,2}\s-|form\seffective\s[\d./-]{5,10}"
    r"|final\sdetermination\sletter\sfor\sIMR\scase\snumber|final\sletter\sof\sdetermination)"
)
_CASE_NUMBER = r"CM\d\d-\d{7}"
_OF_THE_LETTER = (
    rf"(?:(?:(?:MAXIMUS\s|IMR\s)?case\s(?:number|no\.?|\#)\s?:?\s)?{_CASE_NUMBER}"
    r"|MAXIMUS\sfederal\sservices(?:,?\sinc\b\.?)?|independent\smedical\sreview)"
)
_NEXT_PART = r"\s?(?:[|,;·–—-]\s?)?"
_FURNITURE = re.compile(
    rf"[ \t]*(?:(?P<number>\d{{1,2}}(?:\s?/\s?\d{{1,2}})?|\[\d{{1,2}}\])"
    rf"|(?P<case>{_CASE_NUMBER})|{_CASE_NUMBER}{_NEXT_PART}\d{{1,2}}"
    rf"|(?:{_OF_THE_LETTER}{_NEXT_PART}){{0,2}}{_OF_A_PAGE}"
    rf"(?:{_NEXT_PART}(?:{_OF_A_PAGE}|{_OF_THE_LETTER})){{0,3}}"
    rf"(?:{_NEXT_PART}\d{{1,2}}(?:\sof\s\d{{1,2}})?)?)[ \t]*",
    re.IGNORECASE,
)
_ANY_FURNITURE = re.compile(rf"^{_FURNITURE.pattern}$", re.IGNORECASE | re.MULTILINE)
_ANY_CASE_NUMBER = re.compile(_CASE_NUMBER, re.IGNORECASE)
# What stands before a case number in a table of fields: a label, a date, a priority.
_FIELD_ENDS = re.compile(
    r"(?:\b(?:number|no\.?|date|injury|denial|decision|review|assigned|received|priority)\s?:"
    r"|\d[-/.]\d{1,2}[-/.]\d{2,4}|\d,? \d{4}|standard|expedited)\s*\Z",
    re.IGNORECASE,
)
_MOST_MARKS = 30
"""In a row; no writing has as many (Unicode's Stream-Safe Text Format, UAX 15)."""
# No mark stands below U+0300; whether one is in such a run is looked at character by character.
_MANY_MARKS = re.compile("[^\x00-\u02ff]{31,}")
_FIRST_LINES = 20
_LONGEST_HEAD = 8  # in lines
_MOST_ROUNDS = 5
"""Times that lines printed again are looked for: nearly always once is enough."""
_SHORT, _LONG = 15, 20
_MOSTLY = 5
# Runs of blanks, and a single one of another kind; a plain blank between words stays.
_BLANK_OF_ANY_WIDTH = "[ \t\u00a0\u2000-\u200a\u202f\u3000]"
_BLANK_RUN = re.compile(f"{_BLANK_OF_ANY_WIDTH}(?:{_BLANK_OF_ANY_WIDTH}+|(?<! ))")


def decode(data: bytes) -> str:
    """Bytes of a text file as text: UTF-8 (UTF-16 by its mark), else Windows-1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def kept_text(raw: str) -> str:
    """The kept text of an extract of any kind (see the module's docstring)."""
    text = _plain_text(raw)
    lines = text.split("\n")
    if _ANY_FURNITURE.search(text):
        lines = _without_furniture(lines)
    lines = _printed_once(lines)
    if _is_doubled(lines):
        lines = _without_repeats(_undoubled(lines))
    return _assemble(lines)


def _plain_text(raw: str) -> str:
    """Text without controls; a page break is a line of its own, ``PAGE``."""
    text = _LINE_END_HYPHEN.sub("-\n", _composed(raw)).replace("NonMTUS", _NON_MTUS)
    text = _LINE_END.sub("\n", text)
    text = _PAGE_BREAK.sub(f"\n{PAGE}\n", _UNWANTED.sub("", text))
    return _BLANK_RUN.sub(" ", text)


def _composed(raw: str) -> str:
    """Letters and their marks as one character each (NFC), of a run of marks the first few: putting
    marks in order takes time with the square of their number."""
    if raw.isascii():
        return raw
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(_first_marks, raw))


def _first_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for one in run[0]:
        marks = marks + 1 if unicodedata.combining(one) else 0
        if marks <= _MOST_MARKS:
            kept.append(one)
    return "".join(kept)


def _without_furniture(lines: list[str]) -> list[str]:
    """Lines without the feet and running heads of pages; one set apart leaves a page break.

    The letter's first line stays, for it may name the case, and so does a number alone unless it is
    beside a page break.
    """
    kept: list[str] = []
    printed: set[str] = set()
    for place, line in enumerate(lines):
        found = _FURNITURE.fullmatch(line)
        if not (found and _is_furniture(found, lines, place, printed)) or not any(
            map(str.strip, kept[:_FIRST_LINES])
        ):
            kept.append(line)
            printed.update(_ANY_CASE_NUMBER.findall(line))
        elif not "".join(lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]).strip():
            kept.append(PAGE)
    return kept


def _is_furniture(found: re.Match[str], lines: list[str], place: int, printed: set[str]) -> bool:
    """Whether what looks like a foot is one.

    A case number is, where it was ``printed`` before and is no value of a field.
    """
    if found["number"]:
        return PAGE in _beside(lines, place)
    if found["case"]:
        before = next(filter(str.strip, reversed(lines[max(0, place - 4) : place])), "")
        return found["case"] in printed and not _FIELD_ENDS.search(before)
    return True


def _beside(lines: list[str], place: int) -> tuple[str, str]:
    """The next lines in both directions that hold more than a number."""

    def first(some: Iterable[str]) -> str:
        return next((line for line in some if line.strip(" \t0123456789")), "")

    return first(reversed(lines[max(0, place - 4) : place])), first(lines[place + 1 : place + 5])


def _printed_once(lines: list[str]) -> list[str]:
    """Lines without running heads and repeats; what goes may have hidden another one."""
    for _ in range(_MOST_ROUNDS):
        before, lines = lines, _without_repeats(_without_running_heads(lines))
        if len(lines) == len(before):
            break
    return lines


def _without_running_heads(lines: list[str]) -> list[str]:
    """Lines without what opens a page as it opens the letter: "MEDICAL PROFESSIONAL REVIEW"."""
    if PAGE not in lines:
        return lines
    first_page = dropwhile(lambda line: not line.strip(), lines)
    printed = (line.strip() for line in takewhile(lambda line: line != PAGE, first_page))
    opening = list(islice(filter(None, printed), _LONGEST_HEAD))
    kept: list[str] = []
    begun = opens = inside = False  # the letter has; a page does; its head does
    for line in lines:
        text = line.strip()
        if line == PAGE:
            opens, inside = begun, False
        elif text:
            inside = (inside and text in opening) or (opens and text in opening[:1])
            begun, opens = True, False
        if not (text and inside):
            kept.append(line)
    return kept


def _without_repeats(lines: list[str]) -> list[str]:
    """Lines printed twice in a row count once: bold print is struck twice by some generators.

    Short ones may be two rows of a table, unless much of the letter is printed twice. Long ones
    count once even with an empty line between, as in extracts that print one behind every line.
    """
    again = list(_repeats(lines))
    if not again:
        return lines
    count = sum(bool(line.strip()) for line in lines)
    shortest = 0 if len(again) > count / _MOSTLY else _SHORT
    left_out = {place for run in again if len(lines[run.stop - 1]) >= shortest for place in run}
    return [line for place, line in enumerate(lines) if place not in left_out]


def _repeats(lines: list[str]) -> Iterator[range]:
    """The places of lines that repeat the one before, long ones with the empty lines between.

    A page that turned in between does not count (``"text\n\f\ntext"``), nor do empty lines around
    it that part no paragraphs.
    """
    before, end = "", 0
    parted = page = False
    for place, line in enumerate(lines):
        text = line.strip()
        if line == PAGE:
            page = True
        elif not text:
            parted = True
        elif text == before and (not parted or (page and _sentence_goes_on(before, text))):
            yield range(place, place + 1)
        elif text == before and not page and len(text) >= _LONG:
            yield range(end, place + 1)
        else:
            before = text
            parted = page = False
        if text and line != PAGE:
            end = place + 1


def _is_doubled(lines: list[str]) -> bool:
    """Whether every printed line is followed by an empty one, as in the public text extracts."""
    printed = [n for n, line in enumerate(lines[:-1]) if line.strip()]
    followed = sum(lines[n + 1] == "" for n in printed)
    return len(printed) > 5 and followed >= 0.9 * len(printed)


def _undoubled(lines: list[str]) -> list[str]:
    """Takes the second line ends out again.

    Between two printed lines: ``""`` is a line end; a line holding one blank marks a paragraph;
    two or more ``""`` in a row mark a page. Where no line holds a blank (an editor trimmed
    them), three or more ``""`` are a paragraph.
    """
    marked = any(line and line != PAGE and not line.strip() for line in lines)
    result: list[str] = []
    gap: list[str] = []
    for line in lines:
        if line.strip() and line != PAGE:
            result += _border(gap, marked) if result else []
            result.append(line)
            gap = []
        else:
            gap.append(line)
    return result


def _border(gap: list[str], marked: bool) -> list[str]:
    longest = max(len(run) for run in "".join("e" if g == "" else "|" for g in gap).split("|"))
    paragraph = any(g == " " for g in gap) if marked else longest >= 3
    page = PAGE in gap or (longest >= 2 and (marked or not paragraph))
    return [""] * paragraph + [PAGE] * page


def _assemble(lines: list[str]) -> str:
    """Lines joined: no empty line at a border, one between paragraphs, ``PAGE`` before a page.

    The empty lines that some extractors print around every page break part no paragraphs where
    the sentence plainly goes on.
    """
    out: list[str] = []
    paragraph = page = False
    for line in (line.strip(" \t") for line in lines):
        if line == PAGE:
            page = True
        elif not line:
            paragraph = True
        else:
            if out and paragraph and not (page and _sentence_goes_on(out[-1], line)):
                out.append("")
            out.append(PAGE + line if out and page else line)
            paragraph = page = False
    return "\n".join(out)


def _sentence_goes_on(before: str, after: str) -> bool:
    """Whether two lines are of one sentence: ``"the Claims"`` and ``"administrator."`` are."""
    return before[-1] in ",&-" or (after[0].islower() and not _CLOSED.search(before))
