"""Facts in plain English: decisions, dates, numbers, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imrsearch.model import OVERTURNED, UPHELD, Citation, Determination, normal_case_id
from imrsearch.schema import decision_label

PARTLY = "partly overturned"

FEW = 10
"""Of fewer issues than this a share says nothing: only the counts are shown."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision as shown: its word, what it means for the treatment, and its shape.

    ``shape`` names a drawing in ``templates/shapes``, so that nothing hangs on colour alone.
    """

    word: str
    meaning: str
    shape: str

    def __str__(self) -> str:
        return f"{self.word}: {self.meaning}" if self.meaning else self.word


_SHAPES = {OVERTURNED: "overturned", UPHELD: "upheld", PARTLY: "partly"}

_MEANINGS = {PARTLY: "some treatment approved"}


def verdict(decision: str | None) -> Verdict:
    """The decision of an issue, or the outcome of a case, in plain words."""
    word, _, meaning = decision_label(decision).partition(": ")
    meaning = meaning or _MEANINGS.get(decision or "", "")
    return Verdict(word, meaning, _SHAPES.get(decision or "", "other"))


def day(value: date | str | None) -> str:
    """A date as "Dec 9, 2016"; ISO text is read first, nothing is an empty string."""
    if not value:
        return ""
    moment = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment:%b} {moment.day}, {moment.year}"


def case_title(case_id: str) -> str:
    """What a case is called: by its number, or as a letter by its file's name."""
    return f"Case {case_id}" if normal_case_id(case_id) else f"Letter “{case_id}”"


def cited_number(case: Determination) -> str:
    """A case's number as a brief cites it. A file's name is never passed off as a number that the
    letter prints."""
    if "case_id" in case.evidence:
        return f"Case No. {case.case_id}"
    if normal_case_id(case.case_id):
        return f"Case No. {case.case_id} (from the name of the file; the letter prints none)"
    return f"letter without a printed case number (file “{case.file}”)"


def unnumbered(case: Determination) -> str:
    """A remark on a letter that prints no case number, else nothing."""
    if "case_id" in case.evidence:
        return ""
    return "The letter prints no case number; this name is that of its file."


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 issue", "1,204 issues"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent: 0.094 -> "9%"."""
    return f"{share * 100:.0f}%"


def typeset(label: str) -> str:
    """A facet value's label as printed: "Surgery › Spine", and "p. 58" on one line."""
    return label.replace(" > ", " › ").replace(", p. ", ", p.\N{NO-BREAK SPACE}")


def overturned_of(overturned: int, issues: int) -> str:
    """The outcome of some issues: "3 of 7", with a share where there are enough for one."""
    share = f" ({percent(overturned / issues)})" if issues >= FEW else ""
    return f"{overturned:,} of {issues:,}{share}"


def category_words(category: str | None, subcategory: str | None) -> str:
    """Such as "Rehabilitation › Chiropractic", or as much of it as is known."""
    return " › ".join(dict.fromkeys(part for part in (category, subcategory) if part))


def page_ranges(pages: tuple[int, ...]) -> str:
    """Cited pages, neighbours joined: (58, 59, 60, 92) -> "58–60, 92"."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in page_runs(pages)
    )


def page_runs(pages: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First and last page of each run of neighbours: (92, 58, 59) -> (58, 59), (92, 92)."""
    ordered = sorted(set(pages))
    starts = [page for page in ordered if page - 1 not in ordered]
    ends = [page for page in ordered if page + 1 not in ordered]
    return zip(starts, ends, strict=True)


_FAMILY_NAMES = {"mtus": "MTUS", "acoem": "ACOEM", "odg": "ODG", "other": ""}


def citation_words(citation: Citation) -> str:
    """One citation in short: "ACOEM ch. 12, Low Back Complaints 2004: Physical Methods, p. 300".

    A citation that the catalogue does not know is shown as printed.
    """
    if citation.title is None:
        return citation.text
    sections = f": {'; '.join(citation.sections)}" if citation.sections else ""
    return ", ".join([f"{citation_source(citation)}{sections}", *_pages_text(citation)])


def citation_source(citation: Citation) -> str:
    """The work that is cited, without the place in it: "ACOEM ch. 12, Low Back Complaints 2004"."""
    year = f" {citation.year}" if citation.year else ""
    return f"{_family(citation)}{citation.title}{year}"


def _family(citation: Citation) -> str:
    name = _FAMILY_NAMES[citation.family]
    chapter = f" ch. {citation.chapter}," if citation.chapter else ""
    title = str(citation.title)
    if not name or name in (title[: len(name)], _initials(title)):
        return ""
    return f"{name}{chapter} "


def _initials(title: str) -> str:
    """The capitals of a title: Official Disability Guidelines -> ODG."""
    return "".join(letter for letter in title if letter.isupper())


def _pages_text(citation: Citation) -> list[str]:
    return [f"p.\N{NO-BREAK SPACE}{page_ranges(citation.pages)}"] if citation.pages else []
