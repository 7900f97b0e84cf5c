"""Which era a letter is of, and where its sections stand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from imrsearch.catalogue.eras import (
    Template,
    field_labels,
    letter_marks,
    openings,
    templates,
)
from imrsearch.letters.marks import CLOSING, Mark, find_marks, with_misprints
from imrsearch.letters.passage import Passage, with_next
from imrsearch.model import normal_case_id
from imrsearch.system.errors import LetterError
from imrsearch.text.located import Located

# Sections whose first sentence is the form's own.
_OPENED = ("summary", "issues")
OF_AN_ISSUE = {"dispute", "reviewer_guideline", "rationale"}
"""The sections of era P that tell of an issue: once for all of them, or once for each."""
_MOST_DISPUTES = 100  # a bound against hostile texts
_SPACE = re.compile(r"\s*")
# A numbered line right before a place: "1. Rest has failed.\n", "(1) Rest has failed.\n".
_NUMBERED_LINE = re.compile(r"(?:^|\f)[ ]*[(#]?[\dl]{1,3} ?[.)]{1,2} [^\n]*\n?\f?\Z", re.MULTILINE)
_LINE_LENGTH = 300
_LONGEST_LETTER = 100_000  # in characters: a bound against hostile texts
_ENOUGH_HEADINGS = 3  # of an era's form, for a letter without its marks to be of the era
_HEADINGS_AGAIN = 2  # of a form, for another letter to begin between them
_OPENING_QUOTES, _CLOSING_QUOTES = tuple("\"“'‘"), tuple("\"”'’")


@dataclass(frozen=True, slots=True)
class HeadedPart:
    """A heading with what follows it up to the next one.

    ``negative`` where the heading of era P's rationale says that the treatment is *not* necessary.
    """

    name: str
    heading: Passage
    body: Passage
    negative: bool


@dataclass(frozen=True, slots=True)
class Sections:
    """A letter's sections by name; ``head`` is all before the first heading.

    ``template`` is ``None`` for an unknown layout. ``parts`` are the headings in their order, those
    that occur more than once too, which ``repeated`` names. ``joined`` is the case number of the
    next letter in a file that holds several; all else is of the first one.
    """

    letter: Passage
    template: Template | None
    head: Passage
    bodies: dict[str, Passage]
    parts: tuple[HeadedPart, ...]
    repeated: tuple[str, ...]
    joined: str | None = None

    def get(self, name: str) -> Passage:
        """The section's body; an empty passage where the letter has none."""
        return self.bodies.get(name) or self.letter.slice(0, 0)


def split_sections(text: str) -> Sections:
    """The sections of a kept text. Raises LetterError ``not-a-letter`` for any other text."""
    letter = Passage.whole(text)
    template = _recognise(text)
    if template is None:
        return Sections(letter, None, letter, {}, (), ())
    sections = _sections(letter, template)
    following = _next_letter(sections) if sections.repeated else None
    if following is None:
        return sections
    first = _sections(letter.between(0, following.start), template)
    return replace(first, joined=following.value)


def _next_letter(sections: Sections) -> Located[str] | None:
    """The case number where another letter begins in the same file.

    It is labelled and not the first one's, and two of the form's headings stand on both sides of
    it: a case that a letter merely names has none behind it.
    """
    label = next(row.label for row in field_labels() if row.name == "case_id")
    labelled = re.compile(rf"^\f?{label}\s*(?P<number>CM\s?\d\d\s?-\s?\d{{7}})\b", re.I | re.M)
    first = {part.name: part.heading.start for part in reversed(sections.parts)}
    last = {part.name: part.heading.start for part in sections.parts}
    known: set[str | None] = set()
    for case in sections.letter.finditer(labelled):
        number = normal_case_id(case["number"])
        around = [name for name in first if first[name] < case.start() < last[name]]
        if number and known and number not in known and len(around) >= _HEADINGS_AGAIN:
            return Located.at(case, number)
        known.add(number)
    return None


def _recognise(text: str) -> Template | None:
    for template in templates():
        if template.marks_stand(text):
            return template
    marks, at_least = letter_marks()
    nearest = _by_misprints(Passage.whole(text).slice(0, _LONGEST_LETTER))
    if nearest:
        return nearest
    if sum(bool(mark.search(text)) for mark in marks) < at_least:
        raise LetterError(
            "not-a-letter",
            "this is not an Independent Medical Review determination",
            "Leave the file out; if it is one after all, please report it.",
        )
    return None


def _by_misprints(letter: Passage) -> Template | None:
    """The era whose headings and labels stand in the letter with letters misprinted.

    Of eras that print the same the last one, which has no mark of its own to tell it.
    """
    best: tuple[int, Template | None] = (_ENOUGH_HEADINGS, None)
    for template in templates():
        headings = _headings(letter, template)
        if len(headings) >= best[0]:
            best = len(headings), template
    return best[1]


def _sections(letter: Passage, template: Template) -> Sections:
    marks = _headings(letter, template)
    parts = tuple(
        HeadedPart(
            mark.name,
            letter.between(mark.start, mark.end),
            letter.between(mark.end, following.start if following else letter.end),
            mark.negative,
        )
        for mark, following in with_next(marks)
    )
    bodies: dict[str, Passage] = {}
    repeated: list[str] = []
    for part in parts:
        if not bodies.get(part.name):  # an empty one is of a heading that was struck twice
            bodies[part.name] = part.body
        elif part.name != CLOSING:  # signature and disclaimer both close
            repeated.append(part.name)
    head = letter.between(0, marks[0].start if marks else letter.end)
    if template.heading:
        bodies = _with_items(letter, template, marks, bodies)
    bodies = {name: _without_opening(name, body) for name, body in bodies.items()}
    return Sections(letter, template, head, bodies, parts, tuple(repeated))


def _headings(letter: Passage, template: Template) -> list[Mark]:
    """The sections' headings; one that is missing is also sought with a letter misprinted.

    So are era P's, which may stand once for each issue, where some of them stand more often.
    """
    marks = find_marks(letter, template.sections)
    found = Counter(mark.name for mark in marks)
    missing = set(template.sections.pattern.groupindex) - {*found}
    times = {found[name] for name in OF_AN_ISSUE}
    if template.item == "whole" and len(times) > 1 and max(times) < _MOST_DISPUTES:
        missing |= OF_AN_ISSUE
    return with_misprints(letter, template.sections, marks, missing - {"negative"} | {CLOSING})


def _with_items(
    letter: Passage, template: Template, marks: list[Mark], bodies: dict[str, Passage]
) -> dict[str, Passage]:
    """Sections end where the first numbered issue begins; the issues reach to the next heading.

    In era N the issues follow "Documents Reviewed:" without a heading of their own.
    """
    issues = bodies.get("issues", letter)
    items = numbered_headings(letter.between(issues.start, letter.end), template)
    if not items:
        return bodies
    first, last = items[0].start(), items[-1].start()
    end = min((mark.start for mark in marks if mark.start > last), default=letter.end)
    cut = {
        name: letter.between(body.start, min(body.end, first)) if body.start < first else body
        for name, body in bodies.items()
    }
    return {**cut, "issues": letter.between(first, end)}


def numbered_headings(passage: Passage, template: Template) -> list[re.Match[str]]:
    """The headings of the issues in eras N and D, without the lines of a rationale's own list.

    A heading stands before a label, or it has the next number, stands at the start of a line and
    follows no numbered line. In
    ``"1) Rest has failed.\\n2) A splint is not medically necessary."`` neither line is one.
    """
    assert template.heading and template.labels
    found: list[re.Match[str]] = []
    for match in _possible_headings(passage, template):
        after = _SPACE.match(passage.text, match.end())
        labelled = after and template.labels.pattern.match(passage.text, after.end())
        follows = issue_number(match) == (issue_number(found[-1]) + 1 if found else 1)
        listed = _NUMBERED_LINE.search(
            passage.text, max(0, match.start() - _LINE_LENGTH), match.start()
        )
        inside = match.re is template.joined_heading
        if labelled or (follows and not (listed or inside)):
            found.append(match)
    return found


def issue_number(heading: re.Match[str]) -> int:
    """The number of a heading: 1 of "1)" and of "l)"."""
    return int(heading["number"].replace("l", "1"))


def _possible_headings(passage: Passage, template: Template) -> list[re.Match[str]]:
    """What may be a heading at the start of a line, or inside one behind which no other begins."""
    assert template.heading and template.joined_heading
    at_lines = passage.findall(template.heading)
    inside = passage.findall(template.joined_heading)
    covered = {match.end() for match in at_lines}
    return sorted(
        [*at_lines, *(match for match in inside if match.end() not in covered)],
        key=lambda match: match.start(),
    )


def _without_opening(name: str, body: Passage) -> Passage:
    if name not in _OPENED:
        return body
    match = openings(name).match(body.text, body.start, body.end)
    if match is None:
        return body
    body = body.between(match.end(), body.end)
    # What stands in quotation marks as a whole goes without them.
    quoted = str(body)[:1] in _OPENING_QUOTES and str(body)[-1:] in _CLOSING_QUOTES
    return body.between(body.start + 1, body.end - 1) if quoted and len(str(body)) > 1 else body
