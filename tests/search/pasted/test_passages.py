"""A passage of a denial pasted alone: which request it is on, and that all of it tells why."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests

SUBJECTS = {
    "one of a class that the guideline speaks of": (
        (
            "A muscle relaxant is meant for two or three weeks. Zanaflex turns up in each note"
            " since the spring of 2014. Not certified as requested."
        ),
        "tizanidine",
    ),
    "named for what is bought of it": (
        (
            "The claimant borrowed an H-wave from the clinic for a month. His pill count is what it"
            " was. Purchase of durable medical equipment like that is denied."
        ),
        "H-wave",
    ),
    "named in the last sentence, in passing": (
        (
            "The worker has not tried to go back to his bench, and nobody disagrees about what he"
            " can lift. A new operation is set for the summer. Thus the FCE is not warranted."
        ),
        "functional capacity evaluation",
    ),
    "what its film was last time": (
        (
            "The film of last June showed a bulge of 2 mm. The patient's complaints are word for"
            " word those of then. A repeat MRI is not routinely recommended."
        ),
        "MRI",
    ),
    "a supply is no supplies": (
        (
            "OxyContin is at three times the dose that the guideline allows. His wife found him"
            " hard to wake. One month's supply is certified for a taper, the rest is denied."
        ),
        "oxycodone",
    ),
    "labels before it and its decision": (
        (
            "RATIONALE: This patient walks to the shop each day. There is no weakness of the legs,"
            " so a wheelchair is of no use.\nDETERMINATION: Non-certify."
        ),
        "wheelchair",
    ),
    "the same week and the records name nothing": (
        (
            'The claimant\'s note of the same week and the records give one reason, "stiff".'
            " There is no rationale for the ergonomic chair. The request is denied."
        ),
        "ergonomic equipment",
    ),
    "a condition asks for nothing, and what the patient takes is not added": (
        (
            "A power chair is for those who cannot use a cane. The claimant, who takes two Norco a"
            " day, walks to the bus, should he ever want one. The wheelchair is not supported."
        ),
        "wheelchair",
    ),
    "an operation that was certified is not at issue": (
        (
            "The certified operation is at one level, and the patient does not smoke. There is no"
            " need for a bone growth stimulator."
        ),
        "bone growth stimulator",
    ),
    "what a drug is approved for": (
        (
            "Belsomra is approved for the short-term treatment of insomnia, and the claimant has"
            " had it for a year. The earlier denial stands."
        ),
        "suvorexant",
    ),
    "asked for in so many words": (
        "Mobic is requested on the day on which Feldene is renewed. One such drug is enough.",
        "meloxicam",
    ),
    "a study is any test": (
        (
            'MRI of 2014 showed nothing. The provider would like "a newer study". The patient\'s'
            " complaints are the same, so a second MRI is not indicated."
        ),
        "MRI",
    ),
    "below the list of drugs": (
        (
            "Medications: Mobic and Flexeril. She takes no opioid. Hence there is no indication for"
            " a urine drug screen."
        ),
        "urine drug screen",
    ),
}


@pytest.mark.parametrize(("told", "treatment"), SUBJECTS.values(), ids=SUBJECTS)
def test_what_a_passage_is_on(told: str, treatment: str) -> None:
    assert [one.treatment for one in read_requests(told)] == [treatment]


OTHERS = {
    "other services are told apart": (
        (
            "The patient had acupuncture, which was authorized. The doctor now requests a back"
            " brace. UR did not certify it, as it weakens the trunk."
        ),
        ["lumbar brace"],
    ),
    "a physician who asks is no reviewer": (
        (
            "The patient has numb toes, and his therapy is over. An operation is not indicated as"
            " yet. I request an MRI."
        ),
        ["MRI"],
    ),
    "two requests": (
        "They denied the cane. The patient walks well. They denied the walker for the same reason.",
        ["cane", "walker"],
    ),
}


@pytest.mark.parametrize(("told", "treatments"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_passage_on_one_request(told: str, treatments: list[str]) -> None:
    assert [one.treatment for one in read_requests(told)] == treatments


def test_what_stands_ahead_of_its_name_tells_why() -> None:
    (request,) = read_requests(
        "The patient's reflexes, strength and sensation are all equal, and there are no red flags."
        " The MRI is not certified."
    )
    assert "neurologic-findings" in {one.criterion for one in request.reasons}


def test_a_worker_s_story_is_no_passage() -> None:
    (request,) = read_requests(
        "I fell in 2015 and my back had no red flags at first. They denied the MRI."
    )
    assert "I fell" not in " ".join(one.evidence for one in request.reasons)
