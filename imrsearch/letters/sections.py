"""Which era a letter is of, and where its sections stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from imrsearch.catalogue.eras import Template, letter_marks, openings, templates
from imrsearch.errors import LetterError
from imrsearch.letters.passage import Passage, with_next

# Sections whose first sentence is the form's own.
_OPENED = ("summary", "issues")


@dataclass(frozen=True, slots=True)
class Sections:
    """A letter's sections by name; ``head`` is all before the first heading.

    ``template`` is ``None`` for an unknown layout. ``rationale_negative`` tells whether the
    heading of era P's rationale says that the treatment is *not* necessary (``None``: no such
    heading); ``repeated`` names headings that occur more than once.
    """

    letter: Passage
    template: Template | None
    head: Passage
    bodies: dict[str, Passage]
    headings: dict[str, Passage]
    rationale_negative: bool | None
    repeated: tuple[str, ...]

    def get(self, name: str) -> Passage:
        """The section's body; an empty passage where the letter has none."""
        return self.bodies.get(name) or self.letter.slice(0, 0)


def split_sections(text: str) -> Sections:
    """The sections of a kept text. Raises LetterError ``not-a-letter`` for any other text."""
    letter = Passage.whole(text)
    template = _recognise(text)
    if template is None:
        return Sections(letter, None, letter, {}, {}, None, ())
    return _sections(letter, template)


def _recognise(text: str) -> Template | None:
    for template in templates():
        if template.marks.search(text):
            return template
    marks, at_least = letter_marks()
    if sum(bool(mark.search(text)) for mark in marks) < at_least:
        raise LetterError(
            "not-a-letter",
            "this is no Independent Medical Review determination",
            "Leave the file out, or tell us if it is one after all.",
        )
    return None


def _sections(letter: Passage, template: Template) -> Sections:
    bodies: dict[str, Passage] = {}
    headings: dict[str, Passage] = {}
    repeated: list[str] = []
    negative: bool | None = None
    matches = letter.findall(template.sections)
    for match, following in with_next(matches):
        name = next(group for group in _names(template) if match.group(group) is not None)
        if name in bodies:
            repeated += [name] * (name != "closing")  # signature and disclaimer both close
            continue
        end = following.start() if following else letter.end
        headings[name] = letter.between(match.start(), match.end())
        bodies[name] = _without_opening(name, letter.between(match.end(), end))
        if name == "rationale":
            negative = match.group("negative") is not None
    head = letter.between(0, matches[0].start() if matches else letter.end)
    if template.heading:
        bodies = _with_items(letter, template.heading, matches, bodies)
    return Sections(letter, template, head, bodies, headings, negative, tuple(repeated))


def _with_items(
    letter: Passage,
    heading: re.Pattern[str],
    matches: list[re.Match[str]],
    bodies: dict[str, Passage],
) -> dict[str, Passage]:
    """Sections end where the first numbered issue begins; the issues reach to the next heading.

    In era N the issues follow "Documents Reviewed:" without a heading of their own.
    """
    issues = bodies.get("issues", letter)
    items = [m.start() for m in heading.finditer(letter.text, issues.start)]
    if not items:
        return bodies
    first, last = items[0], items[-1]
    end = min((match.start() for match in matches if match.start() > last), default=letter.end)
    cut = {
        name: letter.between(body.start, min(body.end, first)) if body.start < first else body
        for name, body in bodies.items()
    }
    return {**cut, "issues": letter.between(first, end)}


def _names(template: Template) -> list[str]:
    return [name for name in template.sections.groupindex if name != "negative"]


def _without_opening(name: str, body: Passage) -> Passage:
    if name not in _OPENED:
        return body
    match = openings(name).match(body.text, body.start, body.end)
    return body.between(match.end(), body.end) if match else body
