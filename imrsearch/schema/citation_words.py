"""Citations in the wording of a brief: cases, dates, guidelines with their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from imrsearch.model import Citation, Determination, normal_case_id

_FAMILY_NAMES = {"mtus": "MTUS", "acoem": "ACOEM", "odg": "ODG", "other": ""}


def day(value: date | str | None) -> str:
    """A date, or ISO text, as "Dec 9, 2016"; empty for ``None``."""
    if not value:
        return ""
    moment = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment:%b} {moment.day}, {moment.year}"


def cited_number(case: Determination) -> str:
    """A case's number as cited in a brief. A file name is never presented as a number that the
    letter prints."""
    if "case_id" in case.evidence:
        return f"Case No. {case.case_id}"
    if normal_case_id(case.case_id):
        return f"Case No. {case.case_id} (from the name of the file; the letter prints none)"
    return f"letter without a printed case number (file “{case.file}”)"


def page_ranges(pages: tuple[int, ...]) -> str:
    """Cited pages, with consecutive ones joined: (58, 59, 60, 92) -> "58–60, 92"."""
    return ", ".join(
        str(first) if first == last else f"{first}–{last}" for first, last in page_runs(pages)
    )


def page_runs(pages: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First and last page of each run of consecutive pages: (92, 58, 59) -> (58, 59), (92, 92)."""
    ordered = sorted(set(pages))
    starts = [page for page in ordered if page - 1 not in ordered]
    ends = [page for page in ordered if page + 1 not in ordered]
    return zip(starts, ends, strict=True)


def citation_words(citation: Citation) -> str:
    """One citation in short: "ACOEM ch. 12, Low Back Complaints 2004: Physical Methods, p. 300".

    A citation unknown to the catalogue is shown as printed.
    """
    if citation.title is None:
        return citation.text
    sections = f": {'; '.join(citation.sections)}" if citation.sections else ""
    if not citation.pages:
        return f"{citation_source(citation)}{sections}"
    pages = f"{page_sign(citation.pages)}\N{NO-BREAK SPACE}{page_ranges(citation.pages)}"
    return f"{citation_source(citation)}{sections}, {pages}"


def citation_source(citation: Citation) -> str:
    """The cited work without the place in it: "ACOEM ch. 12, Low Back Complaints 2004"."""
    year = f" {citation.year}" if citation.year else ""
    return f"{_family(citation)}{citation.title}{year}"


def _family(citation: Citation) -> str:
    name = _FAMILY_NAMES[citation.family]
    chapter = f" ch. {citation.chapter}," if citation.chapter else ""
    title = str(citation.title)
    initials = "".join(filter(str.isupper, title))  # Official Disability Guidelines -> ODG
    if not name or name in (title[: len(name)], initials):
        return ""
    return f"{name}{chapter} "


def page_sign(pages: Sequence[int]) -> str:
    """What stands before page numbers: "p." of one, "pp." of several."""
    return "p." if len(set(pages)) == 1 else "pp."
