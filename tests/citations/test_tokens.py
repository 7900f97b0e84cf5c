"""Names of guidelines found in a text, however they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.guidelines import all_guidelines
from imrsearch.citations.tokens import GuidelineToken, citation_tokens

NAMES = [(name, row.id) for row in all_guidelines() for name in (*row.names, *row.context_names)]


def tokens(text: str) -> list[GuidelineToken]:
    return citation_tokens(text, 0, len(text))


def named(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[t.start : t.end], t.ids) for t in tokens(text) if t.kind == "guideline"]


@pytest.mark.parametrize(("name", "target"), NAMES)
def test_every_name_in_every_dress(name: str, target: str) -> None:
    for printed in {
        name,
        name.upper(),
        name.lower(),
        name.replace("&", "and"),
        name.replace(" and ", " & "),
        name.replace(", ", " "),
        name.replace(" ", "  "),
    }:
        found = [ids for text, ids in named(f"the {printed}. Rest")]
        assert len(found) == 1, printed
        assert target in found[0], printed


@pytest.mark.parametrize(
    ("printed", "target"),
    [
        pytest.param("Low Back Complaintsl", "acoem-low-back", id="a letter too many"),
        pytest.param("Low Back Compalints", "acoem-low-back", id="letters swapped"),
        pytest.param("Low Back Com-plaints", "acoem-low-back", id="a line's hyphen"),
        pytest.param("Low Back Com- plaints", "acoem-low-back", id="a line's hyphen and blank"),
        pytest.param("LowBack Complaints", "acoem-low-back", id="a blank missing"),
        pytest.param("Lowback Complaints", "acoem-low-back", id="run together"),
        pytest.param("Foreram, Wrist, and Hand Complaints", "acoem-forearm-wrist-hand", id="swap"),
        pytest.param("Forearm/Wrist/Hand Complaints", "acoem-forearm-wrist-hand", id="slashes"),
        pytest.param("Neck & Upper Back Complaints", "acoem-neck-upper-back", id="ampersand"),
        pytest.param("Post-Surgical Treatment Guidelines", "mtus-postsurgical", id="hyphen"),
        pytest.param("Accupuncture Treatment Guidelines", "mtus-acupuncture", id="letter doubled"),
        pytest.param("Low Back- Lumbar & Thoracic", "odg-low-back", id="dash"),
    ],
)
def test_misprints(printed: str, target: str) -> None:
    ((text, ids),) = named(printed)
    assert text == printed
    assert target in ids


def test_the_name_ends_before_what_runs_into_it() -> None:
    ((text, ids),) = named("Low Back ComplaintsPage(s): 300")
    assert (text, ids) == ("Low Back Complaints", ("acoem-low-back",))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Shoulder; Complaints", id="a semicolon parts the words of no name"),
        pytest.param("Low Bank Complaints", id="a short word must be right"),
        pytest.param("Compliance", id="another word"),
    ],
)
def test_no_name_of_several_words(text: str) -> None:
    assert not any(" " in printed for printed, _ in named(text))


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Chapter 12", "chapter", 12),
        ("Ch. 8", "chapter", 8),
        ("2nd Edition", "edition", 2),
        ("Third ed.", "edition", 3),
        ("V.3", "edition", 3),
        ("21th Annual Edition", "edition", None),
        ("2004", "year", 2004),
        ("(Revised 2007)", "year", 2007),
        ("(Effective July 18, 2009)", "year", 2009),
        ("(May, 2009)", "year", 2009),
        ("(updated 12/20/16)", "update", None),
        ("last updated 05/10/2013", "update", None),
        ("8 C.C.R. §§9792.20 - 9792.26", "noise", None),
        ("Section(s):", "list", None),
        ("and Other Medical Treatment Guidelines", "break", None),
        ("https://www.example.org/page?2004", "source", None),
        ("http://www.odg-twc.com/index.html", "noise", None),
        ("UpToDate", "source", None),
        ("ODG", "marker", None),
    ],
)
def test_tokens_around_names(text: str, kind: str, number: int | None) -> None:
    (token,) = tokens(text)
    assert (token.kind, token.number) == (kind, number)
    assert (token.start, token.end) == (0, len(text))


def test_chapters_named_together() -> None:
    text = "chapters 8 & 9, and 12"
    found = [(text[token.start : token.end], token.number) for token in tokens(text)]
    assert found == [("chapters 8", 8), (" & 9", 9), (", and 12", 12)]


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("(May 15, 2017)", 2017, "2017-05-15"),
        ("(Sep. 2015)", 2015, "2015-09"),
        pytest.param("(Sept 2015)", 2015, "2015-09", id="the other short form of September"),
        pytest.param("(2015)", 2015, None, id="a year alone"),
        pytest.param("(Effective July 18, 2009)", 2009, None, id="a day of another kind"),
        pytest.param("(May 32, 2017)", 2017, None, id="no day"),
    ],
)
def test_the_day_of_an_edition(text: str, year: int, day: str | None) -> None:
    (token,) = tokens(text)
    assert (token.kind, token.number, token.day) == ("year", year, day)


@pytest.mark.parametrize("day", ["February 24, 2016", "Feb. 24, 2016", "2/24/2016"])
@pytest.mark.parametrize("words", ["(ACOEM {})", "(ACOEM Guidelines of {})"])
def test_what_the_mtus_adopts_is_of_the_third_edition(words: str, day: str) -> None:
    edition, year = tokens(words.format(day))
    assert (edition.kind, edition.number) == ("edition", 3)
    assert (year.kind, year.number, year.day) == ("year", 2016, "2016-02-24")
    assert edition.end == year.start


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Opioids 2017", True),
        ("Opioids, 2017", True),
        ("Elbow Disorders (Revised 2007)", True),
        pytest.param("Opioids Guideline (ACOEM April 20, 2017)", True, id="a day of its adoption"),
        pytest.param("Opioids page 2017", False, id="a word between"),
        pytest.param("Opioids 2017/18", False, id="a season"),
        pytest.param("Opioids; 2017", False, id="another citation's"),
    ],
)
def test_a_name_with_its_year_right_behind_it(text: str, dated: bool) -> None:
    assert [token.dated for token in tokens(text) if token.kind == "guideline"] == [dated]


@pytest.mark.parametrize(
    ("text", "names", "anywhere"),
    [
        pytest.param("Low Back Complaints", {"acoem-low-back"}, {"acoem-low-back"}, id="in full"),
        pytest.param("Opioids", {"acoem-opioids"}, set(), id="in its family alone"),
        pytest.param(
            "Knee Disorders",
            {"acoem-knee", "acoem-knee-disorders"},
            {"acoem-knee-disorders"},
            id="anywhere the one, in its family the other too",
        ),
    ],
)
def test_where_a_name_stands_for_a_guideline(
    text: str, names: set[str], anywhere: set[str]
) -> None:
    (token,) = tokens(text)
    assert names <= {*token.ids}
    assert {*token.strong} == anywhere


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Low Back; Complaints", ["Low Back"], id="up to the semicolon"),
        pytest.param("Knee. Complaints", ["Knee"], id="up to the end of a sentence"),
        pytest.param("Knee and the Complaints", ["Knee and the Complaints"], id="past small words"),
        pytest.param("Knee of some Complaints", ["Knee"], id="not past others"),
        pytest.param(
            "Head (trauma, headaches, etc., not including stress)",
            ["Head (trauma, headaches, etc"],
            id="past the point of an abbreviation",
        ),
        pytest.param(
            "Subacute Pain, and Chronic Pain Medical Treatment 2016",
            ["Chronic Pain Medical Treatment"],
            id="a longer name with its year begins inside",
        ),
        pytest.param(
            "Pain, and Chronic Pain Medical Treatment",
            ["Pain, and Chronic", "Pain"],
            id="without its year the first one counts",
        ),
        pytest.param("COVID-19", ["COVID-19"], id="a number in a name"),
    ],
)
def test_how_far_a_name_reaches(text: str, names: list[str]) -> None:
    assert [printed for printed, _ in named(text)] == names


@pytest.mark.parametrize("text", ["Chapter 3.1", "12/20/2016", "1999-2004", "Table 12-8"])
def test_no_token(text: str) -> None:
    assert [token for token in tokens(text) if token.number is not None] == []


@given(st.text(max_size=120))
def test_tokens_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
