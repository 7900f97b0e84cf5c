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
    assert [token.number for token in tokens("Chapters 8, 9 and 12")] == [8, 9, 12]


@pytest.mark.parametrize("text", ["Chapter 3.1", "12/20/2016", "1999-2004", "Table 12-8"])
def test_no_token(text: str) -> None:
    assert [token for token in tokens(text) if token.number is not None] == []


@given(st.text(max_size=120))
def test_tokens_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
