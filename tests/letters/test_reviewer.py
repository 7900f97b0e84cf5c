"""The reviewer in both printed forms, and in the words of the early letters."""

from __future__ import annotations

import pytest

from imrsearch.letters.passage import Passage
from imrsearch.letters.reviewer import read_reviewer


def values(text: str) -> tuple[list[str], list[str], list[str]]:
    letter = f"HOW IT WAS MADE\n{text}"
    facts = read_reviewer(Passage(letter, 16, len(letter)))
    assert all(letter[one.start : one.end].strip() for found in facts.values() for one in found)
    specialties, subspecialties, licensed_in = (
        [one.value for one in facts[name]]
        for name in ("specialties", "subspecialties", "licensed_in")
    )
    return specialties, subspecialties, licensed_in


@pytest.mark.parametrize(
    ("text", "specialties", "subspecialties", "licensed_in"),
    [
        pytest.param(
            "State(s) of Licensure: Iowa, California\n"
            "Certification(s)/Specialty: Neurology, Pain Management",
            ["Neurology", "Pain Management"],
            [],
            ["Iowa", "California"],
            id="credentials",
        ),
        pytest.param(
            "State(s) of Licensure: Iowa,California\n"
            "Certification(s)/Specialty: Occupationall Medicine",
            ["Occupational Medicine"],
            [],
            ["Iowa", "California"],
            id="no blank, a doubled letter",
        ),
        pytest.param(
            "State(s) of Licensure:\nCertification(s)/Specialty:\nIowa, Califomia\nNeurology",
            ["Neurology"],
            [],
            ["Iowa", "California"],
            id="the column of labels first, a letter misread",
        ),
        pytest.param(
            "Board certified in Neurology with added qualification in Clinical Neurophysiology; "
            "licensed in Iowa and New York; in active practice.",
            ["Neurology"],
            ["Clinical Neurophysiology"],
            ["Iowa", "New York"],
            id="in keywords",
        ),
        pytest.param(
            "The reviewer is Board Certifird ni Neurology, has a subspecialty in Pain Management "
            "and is licensed to practice in Iowa.",
            ["Neurology"],
            ["Pain Management"],
            ["Iowa"],
            id="letters wrong",
        ),
        pytest.param(
            "The physician reviewer is Licensed in Psychology and is licensed to practice in Utah.",
            ["Psychology"],
            [],
            ["Utah"],
            id="a licence in place of a certificate",
        ),
        pytest.param(
            "The reviewer is Board Certified in Anesthesiology, has a subspecialty in Pain\n"
            "Management and is licensed to practice inNew York & Ohio. He/she is in practice.",
            ["Anesthesiology"],
            ["Pain Management"],
            ["New York", "Ohio"],
            id="sentence, wrapped, a blank missing",
        ),
        pytest.param(
            "The reviewer is Board Certified in Psychiatry and is licensed to practice in Utah.",
            ["Psychiatry"],
            [],
            ["Utah"],
            id="sentence without a subspecialty",
        ),
        pytest.param(
            "The reviewer is licensed to practice in Utah, and is Board Certified in Neurology.",
            ["Neurology"],
            [],
            ["Utah"],
            id="the licence ahead of the certificate",
        ),
        pytest.param(
            "The reviewer is a licensed Chiropractor in the states of Ohio and Utah with a\n"
            "certification in sports medicine, and is in practice.",
            ["Chiropractor", "Sports Medicine"],
            [],
            ["Ohio", "Utah"],
            id="a licensed profession",
        ),
        pytest.param(
            "The reviewer is a licensed physician in the state of Texas and is Board Certified in "
            "Neurology.",
            ["Neurology"],
            [],
            ["Texas"],
            id="a licence that tells no specialty",
        ),
        pytest.param("The reviewer was selected with care.", [], [], [], id="nothing told"),
    ],
)
def test_reviewer(
    text: str, specialties: list[str], subspecialties: list[str], licensed_in: list[str]
) -> None:
    assert values(text) == (specialties, subspecialties, licensed_in)
