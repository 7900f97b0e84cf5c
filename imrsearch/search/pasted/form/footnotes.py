"""Notes at the end of a text, set where the text refers to them.

"It is of use before a return to work.[1]" and below "Notes / [1] ODG, Fitness for Duty": the source
is the sentence's.
"""

from __future__ import annotations

import re

from imrsearch.catalogue.patterns import patterns

_PATTERNS = patterns("footnotes")

_NOTES_HEADING = _PATTERNS["notes_heading"]
_SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")
# "[1]", "¹"; "(1)" and "1." may as well count the requests
_NOTE_MARK = r"(?:\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹])"
_MARKS = re.compile(rf"(?P<stop>[.,;:]?) ?(?P<marks>{_NOTE_MARK}(?:,? ?{_NOTE_MARK})*)")
_NOTE = re.compile(rf"\s*(?:(?P<mark>{_NOTE_MARK})|(?P<number>\d{{1,2}})[.)]?)\s+(?P<text>\S.*)")
_LONGEST_NOTE = 300


def with_footnotes(text: str) -> str:
    """The text with its notes, in brackets, in place of their marks, and without them at the end;
    the text itself where no mark in it has a note."""
    heading = next(reversed(list(_NOTES_HEADING.finditer(text))), None)
    if heading is None:
        return text
    body = text[: heading.start()]
    notes, rest = _numbered_notes(text[heading.end() :])
    if notes.keys().isdisjoint(map(_number, re.findall(_NOTE_MARK, body))):
        return text

    def told(found: re.Match[str]) -> str:
        numbers = map(_number, re.findall(_NOTE_MARK, found["marks"]))
        known = [notes[one] for one in numbers if one in notes]
        return f" ({'; '.join(known)}){found['stop']}" if known else found[0]

    return _MARKS.sub(told, body) + rest


def _numbered_notes(below: str) -> tuple[dict[str, str], str]:
    """The notes below a heading by their numbers, and the lines behind the last."""
    found: dict[str, str] = {}
    last = ""
    lines = below.strip("\n").splitlines()
    for place, line in enumerate(lines):
        note = _NOTE.match(line)
        if note:
            last = note["number"] or _number(note["mark"])
            found.setdefault(last, note["text"].strip(" .")[:_LONGEST_NOTE])
        elif line.strip() and last:
            found[last] = f"{found[last]} {line.strip(' .')}"[:_LONGEST_NOTE]
        elif last:
            return found, "\n" + "\n".join(lines[place:])
    return found, ""


def _number(mark: str) -> str:
    return mark.strip("[]").translate(_SUPERSCRIPTS)
