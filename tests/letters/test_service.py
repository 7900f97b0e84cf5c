"""What a printed service is, measured on services labelled by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.catalogue.body_parts import read_body_parts
from imrsearch.letters.service import ServiceFacts, read_service
from imrsearch.model import Quantity
from imrsearch.text.phrases import split_words
from tests.processor_time import processor_seconds

LABELLED = Path(__file__).parent.parent / "data" / "services.toml"


@dataclass(frozen=True, slots=True)
class Label:
    """What a service is, as a person filed it."""

    service: str
    category: str | None
    subcategory: str | None
    treatment: str
    body_parts: tuple[str, ...]
    quantity: str


def labelled() -> Iterator[Label]:
    for category, subcategories in tomllib.loads(LABELLED.read_text(encoding="utf-8")).items():
        for subcategory, rows in subcategories.items():
            for service, (treatment, parts, quantity) in rows.items():
                yield Label(
                    service, known(category), known(subcategory), treatment, tuple(parts), quantity
                )


def known(name: str) -> str | None:
    return None if name == "none" else name


def printed(quantity: Quantity | None) -> str:
    return f"{quantity.amount} {quantity.unit}" if quantity else ""


LABELS = tuple(labelled())
READ = {label.service: read_service(label.service) for label in LABELS}


def share_right(label_fact: str, fact: str | None = None) -> float:
    """The share of labels whose fact is as a person filed it; the wrong ones are printed."""
    wrong = [
        (label.service, getattr(label, label_fact), value)
        for label in LABELS
        if (value := getattr(READ[label.service], fact or label_fact)) != getattr(label, label_fact)
    ]
    print(f"{label_fact}: {len(LABELS) - len(wrong)} of {len(LABELS)} right", *wrong, sep="\n")  # noqa: T201
    return 1 - len(wrong) / len(LABELS)


def test_there_are_enough_labels() -> None:
    assert len(LABELS) >= 200
    assert len({(label.category, label.subcategory) for label in LABELS}) >= 50


@pytest.mark.parametrize("fact", ["category", "subcategory", "treatment", "body_parts"])
def test_at_least_97_in_100_are_right(fact: str) -> None:
    assert share_right(fact) >= 0.97


def test_at_least_97_in_100_quantities_are_right() -> None:
    right = sum(printed(READ[label.service].quantity) == label.quantity for label in LABELS)
    assert right / len(LABELS) >= 0.97


def test_at_most_3_in_100_are_unknown() -> None:
    unknown = [label for label in LABELS if READ[label.service].category is None]
    assert len(unknown) / len(LABELS) <= 0.03


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.service)
def test_every_fact_stands_where_it_says(label: Label) -> None:
    facts = READ[label.service]
    for (name, number), (start, end) in (
        (name.partition(".")[::2], (span.start, span.end)) for name, span in facts.spans.items()
    ):
        evidence = label.service[start:end]
        assert evidence.strip()
        if name == "body_parts":
            assert facts.body_parts[int(number)] in regions_of(evidence)


def regions_of(text: str) -> dict[str, tuple[int, int]]:
    return read_body_parts(text, split_words(text)).regions


@pytest.mark.parametrize(
    ("service", "flags"),
    [
        ("Associated surgical service: cold therapy unit", ("associated surgical service",)),
        ("Associated Surgical Services: walker", ("associated surgical service",)),
        ("Retrospective chiropractic care", ("retrospective",)),
        ("Retro: naproxen 550mg #60", ("retrospective",)),
        ("Urine drug screen, DOS: 11/14/16", ("retrospective",)),
        ("MRI, date of service 1/2/2016", ("retrospective",)),
        ("Chiropractic session received on 08/06/2014", ("retrospective",)),
        (
            "Associated surgical service: crutches (DOS 3/4/15)",
            ("associated surgical service", "retrospective"),
        ),
        ("Arthroscopic surgery of the knee", ()),
        ("Pre-op EKG", ("preoperative",)),
        ("Preoperative clearance", ("preoperative",)),
        ("Presurgical psychological evaluation", ("preoperative",)),
        ("Post-op Percocet 5/325mg #40", ("postoperative",)),
        ("Postsurgical physical therapy, 12 visits", ("postoperative",)),
        ("Walker for use after surgery", ("postoperative",)),
        (
            "Associated surgical service: Post op physical therapy",
            ("associated surgical service", "postoperative"),
        ),
        ("Postoperatively stable hardware of the ankle: x-ray", ("postoperative",)),
        ("Surgical post of the brace, prescription", ()),
    ],
)
def test_flags_as_printed(service: str, flags: tuple[str, ...]) -> None:
    facts = read_service(service)
    assert facts.flags == flags
    assert [name for name in facts.spans if name.startswith("flags")] == [
        f"flags.{number}" for number in range(len(flags))
    ]


def test_a_flag_is_no_treatment() -> None:
    assert read_service("Associated surgical service:").category is None


@pytest.mark.parametrize(
    ("service", "treatment"),
    [
        pytest.param(
            "Epidural steroid injection with specialist consult",
            "epidural steroid injection",
            id="the first in earnest",
        ),
        pytest.param("Evaluation by physical therapy", "physical therapy", id="weak ones give way"),
        pytest.param(
            "Post lumbar fusion physical therapy", "physical therapy", id="a surgery that has been"
        ),
        pytest.param("PT, s/p right knee arthroscopy", "physical therapy", id="s/p"),
        pytest.param(
            "Status post left knee arthroscopy: cane", "cane", id="history before the request"
        ),
        pytest.param(
            "Arthroscopy, right wrist", "wrist arthroscopy", id="by the name it has at its region"
        ),
        pytest.param(
            "Neuroplasty, left wrist", "nerve decompression", id="a nerve of the limbs, freed"
        ),
        pytest.param("Status post laminectomy", "laminectomy/discectomy", id="unless it is all"),
        pytest.param(
            "Fluoroscopically guided injection", "injection", id="guidance gives way to all"
        ),
        pytest.param("Pre-op labs: CBC", "complete blood count", id="a test under a heading"),
        pytest.param("Pre-op labs: EKG", "electrocardiogram", id="a test of another kind there"),
        pytest.param("Pre-operative testing: chest x-ray", "X-ray", id="under clearance"),
        pytest.param("Labs: PT/INR", "coagulation test", id="no physical therapy among tests"),
        pytest.param(
            "Urine drug screen: EMG/NCV of both legs", "EMG/NCV", id="a heading that does not fit"
        ),
        pytest.param("Labs: CBC, CMP and UA", "blood test", id="several are what they are called"),
        pytest.param(
            "Consultation for lumbar fusion", "surgical consultation", id="what it is about"
        ),
        pytest.param(
            "Second opinion regarding the left knee arthroscopy",
            "surgical consultation",
            id="words between it and the operation",
        ),
        pytest.param("Consult: laminectomy", "surgical consultation", id="a colon between"),
        pytest.param(
            "Rotator cuff repair consultation", "surgical consultation", id="behind the operation"
        ),
        pytest.param(
            "Consultation and right knee arthroscopy", "knee arthroscopy", id="both are asked for"
        ),
        pytest.param(
            "Evaluation for medical clearance", "medical clearance", id="about no operation"
        ),
        pytest.param("MRA of the brain", "MR angiogram", id="vessels"),
        pytest.param("MRA of the right shoulder", "MR arthrogram", id="a joint"),
        pytest.param("CT angiogram of the chest", "CT angiogram", id="no plain CT scan"),
    ],
)
def test_which_treatment_is_asked_for(service: str, treatment: str) -> None:
    assert read_service(service).treatment == treatment


@pytest.mark.parametrize(
    ("service", "treatment", "further"),
    [
        ("PT/OT 8 visits", "physical therapy", ("occupational therapy",)),
        ("Chirophysiotherapy 6 visits", "chiropractic", ("physical therapy",)),
        ("Physiotherapy/acupuncture 2x6", "physical therapy", ("acupuncture",)),
        (
            "Chiro/PT and massage, 6 sessions",
            "chiropractic",
            ("physical therapy", "massage therapy"),
        ),
        ("Acupuncture or chiropractic", "acupuncture", ("chiropractic",)),
        pytest.param(
            "Physical therapy with electrical stimulation", "physical therapy", (), id="a modality"
        ),
        pytest.param("PT/PTT", "coagulation test", (), id="a test"),
        pytest.param("Naproxen/omeprazole", "naproxen", (), id="drugs have names for that"),
    ],
)
def test_two_therapies_in_one(service: str, treatment: str, further: tuple[str, ...]) -> None:
    facts = read_service(service)
    assert (facts.treatment, facts.further_treatments) == (treatment, further)


@pytest.mark.parametrize("service", ["", "11/11/2016", "zebra", "   "])
def test_nothing_is_guessed(service: str) -> None:
    nothing = ServiceFacts(None, None, None, (), (), (), (), None, None, (), {})
    assert read_service(service) == nothing


def test_sides_and_levels() -> None:
    facts = read_service("Left L4-5 and bilateral L5-S1 facet blocks")
    assert facts.sides == ("left", "bilateral")
    assert facts.levels == ("L4-5", "L5-S1")
    assert facts.body_parts == ("low back",)


@given(st.text(max_size=300))
def test_any_text_is_read_with_its_places(text: str) -> None:
    facts = read_service(text)
    assert all(0 <= one.start < one.end <= len(text) for one in facts.spans.values())
    assert (facts.category is None) <= (facts.subcategory is None)


@given(st.sampled_from(LABELS), st.sampled_from([str.upper, str.lower, str.title]))
def test_capitals_do_not_matter(label: Label, print_as: object) -> None:
    assert callable(print_as)
    again = read_service(print_as(label.service))
    assert (again.category, again.treatment) == (
        READ[label.service].category,
        READ[label.service].treatment,
    )


def test_reading_is_quick() -> None:
    times = [processor_seconds(partial(read_service, label.service), 0.0005) for label in LABELS]
    assert median(times) < 0.0005


def test_a_very_long_service_costs_no_more_than_a_long_one() -> None:
    service = "qwertyuiop asdfghjkl 2 times a week " * 30_000
    assert processor_seconds(lambda: read_service(service), 0.5) < 0.5
