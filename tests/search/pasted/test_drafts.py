"""Requests while a text is read; each row is another office's."""

from __future__ import annotations

import pytest

from imrsearch.letters.service import read_service
from imrsearch.search.pasted.drafts import Draft, Drafts, earnest, is_same_service
from imrsearch.search.pasted.reading import read_requests
from imrsearch.search.pasted.wording.manners import (
    ASKED,
    CERTIFIED,
    DEFERRED,
    DENIED,
    NONE,
    WITHDRAWN,
)

KINDS = [
    "We have considered your proposal for surgery. Unfortunately we can't approve it.",
    "Your request for surgery is denied.",
    "The surgery was not authorized.",
    "After review the requested surgery is non-certified.",
    "We deny the surgery and what goes with it.",
    "Surgery: denied.",
]


@pytest.mark.parametrize("told", KINDS)
def test_a_list_below_tells_which_surgery_is_meant(told: str) -> None:
    found = read_requests(
        f"{told}\n\n1) Lumbar fusion, L5-S1. The films show no movement.\n"
        "2) Assistant surgeon for the above. Declined along with it.\n"
        "3) Hospital stay, two days (inpatient). Declined along with it.\n"
    )
    assert [one.treatment for one in found] == [
        "lumbar fusion",
        "assistant surgeon",
        "inpatient stay",
    ]


@pytest.mark.parametrize(
    "told",
    [
        "As the fusion is off the table there is nothing to heal.",
        "Since the fusion was turned down there is no need.",
        "Because the fusion is not going ahead nothing has to grow.",
        "Now that the fusion is dropped it has no use.",
        "As that fusion is being dropped there is no bone to heal.",
    ],
)
def test_a_sentence_that_begins_with_why_stays_with_its_item(told: str) -> None:
    fusion, stimulator = read_requests(
        "Denied:\n1) Lumbar fusion. The films show no instability.\n"
        f"2) Bone growth stimulator. {told}\n"
    )
    assert "parent-treatment-necessary" not in {one.criterion for one in fusion.reasons}
    assert "parent-treatment-necessary" in {one.criterion for one in stimulator.reasons}


def note(drafts: Drafts, text: str, manner: str = ASKED, number: str = "") -> Draft:
    return drafts.note(text, read_service(text), manner, number)


def drafted(text: str, manner: str = ASKED) -> Draft:
    return note(Drafts(), text, manner)


SAME = {
    "the same words": ("Lumbar fusion", "Lumbar fusion"),
    "without its body part": ("Lumbar MRI", "MRI"),
    "with one": ("MRI", "Lumbar MRI"),
    "a definite word of its name": ("Lumbar fusion", "The fusion"),
    "one of its kind": ("Knee arthroscopy", "surgery"),
    "in short": ("Psychological evaluation", "the evaluation"),
    "the last word alone": ("Occupational therapy", "THERAPY"),
    "its brand": ("Terocin patches #30", "Terocin"),
}
OTHERS = {
    "another treatment": ("Lumbar MRI", "EMG"),
    "another body part": ("Lumbar MRI", "Cervical MRI"),
    "another kind": ("Cane", "surgery"),
    "another drug": ("Norco #60", "Soma"),
}


@pytest.mark.parametrize(("first", "again"), SAME.values(), ids=SAME)
def test_what_is_named_twice_is_one_request(first: str, again: str) -> None:
    drafts = Drafts()
    assert note(drafts, first) is note(drafts, again)


@pytest.mark.parametrize(("first", "other"), OTHERS.values(), ids=OTHERS)
def test_what_is_another_request(first: str, other: str) -> None:
    drafts = Drafts()
    assert note(drafts, first) is not note(drafts, other)
    assert len(drafts) == 2


def test_what_is_named_again_completes_the_request_but_a_grant_does_not() -> None:
    drafts = Drafts()
    note(drafts, "Acupuncture")
    assert note(drafts, "Acupuncture, 6 visits", CERTIFIED).request.quantity is None
    again = note(drafts, "Acupuncture of the neck, 12 visits", DENIED).request
    assert (again.text, again.body_parts) == ("Acupuncture", ("neck",))
    assert again.quantity
    assert again.quantity.amount == 12
    assert drafts[0].denied


def test_what_was_named_in_passing_is_told_in_the_words_of_the_request() -> None:
    drafts = Drafts()
    note(drafts, "acupuncture, 6 visits", NONE)
    assert [one.tentative for one in drafts] == [True]
    assert note(drafts, "Acupuncture of the neck", ASKED).request.text == "Acupuncture of the neck"
    assert [one.tentative for one in drafts] == [False]
    assert drafts[0].request.quantity


def test_a_numbered_item_says_which_of_a_kind_is_meant() -> None:
    drafts = Drafts()
    note(drafts, "injection", DENIED)
    assert drafts.are_general()
    note(drafts, "Lumbar epidural steroid injection", ASKED, "1")
    assert [(one.request.treatment, one.number, one.denied) for one in drafts] == [
        ("epidural steroid injection", "1", True)
    ]
    assert not drafts.are_general()
    assert drafts.numbers() == ["1"]
    assert drafts.numbered(["1", "2"]) == list(drafts)
    assert drafts.numbered([]) == []


@pytest.mark.parametrize(
    ("manner", "is_decided", "is_disputed"),
    [
        (NONE, False, True),
        (ASKED, False, True),
        (DENIED, True, True),
        (CERTIFIED, True, False),
        (WITHDRAWN, True, False),
        (DEFERRED, True, False),
    ],
)
def test_what_is_decided_and_what_is_in_dispute(
    manner: str, is_decided: bool, is_disputed: bool
) -> None:
    draft = drafted("Cane", manner)
    assert (draft.is_decided, draft.is_disputed) == (is_decided, is_disputed)
    draft.decide(DENIED)
    assert draft.is_disputed is (manner != WITHDRAWN)


@pytest.mark.parametrize(
    ("text", "told", "is_less"),
    [
        ("Acupuncture, 12 visits", "6 visits are certified", True),
        ("Acupuncture, 12 visits", "12 visits are certified", False),
        ("Acupuncture, 12 visits", "It is certified", False),
        ("Acupuncture, 12 visits", "approved twice a week for 2 weeks", True),
        ("Acupuncture", "6 visits are certified", False),
        ("Norco #60, 2 refills", "It is certified without refills", True),
        ("Norco #60", "It is certified without refills", False),
    ],
)
def test_what_grants_less_than_was_asked_for(text: str, told: str, is_less: bool) -> None:
    assert drafted(text).grants_less(told) is is_less


def test_a_request_granted_in_part_is_denied() -> None:
    assert drafted("Acupuncture, 6 of the 12 visits", CERTIFIED).denied


@pytest.mark.parametrize(
    ("text", "told", "noted"),
    [
        ("Acupuncture, 12 visits", "6 visits certified", "6 of 12 visits certified."),
        ("Norco #60", "30 approved", "30 of 60 certified."),
        ("Acupuncture, 12 visits", "Partially certified", "Certified in part."),
        ("Acupuncture, 12 visits", "Denied in part", "Certified in part."),
        ("Acupuncture", "6 visits certified, the rest modified", "Certified in part."),
        ("Acupuncture, 12 visits", "12 visits certified", ""),
        ("Acupuncture, 12 visits", "6 visits of massage certified", ""),
        ("Acupuncture, 12 visits", "Denied or modified", ""),
        ("Acupuncture, 12 visits", "modify work schedule", ""),
    ],
)
def test_the_note_of_what_was_granted(text: str, told: str, noted: str) -> None:
    draft = drafted(text, DENIED)
    draft.grant(told)
    assert draft.note() == noted


def test_what_was_granted_of_a_request_that_nothing_denies_is_no_note() -> None:
    draft = drafted("Acupuncture, 12 visits")
    draft.grant("certified in part")
    assert draft.note() == ""


def test_sentences_of_its_own_and_shared_ones() -> None:
    draft, other = drafted("Cane"), drafted("Walker")
    draft.tell("They are all late.", 0, is_shared=True)
    assert draft.reasons_told(shares=False) == ["They are all late."]
    draft.tell("Denied.", 1, is_shared=False)
    draft.tell("He walks.", 2, is_shared=False)
    assert draft.own() == ["He walks."]
    assert draft.places == [0, 1, 2]
    assert draft.reasons_told(shares=True) == ["He walks."]
    assert draft.reasons_told(shares=False) == ["Denied.", "He walks."]
    for _ in range(2):
        other.repeat(draft)
        other.repeat(other)
    assert other.told == ["He walks."]


def test_what_is_told_before_its_own_sentences_is_no_reason_unless_it_decides() -> None:
    draft = drafted("Cane")
    draft.tell("He fell in May.", 0, is_shared=True)
    draft.tell("Both are denied as he is well.", 1, is_shared=True)
    draft.tell("He walks.", 2, is_shared=False)
    draft.tell("They are late.", 3, is_shared=True)
    assert draft.reasons_told(shares=False) == [
        *("Both are denied as he is well.", "He walks.", "They are late.")
    ]


def listed(*told: str) -> Drafts:
    drafts = Drafts()
    for text in told:
        note(drafts, text)
    return drafts


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("The cane is late.", ["cane"]),
        ("With regard to the chair, he sits.", ["ergonomic equipment"]),
        ("The cane and the chair were denied.", ["cane", "ergonomic equipment"]),
        ("The braces were denied", ["lumbar brace"]),
        ("The brace", ["lumbar brace"]),
        ("He has a cane.", ["cane"]),
        ("Because the cane is denied, the brace is denied.", ["lumbar brace"]),
        ("He walks.", []),
        ("Depends on the cane", []),
    ],
)
def test_the_requests_that_a_sentence_begins_with(sentence: str, names: list[str]) -> None:
    drafts = listed("Cane", "Ergonomic chair", "Lumbar brace")
    assert [one.request.treatment for one in drafts.begun_by(sentence)] == names


def test_requests_by_what_a_text_names() -> None:
    cane, chair, brace = drafts = listed("Cane", "Ergonomic chair", "Lumbar brace")
    assert drafts.named_in("page 4 for the chair, page 5 for canes") == [cane, chair]
    assert drafts.named_in("Lumb") == [brace]
    assert drafts.named_in("the unit") == []
    assert drafts.before(chair) == [cane]
    assert drafts.before(cane) == []
    assert earnest(drafts.undecided()) == [brace, chair, cane]
    chair.decide(DENIED)
    assert drafts.undecided() == [brace]
    cane.tentative = True
    assert earnest([cane, brace]) == [brace]
    assert earnest([cane]) == [cane]
    assert is_same_service(cane.request, read_service("a cane"))
    assert not is_same_service(cane.request, read_service("a walker"))
