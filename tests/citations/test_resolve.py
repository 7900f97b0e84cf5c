"""What follows a citation's head: its pages, sections, edition, and where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.citations.extract import Clause, ClauseKind
from imrsearch.citations.resolve import chapter_of_page, read_clause, trimmed

Cited = tuple[str, str | None, tuple[str, ...], tuple[int, ...]]
CHRONIC_PAIN = "Chronic Pain Medical Treatment Guidelines"


def cited(text: str, kind: ClauseKind) -> list[Cited]:
    """Each citation as printed, its guideline (or family), sections and pages."""
    return [
        (
            text[one.start : one.end],
            one.value.guideline or one.value.family,
            one.value.sections,
            one.value.pages,
        )
        for one in read_clause(text, Clause(kind, 0, len(text)))
    ]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        pytest.param(
            "ODG, Knee, Shoulder and Low Back chapters: MRI, page 5.",
            [
                ("ODG, Knee", "odg-knee-leg", ("MRI",), ()),
                ("Shoulder", "odg-shoulder", ("MRI",), ()),
                ("Low Back chapters: MRI, page 5", "odg-low-back", ("MRI",), (5,)),
            ],
            id="they have the sections in common, and the last the pages",
        ),
        pytest.param(
            "ODG, Knee (Braces) and Shoulder chapters: MRI.",
            [
                ("ODG, Knee (Braces)", "odg-knee-leg", ("Braces",), ()),
                ("Shoulder chapters: MRI", "odg-shoulder", ("MRI",), ()),
            ],
            id="but for one with a section of its own",
        ),
        pytest.param(
            "ODG, Knee page 7 and Shoulder chapters: MRI.",
            [
                ("ODG, Knee page 7", "odg-knee-leg", (), (7,)),
                ("Shoulder chapters: MRI", "odg-shoulder", ("MRI",), ()),
            ],
            id="or with a page of its own",
        ),
        pytest.param(
            "ODG Neck; ODG Elbow page 2; ODG Knee and Shoulder chapters: MRI.",
            [
                ("ODG Neck", "odg-neck-upper-back", (), ()),
                ("ODG Elbow page 2", "odg-elbow", (), (2,)),
                ("ODG Knee", "odg-knee-leg", ("MRI",), ()),
                ("Shoulder chapters: MRI", "odg-shoulder", ("MRI",), ()),
            ],
            id="which ends the list",
        ),
        pytest.param(
            "ACOEM Chapter 8, ODG Knee and Shoulder chapters: MRI.",
            [
                ("ACOEM Chapter 8", "acoem-neck-upper-back", (), ()),
                ("ODG Knee", "odg-knee-leg", ("MRI",), ()),
                ("Shoulder chapters: MRI", "odg-shoulder", ("MRI",), ()),
            ],
            id="another family's chapter is not of the list",
        ),
    ],
)
def test_chapters_of_one_list(text: str, citations: list[Cited]) -> None:
    assert cited(text, "non-mtus") == citations


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        pytest.param(
            "ACOEM Chapter 8, Chapter 12 Page(s): 178, 303.",
            [
                ("ACOEM Chapter 8", "acoem-neck-upper-back", (), (178,)),
                ("Chapter 12 Page(s): 178, 303", "acoem-low-back", (), (303,)),
            ],
            id="each has the pages that it holds",
        ),
        pytest.param(
            "ACOEM Chapter 3, Chapter 12 Page(s): 48, 303.",
            [
                ("ACOEM Chapter 3", "acoem-initial-approaches", (), (48,)),
                ("Chapter 12 Page(s): 48, 303", "acoem-low-back", (), (303,)),
            ],
            id="what none holds is of the one whose pages are not known",
        ),
        pytest.param(
            "ACOEM Chapter 3, Chapter 12 Page(s): 178, 303.",
            [
                ("ACOEM Chapter 3", "acoem-initial-approaches", (), ()),
                ("Chapter 12 Page(s): 178, 303", "acoem-low-back", (), (178, 303)),
            ],
            id="what a third one holds stays where it is printed",
        ),
        pytest.param(
            "ACOEM Chapter 2, Chapter 3 Page(s): 48, 303.",
            [
                ("ACOEM Chapter 2", "acoem-general-approach", (), ()),
                ("Chapter 3 Page(s): 48, 303", "acoem-initial-approaches", (), (48, 303)),
            ],
            id="of two such it is the last one's",
        ),
        pytest.param(
            "ACOEM Chapter 8 Page(s): 170, Chapter 12 Page(s): 178, 303.",
            [
                ("ACOEM Chapter 8 Page(s): 170", "acoem-neck-upper-back", (), (170,)),
                ("Chapter 12 Page(s): 178, 303", "acoem-low-back", (), (178, 303)),
            ],
            id="not where the first has pages of its own",
        ),
        pytest.param(
            "ACOEM Chapter 8 Special Studies, Chapter 12 Page(s): 178, 303.",
            [
                (
                    "ACOEM Chapter 8 Special Studies",
                    "acoem-neck-upper-back",
                    ("Special Studies",),
                    (),
                ),
                ("Chapter 12 Page(s): 178, 303", "acoem-low-back", (), (178, 303)),
            ],
            id="or a section",
        ),
        pytest.param(
            f"{CHRONIC_PAIN}, Chapter 12 Page(s): 48, 303.",
            [
                (CHRONIC_PAIN, "mtus-chronic-pain", (), ()),
                ("Chapter 12 Page(s): 48, 303", "acoem-low-back", (), (48, 303)),
            ],
            id="or is no chapter",
        ),
        pytest.param(
            f"Chapter 8, {CHRONIC_PAIN} Page(s): 170, 98.",
            [
                ("Chapter 8", "acoem-neck-upper-back", (), ()),
                (f"{CHRONIC_PAIN} Page(s): 170, 98", "mtus-chronic-pain", (), (170, 98)),
            ],
            id="or the last is none",
        ),
        pytest.param(
            "Chapter 8, Chapter 9 Page(s): 170, 204, Chapter 12 Page(s): 303.",
            [
                ("Chapter 8", "acoem-neck-upper-back", (), (170,)),
                ("Chapter 9 Page(s): 170, 204", "acoem-shoulder", (), (204,)),
                ("Chapter 12 Page(s): 303", "acoem-low-back", (), (303,)),
            ],
            id="each pair in turn",
        ),
    ],
)
def test_pages_behind_the_last_of_several_chapters(text: str, citations: list[Cited]) -> None:
    assert cited(text, "mtus") == citations


@pytest.mark.parametrize(
    ("text", "guideline"),
    [
        pytest.param("ACOEM Low Back", "acoem", id="open between two editions"),
        pytest.param("ACOEM Low Back page 303", "acoem-low-back", id="its page is of the old one"),
        pytest.param("ACOEM Low Back page 303, 700", "acoem", id="not all of its pages are"),
        pytest.param("ACOEM Low Back 2007", "acoem-low-back", id="the last year of the old one"),
        pytest.param("ACOEM Low Back 2008", "acoem", id="a year between them"),
        pytest.param("ACOEM Low Back 2011", "acoem-low-back-disorders", id="the first of the new"),
        pytest.param("ACOEM 2nd edition Low Back page 700", "acoem-low-back", id="printed: 2nd"),
        pytest.param(
            "ACOEM 3rd edition (2004) Low Back page 303",
            "acoem-low-back-disorders",
            id="what is printed goes before what the year tells",
        ),
    ],
)
def test_edition_that_is_meant(text: str, guideline: str) -> None:
    ((_, found, _, _),) = cited(text, "non-mtus")
    assert found == guideline


def test_a_statement_on_the_mtus_means_the_chapters_of_2004() -> None:
    assert cited("ACOEM Low Back", "mtus") == [("ACOEM Low Back", "acoem-low-back", (), ())]
    assert cited("ACOEM 2008 Low Back page 700", "mtus") == [
        ("ACOEM 2008 Low Back page 700", "acoem-low-back", (), (700,))
    ]


@pytest.mark.parametrize(
    ("text", "guideline", "sections"),
    [
        ("ODG MRI of the shoulder", "odg-shoulder", ("MRI",)),
        ("ODG, MRI for knee", "odg-knee-leg", ("MRI",)),
        ("ODG MRI in shoulder", "odg-shoulder", ("MRI",)),
        ("ODG, lumbar spine MRI", "odg-low-back", ("MRI",)),
        pytest.param("ODG, MRI, knee and neck", "odg", ("MRI, knee and neck",), id="of two parts"),
        pytest.param(
            "ODG, imaging of shoulder joint", "odg", ("imaging of shoulder joint",), id="amid it"
        ),
        pytest.param(
            "ODG MRI, shoulder; Bracing", "odg", ("MRI", "shoulder", "Bracing"), id="several topics"
        ),
        pytest.param(
            "ODG, shoulder, shoulder MRI", "odg-shoulder", ("shoulder MRI",), id="chapter named"
        ),
    ],
)
def test_the_body_part_of_a_topic_is_its_chapter(
    text: str, guideline: str, sections: tuple[str, ...]
) -> None:
    assert cited(text, "non-mtus") == [(text, guideline, sections, ())]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("ODG, Knee: Bracing (acute; chronic), page 4, MRI", ("Bracing (acute; chronic)", "MRI")),
        ("ODG, Knee, Exercise section; Diclofenac Topic; MRI, subheading",
         ("Exercise", "Diclofenac", "MRI")),
        ("ODG, Knee, on the exercise topic", ("exercise",)),
        ("ODG, Knee, Guidelines; topic; part; table; heading", ()),
        ("ODG, Knee, the topic", ()),
        ("ODG, Knee, a medical treatment guideline", ()),
        ("ODG, Knee, vol. 2, page 40", ()),
        ("ODG, Knee, notes on page 40", ()),
        ("ODG, Knee, what is relevant, page 4", ("what is relevant",)),
        ("ODG, Knee, MRI, page 4, MRI; MRI", ("MRI",)),
        ("Low Back Disorders 2019, MRI, Surgery", ("MRI", "Surgery")),
        ("ACOEM 3rd ed. Low Back, MRI, Surgery", ("MRI", "Surgery")),
        ("ACOEM Low Back 2004, MRI, Surgery", ("MRI, Surgery",)),
        ("ACOEM Low Back 2019: Surgery - Recommended, Evidence (B)", ("Surgery",)),
        ("ACOEM Low Back 2019: Surgery; Strength of Evidence - Recommended, Evidence (C)",
         ("Surgery",)),
        ("ACOEM Low Back 2019: Rest; Strength of Evidence - Recommended, Evidence (C), page 9; Ice",
         ("Rest", "Ice")),
        ("ACOEM Low Back 2019: Recommended exercise", ("Recommended exercise",)),
    ],
)  # fmt: skip
def test_topics_are_what_is_neither_page_nor_grade_nor_filling(
    text: str, sections: tuple[str, ...]
) -> None:
    ((printed, _, found, _),) = cited(text, "non-mtus")
    assert (printed, found) == (text, sections)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("the ODG, Low Back Chapter, MRI. It is not needed", "ODG, Low Back Chapter, MRI"),
        ("the ODG, Low Back Chapter, MRI, which is cited", "ODG, Low Back Chapter, MRI"),
        ("the ODG, Low Back Chapter, MRI relevant here", "ODG, Low Back Chapter, MRI"),
        ("the ODG, Low Back Chapter, MRI, not a part of the law", "ODG, Low Back Chapter, MRI"),
        ("the ODG, Low Back Chapter, MRI and the Non-MTUS", "ODG, Low Back Chapter, MRI"),
        pytest.param(
            "the ODG, Low Back, MRI, opioids are not recommended, page 9",
            "ODG, Low Back, MRI",
            id="a verb takes the words since the comma",
        ),
        pytest.param(
            "the ODG, Low Back, page 9 states more",
            "ODG, Low Back, page 9",
            id="but no page with it",
        ),
        pytest.param("the ODG Knee states that", "ODG Knee", id="nor the name itself"),
        pytest.param(
            "the ODG Low Back Chapter notes on page 607 that",
            "ODG Low Back Chapter notes on page 607",
            id="notes of a page are no verb",
        ),
        pytest.param("ODG Knee, pg. 14", "ODG Knee, pg. 14", id="the point of pg. ends nothing"),
        pytest.param("ODG Knee, vol. No. 2 Bracing", "ODG Knee, vol. No. 2 Bracing", id="nor No."),
    ],
)
def test_a_sentence_leaves_its_citation(text: str, printed: str) -> None:
    assert [piece for piece, *_ in cited(text, "prose")] == [printed]


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        pytest.param("It is of the MTUS.", [], id="a family at large is none in prose"),
        pytest.param(
            "See the MTUS, page 23.", [("MTUS, page 23", "mtus", (), (23,))], id="with a page it is"
        ),
        pytest.param(
            "Page 23 of the ACOEM Guidelines.",
            [("Page 23 of the ACOEM Guidelines", "acoem", (), (23,))],
            id="a page named ahead",
        ),
        pytest.param(
            "pages 82-84, in the ODG, Knee, page 90, page 82.",
            [
                (
                    "pages 82-84, in the ODG, Knee, page 90, page 82",
                    "odg-knee-leg",
                    (),
                    (82, 83, 84, 90),
                )
            ],
            id="ahead and behind, each once",
        ),
        pytest.param(
            "Page(s): of the ODG, Knee.",
            [("ODG, Knee", "odg-knee-leg", (), ())],
            id="a label alone",
        ),
        pytest.param(
            "page 4 and then the ODG, Knee.",
            [("ODG, Knee", "odg-knee-leg", (), ())],
            id="another's page",
        ),
    ],
)
def test_pages_around_a_name_in_prose(text: str, citations: list[Cited]) -> None:
    assert cited(text, "prose") == citations


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        pytest.param(
            "Lee on Braces, page 40; Poe on Canes.",
            [("Lee on Braces, page 40", (40,)), ("Poe on Canes", ())],
            id="a semicolon parts",
        ),
        pytest.param("One;Two.", [("One;Two", ())], id="not without a blank"),
        pytest.param(
            "Braces 2010; 91(4): 5-6.",
            [("Braces 2010; 91(4): 5-6", (5, 6))],
            id="a journal's pages",
        ),
        pytest.param("Lee A; Doe BC. Canes.", [("Lee A; Doe BC. Canes", ())], id="authors go on"),
        pytest.param(
            "Lee A. Canes; Braces of wood.",
            [("Lee A. Canes", ()), ("Braces of wood", ())],
            id="or do not",
        ),
        pytest.param("Lee A; et al. Canes.", [("Lee A; et al. Canes", ())], id="and others"),
        pytest.param("Lee on Canes, page 3, page 3.", [("Lee on Canes, page 3, page 3", (3,))]),
        pytest.param("the, and.", [], id="words of passage"),
        pytest.param(" -; .", [], id="marks"),
    ],
)
def test_sources_outside_the_catalogue(
    text: str, sources: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(printed, pages) for printed, _, _, pages in cited(text, "non-mtus")] == sources


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("; and ODG, Knee, see also the.", "ODG, Knee"),
        ("and", "and"),
        ("of the Knee", "of the Knee"),
        ("And  Knee - and / MTUS", "Knee"),
        ("Vitamin a", "Vitamin"),
        (" ,; ", ""),
    ],
)
def test_words_of_passage_around_a_piece(text: str, inner: str) -> None:
    start, end = trimmed(f"x{text}x", 1, len(text) + 1)
    assert f"x{text}x"[start:end] == inner


@given(st.text(alphabet=" ,.;-andtheofK", max_size=30))
def test_trimming_again_leaves_the_same(text: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert 0 <= start <= end <= len(text)
    assert trimmed(text, start, end) == (start, end)


@pytest.mark.parametrize(
    ("page", "chapter"),
    [(76, None), (77, 5), (104, 5), (105, 6), (286, 12), (326, 12), (327, 13), (456, None)],
)
def test_chapter_that_holds_a_page(page: int, chapter: int | None) -> None:
    row = chapter_of_page(page)
    assert (row and row.chapter) == chapter


def test_pages_of_a_bare_acoem_tell_its_chapters() -> None:
    found = read_clause("ACOEM pages 92, 303, 93, 1200", Clause("mtus", 0, 29))
    assert [(one.value.chapter, one.value.pages, one.value.chapter_inferred) for one in found] == [
        (5, (92, 93), True),
        (12, (303,), True),
        (None, (1200,), False),
    ]
    assert cited("ODG page 92", "non-mtus") == [("ODG page 92", "odg", (), (92,))]
    assert cited("ACOEM 3rd ed. page 92", "mtus") == [("ACOEM 3rd ed. page 92", "acoem", (), (92,))]
