"""One mishap each, such as extractors, scanners and typists cause: a letter's raw text spoiled.

Each mutation happens once, at a place that chance tells, and leaves every fact readable to a
careful person.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from samples.written.forms import Letter
from samples.written.styles import STYLES, Style

Mutation = Callable[[Letter, Style, random.Random], str]

# What opens the sections and the parts of an issue, as printed by one form or another.
_LABELS = (
    "Claims Administrator guideline:",
    "MAXIMUS guideline:",
    "Decision rationale:",
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "CLINICAL CASE SUMMARY",
    "IMR ISSUES, DECISIONS AND RATIONALES",
    "IMR DECISION(S) AND RATIONALE(S)",
    "The Physician Reviewer's decision rationale:",
    "Rationale for the Decision:",
    "Medical Qualifications of the Expert Reviewer:",
    "Case Summary:",
    "Expert Reviewer Case Summary:",
    "Documents Reviewed for Determination:",
    "DOCUMENTS REVIEWED",
    "DOCUMENTS REVIEWED FOR DETERMINATION:",
    "ISSUE AT DISPUTE:",
    "CASE SUMMARY:",
    "MEDICAL REVIEWER QUALIFICATIONS:",
    "Effect of the Decision:",
)
_ANY_LABEL = "|".join(re.escape(label).replace(r"\ ", r"[ ]+") for label in _LABELS)
_LABEL = re.compile(rf"^[ \t\f]*(?:{_ANY_LABEL})", re.MULTILINE)
# What the forms say in their sentences.
_SENTENCES = (
    "Regarding the request for",
    "is medically necessary",
    "is not medically necessary",
    "The Claims Administrator based its decision on",
    "The Physician Reviewer based his/her decision on",
    "The Expert Reviewer",
    "Decision based on MTUS",
    "Decision based on Non-MTUS Citation",
    "was the original request",
    "authorized by the Claims Administrator",
    "Board Certified in",
)
_ANY_SENTENCE = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in _SENTENCES)
_SENTENCE = re.compile(rf"\b(?:{_ANY_SENTENCE})\b")
_REVIEWER = (
    "HOW THE IMR FINAL DETERMINATION WAS MADE",
    "Medical Qualifications of the Expert Reviewer:",
)
_SUMMARY = (
    "CLINICAL CASE SUMMARY",
    "Case Summary:",
    "Expert Reviewer Case Summary:",
    "CASE SUMMARY:",
)


def unspoiled(letter: Letter, style: Style, chance: random.Random) -> str:
    """The letter as it is."""
    return style(letter.paragraphs, chance)


def dropped_blank_line(letter: Letter, style: Style, chance: random.Random) -> str:
    """Two paragraphs stand one below the other, without an empty line between."""
    text = style(letter.paragraphs, chance)
    return _at_one(
        text, re.compile(r"(?<=\S)(?:[ \t]*\r?\n){2,}[ ]*(?=\S)"), chance, lambda _: "\n"
    )


def joined_lines(letter: Letter, style: Style, chance: random.Random) -> str:
    """Two lines of a paragraph stand in one."""
    text = style(letter.paragraphs, chance)
    return _at_one(text, re.compile(r"(?<=[a-z,])[ ]*\r?\n[ ]*(?=[a-z])"), chance, lambda _: " ")


def misspelt_label(letter: Letter, style: Style, chance: random.Random) -> str:
    """A letter of one label is missing, wrong or there twice."""
    text = style(letter.paragraphs, chance)
    return _at_one(text, _LABEL, chance, lambda label: _typo(label, chance))


def every_label_misspelt(letter: Letter, style: Style, chance: random.Random) -> str:
    """A letter of each label is missing, wrong or there twice."""
    text = style(letter.paragraphs, chance)
    return _LABEL.sub(lambda match: _typo(match.group(), chance), text)


def _typo(label: str, chance: random.Random) -> str:
    places = [at for at, sign in enumerate(label) if sign.isalpha() and at]
    at = chance.choice(places)
    wrong = chance.choice("aeiou") if label[at].islower() else chance.choice("AEIOU")
    sign = chance.choice(["", label[at] * 2, wrong])
    return label[:at] + sign + label[at + 1 :]


def page_furniture(letter: Letter, style: Style, chance: random.Random) -> str:
    """A page turns between two lines, with a foot and a running head."""
    number = chance.randrange(2, 6)
    case = letter.expectation["case_id"]
    foot = chance.choice([f"Page {number} of 7", f"{number}", f"- {number} -", f"Page {number}"])
    head = chance.choice(["", f"Final Determination Letter for IMR Case Number {case}\n"])
    text = style(letter.paragraphs, chance)
    return _at_one(
        text,
        re.compile(r"(?<=[a-z,])[ ]*\r?\n(?=[ ]*[a-z])"),
        chance,
        lambda _: f"\n{foot}\n\f{head}",
    )


def foot_without_a_page(letter: Letter, style: Style, chance: random.Random) -> str:
    """A page's foot stands amid a sentence, set apart by empty lines, and no page turns."""
    number, case = chance.randrange(2, 6), letter.expectation["case_id"]
    feet = [f"Page {number}", f"{case}   Page {number}", f"{case}    {number}", f"- {number} -"]
    feet.append(f"Final Letter of Determination    Form Effective 5.16.13    Page {number} of 6")
    foot = chance.choice(feet)
    text = style(letter.paragraphs, chance)
    between = re.compile(r"(?<=[a-z,])[ ]*\r?\n(?=[ ]*[a-z])")
    return _at_one(text, between, chance, lambda _: f"\n\n{foot}\n\n")


def misspelt_sentence(letter: Letter, style: Style, chance: random.Random) -> str:
    """A letter of one of the form's sentences is missing, wrong or there twice."""
    text = style(letter.paragraphs, chance)
    return _at_one(text, _SENTENCE, chance, lambda said: _typo(said, chance))


def label_in_another_manner(letter: Letter, style: Style, chance: random.Random) -> str:
    """A label has a dash or a full stop for its colon; one without a colon is not in capitals."""
    text = style(letter.paragraphs, chance)
    mark = chance.choice([".", " -", ";"])

    def change(label: str) -> str:
        return f"{label[:-1]}{mark}" if label.endswith(":") else label.title()

    return _at_one(text, _LABEL, chance, change)


def joined_paragraphs(letter: Letter, style: Style, chance: random.Random) -> str:
    """A paragraph goes on in the last line of the one before."""
    text = style(letter.paragraphs, chance)
    border = re.compile(r"(?<=\S)(?:[ \t]*\r?\n){2,}[ ]*(?=\S)")
    return _at_one(text, border, chance, lambda _: " ")


def doubled_line(letter: Letter, style: Style, chance: random.Random) -> str:
    """A line is printed twice, as where a bold one is struck twice."""
    text = style(letter.paragraphs, chance)
    return _at_one(text, re.compile(r"^[^\n]{20,}\n", re.MULTILINE), chance, lambda line: line * 2)


def line_twice_apart(letter: Letter, style: Style, chance: random.Random) -> str:
    """A line is printed twice, with an empty line between."""
    text = style(letter.paragraphs, chance)
    long = re.compile(r"^[^\n]{20,}\n", re.MULTILINE)
    return _at_one(text, long, chance, lambda line: f"{line}\n{line}")


def reordered_sections(letter: Letter, style: Style, chance: random.Random) -> str:
    """The reviewer's section stands behind the summary."""
    parts = list(letter.paragraphs)
    first = next((at for at, part in enumerate(parts) if part in _REVIEWER), None)
    second = next((at for at, part in enumerate(parts) if part in _SUMMARY), None)
    if first is None or second is None or second < first:
        return style(parts, chance)
    last = _section_end(parts, second)
    moved = [*parts[:first], *parts[second:last], *parts[first:second], *parts[last:]]
    return style(moved, chance)


MUTATIONS: tuple[Mutation, ...] = (
    unspoiled,
    dropped_blank_line,
    joined_lines,
    misspelt_label,
    every_label_misspelt,
    misspelt_sentence,
    label_in_another_manner,
    joined_paragraphs,
    page_furniture,
    foot_without_a_page,
    doubled_line,
    line_twice_apart,
    reordered_sections,
)


def style_of(number: int) -> Style:
    """The style that a letter of this number is printed in."""
    return STYLES[number % len(STYLES)]


def _section_end(parts: Sequence[str], start: int) -> int:
    following = range(start + 1, len(parts))
    return next((at for at in following if parts[at] in _LABELS or parts[at].isupper()), len(parts))


def _at_one(
    text: str, pattern: re.Pattern[str], chance: random.Random, change: Callable[[str], str]
) -> str:
    """The text with one of the pattern's matches changed; as it is where there is none."""
    matches = list(pattern.finditer(text))
    if not matches:
        return text
    match = chance.choice(matches)
    return text[: match.start()] + change(match.group()) + text[match.end() :]
