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
    assert (
        brief_markdown(BRIEF)
        == rf"""# Authorities from Independent Medical Review

## Table of authorities

| | authority | decision | original |
|---|---|---|---|
| 1 | {ENTRY.citation} | Overturned | p. 4 |
| 2 | {BARE.citation} | Upheld | – |

## Quotations

### 1. {ENTRY.citation}

> “Pain fell from 8/10 to ≤ 4/10 \<after\> 6 visits & more.”

- Guideline cited by the reviewer: {ENTRY.guideline}
- Page of the original: p. 4
- Address: {ENTRY.url}

Ours is alike:
12 visits.

### 2. {BARE.citation}

- Guideline cited by the reviewer: none recognised
- Page of the original: not known: no PDF at hand
- Address: https://a/b

---

{BRIEF.source}
"""
    )


def test_word_has_headings_a_table_and_a_list() -> None:
    document = docx.Document(BytesIO(brief_docx(BRIEF)))
    lines = [(one.style.name, one.text) for one in document.paragraphs if one.style]
    assert lines == [
        ("Heading 1", "Authorities from Independent Medical Review"),
        ("Heading 2", "Table of authorities"),
        ("Heading 2", "Quotations"),
        ("Heading 3", f"1. {ENTRY.citation}"),
        ("Quote", f"“{ENTRY.quotation}”"),
        ("List Bullet", f"Guideline cited by the reviewer: {ENTRY.guideline}"),
        ("List Bullet", "Page of the original: p. 4"),
        ("List Bullet", f"Address: {ENTRY.url}"),
        ("Normal", ENTRY.comment),
        ("Heading 3", f"2. {BARE.citation}"),
        ("List Bullet", "Guideline cited by the reviewer: none recognised"),
        ("List Bullet", "Page of the original: not known: no PDF at hand"),
        ("List Bullet", f"Address: {BARE.url}"),
        ("Normal", BRIEF.source),
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["No.", "Authority", "Decision", "Original"],
        ["1", ENTRY.citation, "Overturned", "p. 4"],
        ["2", BARE.citation, "Upheld", "–"],
    ]
    core = document.core_properties
    assert (core.title, core.author) == ("Authorities from Independent Medical Review", "")


def test_pdf_has_a_table_and_numbered_entries_on_letter_paper() -> None:
    reader = PdfReader(BytesIO(brief_pdf(BRIEF)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Authorities from Independent Medical Review"
    assert not reader.metadata.author
    assert reader.pages[0].mediabox[2:] == [8.5 * 72, 11 * 72]
    told = words_of_pdf(brief_pdf(BRIEF))
    assert told.startswith(
        "Authorities from Independent Medical Review Table of authorities "
        "No. Authority Decision Original"
    )
    assert f"Upheld – Quotations 1. {ENTRY.citation} “Pain fell" in told
    assert "“”" not in told  # nothing is quoted of the second
    assert told.endswith(f"Address: {BARE.url} {BRIEF.source}")


def test_the_heading_of_a_long_table_is_on_each_of_its_pages() -> None:
    reader = PdfReader(BytesIO(brief_pdf(Brief((ENTRY,) * 24, "b"))))
    first, second, *_ = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "No. Authority Decision Original 1 " in first
    assert second.startswith("No. Authority Decision Original ")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# a", r"\# a"),
        ("## a", r"\## a"),
        ("a # b", "a # b"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("-5 to +3", "-5 to +3"),
        ("12. March", r"12\. March"),
        ("3) a", r"3\) a"),
        ("in 12. March", "in 12. March"),
        ("12.5 mg", "12.5 mg"),
        ("_a_ b_c", r"\_a\_ b_c"),
        (r"a\b", r"a\\b"),
        ("> a", r"\> a"),
        ("a  b\nc", "a b c"),
    ],
)
def test_only_what_markdown_would_read_as_a_sign_is_escaped(text: str, escaped: str) -> None:
    told = brief_markdown(Brief((BriefEntry("c", "Upheld", "", text, "", "u", ""),), "b"))
    # Behind a label nothing is at the beginning of its line, but all values are escaped alike.
    assert f"- Guideline cited by the reviewer: {escaped}\n" in told


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
