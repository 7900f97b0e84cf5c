"""Page numbers: the whole grammar by generation, and the rows that letters taught."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.citations.page_numbers import (
    MAX_RANGE,
    YEARS,
    expand,
    find_journal_pages,
    find_pages,
)


def pages_of(text: str) -> list[int]:
    return [page for listed in find_pages(text) for page in listed.value]


LABELS = [
    "Page(s): ",
    "Page(s):",
    "Page (s): ",
    "Page(s) ",
    "page(s) ",
    "Pages: ",
    "pages ",
    "page ",
    "Page(s): page ",
    "pgs. ",
    "pgs ",
    "pg. ",
    "pg ",
    "pg.",
    "pp. ",
    "pp.",
    "p. ",
    "p.",
    "p ",
    "p",
    "page #",
]
DASHES = ["-", " - ", "–", " – ", "—", "‑", " to ", " through ", "--"]
JOINTS = [",", ", ", " and ", " & ", ", and ", "; ", "," + " " * 2]
BEFORE = ["", "Opioids, criteria for use ", "ACOEM Chapter 12, ", "(", "manual therapy, "]
AFTER = ["", ".", ", Physical Methods", " Epidural steroid injections", ")", ". Decision"]


@pytest.mark.parametrize("label", LABELS)
def test_every_label_with_every_form_and_joint(label: str) -> None:
    for dash, joint, before, after in product(DASHES, JOINTS, BEFORE, AFTER):
        text = f"{before}{label}58{dash}60{joint}92{after}"
        assert pages_of(text) == [58, 59, 60, 92], text


@pytest.mark.parametrize("dash", DASHES)
def test_every_shortened_range_within_a_thousand(dash: str) -> None:
    for start in range(100, 1000, 7):
        for length in (1, 2):
            end = start // 10**length * 10**length + 10**length - 1
            text = f"pgs. {start}{dash}{str(end)[-length:]}"
            assert pages_of(text) == list(range(start, end + 1)), text


def test_every_single_page_and_neighbouring_pair() -> None:
    for page in range(1, YEARS.start):
        assert pages_of(f"page {page}") == [page]
        follower = [] if page + 1 in YEARS else [page + 1]
        assert pages_of(f"page {page}-{page + 1}") == [page, *follower]


@pytest.mark.parametrize("label", LABELS)
def test_a_year_is_no_page_behind_any_label(label: str) -> None:
    for year in (1999, 2004, 2009, 2016):
        assert pages_of(f"{label}{year}") == []


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        pytest.param("Page(s): 58-60.", [58, 59, 60], id="the form's own way"),
        pytest.param("Page(s): 58 and 59.", [58, 59], id="and"),
        pytest.param("Page(s): 92,127.", [92, 127], id="comma without a blank"),
        pytest.param("vol 1, pgs. 617-25", list(range(617, 626)), id="shortened range"),
        pytest.param(
            "Page(s): 300-301 and 617-25",
            [300, 301, *range(617, 626)],
            id="range and shortened range",
        ),
        pytest.param("Page(s): 300-1", [300, 301], id="shortened to one figure"),
        pytest.param("Page(s): 303-05", [303, 304, 305], id="shortened, with a nought"),
        pytest.param("Page(s): 98-99 of 127", [98, 99], id="the guideline's length is no page"),
        pytest.param("Page(s): 58 of 127, 98", [58, 98], id="the list goes on after the length"),
        pytest.param("Page(s): 398B, 402", [398, 402], id="a lettered page"),
        pytest.param("Page(s): 398A-B", [398], id="two lettered halves of a page"),
        pytest.param("Page(s): 58/59", [58, 59], id="a slash between two pages"),
        pytest.param("pages 58, 58-59", [58, 59], id="each page once"),
        pytest.param("page 60, 58", [60, 58], id="in the order printed"),
        pytest.param("ComplaintsPage(s): 300", [300], id="blank missing before the label"),
        pytest.param("page 51; Opioids Page(s): 75", [51, 75], id="two labels"),
        pytest.param("Page(s): Opioids 78-80, Tramadol 93.", [78, 79, 80, 93], id="topic between"),
        pytest.param("Page(s): Vitamin B12 4 mg", [], id="a dose behind a topic is no page"),
        pytest.param("Page(s): Opioids.", [], id="label without a number"),
        pytest.param("page 60-58", [60, 58], id="backwards: the printed numbers, no range"),
        pytest.param("page 58-5", [58], id="a shortened end that makes no sense is dropped"),
        pytest.param("page 12-900", [12, 900], id="longer than any range: not filled in"),
        pytest.param("pages 98-99, 2009", [98, 99], id="a year ends the list"),
        pytest.param("pages 98, 12 sessions", [98], id="an amount ends the list"),
        pytest.param("page 9, 5/9/13", [9], id="a date ends the list"),
        pytest.param("page 58, 3.3.1 Opioids", [58], id="a section's number ends the list"),
        pytest.param("page 58 and 2nd edition", [58], id="an ordinal ends the list"),
        pytest.param("p.o. 40 mg", [], id="by mouth"),
        pytest.param("P.T. 12 visits", [], id="physical therapy"),
        pytest.param("58-60", [], id="no label, no page"),
        pytest.param("stop 58", [], id="a word that ends in p"),
        pytest.param("page 0", [], id="no page nought"),
        pytest.param("page 12345", [], id="five figures"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_pages_as_printed(text: str, pages: list[int]) -> None:
    assert pages_of(text) == pages


def test_place_of_the_list_holds_label_and_numbers() -> None:
    text = "Manual therapy Page(s): 58-60. More"
    (listed,) = find_pages(text)
    assert text[listed.start : listed.end] == "Page(s): 58-60"


@pytest.mark.parametrize(
    ("first", "last", "length"),
    [
        pytest.param("1", "127", 127, id="a whole guideline"),
        pytest.param("1", str(MAX_RANGE), MAX_RANGE, id="the longest range"),
        pytest.param("1", str(MAX_RANGE + 1), 2, id="one too long"),
    ],
)
def test_range_limit(first: str, last: str, length: int) -> None:
    assert len(expand(first, last)) == length


@given(st.text(alphabet="pages() .:,-–0123456789andof;", max_size=60))
def test_pages_are_plausible_and_printed_within_their_place(text: str) -> None:
    end = 0
    for listed in find_pages(text):
        assert end <= listed.start < listed.end <= len(text)
        end = listed.end
        assert all(page > 0 and page not in YEARS for page in listed.value)
        assert len(set(listed.value)) == len(listed.value)
        if listed.value:
            assert str(listed.value[0]) in text[listed.start : listed.end]


@given(st.integers(1, YEARS.start - 1), st.integers(0, MAX_RANGE - 1), st.sampled_from(DASHES))
def test_a_range_holds_all_from_first_to_last(first: int, more: int, dash: str) -> None:
    last = min(first + more, YEARS.start - 1)
    assert pages_of(f"Page(s): {first}{dash}{last}.") == list(range(first, last + 1))


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("J Rehab. 2009;14(3):211-13", (211, 212, 213)),
        ("J Rehab. 2009 Nov 3;14(3):211-3.", (211, 212, 213)),
        ("J Rehab. 2009;14(3):1999-2001", (1999, 2000, 2001)),
        ("Journal of Knees 2011; 8: 77", (77,)),
        ("Spine. 2004 Jun;29(2):e12", ()),
        ("filed on 2009; 14 visits: 3 left", ()),
        ("guideline of 2016, Section: 4", ()),
    ],
)
def test_a_journal_s_pages_need_no_label(text: str, pages: tuple[int, ...]) -> None:
    assert find_journal_pages(text) == pages


def test_pages_beyond_the_years(  # a textbook of two volumes
) -> None:
    assert next(find_pages("Chapter 43, pages 2301-2303")).value == (2301, 2302, 2303)
