"""Specialties and states, as printed in letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.reviewers import (
    canonical_specialty,
    specialties,
    split_specialties,
    split_states,
    states,
)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        pytest.param("Family Practice", "Family Practice", id="as it is"),
        pytest.param(
            "Physical Medicine and Rehabilitation", "Physical Medicine & Rehabilitation", id="and"
        ),
        pytest.param("PainManagement", "Pain Management", id="blank lost"),
        pytest.param("pain\n management", "Pain Management", id="wrapped"),
        pytest.param("Occupationall Medicine", "Occupational Medicine", id="doubled letter"),
        pytest.param("Orthopaedic Surgery", "Orthopedic Surgery", id="other spelling"),
        pytest.param("Pain Medicine", "Pain Medicine", id="not the same word as management"),
        pytest.param("Nuerology", None, id="short and misspelt: not certain"),
        pytest.param("Aviation Medicine", None, id="unknown"),
        pytest.param("", None, id="empty"),
    ],
)
def test_canonical_specialty(printed: str, name: str | None) -> None:
    assert canonical_specialty(printed) == name


@pytest.mark.parametrize("name", specialties())
def test_every_specialty_is_its_own_canonical_name(name: str) -> None:
    assert canonical_specialty(name) == name
    assert split_specialties(name) == ((name, 0, len(name)),)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        pytest.param(
            "Preventive Medicine, Occupational Medicine",
            ["Preventive Medicine", "Occupational Medicine"],
            id="two",
        ),
        pytest.param("Surgery,SportsMedicine", ["Surgery", "Sports Medicine"], id="no blanks"),
        pytest.param(
            "Public Health & \nGeneral Preventive Medicine, Psychiatry",
            ["Public Health & General Preventive Medicine", "Psychiatry"],
            id="a name with & over two lines",
        ),
        pytest.param(
            "Endocrinology, Diabetes and Metabolism, Internal Medicine",
            ["Endocrinology, Diabetes & Metabolism", "Internal Medicine"],
            id="a name with a comma",
        ),
        pytest.param(
            "Physical Medicine and Rehabilitation and Pain Medicine",
            ["Physical Medicine & Rehabilitation", "Pain Medicine"],
            id="and inside and between",
        ),
        pytest.param(
            "Aviation Medicine and Rocketry, Neurology",
            ["Aviation Medicine and Rocketry", "Neurology"],
            id="an unknown name stays as printed",
        ),
        pytest.param(
            "Interal Medicine & Rheumatology", ["Internal Medicine", "Rheumatology"], id="typo, &"
        ),
        pytest.param(" , ;", [], id="nothing"),
    ],
)
def test_split_specialties(printed: str, names: list[str]) -> None:
    assert [name for name, _, _ in split_specialties(printed)] == names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        pytest.param("California,North Carolina", ["California", "North Carolina"], id="comma"),
        pytest.param("Arizona & Michigan", ["Arizona", "Michigan"], id="&"),
        pytest.param("New York, Texas and California", ["New York", "Texas", "California"], id="3"),
        pytest.param("CA, NV", ["California", "Nevada"], id="postal codes"),
        pytest.param("West Virginia,Virginia", ["West Virginia", "Virginia"], id="one in another"),
        pytest.param("New\nJersey", ["New Jersey"], id="wrapped"),
        pytest.param("Californa and Texas", ["California", "Texas"], id="typo before and"),
        pytest.param("Washington DC", ["District of Columbia"], id="the capital"),
        pytest.param("Maryland.", ["Maryland"], id="full stop"),
        pytest.param("Ontario", ["Ontario"], id="unknown as printed"),
        pytest.param("Ontario and Texas", ["Ontario", "Texas"], id="unknown and known"),
        pytest.param("Ontario and Quebec", ["Ontario and Quebec"], id="two unknown stay together"),
        pytest.param("NEW YORK", ["New York"], id="names need none"),
        pytest.param("", [], id="empty"),
    ],
)
def test_split_states(printed: str, names: list[str]) -> None:
    assert [name for name, _, _ in split_states(printed)] == names


def test_fifty_states_the_capital_and_three_territories() -> None:
    assert len(states()) == 54


@given(
    st.lists(st.sampled_from(states()), min_size=1, max_size=5), st.sampled_from([",", ", ", " & "])
)
def test_a_joined_list_comes_apart_again(names: list[str], between: str) -> None:
    printed = between.join(names)
    placed = split_states(printed)
    assert [name for name, _, _ in placed] == names
    assert [printed[start:end] for _, start, end in placed] == names


@given(st.text(max_size=80))
def test_any_text_is_taken_apart_in_order(text: str) -> None:
    ends = [0] + [place for _, start, end in split_specialties(text) for place in (start, end)]
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)


@pytest.mark.parametrize(
    ("printed", "pieces"),
    [
        ("Texas, Californa & Nevada", ["Texas", "Californa", "Nevada"]),
        ("  Ontario and\nTexas ;NY", ["Ontario", "Texas", "NY"]),
        ("Alaska, Ontario", ["Alaska", "Ontario"]),
    ],
)
def test_each_name_has_the_place_where_it_is_printed(printed: str, pieces: list[str]) -> None:
    """Whatever it is called: the evidence points into the letter."""
    assert [printed[start:end] for _, start, end in split_states(printed)] == pieces
