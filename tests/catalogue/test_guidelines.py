"""The catalogue of guidelines is whole, and its search values go there and back."""

from collections import Counter
from itertools import pairwise

import pytest

from imrsearch.catalogue.guidelines import (
    Guideline,
    all_guidelines,
    cited_places,
    guideline,
    guideline_data,
    known_section,
    odg_chapter,
    place_label,
    section_key,
    section_value,
)
from imrsearch.model import Citation, CitedPlace

CHAPTERS = {row.chapter: row for row in all_guidelines() if row.chapter}


def cited(
    name: str | None, *, pages: tuple[int, ...] = (), sections: tuple[str, ...] = ()
) -> Citation:
    return Citation(name, "mtus", None, None, None, sections, pages, "as printed")


def test_ids_are_unique_and_fit_for_an_address() -> None:
    ids = [row["id"] for row in guideline_data()["guideline"]]
    assert len(ids) == len(set(ids))
    assert all(name == name.lower() and name.replace("-", "").isalnum() for name in ids)


def test_labels_tell_guidelines_apart() -> None:
    counts = Counter(row.short for row in all_guidelines())
    assert [label for label, count in counts.items() if count > 1] == []


def test_every_chapter_of_acoem_is_there() -> None:
    assert sorted(CHAPTERS) == list(range(1, 17))
    assert all(row.family == "acoem" and row.edition == 2 for row in CHAPTERS.values())


def test_page_spans_follow_each_other_without_overlap() -> None:
    spans = [CHAPTERS[number].pages for number in range(5, 17)]
    assert all(span is not None for span in spans)
    for before, after in pairwise(span for span in spans if span):
        assert before[0] <= before[1] < after[0] <= after[1]


def test_spans_found_on_letters_are_certain() -> None:
    certain = {row.id: row.pages for row in all_guidelines() if row.pages_certain}
    assert certain == {"acoem-low-back": (286, 326), "mtus-chronic-pain": (1, 127)}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Wrist", "odg-forearm-wrist-hand"),
        ("cervical spine", "odg-neck-upper-back"),
        ("knees", "odg-knee-leg"),
        ("elbow", "odg-elbow"),
    ],
)
def test_a_body_part_tells_its_chapter(part: str, expected: str) -> None:
    row = odg_chapter(part)
    assert row is not None
    assert row.id == expected


def test_no_body_part_tells_two_chapters() -> None:
    parts = [part for row in all_guidelines() for part in row.parts]
    assert len(parts) == len(set(parts))
    assert odg_chapter("tail") is None


@pytest.mark.parametrize("row", all_guidelines(), ids=lambda row: row.id)
def test_id_tells_the_family_and_the_row_is_found(row: Guideline) -> None:
    assert row.id.split("-")[0] == row.family
    assert guideline(row.id) == row


def test_unknown_guideline_is_none() -> None:
    assert guideline("acoem-tail") is None


@pytest.mark.parametrize(
    ("citation", "values"),
    [
        pytest.param(
            cited("mtus-chronic-pain", pages=(58, 59), sections=("Manual therapy & manipulation",)),
            (
                "mtus-chronic-pain:58",
                "mtus-chronic-pain:59",
                "mtus-chronic-pain:manual-therapy-manipulation",
            ),
            id="one a page and one a section",
        ),
        pytest.param(cited(None, pages=(617,)), (), id="a free citation has none"),
        pytest.param(cited("odg"), (), id="neither page nor section"),
        pytest.param(
            cited("acoem-elbow", sections=("326",)), (), id="a section of digits is no page"
        ),
        pytest.param(
            cited("acoem-knee", sections=("Initial Care", "Inital Care")),
            ("acoem-knee:initial-care",),
            id="a misspelling shares the value, once",
        ),
    ],
)
def test_values_of_a_citation(citation: Citation, values: tuple[str, ...]) -> None:
    assert tuple(map(str, cited_places(citation))) == values


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        pytest.param(
            "Manual therapy & manipulation", "manual-therapy-manipulation", id="ampersand"
        ),
        pytest.param("manual therapy and manipulation", "manual-therapy-manipulation", id="and"),
        pytest.param("Diagnositc Criteria", "diagnostic-criteria", id="letters swapped"),
        pytest.param(
            "Electro-diagnostic testing (EMG/NCS)",
            "electrodiagnostic-testing-emg-ncs",
            id="a hyphen too many",
        ),
        pytest.param("Lidoderm®", "lidoderm-lidocaine-patch", id="a mark of brands"),
        pytest.param("Lidoderm (R)", "lidoderm-lidocaine-patch", id="the mark, typed"),
        pytest.param("Voltaren(TM) gel", "voltaren-gel", id="a trade mark of an unknown name"),
        pytest.param("Voltaren (R) gel", "voltaren-gel", id="a registered one"),
        pytest.param("The pillow and the brace", "pillow-brace", id="silent words"),
        pytest.param("326", "", id="digits alone could be a page"),
        pytest.param("Inital Care", "initial-care", id="a letter lost"),
        pytest.param("Cervical pillow", "cervical-pillow", id="unknown to the catalogue"),
        pytest.param("3.3.6 Use of CURES", "3-3-6-use-of-cures", id="numbered"),
        pytest.param("Urine drug testing", "urine-drug-testing-udt", id="without its abbreviation"),
    ],
)
def test_section_value(printed: str, value: str) -> None:
    assert section_value(printed) == value


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("MRI", "MRIs (magnetic resonance imaging)"),
        ("MRIs", "MRIs (magnetic resonance imaging)"),
        ("Magnetic resonance imaging (MRI)", "MRIs (magnetic resonance imaging)"),
        ("DME", "Durable medical equipment (DME)"),
        ("Epidural steroid injection (ESI)", "Epidural steroid injections (ESIs)"),
    ],
)
def test_other_spellings_of_a_section_are_one_place(printed: str, name: str) -> None:
    assert section_value(printed) == section_value(name)


@pytest.mark.parametrize(
    ("value", "label"),
    [
        ("mtus-chronic-pain:58", "Chronic Pain Medical Treatment Guidelines, p. 58"),
        (
            "mtus-chronic-pain:manual-therapy-manipulation",
            "Chronic Pain Medical Treatment Guidelines, Manual therapy & manipulation",
        ),
        ("odg-low-back:cervical-pillow", "Low Back (ODG), Cervical pillow"),
        (
            "mtus-opioids:2-opioids-for-subacute-pain",
            "Opioids Treatment Guidelines, 2. Opioids for Subacute Pain",
        ),
        pytest.param(
            "mtus-opioids:3-3-10-use-of-mri",
            "Opioids Treatment Guidelines, 3.3.10 Use of MRI",
            id="number and capitals of an unknown section",
        ),
        pytest.param(
            "mtus-opioids:10-12-use-of-tests",
            "Opioids Treatment Guidelines, 10.12 Use of tests",
            id="numbers of two digits",
        ),
        pytest.param(
            "mtus-opioids:3-3-6", "Opioids Treatment Guidelines, 3.3.6", id="cited by number alone"
        ),
        pytest.param(
            "odg-low-back:pillow-for-pt",
            "Low Back (ODG), Pillow for PT",
            id="capitals of an abbreviation that no known name holds",
        ),
        pytest.param(
            "odg-low-back:tramadol-pump",
            "Low Back (ODG), Tramadol pump",
            id="the first letter",
        ),
        pytest.param(
            "odg-low-back:pump-for-tramadol",
            "Low Back (ODG), Pump for tramadol",
            id="words that known names begin with are no abbreviations",
        ),
        ("odg-pain:3-phase-bone-scan", "Pain (ODG), 3 phase bone scan"),
        ("acoem-low-back:301", "Low Back Complaints (ACOEM 12), p. 301"),
        ("acoem-low-back", "Low Back Complaints (ACOEM 12)"),
        pytest.param("somewhere:58", "somewhere:58", id="unknown stays as it is"),
        ("", ""),
    ],
)
def test_label_of_a_value(value: str, label: str) -> None:
    assert place_label(CitedPlace.parse(value)) == label


SECTIONS = [name for group in guideline_data()["sections"].values() for name in group]


@pytest.mark.parametrize("name", SECTIONS)
def test_every_known_section_is_found_by_its_name(name: str) -> None:
    found = known_section(name)
    assert found is not None
    assert section_key(found) == section_key(name)
