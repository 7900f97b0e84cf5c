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
    ],
)
def test_levels(text: str, expected: list[str]) -> None:
    assert list(read(text).levels) == expected


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
