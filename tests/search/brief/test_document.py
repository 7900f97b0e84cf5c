"""A brief as Markdown, Word and PDF: each says the same, and quotes verbatim."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from imrsearch.search.brief.document import Brief, BriefEntry, brief_markdown
from imrsearch.search.brief.printed import brief_pdf
from imrsearch.search.brief.word import brief_docx
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings


def collection_of(settings: Settings) -> Collection:
    """The letters of an index."""
    return Collection.open(settings.index)


ENTRY = BriefEntry(
    citation="Independent Medical Review, California DWC, Case No. CM16-0000105, Issue 1 of 2",
    decision="Overturned",
    quotation="Pain fell from 8/10 to ≤ 4/10 <after> 6 visits & more.",
    guideline="MTUS Chronic Pain Medical Treatment Guidelines, pp. 58–60",
    page="p. 4",
    url="https://imr.example/case/CM16-0000105#issue-1",
    comment="Ours is alike:\n12 visits.",
)
BARE = BriefEntry("Case No. CM16-0000106, Issue 1 of 1", "Upheld", "", "", "", "https://a/b", "")
BRIEF = Brief((ENTRY, BARE), "20260901-000000-1")


def words_of_pdf(data: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split()
    )


def words_of_word(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


@pytest.mark.parametrize(
    "told",
    [words_of_word(brief_docx(BRIEF)), words_of_pdf(brief_pdf(BRIEF))],
    ids=["Word", "PDF"],
)
def test_a_file_says_everything(told: str) -> None:
    for part in (ENTRY.quotation, ENTRY.guideline, ENTRY.page, ENTRY.url, "12 visits."):
        assert part in told
    assert told.count(ENTRY.citation) == 2  # in the table and above its quotation
    assert "Page of the original: not known" in told
    assert "index build 20260901-000000-1" in told
    assert "binds only the parties to its own case" in told


def test_markdown() -> None:
    told = brief_markdown(BRIEF)
    assert f"| 1 | {ENTRY.citation} | Overturned | p. 4 |" in told
    assert r"> “Pain fell from 8/10 to ≤ 4/10 \<after\> 6 visits & more.”" in told
    assert told.endswith("cite it for its reasoning.\n")


def test_signs_of_markdown_are_no_signs_in_a_quotation() -> None:
    entry = BriefEntry("# C | D", "Upheld", "*a* [b](c) `d` _e_ snake_case", "", "", "u", "1. x")
    told = brief_markdown(Brief((entry,), "b"))
    assert r"| 1 | \# C \| D |" in told
    assert r"“\*a\* \[b\](c) \`d\` \_e\_ snake_case”" in told
    assert "\n1\\. x\n" in told


def test_what_no_file_may_hold_is_left_out_and_what_a_font_lacks_is_told() -> None:
    entry = BriefEntry("c", "Upheld", "a\x00b α", "", "", "u", "\ud800x")
    brief = Brief((entry,), "b")
    assert "“ab α”" in words_of_word(brief_docx(brief))
    assert "“ab [U+03B1]”" in words_of_pdf(brief_pdf(brief))


def test_the_same_brief_gives_the_same_pdf() -> None:
    assert brief_pdf(BRIEF) == brief_pdf(BRIEF)
