"""The sample letters cover the field and are our own."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.samples.reading import (
    LETTERS,
    SAMPLES,
    SOURCES,
    decisions,
    decoded,
    letter_text,
    pdf_text,
    runs_of_prose,
    runs_of_words,
    unwrapped,
)

REAL = SAMPLES.parents[1] / "shared" / "determinations"

TREATMENTS = [
    "MRI", "CT scan", "EMG/NCV", "laboratory", "urine drug", "wheelchair", "TENS", "orthoses",
    "brace", "home health aide", "epidural steroid", "medial branch block", "trigger point",
    "Norco", "naproxen", "Flexeril", "Prilosec", "cream", "patch", "gabapentin", "duloxetine",
    "zolpidem", "lorazepam", "trazodone", "functional restoration", "gym membership",
    "weight loss", "psychological evaluation", "cognitive behavioral", "physical therapy",
    "occupational therapy", "chiropractic", "acupuncture", "massage", "aquatic", "interbody fusion",
    "arthroscopy", "associated surgical service", "transportation", "interpreter", "office visit",
    "consultation", "implant", "sleep study", "viscosupplementation", "theramine", "stimulator",
    "botox", "hearing aids", "testosterone", "sumatriptan", "nursing visits", "hospital bed",
]  # fmt: skip


def all_decisions() -> list[tuple[str, str, str]]:
    return [
        (path.stem, service, decision)
        for path in LETTERS
        for service, decision in decisions(letter_text(path))
    ]


def test_there_are_enough_of_either_kind() -> None:
    kinds = Counter(path.suffix for path in LETTERS)
    assert kinds[".txt"] >= 40
    assert kinds[".pdf"] >= 12
    assert set(kinds) == {".txt", ".pdf"}


def test_case_numbers_are_made_up_and_unique() -> None:
    stems = [path.stem for path in LETTERS]
    assert len(set(stems)) == len(stems)
    assert all(re.fullmatch(r"CM1[3-9]-0000[1-3]\d\d", stem) for stem in stems)


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_letter_bears_the_number_of_its_file(path: Path) -> None:
    printed = re.findall(r"CM\d\d-\d{7}", letter_text(path))
    assert set(printed) <= {path.stem}
    assert printed or "is licensed to practice in" in unwrapped(letter_text(path))


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_letter_is_of_a_real_length(path: Path) -> None:
    assert 250 <= len(letter_text(path).split()) <= 1300


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_labels_come_in_equal_number(path: Path) -> None:
    text = letter_text(path)
    labels = ("Claims Administrator guideline:", "MAXIMUS guideline:", "Decision rationale:")
    counts = {text.count(label) for label in labels}
    assert counts == {len(decisions(text))}
    assert {decision for _, decision in decisions(text)} <= {"Upheld", "Overturned"}


def test_one_issue_in_five_is_overturned() -> None:
    counts = Counter(decision for _, _, decision in all_decisions())
    assert 0.15 <= counts["Overturned"] / counts.total() <= 0.25


def test_letters_hold_one_to_six_issues_and_one_ten() -> None:
    sizes = Counter(Counter(case for case, _, _ in all_decisions()).values())
    assert set(sizes) == {1, 2, 3, 4, 5, 6, 10}


def test_chiropractic_care_is_approved_and_denied() -> None:
    outcomes: dict[str, set[tuple[bool, str]]] = {}
    for case, service, decision in all_decisions():
        outcomes.setdefault(case, set()).add(("chiropractic" in service.lower(), decision))
    approved_beside_denied = {(True, "Overturned"), (False, "Upheld")}
    assert any(approved_beside_denied <= found for found in outcomes.values())
    assert sum((True, "Upheld") in found for found in outcomes.values()) >= 5


@pytest.mark.parametrize("treatment", TREATMENTS)
def test_the_field_is_covered(treatment: str) -> None:
    assert any(treatment.lower() in letter_text(path).lower() for path in LETTERS)


def test_modified_requests_in_both_printed_forms() -> None:
    everything = " ".join(unwrapped(letter_text(path)) for path in LETTERS)
    assert everything.count("The remaining IMR eligible portion of the original request,") >= 4
    assert everything.count("leaving the original request IMR eligible.") >= 2


def test_files_come_as_they_do_in_the_field() -> None:
    texts = {path.stem: path.read_bytes() for path in LETTERS if path.suffix == ".txt"}
    assert sum(b"\r\n" in data for data in texts.values()) == 1
    assert sum(b"\f" in data for data in texts.values()) >= 5
    assert sum(b"\n\n \n\n" in data for data in texts.values()) == 5, "text extracts"
    assert b"\x92" in texts["CM15-0000209"], "Windows-1252 quotes"


def test_no_rationale_is_written_twice() -> None:
    seen: Counter[str] = Counter()
    for path in LETTERS:
        parts = re.split(r"Decision rationale:", letter_text(path))[1:]
        bodies = [part.split("\n\n")[0] for part in parts if "\n\n \n\n" not in part]
        seen.update({run for body in bodies for run in runs_of_words(body, 14)})
    assert [run for run, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_pdf_is_that_of_its_source(source: Path) -> None:
    printed = pdf_text(SAMPLES / "letters" / f"{source.stem}.pdf")
    text = decoded(source)
    assert unwrapped(text[text.index("HOW THE IMR") :]) in unwrapped(printed)


def test_every_pdf_has_a_source() -> None:
    pdfs = {path.stem for path in LETTERS if path.suffix == ".pdf"}
    assert pdfs == {path.stem for path in SOURCES}


@pytest.mark.letters
@pytest.mark.skipif(not REAL.is_dir(), reason="the real letters are not at hand")
def test_no_sentence_is_taken_from_a_real_letter() -> None:
    """What several real letters share is the wording of the form or of a guideline."""
    real: Counter[str] = Counter()
    for path in [*REAL.glob("*.txt"), *REAL.glob("pdf/*.pdf")]:
        text = pdf_text(path) if path.suffix == ".pdf" else decoded(path)
        real.update(runs_of_prose(text))
    theirs = {run for run, count in real.items() if count == 1}
    shared = {path.stem: sorted(runs_of_prose(letter_text(path)) & theirs) for path in LETTERS}
    # A few are but the name of a service: "therapy for the lumbar spine 2 times a week".
    assert {case: runs for case, runs in shared.items() if len(runs) > 3} == {}
