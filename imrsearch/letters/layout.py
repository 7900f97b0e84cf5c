"""Raw text, however it was extracted, into the text that is kept.

Kept text has one shape: lines end in ``\\n``, paragraphs are one empty line apart, a new page
begins with ``\\f``, lines carry no blanks at their borders, and no control or direction-changing
characters are left. All spans of facts refer to it.
"""

from __future__ import annotations

import re
import unicodedata

PAGE = "\f"

# NUL and other controls, soft hyphens, zero-width and bidirectional marks, byte order mark,
# hidden twins of ASCII, what is no character.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
# The line ends around a form feed belong to it: "a\n\fb" is no border of paragraphs.
_PAGE_BREAK = re.compile("\n?\f\n?")
# The end of a sentence, of a label or of a heading: 'so.', 'so."', "Rationale:".
_CLOSED = re.compile(r"[.?!:;]['\"”’)\]]*\Z")
# Runs of blanks, and a single one of another kind; a plain blank between words stays.
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]{2,}|[\t\u00a0\u2000-\u200a\u202f\u3000]")


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
    lines = _lines(raw)
    if _is_doubled(lines):
        lines = _undoubled(lines)
    return _assemble(lines)


def _lines(raw: str) -> list[str]:
    """Lines without controls; a page break is a line of its own, ``PAGE``."""
    text = _LINE_END.sub("\n", unicodedata.normalize("NFC", raw))
    text = _PAGE_BREAK.sub(f"\n{PAGE}\n", _UNWANTED.sub("", text))
    return _BLANKS.sub(" ", text).split("\n")


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
            if out and paragraph and not (page and _goes_on(out[-1], line)):
                out.append("")
            out.append(PAGE + line if out and page else line)
            paragraph = page = False
    return "\n".join(out)


def _goes_on(before: str, after: str) -> bool:
    """Whether two lines are of one sentence: ``"the Claims"`` and ``"administrator."`` are."""
    return before[-1] in ",&-" or (after[0].islower() and not _CLOSED.search(before))
