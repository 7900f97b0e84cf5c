"""Decisions as notes and letters word them: each row is another office's way to say the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from imrsearch.search.pasted.reading import read_requests, read_text
from imrsearch.search.pasted.wording.manners import (
    ASKED,
    CERTIFIED,
    DEFERRED,
    DENIED,
    NONE,
    WITHDRAWN,
    begins_with_all,
    decisions_told,
    is_of_all,
    is_of_rest,
    is_of_whole,
    manner_of,
    points_on,
    undecided_part,
    without_condition,
)

ALL = "all of it"
DENIED_IN_SHORT = [
    "Knee brace = no. reviewer sees no instability",
    "Knee brace - no. Never fell.",
    "Knee brace -> NO",
    "Knee brace: no. He walks well.",
    "Knee brace -- nope, too soon",
    "Knee brace x2 -> 1 OK, other 1 NO",
]
DENIED_IN_WORDS = [
    "He was not able to certify the knee brace.",
    "We are not in a position to approve the knee brace.",
    "Our physician could not see his way to certifying the knee brace.",
    "The reviewer saw no basis to authorize the knee brace.",
    "After review it was decided against: knee brace.",
    "It is our opinion that the knee brace cannot be endorsed.",
    "We recommend against authorizing the knee brace.",
    "I do not concur with the knee brace.",
    "The request for a knee brace is respectfully declined.",
    "As regards the knee brace, medical necessity has not been established.",
    "They approved a scooter but nixed the knee brace.",
    "Knee brace: unfavorable.",
    "UR killed the knee brace, saying that he walks well.",
    "The doctor put in for a knee brace and insurance wrote back he does not need one.",
    "As to the knee brace, they say she doesn't need it.",
    "For the knee brace the adjuster told me I don't need that.",
    "He asked for a knee brace; the reviewer thinks he did not need one.",
    "The knee brace was sent in and they replied that he doesn't really need it.",
    'Second thing was a knee brace and what they say is quote "no need for support".',
    "The other one is the knee brace, they wrote no reason for it.",
    "Then the knee brace, they answered there is no proof of a tear.",
    "Doctor ask knee brace, 2 pieces, and they say only 1.",
]
GRANTED_IN_SHORT = ["Cane - yes.", "Cane = ok, no changes", "Cane -> fine", "Cane: yes."]


@pytest.mark.parametrize("told", [*DENIED_IN_SHORT, *DENIED_IN_WORDS])
def test_a_denial_in_other_words(told: str) -> None:
    (request,) = read_requests(f"The patient fell.\n\n{told}\n\nCane - yes.")
    assert request.treatment == "knee brace"


@pytest.mark.parametrize("told", GRANTED_IN_SHORT)
def test_a_grant_in_other_words(told: str) -> None:
    reading = read_text(f"The patient fell.\n\n{told}\n\nKnee brace - no.")
    assert [one.treatment for one in reading.requests] == ["knee brace"]
    assert reading.certified == ("cane",)


OPENED = [
    "I appeal your adverse decision of July 25 on two treatments.",
    "The walker is certified. We are not able to say the same of the rest.",
    "The walker is certified. For the reasons that follow we must deny the others.",
    "A physician has denied each of the following. We look at them again once you answer.",
    "Our doctor looked at your letter.",
]


@pytest.mark.parametrize("told", OPENED)
def test_paragraphs_headed_by_a_service(told: str) -> None:
    requests = read_requests(
        f"Dear Doctor,\n\n{told}\n\nHospital bed. She gets out of the bed she owns.\n\n"
        "Knee brace. She walks a mile without one."
    )
    assert [one.treatment for one in requests] == ["hospital bed", "knee brace"]


def test_one_paragraph_alone_may_begin_with_a_treatment_by_chance() -> None:
    assert [
        one.treatment
        for one in read_requests(
            "The MRI of the knee is denied.\n\nPhysical therapy. It was finished in May."
        )
    ] == ["MRI"]


def test_a_table_of_yes_and_no() -> None:
    reading = read_text(
        "Service | Ask | Yes/No | Note\nKnee brace | 1 | No | no instability\nCane | 1 | Yes | -"
    )
    assert [one.treatment for one in reading.requests] == ["knee brace"]
    assert reading.certified == ("cane",)


def test_no_to_both() -> None:
    requests = read_requests(
        "What we were asked: a lumbar brace; a cane.\nWhat we decided: no to both.\n"
        "Why: he walks a mile without help."
    )
    assert [[one.criterion for one in request.reasons] for request in requests] == [
        ["assistance-need"],
        ["assistance-need"],
    ]


DENIED_WORDS = [
    "We cannot say the same of the rest.",
    "We cannot go along with the others.",
    "Not so the remaining requests.",
    "It is otherwise with the others.",
    "It is different with the rest.",
    "We could not say the same of the rest.",
    "It can not be said the same of the others.",
    "They went along, but not so with others.",
    "Not so for the rest.",
    "Not so about the others.",
    "It is differently with the others.",
    "They cannot be able to say the same of the rest.",
    "None of the above has been certified.",
    "Neither the cane nor the brace is approved.",
    "Neither item is covered.",
    "Neither one was allowed.",
    "Neither request is covered.",
    "Neither service is covered.",
    "Neither treatment was covered.",
    "No single procedure has been covered.",
    "None will be covered.",
    "Neither drug can be covered.",
    "Neither medication could be covered.",
    "None of the two items were granted.",
    "None has been medically appropriate.",
    "None should be so: none have been covered.",
    "Nothing is authorized.",
    "No visit was granted.",
    "Not one is certified.",
    "None are medically necessary.",
    "Neither is supported.",
    "None of these was recommended.",
    "They turned it down.",
    "They shot that down.",
    "The nurse shut us down.",
    "They turned his request down.",
    "They turned her brace down.",
    "They turned the brace down.",
    "They shot this down.",
    "They knocked them down.",
    "They turned those down.",
    "They turned me down.",
    "They turned him down.",
    "They turned her down.",
    "They turned both down.",
    "The carrier knocked my request down.",
    "We deny it.",
    "A denial came.",
    "He keeps denying it.",
    "They denied it.",
    "It was dis-approved.",
    "Disapproved.",
    "Non-cert.",
    "Noncertified.",
    "Non certify.",
    "Non-auth.",
    "Non-authorized.",
    "Nonauth'd.",
    "Non-authed.",
    "Nonauths.",
    "Adverse determination.",
    "Modified.",
    "We modify the request.",
    "A modification was made.",
    "Adverse.",
    "Not auth.",
    "There is no authorization.",
    "Cut to #30.",
    "Knock it to #30.",
    "Lower: lowered that to 6.",
    "Reduce them down to 60.",
    "They cut the Norco from #90 to #60.",
    "They knocked the Norco from #90 pills to #60.",
    "They lowered the Norco from #90 to #60.",
    "They reduce Norco from #90 to #60.",
    "Knocked it down to 6.",
    "Trimmed to 8.",
    "Lowered to 8.",
    "Reduced them to 60.",
    "They trimmed the Norco from #90 down to #60.",
    "It got cut to six.",
    "It was reduced by four.",
    "They were cut down to one.",
    "It gets cut from two.",
    "It is reduced to one.",
    "It has been cut to one.",
    "It was reduced by six.",
    "It is a no.",
    "It was a no.",
    "Reduce to one.",
    "That is a no.",
    "The cane went down with it.",
    "The stay fell along with the surgery.",
    "It fell together with them.",
    "It went down with that.",
    "It fell with this.",
    "It fell with the operation.",
    "It fell with the procedure.",
    "It went down with the first.",
    "It fell with the primary.",
    "It fell with the fusion.",
    "They stopped paying.",
    "It was turned down.",
    "They refused.",
    "It was rejected.",
    "Disallowed.",
    "It was withheld.",
    "It is hereby declined.",
    "It was respectfully declined.",
    "They were likewise declined.",
    "Both have been also declined.",
    "They are therefore declined.",
    "It cannot be endorsed.",
    "It was never endorsed.",
    "I advise against it.",
    "We recommend against it.",
    "It is not endorsed.",
    "I do not concur with this cane.",
    "He said we do not need it.",
    "They say I don't need it.",
    "It says he doesn't need it.",
    "He wrote she did not need it.",
    "The nurse writes they didn't need it.",
    "He tells us dad does not need it.",
    "UR replied I do not actually need it.",
    "They answered he does not need it.",
    "It claims she does not need it.",
    "He claimed she does not need it.",
    "They think: he thinks she does not need it.",
    "They decided he does not need it.",
    "They told us, quote, there is no need.",
    "They say no reason.",
    "It says no evidence.",
    "He said there was no proof.",
    "They wrote back: no indication.",
    "The nurse writes no need.",
    "They told me no need.",
    "They told him no need.",
    "They told her no need.",
    "They answer no need.",
    "They answered no need.",
    "They reply no need.",
    "They replied no need.",
    "What they said is no need.",
    "What they said was no need.",
    "Nixed.",
    "It was vetoed.",
    "They axed it.",
    "No to all.",
    "No to both.",
    "No to it.",
    "No to this.",
    "No to these.",
    "No to any.",
    "No to each.",
    "Unfavorable.",
    "Unfavourable.",
    "The prior decision is upheld.",
    "The determination stands.",
    "The decision is hereby upheld.",
    "The denials are maintained.",
    "The determination was confirmed.",
    "The decision has been affirmed.",
    "The decisions have been sustained.",
    "They affirm its determination.",
    "We sustain this decision.",
    "They confirm both denials.",
    "The denials were affirmed.",
    "The decision is sustained.",
    "We maintain our earlier decision.",
    "We stand by the determination.",
    "We confirm that determination.",
    "They ruled against it.",
    "It was voted down.",
    "The carrier killed it.",
    "The reviewer nixed it.",
    "The insurer axed it.",
    "UR tossed it.",
    "The review vetoed it.",
    "They struck it.",
    "They shot down it.",
    "They knocked back it.",
    "They knocked out it.",
    "They threw out it.",
    "The adjuster bounced it.",
    "UR balked at it.",
    "They would not hear of it.",
    "They say only 60.",
    "They left him only 4.",
    "It says only 4.",
    "He said only 4.",
    "They gave me only 4.",
    "They give her only 4.",
    "It gives us only 4.",
    "They allow only 4.",
    "It allows only 4.",
    "They only approve 4.",
    "They only allow 4.",
    "They only authorize 4.",
    "They only certify 4.",
    "They only cover 4.",
    "They only grant 4.",
    "It was declined by insurance.",
    "They only pay for 4.",
    "It was declined by the carrier.",
    "It is not certified.",
    "We are not able to approve it.",
    "We are unable to authorize it.",
    "They are unwilling to cover it.",
    "We cannot allow it.",
    "It was never granted.",
    "They declined to certify it.",
    "They failed to authorize it.",
    "He is left without approval.",
    "There is no basis to certify it.",
    "I see no reason for approving it.",
    "He could not see his way clear to certifying it.",
    "We do not see fit to approve it.",
    "We do not find it possible to cover it.",
    "It was not recommended for certification.",
    "The request cannot be supported.",
    "These cannot be justified.",
    "We cannot pay.",
    "They do not pay for it.",
    "They are not going to cover it.",
    "Certification is not advised.",
    "Partially certified.",
    "Partial approval.",
    "Approved in part.",
    "Certified as modified.",
    "Approval with a change.",
    "It is not medically necessary.",
    "It was never shown to be medically appropriate.",
    "It lacks medical necessity.",
    "It does not meet criteria.",
    "It never met the guidelines.",
    "Medical necessity is not shown.",
    "Medical necessity of the brace was not shown.",
    "They said no.",
    "They say no because he walks.",
    "They cut my visits.",
    "They cut it down.",
    "They stopped covering it.",
    "They won't certify it.",
    "It isn't medically necessary.",
    "It doesn't meet the criteria.",
    "Cane -> NC",
    "They NC'd it.",
    "Cane - no.",
    "Cane -> nope, not now",
    "Therapy x12 -> 6 OK",
    "Collar: not supported",
    "Not recommended.",
    "Not established: the brace",
    "Declined.",
]
NO_DECISIONS = [
    "The range of motion is reduced by a third.",
    "The pain was reduced by 40 percent.",
    "Motion was reduced by half.",
    "Motion was reduced by a quarter.",
    "Motion was reduced by 40%.",
    "Motion was reduced by 40 degrees.",
    "They gave me only 40 percent.",
    "They left him only 3 days.",
    "He said only 2 weeks.",
    "He said only 2 months.",
    "He said only 2 years.",
    "He said only 2 of it.",
    "Nothing was denied.",
    "None of the requests was denied.",
    "No part of it has been denied or modified.",
    "If a page is missing do not deny.",
    "Services beyond this may be denied.",
    "Some could be delayed, modified, or denied.",
    "PT 2x6 if the injection is approved.",
    "It depends on the release, which is not certified.",
    "These were previously denied.",
    "It was denied last year.",
    "UR denied a discogram two years ago.",
    "It may be denied in the future.",
    "His name is withheld.",
    "It is not FDA approved.",
    "It is not approved for topical use.",
    "It is approved for the short-term treatment of insomnia.",
    "The certified operation is at one level.",
    "No prior authorization is needed.",
    "Activity modification has helped.",
    "He has cut down on coffee.",
    "We will cut it down after the procedure.",
    "The patient refuses surgery.",
    "The claimant has declined it.",
    "The claim is accepted or rejected later.",
    "Our reviewer is board certified.",
    "It was sent by certified mail.",
    "Her authorized representative called.",
    "He attended three of twelve authorized therapy visits.",
    "He is on modified duty.",
    "Services that were denied are listed.",
    "Certification is not a guarantee of payment.",
    "We do not pay for that review.",
    "He walks.",
    "If a later request is denied, a letter will come.",
    "Should surgery be denied, he will wait.",
    "He feels fine.",
    "He did fine.",
]
WITHDRAWN_WORDS = [
    "The doctor withdrew it.",
    "Please withdraw it.",
    "He withdraws it.",
    "He is withdrawing it.",
    "He takes it all: taking back the cane.",
    "He took back the cane.",
    "It was taken back.",
    "They are no longer wanted.",
    "It is no longer sought.",
    "It is no longer asked for.",
    "It was withdrawn.",
    "He takes back the cane.",
    "The request was rescinded.",
    "It is no longer requested.",
    "The request was cancelled.",
    "The request has been canceled.",
]
DEFERRED_WORDS = [
    "The decision is deferred.",
    "A deferral was sent.",
    "The reviewer needs more records.",
    "We need more notes.",
    "We need more information.",
    "We need more info.",
]
CERTIFIED_WORDS = [
    "Certified.",
    "The cane is approved.",
    "It was authorized.",
    "Certification as requested.",
    "We did certify it.",
    "They do allow it.",
    "It is not in dispute.",
    "Cane: ok",
    "Cane is fine.",
    "They OK'd it.",
    "It was okayed.",
    "Cane - yes.",
    "Cane -> go ahead",
    "I concur with this cane.",
    "I recommend certification.",
    "We recommend its approval.",
    "Approval is recommended.",
    "Certification was hereby given.",
    "They signed off on it.",
    "She got the green light.",
    "They let him have it.",
    "They will pay for it.",
    "They are still paying for it.",
    "It was granted.",
    "They already covered it.",
    "It is still covered.",
    "We are certifying it.",
    "We are happy to approve it.",
    "Allowed.",
    "The cane: supported",
    "Naproxen #60  ALLOW",
    "Medically necessary.",
    "The request is medically necessary.",
    "The request for a cane is medically necessary.",
    "Yes, it is medically necessary.",
    "and to approve:",
]
ASKED_WORDS = [
    "He requests a cane.",
    "Authorization is sought.",
    "Please authorize a cane.",
    "She asks for a cane.",
    "She asked us to look.",
    "My doctor asked work comp for a cane.",
    "Doctor ask oxycodone.",
    "His doctor wrote for a cane.",
    "She wrote me a script for a cane.",
    "He prescribed a cane.",
    "It was ordered.",
    "I recommend a cane.",
    "She wants a cane.",
    "He needs a cane.",
    "A cane is under review.",
    "The disputed items are two.",
    "It is in dispute.",
    "A referral was made.",
    "Please obtain films.",
    "I would also like a cane.",
    "He wishes to try it.",
    "She would benefit from a cane.",
    "He is a candidate for it.",
    "Proceed with the release.",
    "Restart the cream.",
    "Add a lumbar brace.",
    "Switch him to the cream.",
    "Set up the ride.",
    "He had sent in a cane.",
    "The provider seeks a cane.",
]
SAID = {
    DENIED: DENIED_WORDS,
    CERTIFIED: CERTIFIED_WORDS,
    WITHDRAWN: WITHDRAWN_WORDS,
    DEFERRED: DEFERRED_WORDS,
    ASKED: ASKED_WORDS,
    NONE: NO_DECISIONS,
}


@pytest.mark.parametrize(
    ("manner", "told"), [(manner, told) for manner, rows in SAID.items() for told in rows]
)
def test_what_a_sentence_says_of_a_treatment(manner: str, told: str) -> None:
    assert manner_of(told) == manner


ABOUT = {
    "the list below": (
        points_on,
        [
            "The following were denied.",
            "We deny the items below.",
            "The services listed below are denied.",
            "We deny these.",
            "We deny these two",
            "This is on two treatments.",
            "We decided on several of the services.",
            "There are 12 medications",
            "They fall for the reasons that follow.",
            "They fall as follows.",
            "Please see what follows.",
        ],
        ["She is following the plan.", "In the weeks following the surgery he fell.", "He fell."],
    ),
    "all that was asked for": (
        is_of_whole,
        [
            "Everything on your form is approved.",
            "None of the items in this request is certified.",
            "Both things from his list were granted.",
            "Neither is certified of the two on the fax.",
            "All you have asked for is approved.",
            "Everything the doctor ordered was approved.",
            "All of it on your of August 12 was approved.",
            "All his surgeon sent is approved.",
        ],
        ["All is well.", "Each day he walks.", "Nothing hurts on the left."],
    ),
    "what is not decided yet": (
        is_of_rest,
        [
            "We deny the rest.",
            "The others are denied.",
            "Everything else is denied.",
            "The other two requests are denied.",
            "Both remaining drugs are denied.",
            "All other services are denied.",
        ],
        ["He rests.", "The other knee is well.", "Other requests came."],
    ),
    "all before it": (
        is_of_all,
        [
            "All are approved.",
            "None is approved.",
            "Neither is.",
            "Both are.",
            "Everything is.",
            "Each was.",
            "They are denied.",
            "These are denied.",
            "The requests are denied.",
            "Your two items are denied.",
            "The above services are denied.",
        ],
        ["It is denied.", "A request is denied.", "The item is denied."],
    ),
    "all, named first": (
        begins_with_all,
        ["All of it.", "None of it.", "Neither is.", "“Both are.", "Each.", "Any of it."],
        ["It is all.", "We deny both.", "Almost all."],
    ),
}


@pytest.mark.parametrize(("asks", "yes", "no"), ABOUT.values(), ids=ABOUT)
def test_what_a_decision_is_on(asks: Callable[[str], bool], yes: list[str], no: list[str]) -> None:
    assert [one for one in yes if not asks(one)] == []
    assert [one for one in no if asks(one)] == []


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Acupuncture 6 more: approved in part, 3 visits", "Acupuncture 6 more: "),
        ("PT 2x6 - 6 visits approved", "PT 2x6"),
        # A number alone was asked for
        ("Therapy, 6 visits approved", "Therapy, 6 visits "),
        ("The H-wave unit was denied.", "The H-wave unit"),
        ("The cane has not been certified.", "The cane"),
        ("Denied: the cane.", "Denied: the cane."),
        ("He walks.", "He walks."),
        # Another request is decided behind it
        ("The cane is denied, and we do not certify the brace", ALL),
        ("The cane is denied, and they were not approved", "The cane"),
    ],
)
def test_what_a_sentence_names_before_its_decision(sentence: str, part: str) -> None:
    assert undecided_part(sentence) == (sentence if part is ALL else part)


@pytest.mark.parametrize(
    ("sentence", "rest"),
    [
        ("If the release is denied, he needs a cane.", " he needs a cane."),
        ("Should it be denied, delayed, or modified; see below.", " see below."),
        ("Whenever he walks: it hurts.", ""),
        ("He needs a cane if he walks, too.", "He needs a cane if he walks, too."),
    ],
)
def test_a_condition_ahead(sentence: str, rest: str) -> None:
    assert without_condition(sentence) == rest


def test_decisions_stand_in_the_order_of_the_sentence() -> None:
    sentence = "The cane was withdrawn, the MRI is deferred, the brace approved, the bed denied."
    assert [(sentence[start:end], manner) for start, end, manner in decisions_told(sentence)] == [
        ("withdrawn", WITHDRAWN),
        ("deferred", DEFERRED),
        ("approved", CERTIFIED),
        ("denied", DENIED),
    ]


def test_what_is_granted_within_a_denial_is_denied() -> None:
    sentence = "The bed is not certified, nor is the brace approved in part."
    assert [(sentence[start:end], manner) for start, end, manner in decisions_told(sentence)] == [
        ("not certified", DENIED),
        ("approved in part", DENIED),
    ]


@pytest.mark.parametrize("sentence", ["He asks for a cane.", "It may be denied.", ""])
def test_where_nothing_is_decided(sentence: str) -> None:
    assert list(decisions_told(sentence)) == []
