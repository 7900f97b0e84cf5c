"""A drug's place in the MTUS Drug List, told in a rationale."""

import pytest

from imrsearch.citations.formulary import read_formulary


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("The drug is Non-Exempt under the MTUS Drug Formulary.", ["non-exempt"]),
        ("In the MTUS Drug List it is listed as exempt.", ["exempt"]),
        ("Under the formulary it is not exempt and needs prospective review.", ["non-exempt"]),
        ("Tizanidine is an unlisted drug in the Drug Formulary.", ["unlisted"]),
        ("This drug is not listed in the MTUS Drug List.", ["unlisted"]),
        ("The formulary allows a Special Fill of four days.", ["special fill"]),
        (
            "The drug list marks it for a perioperative fill; else non exempt.",
            ["perioperative fill", "non-exempt"],
        ),
        (
            "It is Non-Exempt in the formulary; as a non-exempt drug it needs review.",
            ["non-exempt"],
        ),
        ("The drug list gives it no special fill.", []),
        ("An exempt drug needs no review ahead.", ["exempt"]),
        ("He is exempt from jury duty.", []),  # no formulary is named
        ("The Drug Formulary applies.", []),
    ],
)
def test_formulary(text: str, statuses: list[str]) -> None:
    found = read_formulary(text)
    assert [each.value for each in found] == statuses
    assert all(text[each.start : each.end] for each in found)
