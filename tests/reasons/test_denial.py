"""The utilization review's reasons, as summaries and denials tell them."""

from __future__ import annotations

import pytest

from imrsearch.reasons.denial import DeniedRequest, read_denial_reasons, read_sentences

SUMMARY = (
    "The patient has neck pain. The request for acupuncture was denied due to lack of functional"
    " improvement with prior visits. The MRI was non-certified because there were no red flags."
    " The patient denied numbness."
)


def test_each_denial_goes_to_the_service_it_names() -> None:
    acupuncture, mri, cream = read_denial_reasons(
        SUMMARY, ["Acupuncture, 6 visits", "MRI of the neck", "Lidocaine cream"]
    )
    assert [reason.criterion for reason in acupuncture] == ["functional-improvement"]
    assert [reason.criterion for reason in mri] == ["red-flags"]
    assert cream == ()
    assert SUMMARY[slice(*mri[0].span)] == mri[0].evidence


def test_a_denial_of_several_services_is_of_each_that_it_names() -> None:
    summary = "The ultrasound and the spinal manipulation were denied due to no red flags."
    services = ["Spinal manipulation 1 times 8", "Ultrasound 1 times 8", "CT"]
    reasons = read_denial_reasons(summary, services)
    assert [len(one) for one in reasons] == [1, 1, 0]


def test_two_denials_of_one_sentence_each_have_their_reason() -> None:
    summary = (
        "Acupuncture was denied due to lack of functional improvement and the MRI was denied"
        " because there were no red flags."
    )
    needles, mri = read_denial_reasons(summary, ["Acupuncture, 6 visits", "MRI of the neck"])
    assert [reason.criterion for reason in needles] == ["functional-improvement"]
    assert [reason.criterion for reason in mri] == ["red-flags"]
    assert mri[0].evidence.startswith("the MRI")


def test_a_denials_own_sentences_without_the_guidelines() -> None:
    gain = "No objective functional improvement is documented."
    quoted = "The guideline recommends MRI if there are red flags."
    told = [quoted, gain, "The gain is not shown."]
    first, second = read_sentences(
        [DeniedRequest(told), DeniedRequest(["There are no red flags."])]
    )
    assert [(one.criterion, one.status, one.evidence) for one in first] == [
        ("functional-improvement", "unmet", gain)
    ]
    assert [one.criterion for one in second] == ["red-flags"]


def test_with_one_service_every_denial_is_its_own() -> None:
    (reasons,) = read_denial_reasons("It was denied due to no red flags.", ["CT of the head"])
    assert [(reason.criterion, reason.status) for reason in reasons] == [("red-flags", "unmet")]


def test_a_sentence_that_refers_back_denies_what_the_one_before_names() -> None:
    told = ["Opioids may be continued if function has improved.", "This is not recorded."]
    (reasons,) = read_sentences([DeniedRequest(told)])
    assert [one.criterion for one in reasons] == ["functional-improvement"]


def test_of_several_things_none_is_a_condition_missing() -> None:
    option = "It is used if function has improved with visits, or where there are red flags."
    (reasons,) = read_sentences([DeniedRequest([option, "None of these is documented."])])
    assert [one.criterion for one in reasons] == ["indicated-condition"]


@pytest.mark.parametrize(
    ("told", "criteria"),
    [
        # one sentence: the drug, splint or film tried, not "a trial" or "records" as such
        ("There has been no trial of gabapentin or a tricyclic.", ["first-line-tried"]),
        ("There is no documentation of a trial of splints.", ["conservative-care-failed"]),
        ("X-rays were not submitted.", ["test-corroboration"]),
        # what the guideline asks for, and the denial of it behind a comma
        (
            "It is recommended only after a trial of gabapentin, and none is described.",
            ["first-line-tried"],
        ),
        # the guideline in the second half does not make the first one the guideline's
        (
            "There is no sensory loss, whereas the MTUS requires that it be documented.",
            ["neurologic-findings"],
        ),
        # what is conceded is not denied by the end of the sentence
        (
            "Although the MRI confirms a tear, therapy has not been completed.",
            ["conservative-care-failed"],
        ),
        ("The claimant does not have either of these.", ["indicated-condition"]),
        ("The total would be 30, and the guideline permits 18.", ["amount-within-guideline"]),
        # what is named in passing is no reason: the tunnel's nerve, a facility, surgery's phase
        (
            "There has been no splinting and no injection of the carpal tunnel.",
            ["conservative-care-failed"],
        ),
        ("There is no need for skilled nursing care, as he is not homebound.", ["assistance-need"]),
        ("He has not undergone back surgery and has no CRPS.", ["indicated-condition"]),
        # a second reason in the same sentence, of which no phrase tells
        (
            "The films show preserved joint spaces, and arthritis is not among his diagnoses.",
            ["test-corroboration", "indicated-condition"],
        ),
        # the films, the gait and the amount are meant, not what they name beside
        ("The bending films show no instability of the joint.", ["test-corroboration"]),
        ("She walks without help and with a normal gait.", ["assistance-need"]),
        ("Neither the dose nor why it is wanted is stated.", ["request-specific"]),
        # the source behind the words does not make them the guideline's
        (
            "There are no red flags, and it is no adjunct to exercise (MTUS, p. 117).",
            ["red-flags", "part-of-active-program"],
        ),
        # what a guideline refuses is a reason
        ("ACOEM does not recommend prolotherapy for the low back.", ["guideline-recommends"]),
        ("Magnets are not recommended by the ODG for neck pain.", ["guideline-recommends"]),
        ("The guideline makes no recommendation for it.", ["guideline-recommends"]),
    ],
)
def test_what_a_sentence_of_a_denial_says(told: str, criteria: list[str]) -> None:
    (reasons,) = read_sentences([DeniedRequest([told])])
    assert [one.criterion for one in reasons] == criteria


@pytest.mark.parametrize(
    "refused",
    [
        "The MTUS does not recommend it as a stand-alone treatment.",
        "The ODG does not recommend it for longer than two weeks.",
        "Repeat studies are not routinely recommended by the ODG.",
        "Such care is not recommended by the ODG unless a program of exercise goes with it.",
    ],
)
def test_what_a_guideline_refuses_on_a_condition_is_no_reason(refused: str) -> None:
    (reasons,) = read_sentences([DeniedRequest([refused, "There are no red flags."])])
    assert "guideline-recommends" not in {one.criterion for one in reasons}


@pytest.mark.parametrize(
    ("limit", "had", "is_reason"),
    [
        ("The ODG allows this drug for six weeks.", "He began it in the fall of 2015.", True),
        ("The MTUS allows 9 to 10 visits.", "She has completed twenty sessions.", True),
        ("According to the guidelines it is for a few weeks.", "He has used it since May.", True),
        ("The MTUS allows 9 to 10 visits.", "She works as a cook.", False),
        ("The ODG supports it in severe arthritis.", "He began it in the fall of 2015.", False),
    ],
)
def test_a_limit_and_what_the_patient_had_make_a_reason(
    limit: str, had: str, is_reason: bool
) -> None:
    (reasons,) = read_sentences([DeniedRequest([limit, had])])
    assert ("amount-within-guideline" in {one.criterion for one in reasons}) is is_reason


def test_criteria_that_never_decide_such_a_request_are_left_out() -> None:
    told = ["There is no documentation of its efficacy."]
    assert read_sentences([DeniedRequest(told)]) != ((),)
    denied = DeniedRequest(told, ruled_out=frozenset({"functional-improvement"}))
    assert read_sentences([denied]) == ((),)


def test_what_never_decides_such_a_request_counts_only_for_want_of_others() -> None:
    fracture, ruled_out = "There is no fracture and no other red flag.", frozenset({"red-flags"})
    support = "Lumbar supports are not recommended by the ODG for back pain."
    alone, beside = read_sentences(
        [DeniedRequest(told, "DMEPOS", ruled_out) for told in ([fracture], [fracture, support])]
    )
    assert [one.criterion for one in alone] == ["red-flags"]
    assert [one.criterion for one in beside] == ["guideline-recommends"]


@pytest.mark.parametrize(
    ("told", "is_reason"),
    [
        ("Chiropractic treatment x 8 visits for the low back is not certified.", False),
        ("Twelve more visits beyond the twenty-four already given are not certified.", True),
        ("The surgery in item 1 is not approved.", True),  # said of what goes with it
    ],
)
def test_a_decision_at_length_is_no_reason(told: str, is_reason: bool) -> None:
    (reasons,) = read_sentences([DeniedRequest([told], "Rehabilitation")])
    assert bool(reasons) is is_reason


def test_what_is_usual_for_a_category_decides_doubtful_words() -> None:
    told = ["It has been in use since 2011, and he says that it does nothing for him any more."]
    kinds = ("Pharmaceuticals", "Diagnostic Testing")
    drug, study = read_sentences([DeniedRequest(told, kind) for kind in kinds])
    assert drug != study


FREE_WORDS = {
    "The chart is mute on what he can lift now that he could not lift in March.": (
        "functional-improvement"
    ),
    "Nothing but the plain film has been read and it was clean.": "test-corroboration",
}


@pytest.mark.parametrize("told", FREE_WORDS)
def test_the_classifier_reads_what_no_phrase_says(told: str) -> None:
    (reasons,) = read_sentences([DeniedRequest([told])])
    assert [(one.criterion, one.evidence) for one in reasons] == [(FREE_WORDS[told], told)]


@pytest.mark.parametrize("told", ["The pump is not certified.", "Denied.", "Sincerely yours,", ""])
def test_the_classifier_reads_nothing_in_a_bare_decision(told: str) -> None:
    assert read_sentences([DeniedRequest([told])]) == ((),)


IN_OTHER_WORDS = {
    "functional-improvement": [
        "His restrictions at work were the same in October as in June.",
        "She has not gone back to any kind of work.",
        "What he can do today that he could not do before has not been told.",
        "Nobody wrote down what I can do now.",
        "The letter names not one activity that the pills allow.",
        "She had eight needle sessions, and the effect was never described.",
        "Whether he walks any better with it cannot be told from the notes.",
        "There is no proof that the first set did any good.",
        "Her chores are the same before the pills and after them.",
    ],
    "amount-within-guideline": [
        "Use is limited to a couple of weeks.",
        "Its use should be confined to a few days.",
        "It is restricted to two weeks.",
        "This drug is for at most a few weeks.",
        "Use of it is meant for a handful of days.",
        "The visits would come to more than the limit.",
        "They say I already had 24.",
        "Twelve more would take him far past the ten that are allowed.",
        "It is a four week drug and she has had it for years.",
        "This number has been used.",
        "Eighty hours are more than the two weeks with which it begins.",
        "Nine in a year goes beyond what the guideline has.",
        "He has exhausted the allowance of visits.",
        "The days after that would overshoot what is advised.",
        "Ten visits is more than that.",
        "The MTUS caps visits at ten.",
        "Only 14 days of this can be covered.",
    ],
    "conservative-care-failed": [
        "Exercise has not been shown to fail.",
        "Therapy was never shown to have failed.",
        "Injections had not been proven to fail.",
        "Splints have not been demonstrated to fail.",
        "Conservative care hasn't been seen to fail.",
        "Simpler means were left untried.",
        "He was not yet offered a cortisone shot.",
        "She quit her therapy halfway.",
        "Conservative treatment had hardly begun.",
        "Cheaper roads come first.",
        "There is no sign that he has completed exercises.",
        "Nothing proves that a splint was tried.",
        "The chart is mute on any exercise.",
        "She declined a course of therapy.",
        "He recovers without surgery.",
        "Not a single visit of therapy has been made.",
        "Treatment has not begun.",
    ],
    "new-findings-since-last-test": [
        "His condition is what it was then.",
        "Nothing has come up since then.",
        "I am the same like then.",
        "The sample of May was as expected.",
        "Her knee has not changed a bit since.",
        "The scan of six weeks ago was normal.",
        "A panel three months ago was as expected.",
    ],
    "parent-treatment-necessary": [
        "Declined along with it.",
        "As the fusion is off the table there is nothing to heal.",
        "It falls together with the surgery.",
        "Refused along with the operation.",
        "The operation was turned down, so no stay follows.",
        "With the fusion gone there is nothing for an assistant to do.",
        "This falls since the arthroplasty is not approved.",
        "There will be no operation to recover from.",
        "It would only be called for by the procedure.",
        "There is nothing for it to follow.",
        "This is not needed without the operation.",
        "The walker is for the days after the fusion, which is denied.",
        "It was ordered to protect the repair.",
        "Without the operation there is no use for it.",
        "No fusion, no stay.",
        "The injection is refused and with it the rest.",
        "Not approved since the operation is not.",
    ],
    "pain-relief": [
        "I looked for ratings of how far the drug lowers her pain.",
        "He searched for scores that show a fall in the pain.",
        "How far it eases the pain has not been told.",
        "We hunted for numbers on the pain and found none.",
        "How much the cream dulls the pain is nowhere to be read.",
        "The pills take his pain from an eight to an eight.",
        "His score is a 7 whether he takes it or not.",
        "The relief wore off after four days.",
        "The block helped for an afternoon only.",
        "By how much the pain fell is nowhere stated.",
        "No relief was noted at the last visit.",
        "The pain stays at a seven all along.",
        "It is unknown how many hours the patch works.",
        "The shot helped for just four days.",
    ],
    "neurologic-findings": [
        "Both legs are equally strong.",
        "There is no sign of a pinched nerve.",
        "The knee jerk is lively on both sides.",
        "She feels a pin in every finger.",
        "Power and feeling are the same left and right.",
        "Nothing there looks like a nerve lesion.",
        "The ache does not spread into the arm.",
        "Her pain is confined to the neck.",
    ],
    "test-corroboration": [
        "The bending views of 1/4/2019 demonstrate no movement between the vertebrae.",
        "The films show no instability.",
        "The scan of May reveals no slip.",
        "The flexion radiographs disclose no motion at the level.",
        "The pictures show no shift of the bones.",
        "No nerve study has been done.",
        "There is no scan that would bear this out.",
        "The films were read as normal for her age.",
        "The bulge stays clear of the root.",
        "Bending films were never made.",
        "He didn't have x-rays first.",
        "The scan describes an intact tendon.",
        "The conduction study was unremarkable.",
        "The radiologist found no rupture.",
        "The CT shows something that isn't a fracture.",
        "The sleep study was normal.",
    ],
    "records-complete": [
        "The operative report was never mailed to us.",
        "Lacking: how often the patient has been to therapy.",
        "The chart does not tell how many visits there were.",
        "Without this tally the table cannot be applied.",
        "The notes never reached us.",
        "No notes came with the form.",
        "The latest examination is from 2014.",
        "The form was never signed.",
    ],
    "assistance-need": [
        "Member goes out to church and to the store.",
        "He gets out to the shops.",
        "Being homebound can't be seen from the file.",
        "That he is housebound was never told.",
        "There is no need for help with the bath.",
        "He walks without help in the office.",
        "He can wash and dress on his own.",
        "She gets in and out of her own bed.",
        "Her husband is retired and lives with her.",
        "The family owns two cars.",
        "I am able to drive.",
        "You are driving again.",
        "He moves about with a walker.",
        "A shuttle is available in his town.",
    ],
    "trial-first": [
        "There was no month of use at home first.",
        "Nobody has let the worker try it for a month.",
        "It is to be bought outright though no one has tried it.",
        "The clinic never let her try it.",
        "He wants to buy it outright without a month of rent.",
        "She would own it without renting it.",
        "He should start with four.",
        "Let us see how she does on six.",
        "It has to be worn on loan for a month.",
        "A diary has to be kept before anybody buys one.",
        "An initial trial of four is authorized.",
        "More depends on how she responds.",
        "A trial has to come first.",
        "No 30 day trial was made.",
        "The machine was not worn at home beforehand.",
    ],
    "indicated-condition": [
        "The blocks are meant for pain that stays in the back.",
        "It is reserved for patients who have a nerve injury.",
        "The drug was made for people with seizures.",
        "The program is designed for workers with lasting pain.",
        "The brace is intended for cases with an unstable joint.",
        "No condition calls for reduced weight bearing.",
        "I see no reason why his weight bearing has to be limited.",
        "So the diagnosis is the wrong one for this procedure.",
        "Apnea is not among her diagnoses.",
        "No opioid is being taken.",
        "A sprain is not what it was made for.",
        "There is no disease that requires it.",
        "The device is for failed back surgery.",
        "These blocks are restricted to axial pain.",
        "It is pain of the root, for which the block is not intended.",
        "Nothing says that she is unable to bear weight.",
        "He is not near maximum medical improvement.",
        "No attempt to return to work is told of.",
        "There are no conflicting reports on what he can do.",
        "She has no job to go back to.",
        "The records say nothing of his motivation to change.",
    ],
    "objective-findings": [
        "The doctor did not find the knee unstable.",
        "Her shoulder doesn't seem stiff.",
        "I read of nothing but tenderness.",
    ],
    "part-of-active-program": [
        "Massage would be given by itself.",
        "The unit is not used with an exercise program.",
        "It was never combined with rehabilitation.",
        "It would be her only modality.",
        "Nothing tells that he takes part in such a program, nor is he engaged in exercise.",
    ],
    "surgery-planned": [
        "No one intends to operate.",
        "The surgeon does not mean to do surgery.",
        "Nobody has brought up an operation.",
    ],
    "compound-ingredients": [
        "One component that is unapproved makes the whole jar unapproved.",
    ],
    "weaning": ["Thirty tablets are left so that she can come off it."],
    "request-specific": [
        "Neither the dose nor the frequency was given.",
        "The form does not tell how many rides are wanted.",
        "We could not tell how long the rental is to be.",
        "The form does not say how often it is needed.",
        "You have not told us which shoulder.",
        "It was never written which level.",
        "What equipment is wanted cannot be read.",
    ],
    "recovery-phase": [
        "She is out of the acute phase by now.",
        "The drug is for the first days, and that period is over.",
    ],
    "supervised-care-needed": ["By now she should be carrying on by herself."],
    "first-line-tried": [
        "Another antidepressant was never tried.",
        "A drug of a different class has not been attempted.",
        "Only one anticonvulsant was tried.",
        "He tolerates naproxen by mouth.",
        "Plain ibuprofen has to come first.",
        "Gabapentin should have been tried first.",
        "They say that first I have to try pills.",
    ],
}


@pytest.mark.parametrize(
    ("criterion", "told"), [(name, one) for name, told in IN_OTHER_WORDS.items() for one in told]
)
def test_a_reason_in_other_words(criterion: str, told: str) -> None:
    (reasons,) = read_sentences([DeniedRequest([told])])
    assert criterion in {one.criterion for one in reasons}


def test_the_rule_of_mixtures_counts_not_what_it_rests_on() -> None:
    told = [
        "Baclofen is not recommended by the MTUS.",
        "As one drug of the cream is not recommended, the whole is not.",
    ]
    (reasons,) = read_sentences([DeniedRequest(told)])
    assert [one.criterion for one in reasons] == ["compound-ingredients"]


def test_of_two_readings_the_special_one_counts() -> None:
    told = "A support has no lasting benefit past the acute stage."
    (reasons,) = read_sentences([DeniedRequest([told])])
    assert [one.criterion for one in reasons] == ["recovery-phase"]


@pytest.mark.parametrize(
    ("told", "criteria"),
    [
        pytest.param(
            ["There are no red flags, and surgery is not planned."],
            ["red-flags", "surgery-planned"],
            id="each part says its own",
        ),
        pytest.param(
            ["Red flags would support imaging; none is described."],
            ["red-flags"],
            id="a part that denies what the one before names",
        ),
        pytest.param(
            ["Opioids may be continued if function has improved.", "This is not recorded."],
            ["functional-improvement"],
            id="a sentence that refers to the one before",
        ),
        pytest.param(
            ["Opioids may be continued if function has improved.", "The pump is not certified."],
            [],
            id="one that does not",
        ),
        pytest.param(
            ["ODG allows zolpidem for six weeks.", "He began it in 2016."],
            ["amount-within-guideline"],
            id="past a limit",
        ),
        pytest.param(["He began it in 2016."], [], id="no limit is told"),
        pytest.param(
            ["ODG allows zolpidem for six weeks.", "Sleep is poor."], [], id="nothing is past it"
        ),
    ],
)
def test_sentences_are_read_in_their_parts_and_after_each_other(
    told: list[str], criteria: list[str]
) -> None:
    (reasons,) = read_sentences([DeniedRequest(told)])
    assert [one.criterion for one in reasons] == criteria
    for one in reasons:
        assert one.evidence == told[-1]
        assert one.span == (0, len(told[-1]))
