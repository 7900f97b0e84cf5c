"""Facts in plain English: decisions, dates, numbers, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from imrsearch.catalogue.guidelines import cite_values
from imrsearch.model import OVERTURNED, UPHELD, Citation
from imrsearch.search.facets import decision_label
from imrsearch.search.state import Choice, SearchState

PARTLY = "partly overturned"


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


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 issue", "1,204 issues"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent: 0.094 -> "9%"."""
    return f"{share * 100:.0f}%"


def search_for(citation: Citation) -> str | None:
    """The search for every issue that cites the same places, or at least the same guideline."""
    if citation.guideline is None:
        return None
    places = tuple(Choice("cites", value) for value in cite_values(citation))
    return SearchState(choices=places or (Choice("guideline", citation.guideline),)).to_url()


def category_words(category: str | None, subcategory: str | None) -> str:
    """Such as "Rehabilitation › Chiropractic", or as much of it as is known."""
    return " › ".join(dict.fromkeys(part for part in (category, subcategory) if part))


def page_ranges(pages: tuple[int, ...]) -> str:
    """Cited pages, neighbours joined: (58, 59, 60, 92) -> "58–60, 92"."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in _runs(pages)
    )


def _runs(pages: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    ordered = sorted(set(pages))
    starts = [page for page in ordered if page - 1 not in ordered]
    ends = [page for page in ordered if page + 1 not in ordered]
    return zip(starts, ends, strict=True)


_FAMILIES = {"mtus": "MTUS", "acoem": "ACOEM", "odg": "ODG", "other": ""}


def citation_words(citation: Citation) -> str:
    """One citation in short: "ACOEM ch. 12, Low Back Complaints 2004: Physical Methods, p. 300".

    A citation that the catalogue does not know is shown as printed.
    """
    if citation.title is None:
        return citation.text
    parts = [_source(citation), *_pages(citation)]
    return ", ".join(parts)


def _source(citation: Citation) -> str:
    year = f" {citation.year}" if citation.year else ""
    sections = f": {'; '.join(citation.sections)}" if citation.sections else ""
    return f"{_family(citation)}{citation.title}{year}{sections}"


def _family(citation: Citation) -> str:
    name = _FAMILIES[citation.family]
    chapter = f" ch. {citation.chapter}," if citation.chapter else ""
    title = str(citation.title)
    if not name or name in (title[: len(name)], _initials(title)):
        return ""
    return f"{name}{chapter} "


def _initials(title: str) -> str:
    """The capitals of a title: Official Disability Guidelines -> ODG."""
    return "".join(letter for letter in title if letter.isupper())


def _pages(citation: Citation) -> list[str]:
    return [f"p.\N{NO-BREAK SPACE}{page_ranges(citation.pages)}"] if citation.pages else []
