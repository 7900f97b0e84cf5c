"""Regions, sides and levels of the spine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.body_parts import (
    BESIDE,
    FAR,
    WIDER,
    BodyParts,
    is_whole_region,
    kin_of,
    names_of_region,
    parts_of_region,
    read_body_parts,
    regions,
)
from imrsearch.system.package_data import load_toml
from imrsearch.text.phrases import split_words


def read(text: str) -> BodyParts:
    return read_body_parts(text, split_words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("lumbar and cervical", ["low back", "neck"], id="in the order named"),
        pytest.param("low back, lumbar spine", ["low back"], id="once"),
        pytest.param("thoracic/lumbar spine", ["upper back", "low back"], id="stroke"),
        pytest.param("thoracolumbar brace", ["upper back", "low back"], id="two in one word"),
        pytest.param("C-spine", ["neck"], id="short form"),
        pytest.param("right wrist/hand", ["wrist", "hand"], id="two joined"),
        pytest.param("left index fingers", ["hand"], id="fingers are of the hand"),
        pytest.param("RUE and LLE", ["upper extremity", "lower extremity"], id="abbreviations"),
        pytest.param("rotator cuff", ["shoulder"], id="a part of it"),
        pytest.param("epicondylectomy", ["elbow"], id="an operation on a part of it"),
        pytest.param("ulnar nerve anterior transposition", ["elbow"], id="where it is done"),
        pytest.param("facet joints at C5-6", ["neck"], id="a level implies its region"),
        pytest.param("T12-L1", ["upper back"], id="a level across regions: the upper one"),
        pytest.param(
            "upper and lower extremities", ["upper extremity", "lower extremity"], id="both"
        ),
        pytest.param("knee scooter", [], id="a knee scooter is not for the knee"),
        pytest.param("two tablets by mouth", [], id="by mouth"),
        pytest.param("back", ["back"], id="no more than that is said"),
        pytest.param("spinal mobilization", ["spine"], id="of the spine at large"),
        pytest.param("spinal fusion, lumbar", ["low back"], id="a part of the spine is named"),
        pytest.param("spinal fusion at C5-6", ["neck"], id="a level of the spine is named"),
        pytest.param("spinal therapy for the spine", ["spine"], id="twice at large"),
        pytest.param("spinal and knee therapy", ["spine", "knee"], id="another part is named"),
        pytest.param("trial of a spinal cord stimulator", [], id="implanted, whatever it is for"),
        pytest.param("spine surgeon visit", [], id="a surgeon is called after the part"),
        pytest.param("hand specialist, right thumb", ["hand"], id="the part treated is named"),
        pytest.param("knee, C5-6 and hip", ["knee", "neck", "hip"], id="a level in its place"),
    ],
)
def test_regions(text: str, expected: list[str]) -> None:
    assert list(read(text).regions) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Left knee", ["left"]),
        ("bilateral wrists", ["bilateral"]),
        ("both hips", ["bilateral"]),
        ("RUE", ["right"]),
        ("Lt shoulder, right elbow", ["left", "right"]),
        ("left and right knees", ["bilateral"]),
        ("lumbar spine", []),
    ],
)
def test_sides(text: str, expected: list[str]) -> None:
    assert list(read(text).sides) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("L4-5, L5-S1", ["L4-5", "L5-S1"], id="two levels"),
        pytest.param("L4-L5 and L5/S1", ["L4-5", "L5-S1"], id="letter repeated, stroke"),
        pytest.param("c5 - c7", ["C5-7"], id="small letters, blanks"),
        pytest.param("L3-4-5", ["L3-4", "L4-5"], id="a chain"),
        pytest.param("right L4 nerve root", ["L4"], id="one alone"),
        pytest.param("T10", ["T10"], id="two digits"),
        pytest.param("L4-5 and again L4-L5", ["L4-5"], id="once"),
        pytest.param("HCPCS L3000", [], id="a code for supplies"),
        pytest.param("C9 to L7", [], id="no such vertebrae"),
        pytest.param("T2.5 weighted, S1%", [], id="no levels"),
        pytest.param("L5-S1-2", ["L5-S1", "S1-2"], id="a number is of the letter before it"),
        pytest.param("C8, T12, L6, S5", ["C8", "T12", "L6", "S5"], id="the last of each part"),
        pytest.param("C9, T13, L7, S6, L0", [], id="behind the last, and before the first"),
        pytest.param("QL4, model-C5", [], id="inside of a word"),
    ],
)
def test_levels(text: str, expected: list[str]) -> None:
    assert list(read(text).levels) == expected


def test_each_is_where_it_is_named_first() -> None:
    found = read("left knee; lumbar L4-5, spinal care, left knee at L4")
    assert found.regions == {"knee": (5, 9), "low back": (11, 17)}
    assert found.sides == {"left": (0, 4)}
    assert found.levels == {"L4-5": (18, 22), "L4": (50, 52)}
    assert read("spine, spinal care").regions == {"spine": (0, 5)}


def test_every_phrase_finds_its_regions() -> None:
    table = load_toml("body_parts.toml")["regions"]
    lost = [
        phrase
        for region in regions()
        for phrase in [region, *table[region]]
        if region not in read(phrase).regions
    ]
    assert lost == []


@given(st.text(alphabet="CLTSclts0123456789-/ ,%.", max_size=60))
def test_levels_stand_where_they_say(text: str) -> None:
    for level, (start, end) in read(text).levels.items():
        assert level[0] in text[start:end].upper()


def test_kin_are_wider_parts_narrower_ones_and_those_beside() -> None:
    kin = dict(kin_of(["wrist"]))
    assert kin[WIDER] == ["upper extremity"]
    assert kin[BESIDE] == ["forearm", "hand"]
    assert kin[FAR] == ["shoulder", "upper arm", "elbow"]
    assert "wrist" not in {part for _, parts in kin_of(["wrist", "hand"]) for part in parts}
    assert kin_of(["abdomen"]) == []


def test_kin_of_two_parts_are_what_they_are_to_the_nearer_one() -> None:
    kin = dict(kin_of(["shoulder", "wrist"]))
    assert "hand" in kin[BESIDE]
    assert "hand" not in kin[FAR]


@pytest.mark.parametrize("region", regions())
def test_kin_come_by_their_worth(region: str) -> None:
    """Each share once, the nearest first, and none without a part."""
    kin = kin_of([region])
    shares = [share for share, _ in kin]
    assert all(parts for _, parts in kin)
    assert shares == [share for share in (WIDER, BESIDE, FAR) if share in shares]


def test_a_part_itself_is_worth_more_than_its_kin() -> None:
    assert 1 > WIDER > BESIDE > FAR > 0


def test_the_names_of_a_region_are_told_as_people_write_them() -> None:
    """Without the mark of those that name the spine at large."""
    assert "spinal" in names_of_region("spine")
    assert "lumbar" in names_of_region("low back")
    assert names_of_region("tail") == ()


def test_parts_are_regions_and_no_region_has_itself_for_a_part() -> None:
    for region in regions():
        parts = parts_of_region(region)
        assert set(parts) <= set(regions()) - {region}
    assert parts_of_region("spine") == ("back", "neck", "upper back", "low back")


@pytest.mark.parametrize(
    ("text", "whole"),
    [("knee", True), ("Lumbar", True), ("carpal tunnel", False), ("knee brace", False)],
)
def test_whole_regions(text: str, whole: bool) -> None:
    assert is_whole_region(text) == whole
