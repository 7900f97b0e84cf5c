"""Any extract becomes kept text of one shape."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imrsearch.letters.layout import decode, kept_text

DOUBLED = (
    "First line \n\nsecond line. \n\n \n\nNew paragraph \n\ngoes on \n\n\n\nover the page \n\n"
    "and ends. \n\n \n\n\n\nParagraph on a new page. \n\nLast line.\n\n"
)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        pytest.param("a\r\nb\rc", "a\nb\nc", id="any line end"),
        pytest.param("a\n\n\n\nb", "a\n\nb", id="one empty line between paragraphs"),
        pytest.param("a\n \t\nb", "a\n\nb", id="a line of blanks is empty"),
        pytest.param("a\fb", "a\n\fb", id="a page is marked before its first line"),
        pytest.param("a.\n\n\f\nb", "a.\n\n\fb", id="a page that begins a paragraph"),
        pytest.param("a:\n\n\f\nb", "a:\n\n\fb", id="a page that begins behind a label"),
        pytest.param("a\n\n\f\nB", "a\n\n\fB", id="a heading before a page's first paragraph"),
        pytest.param("the\n\n\f\n\nclaim", "the\n\fclaim", id="empty lines within a sentence"),
        pytest.param("a,\n\n\f\n\nB", "a,\n\fB", id="empty lines after a comma"),
        pytest.param("\n\n  a  \n\n", "a", id="no blanks at the borders"),
        pytest.param("a\xa0\u2003b", "a b", id="kinds of blanks"),
        pytest.param("a\x00\u202e\u200bb\ufeff", "ab", id="controls and bidi marks go"),
        pytest.param("\f\fa", "a", id="no page before the first line"),
        pytest.param("a\f\fa", "a", id="a line printed twice, beyond an empty page"),
        pytest.param("a\n\n\fa", "a", id="a line printed twice, beyond an empty line and a page"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_kept_text(raw: str, kept: str) -> None:
    assert kept_text(raw) == kept


def test_doubled_line_ends_are_taken_out() -> None:
    assert kept_text(DOUBLED) == (
        "First line\nsecond line.\n\nNew paragraph\ngoes on\n\fover the page\nand ends.\n\n"
        "\fParagraph on a new page.\nLast line."
    )


def test_doubled_line_ends_whose_marks_an_editor_trimmed() -> None:
    trimmed = "\n".join(line.strip() for line in DOUBLED.split("\n"))
    paragraphs = kept_text(trimmed).replace("\f", "").split("\n\n")
    assert paragraphs[0] == "First line\nsecond line."


def test_a_short_text_of_single_lines_is_not_taken_for_doubled() -> None:
    assert kept_text("one\n\ntwo\n\nthree") == "one\n\ntwo\n\nthree"


@given(st.text(alphabet=st.sampled_from("ab .\n\f\r\t\x00\xa0"), max_size=80))
@example(".\ra\x0ca\r.")  # the line repeated over the page hid a running head
def test_kept_text_is_stable(raw: str) -> None:
    kept = kept_text(raw)
    assert kept_text(kept) == kept
    assert "\n\n\n" not in kept
    assert kept == kept.strip("\n ")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("naïve “quote”".encode(), "naïve “quote”", id="UTF-8"),
        pytest.param("naïve “quote”".encode("cp1252"), "naïve “quote”", id="Windows-1252"),
        pytest.param("\ufeffhello".encode(), "\ufeffhello", id="UTF-8 with its mark"),
        pytest.param("hello".encode("utf-16"), "hello", id="UTF-16 by its mark"),
        pytest.param(b"\x81\x8d", "\ufffd\ufffd", id="bytes of neither"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data).lstrip("\ufeff") == text.lstrip("\ufeff")


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        pytest.param("A\nand\nPage 2 of 7\n\fso on", "A\nand\n\fso on", id="a page's foot"),
        pytest.param("A\nand\n3\n\fso on", "A\nand\n\fso on", id="its number alone"),
        pytest.param("A\nand\n- 3 -\nso on", "A\nand\nso on", id="its number between dashes"),
        pytest.param(
            "A of CM13-0000301\nand so\n\nCM13-0000301 5\n\non it goes",
            "A of CM13-0000301\nand so\n\fon it goes",
            id="a foot with the case's number, set apart without a page break",
        ),
        pytest.param(
            "A of CM13-0000301\nand so\n\nCM13-0000301\n\n\fPage 5 of 6\n\non it goes",
            "A of CM13-0000301\nand so\n\fon it goes",
            id="a foot and a head",
        ),
        pytest.param(
            "A\nB.\n\nFinal Letter of Determination   Form Effective 5.16.13   Page 4 of 6\n\nC",
            "A\nB.\n\n\fC",
            id="the form's own foot",
        ),
        pytest.param(
            "Case Number: CM13-0000301\nA\nCase Number:\nCM13-0000301\nB",
            "Case Number: CM13-0000301\nA\nCase Number:\nCM13-0000301\nB",
            id="a field's case number stays",
        ),
        pytest.param("A\nCM13-0000301\nB", "A\nCM13-0000301\nB", id="and the first one does"),
        pytest.param(
            "REVIEW\nBox 1\nand so\nPage 1\n\fREVIEW\nBox 1\n\non it goes",
            "REVIEW\nBox 1\nand so\n\fon it goes",
            id="the letter's first lines at each page's head",
        ),
        pytest.param(
            "REVIEW\nBox 1\nA\n\fBox 1\nB", "REVIEW\nBox 1\nA\n\fBox 1\nB", id="not any one of them"
        ),
        pytest.param("an anti\x02inflammatory", "an anti-\ninflammatory", id="PDFium's hyphen"),
        pytest.param("A\n3\nB", "A\n3\nB", id="a number away from page breaks"),
        pytest.param(
            "Final Determination Letter for IMR Case Number CM13-0000301\nA\n\fFinal Determination "
            "Letter for IMR Case Number CM13-0000301\nB",
            "Final Determination Letter for IMR Case Number CM13-0000301\nA\n\fB",
            id="a running head, but for the first",
        ),
        pytest.param(
            "A line struck twice\nA line struck twice\nB", "A line struck twice\nB", id="twice"
        ),
        pytest.param(
            "A\nA line struck twice\n\fA line struck twice\nB",
            "A\nA line struck twice\n\fB",
            id="twice, on two pages",
        ),
        pytest.param("based on NonMTUS Citation", "based on Non-MTUS Citation", id="its hyphen"),
        pytest.param(
            "A\n\nA heading that is struck twice\n\nA heading that is struck twice\n\nA\n\nA",
            "A\n\nA heading that is struck twice\n\nA\n\nA",
            id="twice, with an empty line between",
        ),
        pytest.param(
            "4 of 10\n4 of 10\nB\nC\nD\nE\nF", "4 of 10\n4 of 10\nB\nC\nD\nE\nF", id="rows"
        ),
        pytest.param("A\nA\nB\nB\nC\nC", "A\nB\nC", id="every line twice"),
    ],
)
def test_what_generators_and_pages_add_is_left_out(raw: str, kept: str) -> None:
    assert kept_text(raw) == kept


@pytest.mark.parametrize(
    "foot",
    [
        "Page: 3",
        "3/7",
        "[3]",
        "CM13-0000301 - 3",
        "Page 3 | CM13-0000301",
        "IMR Case Number: CM13-0000301  Page 3",
        "Case No. CM13-0000301, Page 3 of 7",
        "MAXIMUS Federal Services, Inc.   Page 3",
        "Form Effective 5.16.13",
    ],
)
def test_feet_of_pages(foot: str) -> None:
    assert kept_text(f"A of CM13-0000301\nand\n{foot}\n\fso on") == (
        "A of CM13-0000301\nand\n\fso on"
    )


@pytest.mark.parametrize(
    "line",
    ["MAXIMUS Federal Services", "Case Number: CM13-0000301", "Page 3 tells why", "3/7 left"],
)
def test_no_feet_of_pages(line: str) -> None:
    assert kept_text(f"A\nand\n{line}\n\fso on") == f"A\nand\n{line}\n\fso on"
