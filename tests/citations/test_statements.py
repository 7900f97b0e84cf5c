"""Guideline statements: fixed sentences, chapters, sections, pages, the early letters' prose."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.guidelines import Guideline, all_guidelines, guideline
from imrsearch.citations.statements import StatementReading, adopts, read_statement
from imrsearch.model import Basis, Citation
from tests.processor_time import processor_seconds

MTUS = "Decision based on MTUS "
NON = "Decision based on Non-MTUS Citation "
OUTSIDE = (
    "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS Guidelines. "
)
CHAPTERS = [row for row in all_guidelines() if row.chapter]
LATER = [row for row in all_guidelines() if row.edition == 3]
ROWS = tomllib.loads(
    (Path(__file__).parents[1] / "data" / "statements.toml").read_text(encoding="utf-8")
)["statement"]
ODG = [row for row in all_guidelines() if row.family == "odg" and row.id != "odg"]


def cites(
    name: str,
    *sections: str,
    pages: tuple[int, ...] = (),
    year: int | None = None,
    inferred: bool = False,
    edition: str | None = None,
) -> Citation:
    """The citation of a guideline of the catalogue; its text is compared elsewhere."""
    row = guideline(name)
    assert row is not None
    chapter = row.chapter
    return Citation(
        row.id, row.family, row.title, chapter, year, sections, pages, "", inferred, edition
    )


def expected(entry: dict[str, Any]) -> Citation:
    """The citation that a row describes."""
    pages = tuple(entry.get("pages", ()))
    name = entry["guideline"]
    if name in ("other", "mtus"):
        return Citation(None, name, None, None, None, (), pages, "")
    return cites(
        name,
        *entry.get("sections", ()),
        pages=pages,
        year=entry.get("year"),
        inferred=entry.get("inferred", False),
        edition=entry.get("edition"),
    )


def citations(text: str) -> list[Citation]:
    found = read_statement(text).statement.citations
    return [replace(each, text="", recommendations=()) for each in found]


def printed(text: str) -> list[str]:
    return [citation.text for citation in read_statement(text).statement.citations]


# --- Chapters, by generation -------------------------------------------------------------------


@pytest.mark.parametrize("row", CHAPTERS, ids=lambda row: row.id)
def test_every_chapter_of_2004_in_every_style(row: Guideline) -> None:
    starts = [
        f"ACOEM Chapter {row.chapter}",
        f"ACOEM Chapter {row.chapter} {row.title}",
        f"ACOEM Chapter {row.chapter}: {row.title}",
        f"ACOEM, Chapter {row.chapter} ({row.title})",
        f"ACOEM Practice Guidelines, 2nd Edition, Chapter {row.chapter} {row.title}",
        f"ACOEM {row.title}",
        f"ACOEM Chapter {row.chapter} {row.title.replace(' and ', ' & ')}",
        f"ACOEM Ch. {row.chapter} {row.title.upper()}",
    ]
    tails = ["", ".", " Page(s): 300-301.", ", pages 300-301", " pgs. 300-1 Physical Methods."]
    for start, tail in product(starts, tails):
        pages = (300, 301) if "30" in tail else ()
        sections = ("Physical Methods",) if "Physical" in tail else ()
        expected = [cites(row.id, *sections, pages=pages)]
        assert citations(f"{MTUS}{start}{tail}") == expected, start + tail


@pytest.mark.parametrize("row", [row for row in CHAPTERS if row.names], ids=lambda row: row.id)
def test_every_chapter_of_2004_with_year_and_sections(row: Guideline) -> None:
    for name, year, joint in product(row.names, (2004, 2007), (", and ", ", ", "; ")):
        text = (
            f"{MTUS}{name} {year}, Section(s): Special Studies, Summary{joint}Chronic Pain "
            "Medical Treatment 2016, Section(s): NSAIDs, hypertension and renal function."
        )
        assert citations(text) == [
            cites(row.id, "Special Studies", "Summary", year=year),
            cites("mtus-chronic-pain", "NSAIDs, hypertension and renal function", year=2016),
        ], text


@pytest.mark.parametrize("row", LATER, ids=lambda row: row.id)
def test_every_guideline_adopted_by_name(row: Guideline) -> None:
    for year, form in product((2017, 2019, 2024), ("{} {}", "{}, {}", "{} ({})")):
        assert citations(MTUS + form.format(row.title, year) + ".") == [cites(row.id, year=year)]


@pytest.mark.parametrize("first", CHAPTERS, ids=lambda row: row.id)
def test_every_pair_of_chapters_with_pages_of_their_own(first: Guideline) -> None:
    for second in CHAPTERS:
        if second is first:
            continue
        text = (
            f"{MTUS}ACOEM Chapter {first.chapter} {first.title} Page(s): 44, 48, "
            f"Chapter {second.chapter} {second.title} Page(s): 9-11."
        )
        assert citations(text) == [
            cites(first.id, pages=(44, 48)),
            cites(second.id, pages=(9, 10, 11)),
        ], text


@pytest.mark.parametrize("row", ODG, ids=lambda row: row.id)
def test_every_odg_chapter_in_every_style(row: Guideline) -> None:
    families = [
        "Official Disability Guidelines (ODG), ",
        "ODG ",
        "Official Disability Guidelines: ",
    ]
    tails = ["", " Chapter", " Chapter (updated 12/20/16)", " (Acute & Chronic)", " section"]
    joints = [", ", ": ", " - ", "/"]
    for family, tail, joint in product(families, tails, joints):
        text = f"{NON}{family}{row.title}{tail}{joint}Gym memberships."
        assert citations(text) == [cites(row.id, "Gym memberships")], text
        assert citations(f"{NON}{family}{row.title}{tail}.") == [cites(row.id)]


# --- The basis -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "basis", "told_by"),
    [
        pytest.param(f"{MTUS}ACOEM.", "mtus", "Decision based on MTUS", id="the form, MTUS"),
        pytest.param(f"{NON}ODG.", "non-mtus", NON.strip(), id="the form, Non-MTUS"),
        pytest.param(
            f"{OUTSIDE}{NON}ODG.", "non-mtus", NON.strip(), id="outside of the MTUS is no MTUS"
        ),
        pytest.param(
            f"The Expert Reviewer did not base their decision on the MTUS. {NON}ODG.",
            "non-mtus",
            NON.strip(),
            id="did not base their decision on the MTUS",
        ),
        pytest.param(
            f"{MTUS}ACOEM. {NON}ODG.",
            "mtus+non-mtus",
            f"{MTUS}ACOEM. {NON.strip()}",
            id="both",
        ),
        pytest.param(
            f"{NON}ODG. {MTUS}ACOEM.",
            "mtus+non-mtus",
            f"{NON}ODG. {MTUS.strip()}",
            id="both, the other way round",
        ),
        pytest.param(
            "The Claims Administrator did not cite any medical evidence for its decision.",
            "none",
            "The Claims Administrator did not cite any medical evidence for its decision.",
            id="none, administrator",
        ),
        pytest.param(
            "The Expert Reviewer did not cite any medical evidence for its decision.",
            "none",
            "The Expert Reviewer did not cite any medical evidence for its decision.",
            id="none, reviewer",
        ),
        pytest.param(OUTSIDE, "non-mtus", OUTSIDE.strip(), id="outside, and nothing more"),
        pytest.param("Decision based on MTUS.", "mtus", "Decision based on MTUS", id="bare"),
        pytest.param(
            "Decision based on Non MTUS Citation: ODG.",
            "non-mtus",
            "Decision based on Non MTUS Citation:",
            id="hyphen lost, colon won",
        ),
        pytest.param("See the report of 5/9/13.", None, None, id="nothing recognisable"),
        pytest.param("", None, None, id="nothing"),
    ],
)
def test_basis(text: str, basis: Basis | None, told_by: str | None) -> None:
    reading = read_statement(text)
    assert reading.statement.basis == basis
    place = reading.basis
    assert (text[place.start : place.end] if place else None) == told_by


@pytest.mark.parametrize(
    ("text", "told_by"),
    [
        pytest.param(
            "The Expert Reviewer found the guidelines used by the Claims Administrator relevant "
            "and appropriate for the employee's clinical circumstance.",
            "found the guidelines used by the Claims Administrator relevant",
            id="the form of 2013",
        ),
        pytest.param(
            "It found that the section(s) cited by the claims administrator were applicable.",
            "found that the section(s) cited by the claims administrator were applicable",
            id="with a verb",
        ),
        pytest.param(
            "The reviewer found the guidelines used by the Claims Administrator not relevant.",
            None,
            id="denied",
        ),
        pytest.param("The Expert Reviewer relied on the MTUS.", None, id="speaks for itself"),
        (
            "The Expert Reviewer relied on the same guideline and found it applicable.",
            "relied on the same guideline",
        ),
        (
            "It relied on the sections of the MTUS used by the Claims Administrator.",
            "relied on the sections of the MTUS used by the Claims Administrator",
        ),
        ("Same as the Claims Administrator.", "Same as the Claims Administrator"),
        (
            "Same guidelines as those cited by the Claims Administrator.",
            "Same guidelines as those cited by the Claims Administrator",
        ),
        ("The Expert Reviewer relied on the same day's note.", None),
    ],
)
def test_whose_guidelines_serve_the_reviewer(text: str, told_by: str | None) -> None:
    span = adopts(text)
    assert (text[span[0] : span[1]] if span else None) == told_by


@pytest.mark.parametrize(
    ("text", "basis", "told_by"),
    [
        pytest.param("It relied on the ODG, Knee.", "non-mtus", "ODG, Knee", id="what is cited"),
        pytest.param(
            "It relied on ACOEM, Chapter 12, and used the ODG, Knee.",
            "mtus+non-mtus",
            "ACOEM, Chapter 12, and used the ODG, Knee",
            id="from the first citation to the last",
        ),
        pytest.param("The ACOEM Guidelines apply.", None, None, id="ACOEM alone leaves it open"),
        pytest.param(
            "It relied on ACOEM, Low Back, part of the MTUS.",
            "mtus",
            "MTUS",
            id="what is said of it",
        ),
        pytest.param(
            "It relied on ACOEM, Chapter 12, not part of the MTUS.",
            "non-mtus",
            "not part of the MTUS.",
            id="even against what it is",
        ),
        pytest.param(
            "The MTUS Chronic Pain Guidelines, page 8, are cited, and the ODG, Knee, not part of "
            "the MTUS.",
            "mtus+non-mtus",
            "MTUS Chronic Pain Guidelines, page 8, are cited, and the ODG, Knee, not part of the "
            "MTUS.",
            id="each as said behind it",
        ),
        pytest.param(
            "The MTUS is silent. The ODG, Knee applies.",
            "non-mtus",
            "The MTUS is silent.",
            id="that it is silent",
        ),
        pytest.param(
            "It relied on the MTUS and on the Non-MTUS Bell's Hand Surgery, 6th ed., page 12.",
            "mtus+non-mtus",
            "MTUS and on the Non-MTUS",
            id="of what follows",
        ),
        pytest.param(
            "The Claims Administrator did not cite any medical evidence for its decision. It used "
            "the MTUS.",
            "mtus",
            "MTUS",
            id="that nothing was cited counts where nothing was",
        ),
    ],
)
def test_basis_of_free_sentences(text: str, basis: Basis | None, told_by: str | None) -> None:
    reading = read_statement(text)
    place = reading.basis
    assert reading.statement.basis == basis
    assert (text[place.start : place.end] if place else None) == told_by


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("The reviewer relied upon Lee on Braces, page 4.", ["Lee on Braces, page 4"]),
        ("It based her decision on Lee et al., Braces, as the best work.", ["Lee et al., Braces"]),
        pytest.param(
            "It relied on Lee A. On braces. J Rehab. 2009;14:2-9. It is clear.",
            ["Lee A. On braces. J Rehab. 2009;14:2-9"],
            id="over full stops to its pages",
        ),
        pytest.param(
            "It relied on Lee on Braces. The MTUS is silent, page 9.",
            ["Lee on Braces"],
            id="not into another sentence of the form",
        ),
        pytest.param(
            "It used the Non-MTUS Source: Bell's Hand Surgery, page 12.",
            ["Bell's Hand Surgery, page 12"],
            id="named as outside",
        ),
        pytest.param(
            "It relied on the ODG Knee and on Lee, Textbook, 2010, chapter 12, page 300.",
            ["ODG Knee", "Lee, Textbook, 2010, chapter 12, page 300"],
            id="beside a guideline, its chapter its own",
        ),
        pytest.param(
            "It relied on ACOEM Chapter 12 and Table 12-8, 2004, page 309.",
            ["ACOEM Chapter 12 and Table 12-8, 2004, page 309"],
            id="a table is part of what it stands in",
        ),
        pytest.param(
            "It used the ODG, Knee, and Lee, page 40.",
            ["ODG, Knee, and Lee, page 40"],
            id="without an edition or year it is a topic",
        ),
        ("The reviewer based its decision on a lack of documentation.", []),
        ("The reviewer based its decision on the medical records.", []),
        ("The reviewer based its decision on the surgery not being certified.", []),
        ("It based its decision on the guidelines used by the Claims Administrator.", []),
        ("The reviewer relied on page 105 of the same guidelines.", []),
        ("Lee on Braces.", []),
    ],
)  # fmt: skip
def test_works_that_free_sentences_name(text: str, sources: list[str]) -> None:
    assert printed(text) == sources


# --- What letters print: the rows of tests/data/statements.toml ------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['clause']}: {row['why']}")
def test_statement_as_printed(row: dict[str, Any]) -> None:
    text = {"mtus": MTUS, "non-mtus": NON, "prose": ""}[row["clause"]] + row["text"]
    assert citations(text) == [expected(entry) for entry in row["citations"]]
    basis = row.get("basis", None if row["clause"] == "prose" else row["clause"])
    assert read_statement(text).statement.basis == basis


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            f"{MTUS}ACOEM Chapter 12 Low Back Complaints Page(s): 298. {NON}ODG, Low Back Chapter.",
            ["ACOEM Chapter 12 Low Back Complaints Page(s): 298", "ODG, Low Back Chapter"],
        ),
        (
            f"{MTUS}Knee Complaints 2004, and Chronic Pain Medical Treatment 2016.",
            ["Knee Complaints 2004", "Chronic Pain Medical Treatment 2016"],
        ),
        (f"{NON}ODG Neck (Acute and Chronic) and ODG.", ["ODG Neck (Acute and Chronic)", "ODG"]),
        (f"{NON}Source One; Source Two.", ["Source One", "Source Two"]),
        (
            "It relied on the ODG, Neck, and on the Non-MTUS Poe and Osei's Braces, 2010, page 9.",
            ["ODG, Neck", "Poe and Osei's Braces, 2010, page 9"],
        ),
        (
            "It relied on Harlan and Osei, Braces, 2010, page 149, and on the ODG, Knee Chapter.",
            ["Harlan and Osei, Braces, 2010, page 149", "ODG, Knee Chapter"],
        ),
        (f"{MTUS}ACOEM Page(s): 92,127.", ["ACOEM Page(s): 92,127", "ACOEM Page(s): 92,127"]),
    ],
)
def test_printed_pieces(text: str, pieces: list[str]) -> None:
    assert printed(text) == pieces


# --- Properties ----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "Decision based on MTUS",
        "Decision based on Non-MTUS Citation",
        "ACOEM",
        "ODG",
        "MTUS",
        "Chapter 12",
        "Chapters 8 and 12",
        "Low Back Complaints",
        "Low Back",
        "Chronic Pain Medical Treatment",
        "2016",
        "2004",
        "Section(s):",
        "Special Studies",
        "NSAIDs, GI symptoms & cardiovascular risk",
        "Page(s):",
        "58-60",
        "pg. 617-25",
        "page",
        "92,127",
        "and",
        "the",
        ",",
        ";",
        ".",
        "(",
        ")",
        "/",
        "-",
        "http://x.example",
        "UpToDate",
        "and Other Medical Treatment Guidelines",
        "is",
        "which is part of the MTUS",
        "3rd ed.",
        "Opioids 2017",
        "did not cite any medical evidence",
        "based its decision on",
        "of the",
        "\n",
    ]
)
PIECES = [
    "a",
    "a,",
    "(",
    "Page(s): 1-130 ",
    "p ",
    "1-130,",
    "Low Back, ",
    MTUS,
    f"{NON}ODG, Low Back; ",
    "- ",
    ". ",
    "Chapter 8 ",
    "low and ",
    "ACOEM ",
    "; ",
    "Section(s): ",
    "NSAIDs, ",
    "3.3 A, ",
    "Com- plaints ",
    "8 C.C.R. ",
    "9792.20 - ",
    "Chronic Pain Medical Treatment 2016, Section(s): ",
    "based its decision on the ",
    " ",
]
STATEMENTS = st.lists(WORDS, max_size=24).map(" ".join) | st.text(max_size=200)


def check(text: str, reading: StatementReading) -> None:
    """Places lie in the text, hold the citation's own text, and the text holds its pages."""
    assert reading.statement.text == text
    for found in reading.citations:
        citation = found.value
        assert 0 <= found.start < found.end <= len(text)
        assert citation.text == text[found.start : found.end]
        assert all(page > 0 for page in citation.pages)
        assert len(set(citation.pages)) == len(citation.pages)
        assert all(section.strip() for section in citation.sections)
        digits = re.sub(r"\D+", " ", citation.text).split()
        assert not citation.pages or any(number in digits for number in map(str, citation.pages))
        row = guideline(citation.guideline or "")
        if row is not None:
            assert (row.family, row.title) == (citation.family, citation.title)
    if reading.basis:
        assert 0 <= reading.basis.start < reading.basis.end <= len(text)


@given(STATEMENTS)
def test_any_text_is_read_and_every_fact_keeps_its_place(text: str) -> None:
    check(text, read_statement(text))


@given(STATEMENTS)
def test_places_follow_the_order_of_the_text(text: str) -> None:
    places = [(one.start, one.end) for one in read_statement(text).citations]
    assert places == sorted(places)


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_anything_is_read_at_once(piece: str) -> None:
    for begin in (MTUS, f"{NON}ODG "):
        text = begin + piece * (1_000_000 // len(piece))
        assert processor_seconds(partial(read_statement, text), 1) < 1
        assert read_statement(text).statement.text == text


def test_an_ordinary_statement_costs_some_milliseconds_at_most() -> None:
    # Half a millisecond on two idle cores; a slow, busy machine takes several times as long.
    text = (
        f"{MTUS}ACOEM Chapter 12 Low Back Complaints Page(s): 298. {NON}ODG, Low Back Chapter, MRI."
    )
    read_statement(text)
    fifty = processor_seconds(lambda: [read_statement(text) for _ in range(50)], 50 * 0.004)
    assert fifty < 50 * 0.004
