"""Which request a guideline belongs to, where one list tells the sources of several."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests

_LIST = "Requested:\n1. {}\n2. {}\nDecision: both are denied.\n\n{}"
SOURCES = {
    "pages for the one and the other": (
        _LIST.format(
            "Knee arthroscopy",
            "Knee brace",
            "Guideline\nACOEM, Chapter 13, Knee Complaints, pages 343 to 345 for the arthroscopy; "
            "page 340 for the brace.",
        ),
        [[("acoem-knee", (343, 344, 345))], [("acoem-knee", (340,))]],
    ),
    "pages parted by commas": (
        _LIST.format(
            "Knee arthroscopy",
            "Knee brace",
            "Guideline: ACOEM Knee Complaints pp. 343-345 for the arthroscopy, p. 340 for the "
            "brace.",
        ),
        [[("acoem-knee", (343, 344, 345))], [("acoem-knee", (340,))]],
    ),
    "sections by their drugs": (
        _LIST.format(
            "Soma 350 mg #60",
            "Prilosec 20 mg #60",
            "Sources\nChronic Pain Medical Treatment Guidelines: carisoprodol, page 29; NSAIDs, GI "
            "symptoms, page 68.",
        ),
        [[("mtus-chronic-pain", (29,))], [("mtus-chronic-pain", (68,))]],
    ),
    "a guideline as a label": (
        _LIST.format(
            "Ambien 10 mg #30",
            "Knee brace",
            "References\nODG, Pain chapter: zolpidem.\nODG, Knee chapter: braces.",
        ),
        [[("odg-pain", ())], [("odg-knee-leg", ())]],
    ),
    "one guideline with the sections of all": (
        _LIST.format(
            "Synvisc injection, left knee",
            "PRP injection, left knee",
            "E. CRITERIA APPLIED\n   ACOEM Knee Disorders Guideline (Viscosupplementation; "
            "Platelet-Rich Plasma)",
        ),
        [[("acoem-knee-disorders", ())]] * 2,
    ),
    "a sentence on both": (
        (
            "Hospital bed: NO. The patient gets in and out of bed without help.\n\n"
            'Transportation: NO. He drives.\n\nThe rules used for both "no" answers were the '
            "ODG, Knee & Leg chapter."
        ),
        [[("odg-knee-leg", ())]] * 2,
    ),
    "a sentence on the criteria applied": (
        (
            "Items: MRI of the cervical spine. EMG/NCV of both arms.\nOutcome: Not medically "
            "necessary.\n\nThe criteria of ACOEM chapter 8, pages 177 to 179, were applied to "
            "the scan and the nerve tests."
        ),
        [[("acoem-neck-upper-back", (177, 178, 179))]] * 2,
    ),
    "each request has a field of its own": (
        (
            "Request 1: Knee brace\nDecision: denied\nSource: ODG Knee, Walking aids\n\n"
            "Request 2: Walker\nDecision: denied\nSource: MTUS p. 99"
        ),
        [[("odg-knee-leg", ())], [("mtus-chronic-pain", (99,))]],
    ),
    "quoted for the one and the other": (
        (
            "They denied the gym and the TENS unit. The letter quotes ODG low back for the gym "
            "and MTUS page 116 for the TENS."
        ),
        [[("odg-low-back", ())], [("mtus-chronic-pain", (116,))]],
    ),
    "a drug by its brand": (
        (
            "Oxycodone 10 mg #120: denied\nToradol IM 60 mg, x 1: denied\n\nDISCUSSION\n"
            "Oxycodone: No CURES report since 2013 (MTUS pp. 76-78).\nToradol: It is not for "
            "chronic pain (p. 72)."
        ),
        [[("mtus-chronic-pain", (76, 77, 78))], [("mtus-chronic-pain", (72,))]],
    ),
    "each basis by its number": (
        (
            "Decision on Request 1 (MRI of the neck): NOT CERTIFIED.\nDecision on Request 2 "
            "(knee brace): NOT CERTIFIED.\n\nBasis 1. See ACOEM, Chapter 8, page 178.\nBasis 2. "
            "See ODG LB."
        ),
        [[("acoem-neck-upper-back", (178,))], [("odg-low-back", ())]],
    ),
    "remarks by codes": (
        (
            "Code    Description                  Billed   Result\n"
            "J1885   Ketorolac injection          1        Not allowed\n"
            "20553   Trigger point injections     1        Not allowed\n\nRemarks\n"
            "J1885: no flare-up. MTUS p. 72.\n20553: no twitch response. MTUS p. 122."
        ),
        [[("mtus-chronic-pain", (72,))], [("mtus-chronic-pain", (122,))]],
    ),
}


@pytest.mark.parametrize(("text", "cited"), SOURCES.values(), ids=SOURCES)
def test_the_sources_of_each_request(
    text: str, cited: list[list[tuple[str, tuple[int, ...]]]]
) -> None:
    read = read_requests(text)
    assert [[(one.guideline, one.pages) for one in each.citations] for each in read] == cited
