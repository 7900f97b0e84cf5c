from __future__ import annotations

import pytest

from imrsearch.letters.dose import read_dose
from imrsearch.model import Dose


@pytest.mark.parametrize(
    ("text", "treatment", "dose"),
    [
        ("Naproxen 550mg #60", "naproxen", Dose("550mg", 550, "mg")),
        ("Flexeril 7.5 mg #27", "cyclobenzaprine", Dose("7.5 mg", 7.5, "mg")),
        pytest.param(
            "Norco 10/325 mg #120",
            "hydrocodone/acetaminophen",
            Dose("10/325 mg", 10, "mg"),
            id="of a combination the first",
        ),
        pytest.param(
            "Percocet 5-325mg", "oxycodone/acetaminophen", Dose("5-325mg", 5, "mg"), id="dashed"
        ),
        pytest.param("Gabapentin 300-600 mg", "gabapentin", None, id="a range is no dose"),
        pytest.param("Fentanyl 50 mcg/hr patch", "fentanyl", Dose("50 mcg", 50, "mcg"), id="mcg"),
        pytest.param("Lidocaine 5% ointment", "lidocaine", Dose("5%", 5, "%"), id="percent"),
        pytest.param("Ketoprofen 20%, Lidocaine 5%", "ketoprofen", None, id="a compound's several"),
        pytest.param("Cream 4%-27.5%-0.03%, 121gm", "lidocaine", None, id="a compound's, dashed"),
        pytest.param("Tramadol 50mg or 100mg", "tramadol", None, id="two"),
        pytest.param("Tramadol 50mg, 50 mg", "tramadol", Dose("50mg", 50, "mg"), id="twice"),
        pytest.param("Naproxen 1,000 mg", "naproxen", Dose("1,000 mg", 1000, "mg"), id="thousand"),
        pytest.param("Naproxen #60", "naproxen", None, id="an amount is no dose"),
        pytest.param("Magnetic resonance imaging", None, None, id="no unit"),
    ],
)
def test_dose(text: str, treatment: str | None, dose: Dose | None) -> None:
    found = read_dose(text, treatment)
    assert (found and found[0]) == dose
    if found:
        assert text[slice(*found[1])] == found[0].text
