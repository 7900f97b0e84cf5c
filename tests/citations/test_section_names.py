"""Lists of sections, taken apart where they are parted and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.guidelines import guideline_data
from imrsearch.citations.section_names import MAX_SECTIONS, split_section_names, tidy

KNOWN = [name for group in guideline_data()["sections"].values() for name in group]
WITH_COMMA = [name for name in KNOWN if "," in name]
OPIOIDS = "Opioids for Chronic Pain and Chronic Opioid Treatment"


@pytest.mark.parametrize("name", KNOWN)
@pytest.mark.parametrize("listed", [True, False])
def test_every_known_name_stays_whole_alone_and_between_others(name: str, listed: bool) -> None:
    assert split_section_names(name, listed) == (name,)
    among = split_section_names(f"Special Studies, {name}, and Surgical Considerations", listed)
    assert among == tuple(dict.fromkeys(["Special Studies", name, "Surgical Considerations"]))


def test_known_names_with_commas_stand_side_by_side() -> None:
    names = tuple(dict.fromkeys(WITH_COMMA))
    assert split_section_names(", ".join(names), listed=True) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Diagnositc Criteria, Special Studies",
            ("Diagnositc Criteria", "Special Studies"),
            id="a misspelt name, as printed",
        ),
        pytest.param(") Alpha (", ("Alpha",), id="halves of parentheses around"),
        pytest.param("Alpha®, Beta (R)", ("Alpha®", "Beta (R)"), id="marks of brands, as printed"),
        pytest.param("Alpha, Beta", ("Alpha", "Beta"), id="in a list an unknown comma parts"),
        pytest.param(
            "Naproxen (Naprosyn, Anaprox DS [otc], Naprelan), Office visits",
            ("Naproxen (Naprosyn, Anaprox DS [otc], Naprelan)", "Office visits"),
            id="commas in parentheses",
        ),
        pytest.param(
            f"3.3.1 {OPIOIDS}: Screening, Prior to Treatment, 3.3.2 {OPIOIDS}: Agreement",
            (f"3.3.1 {OPIOIDS}: Screening, Prior to Treatment", f"3.3.2 {OPIOIDS}: Agreement"),
            id="numbered names go on to the next number",
        ),
        pytest.param(
            f"Summary; 3.3.1 {OPIOIDS}: Screening, Agreement; and 12.4  {OPIOIDS}: Tapering",
            ("Summary", f"3.3.1 {OPIOIDS}: Screening, Agreement", f"12.4 {OPIOIDS}: Tapering"),
            id="numbered names behind another one",
        ),
        pytest.param(
            f"3.3.1 {OPIOIDS}: Screening, and 3.3.2 {OPIOIDS}: Agreement, 3 of them",
            (f"3.3.1 {OPIOIDS}: Screening", f"3.3.2 {OPIOIDS}: Agreement, 3 of them"),
            id="and before the next number; a number of things begins no name",
        ),
        pytest.param("Hand tools, Wrist", ("Hand tools", "Wrist"), id="and at the end of a word"),
        pytest.param("2. Opioids for Subacute Pain", ("2. Opioids for Subacute Pain",), id="one"),
        pytest.param(
            "NSAIDs, GI symptoms & cardiovascular risk, NSAIDs",
            ("NSAIDs, GI symptoms & cardiovascular risk", "NSAIDs"),
            id="the longest known name first",
        ),
        pytest.param("Knee, Forearm, Wrist, & Hand", ("Knee", "Forearm, Wrist, & Hand"), id="body"),
        pytest.param("Summary, Summary", ("Summary",), id="once"),
        pytest.param(" , ;", (), id="only marks"),
        pytest.param("", (), id="nothing"),
        pytest.param("a (b, c", ("a (b", "c"), id="a parenthesis never closed"),
        pytest.param("a), b, (c", ("a)", "b", "(c"), id="parentheses the wrong way round"),
    ],
)
def test_announced_list(text: str, names: tuple[str, ...]) -> None:
    assert split_section_names(text, listed=True) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "Opioids, criteria for use; Opioids for chronic pain",
            ("Opioids, criteria for use", "Opioids for chronic pain"),
            id="a semicolon parts",
        ),
        pytest.param(
            "Collars, cervical, rigid", ("Collars, cervical, rigid",), id="unknown: left whole"
        ),
        pytest.param(
            "Preoperative lab testing and Preoperative testing, general",
            ("Preoperative lab testing", "Preoperative testing, general"),
            id="and between two known names",
        ),
        pytest.param(
            "Manual therapy & manipulation",
            ("Manual therapy & manipulation",),
            id="and inside one known name",
        ),
        pytest.param("Casts and splints", ("Casts and splints",), id="and in an unknown name"),
        pytest.param(
            "Special Studies and whatever follows",
            ("Special Studies and whatever follows",),
            id="and before something unknown",
        ),
        pytest.param(
            "Alpha, beta, Special Studies and Preoperative testing, general",
            ("Alpha, beta", "Special Studies", "Preoperative testing, general"),
            id="unknown names stay whole before known ones",
        ),
        pytest.param(
            "Special Studies and Manual therapy & manipulation",
            ("Special Studies", "Manual therapy & manipulation"),
            id="and before a name with one of its own",
        ),
        pytest.param(
            "(Durable medical equipment (DME))",
            ("Durable medical equipment (DME)",),
            id="parentheses around the whole",
        ),
    ],
)
def test_loose_text(text: str, names: tuple[str, ...]) -> None:
    assert split_section_names(text, listed=False) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" - MRI; ", "MRI"),
        ("and Summary", "Summary"),
        ("Andrology", "Andrology"),
        ("(a) and (b)", "(a) and (b)"),
        ("((MRI))", "MRI"),
        ("( MRI; )", "MRI"),
        ("((a)", "((a)"),
        ("(a) b", "(a) b"),
        ("a (b)", "a (b)"),
        ("& Forearm and Hand", "Forearm and Hand"),
        ("and and Summary", "and Summary"),
        ("Hand and Foot", "Hand and Foot"),
        ("two\n lines", "two lines"),
        ("()", ""),
        ("* * *", ""),
    ],
)
def test_tidy(text: str, name: str) -> None:
    assert tidy(text) == name


@given(st.text(alphabet="NSAIDs, ;()[]&and3.1 -", max_size=80), st.booleans())
def test_names_are_printed_in_the_text_and_never_empty(text: str, listed: bool) -> None:
    printed = "".join(text.split())
    for name in split_section_names(text, listed):
        assert name.strip()
        assert "".join(name.split()) in printed


def test_an_endless_list_is_cut() -> None:
    text = ", ".join(f"Section {number}" for number in range(5 * MAX_SECTIONS))
    assert len(split_section_names(text, listed=True)) == MAX_SECTIONS
