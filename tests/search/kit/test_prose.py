"""What sentences are about; each row is another office's way to say the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imrsearch.search.kit.manners import FIELD, HISTORY, NONE, QUOTED, WHY
from imrsearch.search.kit.prose import (
    asked_also,
    asked_part,
    asks_nothing,
    asks_whether,
    begins_to_tell,
    has_verb,
    is_held,
    is_instruction,
    is_medical,
    is_notice,
    is_of_associated,
    is_of_guideline,
    is_of_patient,
    is_question,
    is_refused_by_guideline,
    is_same_reason,
    opens_list_with_why,
    refers_to_request,
    says_why,
    tells_condition,
    tells_history,
)


@pytest.mark.parametrize(
    "told",
    [
        "This report may not be used to determine whether a body part is accepted.",
        "This review does not decide whether the claim is covered.",
        "This letter is not a guarantee of payment.",
        "This determination is not an admission of liability.",
        "This document must not be copied.",
        "This notice should not be construed as acceptance of the claim.",
    ],
)
def test_what_every_letter_tells(told: str) -> None:
    assert is_notice(told)


@pytest.mark.parametrize(
    "told",
    ["citing", "quoting", "invoking", "relying on", "pointing to", "referring to"],
)
def test_the_chapter_that_a_denial_cites_is_not_what_was_asked_for(told: str) -> None:
    sentence = f"You rejected the injections to the knee, {told} ODG, Knee & Leg."
    assert asked_part(sentence) == "You rejected the injections to the knee, "


@pytest.mark.parametrize(
    ("told", "refers"),
    [
        ("It was ordered only for the operation.", True),
        ("They are needed after the fusion alone.", True),
        ("Both were tied to the release.", True),
        ("It is requested that physical therapy be authorized.", False),
        ("This is a request for a walker.", False),
    ],
)
def test_what_a_request_is_for_names_no_other(told: str, refers: bool) -> None:
    assert refers_to_request(told) is refers


WHAT_SENTENCES_TELL = {
    "what every letter tells": (
        is_notice,
        [
            "You may send it again.",
            "You must write to us.",
            "You need not reply.",
            "You are entitled to it.",
            "You do not have to sign.",
            "You have the right to one.",
            "If you disagree, write.",
            "If you do not agree, write.",
            "If you wish to, write.",
            "This goes to independent review.",
            "This goes to an independent medical review.",
            "An IMR form is enclosed.",
            "Ask your attorney.",
            "See the dispute resolution page.",
            "The appeal process is below.",
            "Call the information and assistance office.",
            "Write within 30 days of the date.",
            "Write 10 days from receipt, or days after the receipt.",
            "Nothing in this notice is final.",
            "Bills for services already certified will be paid.",
            "Payment may be withheld.",
            "Do not collect from the employee.",
            "The services were rendered already, the doctor asks.",
            "This letter does not decide whether it is covered.",
            "It guides physicians for denying care.",
            "A copy is free of charge.",
        ],
        [
            "You walk well.",
            "The cane is denied.",
            "The bill came.",
            "This report is long.",
        ],
    ),
    "how a form is filled in": (
        is_instruction,
        [
            "Include all pages.",
            "List each item.",
            "Specify consultation, surgery, and stay.",
            "State the reason.",
            "Check one.",
            "Use of this form is required.",
            "REQUESTED TREATMENT (see instructions for guidance)",
            "Please do not write here",
            "Do not mark this box",
            "For office use only",
            "Official use only",
            "Up to five (5) procedures may be entered",
            "No more than two items can be listed",
            "He is competent to evaluate it.",
            "It is in the scope of his practice.",
            "Our reviewer is a board surgeon.",
            "Who is an orthopedic surgeon decided.",
        ],
        [
            "List: cane",
            "State that I request a cane.",
            "He walks.",
            "The doctor is here.",
        ],
    ),
    "what nobody asks for": (
        asks_nothing,
        [
            "Need for surgery: NO",
            "Need for a cane: n/a",
            "Boot - no authorization needed",
            "No pre-auth is required",
            "It needs no authorization.",
            "For your information only",
            "FYI only",
            "It does not need authorization.",
            "They didn't require an auth",
            "Surgery is not needed.",
            "A cane is not requested at this time",
            "None prescribed today.",
            "No refills needed.",
            "Nothing was ordered.",
            "He may need a fusion in the future.",
            "One might be sought later.",
            "It could eventually come.",
            "There is no need for it.",
            "No indication of it.",
            "There is nothing else.",
            "It was reimbursed.",
            "Nothing is being requested.",
            "None of these is asked for.",
            "The patient has previously had therapy.",
            "He declined it.",
            "I do not recommend these.",
            "I cannot agree to it.",
            "He asked about stem cells.",
            "She wonders about it.",
            "If surgery is advised, clearance will be requested.",
            "Once it heals, more may be considered.",
            "He has enough of it at home.",
            "Please resubmit with films.",
            "One must re-apply.",
            "Acetaminophen is suggested instead.",
            "Ice is available as an alternative.",
            "The mileage has yet to be paid.",
            "Checks were mailed.",
            "It has been paid for.",
            "He is owed for it.",
            "d/c tramadol",
            "Stop the drug.",
            "Wean off Soma.",
            "Let me know if one is needed.",
            "Tell us whether a ride is wanted.",
            "Ibuprofen OTC as needed",
            "Ibuprofen, over the counter",
            "A release is anticipated.",
            "One is being considered.",
            "I will consider a block.",
            "We anticipate one.",
            "I am considering it.",
            "Needles were offered.",
            "It was also discussed.",
            "I have discussed it.",
            "We went over it.",
            "She does not want any.",
            "He wants no needles.",
            "She didn't want it.",
            "He still has a supply.",
            "She has some left.",
            "She already has one.",
            "He has his own at home.",
            "She declines it.",
            "The patient also refuses.",
        ],
        [
            "I request a cane.",
            "The cane is needed.",
            "Ibuprofen OTC #60",
            "Surgery was discussed and I request authorization.",
            "He has one knee.",
            "He walks.",
        ],
    ),
    "what its reader is to answer": (
        is_question,
        [
            "Do you still want the brace?",
            "Why was it not approved?",
            "How often?",
            "Who decides?",
            "Where is it?",
            "What helps?",
        ],
        [
            "Is the cane medically necessary?",
            "Are crutches indicated for him?",
            "He asks why.",
            "Why not",
        ],
    ),
    "what a review is to tell": (
        asks_whether,
        [
            "Is the cane medically necessary?",
            "Are crutches indicated for him?",
            "Should the brace be certified?",
            "Was it reasonable?",
            "Do the films make it appropriate?",
            "Would it be warranted?",
            "Can it be allowed?",
        ],
        [
            "Is it there?",
            "The cane is medically necessary.",
            "Why is it not necessary?",
        ],
    ),
    "a sentence that tells something": (
        has_verb,
        [
            "It is.",
            "They were.",
            "Has been.",
            "He had one.",
            "Not that.",
            "No.",
            "It did.",
            "One should.",
            "He cannot.",
            "It contains nickel.",
            "The form states a day.",
            "She complains daily.",
            "It isn't.",
            "It suggests one.",
        ],
        [
            "Knee brace, right",
            "Cane, 1",
        ],
    ),
    "a sentence about somebody": (
        begins_to_tell,
        [
            "She walks.",
            "He fell.",
            "They limp.",
            "This hurts.",
            "There, a tear.",
            "No limp.",
            "Mrs Sample limps.",
            "Dr Sample wrote.",
            "I limp.",
            "Your knee.",
            "The knee.",
        ],
        [
            "Knee brace, right",
            "Theraputty",
        ],
    ),
    "what the patient does": (
        is_of_patient,
        [
            "He walks.",
            "She also limps.",
            "The patient limps.",
            "This claimant limps.",
            "Pt limps.",
            "Worker limps.",
            "“He walks.",
        ],
        [
            "The cane is his.",
            "Heel pain",
        ],
    ),
    "a patient or treatment at all": (
        is_medical,
        [
            "The patient is here.",
            "The claimant",
            "an applicant",
            "a worker",
            "the employee",
            "Doctor",
            "Dr Sample",
            "a physician",
            "the provider's fax",
            "medically",
            "clinical",
            "surgery",
            "injured",
            "pain",
            "examination",
            "diagnosis",
            "therapist",
            "10 mg",
            "my knee",
        ],
        [
            "The fence repair is late.",
            "A car.",
        ],
    ),
    "what was done before": (
        tells_history,
        [
            "His history is long.",
            "He had one.",
            "He had surgery.",
            "She had previously one.",
            "Prior care.",
            "In the past.",
            "Two years ago.",
            "He completed it.",
            "She underwent it.",
            "On file.",
            "Last month.",
            "The first one.",
            "It was tried.",
            "s/p release",
            "We have paid for it.",
            "They were paid.",
            "Status post release",
            "He took part.",
            "He finished.",
            "In 2014",
            "in May 2014",
            "He has therapy at home now.",
            "I am getting it at present.",
            "She goes to therapy currently.",
            "He does it already.",
            "2014-2015: therapy",
            "May 2014: therapy",
        ],
        [
            "He had requested one.",
            "He had put in for it.",
            "He needs one.",
            "At 2014 Sample Road",
        ],
    ),
    "a condition, not a treatment": (
        tells_condition,
        [
            "facet syndrome",
            "radiculopathy",
            "arthritis",
            "stenosis",
            "disc disease",
            "a disorder",
            "a sprain",
            "a strain",
            "hypertrophy",
            "a tear",
            "M47.816",
        ],
        [
            "a tear repair with a cane",
            "the knee",
            "a copath",
        ],
    ),
    "what goes with the first request": (
        is_of_associated,
        [
            "The associated services are denied.",
            "No associated surgical items.",
            "An associated request",
        ],
        [
            "It is associated with pain.",
            "The services are denied.",
        ],
    ),
    "the reason of another": (
        is_same_reason,
        [
            "Same as above.",
            "Denied for the same reason.",
            "The same rationale applies.",
            "The same holds.",
            "Ditto.",
            "Idem.",
            "Likewise.",
            "See above.",
            "As stated before.",
            "The above reasons.",
            "The foregoing grounds.",
            "See item 1.",
            "As under A.",
            "See #2",
        ],
        [
            "The same knee hurts.",
            "See a doctor.",
            "See b",
        ],
    ),
    "a guideline's advice": (
        is_of_guideline,
        [
            "MTUS recommends acupuncture.",
            "ODG, chapter 3, requires one.",
            "The guidelines for this wants a trial.",
            "ACOEM asks for one.",
            "This chapter allows it.",
            "It is recommended as an option.",
            "Recommended by the MTUS.",
        ],
        [
            "The doctor recommends it.",
            "The guideline is long.",
        ],
    ),
    "a guideline's refusal": (
        is_refused_by_guideline,
        [
            "The guideline does not support it.",
            "ODG don't ever recommend it.",
            "MTUS never favours it.",
            "ACOEM doesn't allow it.",
            "It is outside the guideline.",
            "It is contrary to MTUS.",
            "It is at odds with ODG.",
            "It is not recommended by the guidelines.",
        ],
        [
            "The guideline supports it.",
            "The doctor does not recommend it.",
        ],
    ),
    "a reason beside a request": (
        says_why,
        [
            "Denied because he walks.",
            "Denied since he walks.",
            "It is not met.",
            "No trial.",
            "None was made.",
            "Neither helped.",
            "Without one.",
            "He never tried.",
            "This exceeds it.",
            "It lacks one.",
            "It failed.",
            "Insufficient notes.",
            "Only one.",
            "Nothing helped.",
            "Weaning is due.",
            "Taper it.",
            "He already walks.",
            "He wants to see it.",
            "It follows from the other.",
            "It falls with it.",
            "It isn't.",
            "Cane - he is well",
        ],
        [
            "The cane is denied.",
            "A cane",
        ],
    ),
    "why all of a list is denied": (
        opens_list_with_why,
        [
            "As the surgery is not certified, neither are:",
            "The rest falls since he walks:",
            "Because he walks, the cane is denied:",
        ],
        [
            "The cane is denied because he walks:",
            "As the surgery is not certified, neither are",
            "The following:",
        ],
    ),
}


@pytest.mark.parametrize(
    ("tells", "yes", "no"), WHAT_SENTENCES_TELL.values(), ids=WHAT_SENTENCES_TELL
)
def test_what_a_sentence_tells(tells: Callable[[str], bool], yes: list[str], no: list[str]) -> None:
    assert [one for one in yes if not tells(one)] == []
    assert [one for one in no if tells(one)] == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("The cane is denied ", "because he walks."),
        ("The cane is denied, ", "as he walks."),
        ("The cane is denied ", "since he walks."),
        ("The cane is denied ", "due to the fall."),
        ("The cane is denied ", "given findings of strength."),
        ("The cane is denied ", "for lack of need."),
        ("The cane is denied ", "in view of that."),
        ("The cane is denied ", "owing to it."),
        ("The cane is denied, they ", "said he walks."),
        ("They wrote of the cane, ", "stating that he walks."),
        ("The adjuster ", "told me, he walks."),
        ("The cane is denied ", "on these grounds: he walks."),
        ("The cane is denied ", "for the following reasons: he walks."),
        ("The cane is denied ", "bcuz he walks."),
        ("The cane is denied ", "without evidence."),
        ("The cane is denied", " - he is well."),
        ("The cane is denied, ", "he hasn't fallen."),
        ("The cane is denied, ", "for the patient has not fallen."),
        # Nothing here is a reason
        ("Ketorolac 60 mg given today", ""),
        ("It was given a fair chance", ""),
        ("I said no", ""),
        ("A release is asked for, for the neck", ""),
        ("I request authorization for a fusion, for an assistant surgeon", ""),
        ("My doctor said that I need a cane", ""),
        ("Hi - UR denied Fioricet, not all", ""),
        ("A cane - right hand", ""),
    ],
)
def test_what_is_asked_for_stands_ahead_of_the_reason(asked: str, why: str) -> None:
    assert asked_part(asked + why) == asked


@pytest.mark.parametrize(
    ("behind", "also"),
    [
        ("because he limps, also for a lift chair", ["for a lift chair"]),
        ("as he limps and also asked for 2 canes", ["for 2 canes"]),
        ("as he limps plus also for the bed, also for some tape", ["for the bed", "for some tape"]),
        ("because he also limps", []),
    ],
)
def test_what_is_asked_for_behind_a_reason(behind: str, also: list[str]) -> None:
    assert asked_also(behind) == also


@pytest.mark.parametrize(
    ("manner", "sentence", "is_so"),
    [
        (HISTORY, "The knee was injected.", True),
        (HISTORY, "The cane was denied last year.", True),
        (HISTORY, "The cane is denied.", False),
        (HISTORY, "The only request under review is a cane.", False),
        (WHY, "He walks.", True),
        (QUOTED, "He walks.", True),
        (FIELD, "Knee brace, right", True),
        (FIELD, "Knee brace because he fell", True),
        (FIELD, "The knee brace is his.", False),
        (FIELD, "Diagnosis: sprain", False),
        (NONE, "Knee brace", False),
    ],
)
def test_the_manner_of_a_field_holds_behind_its_first_sentence(
    manner: str, sentence: str, is_so: bool
) -> None:
    assert is_held(manner, sentence) is is_so
