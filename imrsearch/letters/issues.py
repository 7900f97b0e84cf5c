"""The issues section cut into items: heading, both guideline statements, rationale.

Three ways, told by the era's template: a numbered heading opens the item (N, D), the heading is
the paragraph before the first label (S, C), or the letter is one item (P).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, islice

from imrsearch.catalogue.eras import FormWords, Template
from imrsearch.letters.marks import Mark, find_marks, out_of_turn, with_misprints
from imrsearch.letters.passage import Passage, with_next
from imrsearch.letters.sections import HeadedPart, Sections, issue_number, numbered_headings
from imrsearch.text.fuzzy import is_nearly

# The end of a heading: "…: Upheld". Up to four words, so that "Overturned in part" is kept as
# printed; a doubled colon or a full stop is a slip of the pen. Some print "…\nDecision: Upheld",
# "… - Upheld", "… (Upheld)", "…: **Upheld**".
_DECISION = re.compile(
    r"""(?:\n(?i:(?:IMR\s)?(?:decision|determination)))?
        \s?(?:[:;]|[-–—(]\s*(?=(?i:upheld|uphold|overturn(?:ed)?)\W*\Z))\s*\*{0,2}
        (?P<decision>[A-Za-z]+(?:-?[ \n\f]+[A-Za-z]+){0,3})\s*\*{0,2}[.:;)]?\s*\Z""",
    re.VERBOSE,
)
_LONGEST_DECISION = 100
# As the form prints it, "Home exercise kit: Upheld", or nearly so.
_DECISION_AT_END = re.compile(r":\s+(?:[A-Z]?[a-z]{3,6}ld|[A-Z]?[a-z]{6,9}e?d)\s*$", re.MULTILINE)
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n[ \f]*")
# "… is not medically necessary.\nInguinal hernia repair: Upheld"
_PAGE_OR_CONCLUSION = re.compile(
    r"\n\f|(?:(?<=medically necessary\.)|(?<=necessary and appropriate\.))\n"
)
_BEHIND_CONCLUSION = re.compile(
    r"(?:(?<=medically necessary\.)|(?<=necessary and appropriate\.)) (?=\S)"
)
_LINE = re.compile(r"\n[ \f]*(?=\S)")
# How far the sentences of a modified request reach (the longest heading has 550 characters), and
# how many lines a heading can have.
_NEAR = 800
_MOST_LINES = 40
MOST_ITEMS = 1000
"""More issues than any letter has (21 were the most in 194): a bound against hostile texts."""
_ENDS_SENTENCE = re.compile(r"[.?!]['\"”’)\]]*\s*\Z")
# A heading that tells of a modified request is several sentences long.
_MODIFIED = re.compile(
    r"was\s+the\s+original\s+request|IMR\s+eligible|authorized\s+by\s+the\s+Claims", re.IGNORECASE
)
_MODIFIED_INSIDE = re.compile(
    r"\A\s*(?:The\s+remaining\s+IMR|The\s+original\s+request\s*,|The\s+Claims\s+Administrator"
    r"|(?:(?!was\s+the\s+original\s+request).)*(?:authorized\s+by\s+the\s+Claims|eligible\s+portion))",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One issue as it stands in the letter; absent parts are empty passages.

    ``number`` is the printed one or the place in the letter; ``match`` the era's heading match;
    ``concluded`` the part whose heading tells the decision in era P.
    """

    number: int
    heading: Passage
    claims_administrator: Passage
    reviewer_guideline: Passage
    rationale: Passage
    match: re.Match[str] | None = None
    concluded: HeadedPart | None = None


def split_items(sections: Sections) -> tuple[Item, ...]:
    """The items in the order printed, at most ``MOST_ITEMS``; none for an unknown layout."""
    template = sections.template
    if template is None:
        return ()
    ways = {"heading": _by_heading, "label": _items_by_label, "whole": _whole_dispute}
    return tuple(islice(ways[template.item](sections, template), MOST_ITEMS))


# ----------------------------------------------------------------------- eras N and D


def _by_heading(sections: Sections, template: Template) -> Iterator[Item]:
    assert template.heading
    issues = sections.get("issues")
    matches = numbered_headings(issues, template)
    seen: set[int] = set()
    for match, following in with_next(matches):
        number = issue_number(match)
        if number in seen:
            continue
        seen.add(number)
        end = following.start() if following else issues.end
        parts = _labelled_parts(issues.between(match.end(), end), template)
        heading = issues.between(match.start(), match.end())
        if "guideline" in parts:
            parts.update(_two_sides(parts["guideline"]))
        yield _item(number, heading, parts, match)


# "… The Expert Reviewer found …": from here on the statement is the reviewer's, also with a letter
# or a blank wrong in these words.
_REVIEWER_SIDE = re.compile(r"\bThe\s+(?:Expert|Physician)\s+Reviewer", re.IGNORECASE)
_SENTENCE_BEGINS = re.compile(r"(?<=[.?!]\s)(?=(\S{1,20})\s+(\S{1,20})\s+(\S{1,20}))")
_REVIEWERS = ("TheExpertReviewer", "ThePhysicianReviewer")


def _two_sides(statement: Passage) -> dict[str, Passage]:
    """Era N tells both sides in one paragraph: the claims administrator's comes first."""
    exact = statement.search(_REVIEWER_SIDE)
    begins = (place for place in statement.finditer(_SENTENCE_BEGINS) if _names_reviewer(place))
    sides = [match.start() for match in (exact, next(begins, None)) if match]
    border = min(sides, default=statement.end)
    return {
        "claims_administrator": statement.between(statement.start, border),
        "reviewer_guideline": statement.between(border, statement.end),
    }


def _names_reviewer(sentence: re.Match[str]) -> bool:
    words = sentence.groups()
    return any(
        is_nearly("".join(words[:count]), name) for count in (1, 2, 3) for name in _REVIEWERS
    )


_OPENED_BY_LABEL = ("guideline", "rationale")
"""What a label opens; the sides' statements begin with a sentence that is read as their label."""


def _labelled_parts(body: Passage, template: Template) -> dict[str, Passage]:
    """The labelled parts of an item; a sentence that serves as label stays in its part.

    Items that only refer to another one ("Since the primary procedure is not necessary …") have
    no labels: all of it is the rationale.
    """
    assert template.labels
    marks = _label_marks(body, template.labels)
    if not marks:
        return {"rationale": body}
    names = [mark.name for mark in marks]
    if "rationale" in names:  # the last part: a sentence in it that begins like a label is none
        marks = marks[: names.index("rationale") + 1]
    parts: dict[str, Passage] = {}
    for mark, following in with_next(marks):
        start = mark.end if mark.name in _OPENED_BY_LABEL else mark.start
        end = following.start if following else body.end
        parts.setdefault(mark.name, body.between(start, end))
    return parts


def _label_marks(body: Passage, labels: FormWords, items: int = 0) -> list[Mark]:
    """The labels; where they do not take turns, also those with a letter misprinted.

    So too where there are fewer than ``items`` turns: one may have all of its labels misprinted.
    """
    marks = find_marks(body, labels)
    names = tuple(labels.pattern.groupindex)
    missing = out_of_turn(marks, names) or set(names if len(marks) < items * len(names) else ())
    return with_misprints(body, labels, marks, missing)


def _item(
    number: int, heading: Passage, parts: dict[str, Passage], match: re.Match[str] | None
) -> Item:
    nothing = heading.slice(0, 0)
    return Item(
        number=number,
        heading=heading,
        claims_administrator=parts.get("claims_administrator", nothing),
        reviewer_guideline=parts.get("reviewer_guideline", nothing),
        rationale=parts.get("rationale", nothing),
        match=match,
    )


# ----------------------------------------------------------------------- eras S and C


def _items_by_label(sections: Sections, template: Template) -> Iterator[Item]:
    issues = sections.get("issues")
    blocks = list(islice(_item_blocks(issues, template), MOST_ITEMS))
    headings = [_heading_at_end(stretch) for stretch, _ in blocks]
    for place, (_, parts) in enumerate(blocks):
        if "rationale" in parts and place + 1 < len(blocks):
            rationale = parts["rationale"]
            end = min(rationale.end, headings[place + 1].start)
            parts = {**parts, "rationale": rationale.between(rationale.start, end)}
        yield _item(place + 1, headings[place], parts, None)


def _item_blocks(
    issues: Passage, template: Template
) -> Iterator[tuple[Passage, dict[str, Passage]]]:
    """For each item the stretch that ends with its heading, and its labelled parts.

    A block begins at the label "Claims Administrator guideline:"; where that one is missing, at a
    label that its block already has.
    """
    assert template.labels
    marks = _label_marks(issues, template.labels, len(issues.findall(_DECISION_AT_END)))
    parts: dict[str, Passage] = {}
    stretch = issues.between(issues.start, marks[0].start if marks else issues.end)
    for mark, following in with_next(marks):
        end = following.start if following else issues.end
        name = mark.name
        if parts and (name == "claims_administrator" or name in parts):
            yield stretch, parts
            before = list(parts.values())[-1]
            stretch, parts = before, {}
        parts[name] = issues.between(mark.end, end)
    if parts:
        yield stretch, parts


def _heading_at_end(stretch: Passage) -> Passage:
    """The heading at the end of a stretch that begins with the previous item's rationale."""
    border = _last_border(stretch)
    start = border.end() if border else stretch.start
    candidate = stretch.between(start, stretch.end)
    if decision_at_end(candidate):
        start = _line_start(candidate, _inner_borders(candidate, border))
    return stretch.between(start, stretch.end)


def decision_at_end(passage: Passage) -> re.Match[str] | None:
    """The decision with which a passage ends, as a heading does; its positions are the letter's."""
    tail = max(passage.start, passage.end - _LONGEST_DECISION)
    return _DECISION.search(passage.text, tail, passage.end)


def _last_border(stretch: Passage) -> re.Match[str] | None:
    """Where the stretch's last paragraph begins; what cannot begin a heading is of the one before.

    Examples: ``"…, two sessions is:\\n\\nUpheld"``, ``"A was the original request.\\n\\n\\fThe
    remaining IMR eligible portion …, B is: Upheld"``.
    """
    decided = decision_at_end(stretch)
    last_colon = stretch.text.rfind(":", stretch.start, stretch.end)
    last = decided.start() if decided else last_colon
    for border in reversed(stretch.findall(_PARAGRAPH_BREAK)):
        if (border.end() <= last or last_colon < 0) and not _inside_request(stretch, border):
            return border
    return None


def _inside_request(passage: Passage, border: re.Match[str]) -> bool:
    """Whether the border parts two sentences of one modified request."""
    text = passage.text
    before = text[max(passage.start, border.start() - _NEAR) : border.start()]
    after = text[border.end() : min(passage.end, border.end() + _NEAR)]
    return bool(_MODIFIED_INSIDE.match(after) and _MODIFIED.search(before))


def _inner_borders(candidate: Passage, border: re.Match[str] | None) -> list[re.Match[str]]:
    """Where a heading may begin inside the candidate paragraph.

    After a border of paragraphs: only at a page break, where extracts lose borders, and after the
    last words of a rationale, if need be inside a line. Without a border, or after one at a page
    break, where extracts also invent them: at every line.
    """
    certain = border is not None and "\f" not in border.group()
    at_lines = candidate.findall(_PAGE_OR_CONCLUSION if certain else _LINE)
    return at_lines or candidate.findall(_BEHIND_CONCLUSION)


def _line_start(candidate: Passage, borders: list[re.Match[str]]) -> int:
    """The place after the last border that ends a sentence, but never inside a modified request."""
    text = candidate.text
    for border in reversed(borders[-_MOST_LINES:]):
        before = text[max(candidate.start, border.start() - _NEAR) : border.start()]
        if _ENDS_SENTENCE.search(before) and not _inside_request(candidate, border):
            return border.end()
    return candidate.start


# ------------------------------------------------------------------------------ era P

# "Whether a cane is medically necessary."
_ASKED_WHETHER = re.compile(
    r"\bWhether\s+(?:the\s+requests?\s+for\s+)?(?:an?\s+|the\s+)?(?P<service>.{2,600}?)\s+"
    r"(?:is\s?/\s?was|is|are|was|were)\s+(?:not\s+)?medically\s+necessary\b",
    re.IGNORECASE | re.DOTALL,
)
# "1. Soma 350 mg #60": at the start of a line, or right behind a heading.
_LISTED_ISSUE = re.compile(r"[ \f]*[(#]?(?P<number>\d{1,3})\s?[.)]{1,2}[ ]+")
_LISTED_LINE = re.compile(rf"^{_LISTED_ISSUE.pattern}", re.MULTILINE)
_LISTED_INSIDE = re.compile(rf"(?<=\S ){_LISTED_ISSUE.pattern}(?=[A-Z])")


def _whole_dispute(sections: Sections, template: Template) -> Iterator[Item]:
    """Era P: one item, or one for each numbered line of the dispute, or one dispute after another.

    The statement and the rationale stand for all of a dispute's items together, or for each.
    """
    numbers = count(1)
    told: dict[str, Passage] = {}  # a heading that is told again, as on each page, counts once
    for parts in _parts_by_dispute(sections.parts):
        disputes = (part.body for part in parts if part.name == "dispute")
        services = (one for body in disputes for one in _numbered_parts(body) or [body] if one)
        headings = [x for x in services if told.setdefault(x.unwrap().text, x) is x]
        statements = _share_out(parts, "reviewer_guideline", len(headings))
        rationales = _share_out(parts, "rationale", len(headings))
        for heading, statement, rationale in zip(headings, statements, rationales, strict=True):
            bodies = {part.name: part.body for part in (statement, rationale) if part}
            item = _item(next(numbers), heading, bodies, heading.search(_ASKED_WHETHER))
            yield replace(item, concluded=rationale)


def _parts_by_dispute(parts: tuple[HeadedPart, ...]) -> list[list[HeadedPart]]:
    """The parts of each dispute: another one begins behind a rationale."""
    disputes: list[list[HeadedPart]] = [[]]
    concluded = False
    for part in parts:
        if part.name == "dispute" and concluded:
            disputes.append([])
            concluded = False
        concluded |= part.name == "rationale"
        disputes[-1].append(part)
    return disputes


def _numbered_parts(passage: Passage) -> list[Passage]:
    """The lines of a numbered list with what follows each up to the next one.

    A number that is missing among them may stand inside a line: "1. Soma 2. Ambien\\n3. A cane".
    """
    lines = passage.findall(_LISTED_LINE)
    first = _LISTED_ISSUE.match(passage.text, passage.start, passage.end)
    if first and not (lines and lines[0].end() == first.end()):
        lines.insert(0, first)
    matches: list[re.Match[str]] = []
    for line, following in with_next(lines):
        matches.append(line)
        missing = int(line["number"]) + 1
        if following and int(following["number"]) == missing + 1:
            between = passage.between(line.end(), following.start())
            inside = between.finditer(_LISTED_INSIDE)
            matches += [one for one in inside if int(one["number"]) == missing][:1]
    return [
        passage.between(match.end(), following.start() if following else passage.end)
        for match, following in with_next(matches)
    ]


def _share_out(parts: list[HeadedPart], name: str, issues: int) -> list[HeadedPart | None]:
    """For each issue its part of this name: one of as many, of a list, else the same for all."""
    found = [part for part in parts if part.name == name]
    if len(found) == issues:
        return list(found)
    if not found:
        return [None] * issues
    listed = _numbered_parts(found[0].body)
    if (
        len(found) == 1
        and len(listed) == issues
        and _LISTED_ISSUE.match(found[0].body.text, found[0].body.start, found[0].body.end)
    ):
        return [replace(found[0], body=body) for body in listed]
    return [found[0]] * issues
