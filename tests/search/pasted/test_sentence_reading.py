"""Requests found in a stranger's manner, and what is none; each row with the reason it exists."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from imrsearch.model import DecisionReason
from imrsearch.reasons.denial import DeniedRequest, read_sentences
from imrsearch.search.pasted import told as told_module
from imrsearch.search.pasted.reading import read_requests, read_text

NAMED = {
    # A letterhead names no request, though a decision below is on all that is undecided.
    "a unit of a company": (
        (
            "ORCHARD REVIEW - a unit of Orchard Health\n\nREQUEST 1: Psychotherapy, 12 sessions\n"
            "Determination: Not medically necessary"
        ),
        ["psychotherapy"],
    ),
    "a practice and who keeps it": (
        (
            "Harbor & Cane Acupuncture, Ada Example L.Ac.\n\nI request authorization for\n\n"
            "   acupuncture, neck, 6 visits"
        ),
        ["acupuncture"],
    ),
    "the head of a fax": (
        (
            "FAX   10/19/2015   P. 002/004    LSO PEER REVIEW NETWORK\n\nREVIEWED\n(1) KNEE MRI\n"
            "(2) CRUTCHES\n\nDETERMINATION: ADVERSE - (1) (2) NOT CERTIFIED"
        ),
        ["MRI", "crutches"],
    ),
    "a patient, in short": (
        "pt Birdie Example, neck strain\n- massage therapy, neck, 6 sessions. Denied.",
        ["massage therapy"],
    ),
    "buttons of a page": (
        "[Print] [Download letter] [Message nurse]\nService: Sleep study\nDecision: Deny",
        ["sleep study"],
    ),
    # What is told of a patient, a guideline or a test is no request.
    "cut down on a drug": (
        "Requested: acupuncture, 6 visits\n\nHe has cut down on Tylenol because of his stomach.",
        ["acupuncture"],
    ),
    "cut back on a drug": (
        "Please authorize a knee brace. She cut back on her Norco last month.",
        ["knee brace"],
    ),
    "visits approved before, partly used": (
        (
            "Items: MRI of the neck. Outcome: Not medically necessary.\n\nPhysical therapy was "
            "approved for six visits, of which she has attended two."
        ),
        ["MRI"],
    ),
    "a film that is noted to show": (
        (
            "Requested: epidural steroid injection L5-S1\nDecision: non-certify\nRationale: The "
            "lumbar MRI of May is noted to show a small bulge."
        ),
        ["epidural steroid injection"],
    ),
    "pain that radiates": (
        'The cane was denied, quote: "The pain is radiating into the left leg."',
        ["cane"],
    ),
    "a guideline asks for it": (
        (
            'TENS unit - denied. The letter says: "No trial was done. MTUS page 116 asks for '
            'this before a purchase."'
        ),
        ["TENS unit"],
    ),
    "what a thing is said to be": (
        "- Theramine #90. Denied. Medical food, not recommended by ODG.",
        ["Theramine"],
    ),
    "what is said about a request": (
        (
            "We deny a cane and a hospital bed.\n\nWith regard to the hospital bed, neither the "
            "type of bed nor the length of the rental was given."
        ),
        ["cane", "hospital bed"],
    ),
    "a doctor amid a paragraph": (
        (
            "Requests\nA. Physical therapy, 8 visits\n\nI cannot certify this.\n\nThe "
            "orthopedist, Dr. Example, wrote on May 2, 2014 that a discectomy is being "
            "discussed."
        ),
        ["physical therapy"],
    ),
    "an operation of before": (
        "Surgical hx: L5-S1 laminectomy 2009\nPlan:\n - RFA: Nucynta 75 mg #60",
        ["tapentadol"],
    ),
    # The form's name ahead of each request
    "RFA ahead of a service": (
        "Plan:\n - RFA: repeat right L4-5 epidural steroid injection\n - RFA: Gabapentin #90",
        ["epidural steroid injection", "gabapentin"],
    ),
    # Sections
    "questions behind a talk": (
        (
            "PEER TO PEER DISCUSSION\nThe doctor was reached on Monday.\n\nQUESTIONS\nQ: Are "
            "crutches medically necessary?\nA: No, as the surgery is not."
        ),
        ["crutches"],
    ),
    "a summary of determinations is no history": (
        "UR DETERMINATION SUMMARY\n\n(a) Knee MRI -- Non-certified\n(b) Knee brace -- Certified",
        ["MRI"],
    ),
    "a lettered heading": (
        (
            "B. DECISIONS\n   Knee MRI          DENIED\n\nC. RECORDS REVIEWED\n   Lumbar MRI "
            "report\n\nD. RATIONALE\n   He has not tried therapy."
        ),
        ["MRI"],
    ),
    "a visit among the services asked for": (
        "REQUESTED:\n*  CUSTOM ORTHOTICS\n*  FOLLOW UP VISIT IN 4 WEEKS",
        ["orthotics", "office visit"],
    ),
    "prescriptions received": (
        (
            "Prescriptions received May 2:\n    Soma 350 mg, quantity 60\n    Ambien 10 mg, "
            "quantity 30\nDecision: none of them is certified."
        ),
        ["carisoprodol", "zolpidem"],
    ),
    "values below a value": (
        (
            "RE:     Left knee arthroscopy with partial medial meniscectomy\n"
            "        Pre-operative medical clearance\n        Hinged knee brace, left\n"
            "DECISION: all three items are not certified"
        ),
        ["knee arthroscopy", "medical clearance", "knee brace"],
    ),
    # Cells as wide as their column
    "a cell that fills its column": (
        (
            "#  Service                    Decision        Comment\n"
            "1  ACUPUNCTURE 6 VISITS       Certified\n"
            "2  TEROCIN PATCH #30          Non-certified   no trial of an antidepressant\n"
            "3  URINE DRUG SCREEN, 1 EVERY Non-certified   no opioid is prescribed"
        ),
        ["lidocaine/menthol", "urine drug screen"],
    ),
    # Two decisions alike in one sentence, each with its reason
    "denied twice, each with its reason": (
        (
            "UR denied Botox because her headaches are tension type, and denied Maxalt 10 mg "
            "#12 since she has Imitrex."
        ),
        ["botulinum toxin injection", "rizatriptan"],
    ),
    "grounds ahead of their list": (
        "They non-certified the lumbar fusion on two grounds: no films, and no failed therapy.",
        ["lumbar fusion"],
    ),
    # Everyday words
    "wrote for one thing, also for another": (
        (
            "my dads doctor wrote for a walker because he is on crutches, also for a lift "
            "chair. The insurance said both are not medically necessary. They did ok the cane."
        ),
        ["walker", "lift chair"],
    ),
    "in short behind its name": (
        (
            "Preoperative labs: NON-CERT\nHand therapy, 8 visits: NON-CERT\n\nLABS, HAND "
            "THERAPY: Both are tied to the operation and are non-certified along with it."
        ),
        ["preoperative labs", "occupational therapy"],
    ),
    # Three drugs in one are put on the skin
    "three drugs in one": (
        "FLURBIPROFEN/CYCLOBENZAPRINE/BACLOFEN CR 120 GM: Non-certified",
        ["topical compound"],
    ),
    "a letter lost in a scan": (
        "Request:  H-wave unit\nOutcome:  denied\nReason:  No tre  tment at home was tried.",
        ["H-wave"],
    ),
    # Other ways to decide
    "marks ahead of each": (
        (
            "UR came back:\n ✔ follow-up visit\n ✔ X-ray lumbar, 3 views\n ✘ chiro 2x4 - had 24 "
            "visits\n ✘ LSO - no benefit past the acute phase"
        ),
        ["chiropractic", "lumbar brace"],
    ),
    "crosses and ticks without reasons": (
        "✅ Cane\n❌ Knee brace\n❌ Naproxen 550 mg #60",
        ["knee brace", "naproxen"],
    ),
    "what is paid for, by its numbers": (
        (
            "Your doctor asked for:\n 1 - a cane\n 2 - acupuncture, 8 visits\n 3 - a knee "
            "brace\n\nWe can pay for 1 and 3. We cannot pay for 2.\n\nWhy not 2: the first "
            "visits did not help."
        ),
        ["acupuncture"],
    ),
    "non-certified in short": (
        "The walker was NC'd on 2/7. The commode was NC’d as well.",
        ["walker", "commode"],
    ),
    "less than was asked for": (
        "My dr asked for more chiro (8) and a cane. They ok'd 4 of the chiro and the cane.",
        ["chiropractic"],
    ),
    "one in both lists": (
        (
            "Requested: Ativan 1 mg #60, CBT x 10\nCertified: CBT x 4\nNon-certified: Ativan; "
            "CBT x 6"
        ),
        ["lorazepam", "psychotherapy"],
    ),
    # What was decided before
    "denied before, says a report": (
        (
            "Interval hx: She finished therapy. UR denied the lumbar epidural in April.\nPE: "
            "tender\nImp: facet arthropathy\nPlan: We ask for medial branch blocks L4-5."
        ),
        ["medial branch block"],
    ),
    "decided before, says a list": (
        (
            "PRIOR UR HISTORY ON THIS CLAIM\n03/02/2014  MRI lumbar spine     Certified\n"
            "08/08/2014  Lumbar ESI L5-S1     Non-certified\n\nCURRENT REQUEST\nLumbar discogram\n"
            "Determination: Non-certified"
        ),
        ["discogram"],
    ),
    "the name of a clinic": (
        (
            "We received a request from Marigold Pain Specialists for the following: stimulator "
            "trial and Cymbalta #30. Both were denied."
        ),
        ["spinal cord stimulator", "duloxetine"],
    ),
    "therapy after an operation": (
        "Knee arthroscopy, and 24 sessions of postoperative therapy were non-certified.",
        ["knee arthroscopy", "physical therapy"],
    ),
    # Marks of a mail program
    "a list in bold": (
        "> **Knee brace** - approved\n> **Cane, right hand** - denied\n> **Norco #60** - denied",
        ["cane", "hydrocodone/acetaminophen"],
    ),
    "what is needed first": (
        "• Topiramate 50 mg #60 - we need more info (see below)\n• Cane - denied",
        ["cane"],
    ),
    "the number of a reviewer": (
        "Reviewer No. 88 / Chiropractic\n\nService: Acupuncture, 12 visits\nDecision: denied",
        ["acupuncture"],
    ),
    "reviewed by a specialist": (
        (
            "After review by a pain specialist, we have decided to deny the following:\n\n"
            "  Occipital nerve block\n\nand to approve:\n\n  Imitrex 50 mg #9"
        ),
        ["occipital nerve block"],
    ),
    "no need for it": (
        "I am requesting Norco #60. No need for physical therapy at this time.",
        ["hydrocodone/acetaminophen"],
    ),
    "follow-up in a form": (
        (
            "Diagnosis | ICD-Code | Service/Good Requested | CPT/HCPCS Code | Other Information\n"
            "Tennis elbow | M77.11 | PRP injection | 0232T | x1\n | | Follow up | 99213 | 6 weeks"
        ),
        ["platelet-rich plasma injection", "office visit"],
    ),
    "a scooter is the knee scooter": (
        (
            "We looked at your request for a knee scooter.\n\nA scooter isn't needed when "
            "crutches do the job. The scooter is denied."
        ),
        ["knee scooter"],
    ),
    "RFA behind its levels": (
        "UR is back. Lumbar MRI = approved. Bilateral L3-L5 RFA = denied (one set of blocks).",
        ["radiofrequency ablation"],
    ),
    "what is left of a course": (
        "Plan:\n2. Therapy: Finish remaining 4 PT. Chiropractic 2x3 for the neck requested.",
        ["chiropractic"],
    ),
    "an operation by its name, also where it is done through a scope": (
        "Arthroscopic rotator cuff repair, left shoulder: denied. Shoulder pulley: denied.",
        ["rotator cuff repair", "home exercise kit"],
    ),
    "an operation told backwards": (
        (
            "We should go ahead with a left carpal tunnel release and, on the same day, release of"
            " the left long trigger finger."
        ),
        ["carpal tunnel release", "trigger finger release"],
    ),
    "the title above a greeting": (
        (
            "SPINE SURGERY CONSULTATION\n\nDear Dr. Sample,\n\nHer leg is numb.\n\n"
            "Our plan. Lumbar MRI, as the old film is of 2012. I ask for acupuncture x 6 too."
        ),
        ["MRI", "acupuncture"],
    ),
    "a peer review is named after its specialty": (
        "Peer Review - Psychiatry\n\nQ1. Is Lexapro 10 mg #30 medically necessary?\nA1. No.",
        ["escitalopram"],
    ),
    "a reviewer's words below his name": (
        (
            "You asked for a hospital bed and a home health aide. Our nurse denied both. The"
            " physician writes:\n\nHe uses a knee scooter indoors. He wants no bed of that kind."
        ),
        ["hospital bed", "home health care"],
    ),
    "the form asks": (
        (
            "Dr. Sample's RFA of 3/4/15 was for a knee replacement, a walker and a knee brace. The"
            " brace was authorized. The other two items were non-certified."
        ),
        ["knee replacement", "walker"],
    ),
    "a service of no category": (
        "Service/Good Requested: Interpreter, Vietnamese, for all visits\nDecision: Denied",
        ["interpreter"],
    ),
    "bought over the counter, paid before, cut down some day": (
        (
            "Request: Percocet 10 mg #90. We will cut it down after the surgery.\n"
            "Aspirin OTC when needed.\nLyrica they always paid."
        ),
        ["oxycodone/acetaminophen"],
    ),
    "a letter on other things": (
        (
            "Counsel: the doctor's note came late. Please tell us if an interpreter is needed."
            " Parking was reimbursed."
        ),
        [],
    ),
    "the heading of a list of drugs": (
        (
            "Please authorize:\n\nDrug      Dose      Directions      Qty\n"
            "Mobic      15 mg      one daily      #30"
        ),
        ["meloxicam"],
    ),
    "rows of a table without decisions, guidelines beside quotations": (
        (
            "Both were denied.\n\n"
            "No.   Treatment               UR's stated reason\n"
            '1     Bath chair              "There is no trouble with balance." ODG Knee\n'
            '2     Neurology consult       "The headaches respond to what the family doctor gives,'
            " and so the opinion of another\n"
            "                              specialist would not change what is done now or later;"
            ' his course is not uncertain or complex."\n'
        ),
        ["shower chair", "specialist consultation"],
    ),
    "two decisions of one sentence, each on its own": (
        "UR reduced psychotherapy from 20 sessions to 6, and would not authorize the sleep study.",
        ["psychotherapy", "sleep study"],
    ),
    "a paragraph that refuses one thing and finds another necessary": (
        (
            "The request for a compound (ketoprofen 10%, baclofen 2%) is not medically necessary."
            " The request for a urine drug screen is medically necessary."
        ),
        ["topical compound"],
    ),
    "what a plan stops, and what waits for a decision": (
        "Plan:\n1. d/c tramadol\n2. Lyrica 50 mg #60\n3. PT 2x6 if the injection is approved",
        ["pregabalin", "physical therapy"],
    ),
    "a sentence behind an abbreviation": (
        (
            "She had years of PT. I request a right knee arthroplasty with assistant surgeon, 2 day"
            " hospital stay and a walker. She wants no more injections."
        ),
        ["knee replacement", "assistant surgeon", "inpatient stay", "walker"],
    ),
    # What a worker tells in plain words.
    "what a physician said that one needs": (
        (
            "They gave me a splint and Motrin. My orthopedist says I need a knee replacement, and a"
            " walker for after. The company denied both. My hernia repair in 2010 went fine."
        ),
        ["knee replacement", "walker"],
    ),
    "what he told to have": (
        "I take Tylenol. Dr. Roe told me that I should have a carpal tunnel release. UR said no.",
        ["carpal tunnel release"],
    ),
    "a reason behind a comma": (
        "denied - Topamax 50 mg #60, she hasn't tried a beta blocker",
        ["topiramate"],
    ),
    "a decision ahead of each line": (
        (
            "the letter came\napproved: cane\nnon-certified - Botox. no migraine is diagnosed\n"
            "non-certified - Topamax 50 mg #60. they said she sleeps well"
        ),
        ["botulinum toxin injection", "topiramate"],
    ),
    # What is told of a patient, a study or a journey.
    "what is at hand": (
        (
            "Plan:\n- Shoulder MRI\n- Sling as needed, has one\n- TENS unit: she has her own\n"
            "- Walker not needed today"
        ),
        ["MRI"],
    ),
    "a condition": (
        "Assessment: cervical facet arthropathy, M47.812.\nPlan: cervical medial branch blocks.",
        ["medial branch block"],
    ),
    "a study of a day": (
        "Requested: carpal tunnel release\n\nEMG 4/2015 moderate on the right. See the report.",
        ["carpal tunnel release"],
    ),
    "who travels": (
        (
            "The applicant's deposition is on May 5, same place; parking is free.\n"
            "Mileage will be paid on the day."
        ),
        [],
    ),
    "a line of fields in small letters": (
        "pt: Roe, Ada     52 F    md: Doe, Jo\n\n>> LYRICA 75MG CAP  qty 60\n   result: denied",
        ["pregabalin"],
    ),
    "read by a scanner": (
        "REQ: TRIGGER P0INT INJECTI0N\nRESULT: N0T CERTIFIED\nREAS0N: N0 TWITCH WAS F0UND.",
        ["trigger point injection"],
    ),
}


@pytest.mark.parametrize(("text", "treatments"), NAMED.values(), ids=NAMED)
def test_requests_in_a_stranger_s_manner(text: str, treatments: list[str]) -> None:
    assert [one.treatment for one in read_requests(text)] == treatments


# One request each; what is named beside it takes neither its place nor the sentence told with it.
NAMED_BESIDE = {
    "what the patient takes": (
        "Celebrex 200 mg #30. He is already on lisinopril. His kidneys are failing. Non-certified.",
        "celecoxib",
        "His kidneys are failing.",
    ),
    "what he went back to, right ahead of the decision": (
        "Repeat epidural steroid injection L5-S1. She went back to her Norco. Denied.",
        "epidural steroid injection",
        "She went back to her Norco.",
    ),
    "therapy that came before, at the end of its sentence": (
        "Chiropractic, 8 visits. He has had 30 PT. Nothing he does now is new to him. Denied.",
        "chiropractic",
        "Nothing he does now is new to him.",
    ),
    "what was finished": (
        "Massage, 6 visits. Six are asked for alone, the worker having finished PT. Denied.",
        "massage therapy",
        "Six are asked for alone, the worker having finished PT.",
    ),
    "a drug that was given no chance": (
        "Lyrica 75 mg #60. It is a dear request, and gabapentin was never given a trial. Denied.",
        "pregabalin",
        "It is a dear request, and gabapentin was never given a trial.",
    ),
    "a drug suggested instead": (
        "Sonata 10 mg #30. Trazodone is suggested instead. Nobody tells how she sleeps. Denied.",
        "zaleplon",
        "Nobody tells how she sleeps.",
    ),
    "a guideline's list of risks": (
        (
            "Protonix 20 mg #30. It is of use with: (1) an ulcer; (2) aspirin or prednisone at the "
            "same time; (3) high doses of an NSAID. None of these applies. Non-certified."
        ),
        "pantoprazole",
        "None of these applies.",
    ),
    "a list of criteria": (
        (
            "Knee replacement. Criteria: (1) physical therapy; (2) age over 50; (3) an X-ray with "
            "bone on bone. The film shows mild narrowing. Denied."
        ),
        "knee replacement",
        "The film shows mild narrowing.",
    ),
    "the drug that it goes with": (
        "Prilosec 20 mg #30. The ibuprofen it was prescribed with has been denied. Non-certified.",
        "omeprazole",
        "The ibuprofen it was prescribed with has been denied.",
    ),
    "the operation that it is for": (
        "Cold therapy unit, for use after knee arthroscopy. Seven days are enough. Denied.",
        "cold therapy unit",
        "Seven days are enough.",
    ),
    "its purchase": (
        "Interferential unit, purchase. The purchase is denied. No trial at home came first.",
        "interferential unit",
        "No trial at home came first.",
    ),
    "a letter's thanks": (
        "Hip arthroscopy. Thank you for the referral of this cook. Her X-ray is normal. Denied.",
        "hip arthroscopy",
        "Her X-ray is normal.",
    ),
    "it needs what nobody recorded": (
        "Trigger point injections. An injection needs a taut band; the note has none. Denied.",
        "trigger point injection",
        "An injection needs a taut band; the note has none.",
    ),
    "a decision in view of findings": (
        "EMG of the legs non-certified in view of a normal examination.",
        "EMG",
        "EMG of the legs non-certified in view of a normal examination.",
    ),
    "therapy exhausted, and an operation wanted": (
        (
            "Lumbar fusion. Chiropractic and three epidurals have been exhausted, and the doctor "
            "would like to proceed. The films show no slip. Denied."
        ),
        "lumbar fusion",
        "The films show no slip.",
    ),
    "another drug by day": (
        (
            "Fexmid 7.5 mg #60. Fexmid is wanted for nights, while Zanaflex is taken by day. "
            "There is no spasm. Denied."
        ),
        "cyclobenzaprine",
        "There is no spasm.",
    ),
    "a drug certified before": (
        "Ultram 50 mg #90 is denied as a third opioid beside the Norco and Opana approved in May.",
        "tramadol",
        "Ultram 50 mg #90 is denied as a third opioid beside the Norco and Opana approved in May.",
    ),
    "a range of motion that is reduced": (
        "Lumbar brace, denied. Range of motion is reduced by a third. This is no acute strain.",
        "lumbar brace",
        "This is no acute strain.",
    ),
    "denied by a guideline alone": (
        "Voltaren gel 1%, 100 gm. It is put on the lumbar spine, where MTUS does not recommend it.",
        "diclofenac topical",
        "It is put on the lumbar spine, where MTUS does not recommend it.",
    ),
    # A text that begins with a service and denies it in prose asks for no other.
    "what another doctor prescribed": (
        "Norco 5/325 #60\n\nThe surgeon prescribed Ultram on 6/1. One is enough.\n\nDenied.",
        "hydrocodone/acetaminophen",
        "One is enough.",
    ),
    "what is to be sent with the next request": (
        "Neck MRI. Please resubmit with X-rays. Strength is 5/5 throughout. Denied.",
        "MRI",
        "Strength is 5/5 throughout.",
    ),
    "a test's value": (
        "Nabumetone 750 mg #60\nCreatinine is 2.1. Her kidneys come first. Denied.",
        "nabumetone",
        "Her kidneys come first.",
    ),
    "what the doctor agreed to, ahead of the decision": (
        "Knee arthroscopy.\nThe doctor agreed to obtain an MRI first. Denied.",
        "knee arthroscopy",
        "The doctor agreed to obtain an MRI first.",
    ),
    "what was prescribed beside it, ahead of the field that denies": (
        "Request: Norco 5/325 #60\nRationale: The surgeon prescribed Ultram. Decision: Denied.",
        "hydrocodone/acetaminophen",
        "The surgeon prescribed Ultram.",
    ),
    "a drug approved for the skin": (
        "Terocin lotion 120 ml. It holds lidocaine, approved for the skin as a patch. Denied.",
        "lidocaine/capsaicin/menthol/methyl salicylate",
        "It holds lidocaine, approved for the skin as a patch.",
    ),
    "another drug for it, behind a label": (
        "1. Sonata 10 mg #30: Denied. Her sleep is not told of. Trazodone is suggested instead.",
        "zaleplon",
        "Her sleep is not told of.",
    ),
    "a request that cannot be supported": (
        "Viagra 100 mg #10. No hormone level was drawn. The request cannot be supported.",
        "sildenafil",
        "No hormone level was drawn.",
    ),
}


@pytest.mark.parametrize(("text", "treatment", "told"), NAMED_BESIDE.values(), ids=NAMED_BESIDE)
def test_what_is_named_beside_a_request(
    text: str, treatment: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((name, sentences),) = _told_of(text, monkeypatch).items()
    assert name == treatment
    assert told in sentences


# Each request has its own sentence, and no other has it.
TOLD_OF_EACH = {
    "a short name": (
        (
            "The doctor asks for a lumbar MRI and physical therapy x 8. The MRI is denied. The "
            "reflexes are equal. The therapy is denied. He knows his exercises."
        ),
        {"MRI": "The reflexes are equal.", "physical therapy": "He knows his exercises."},
    ),
    "the second without its decision": (
        (
            "UR denied the cold therapy unit because ice packs do, and the crutches because he has "
            "a walker from before."
        ),
        {
            "cold therapy unit": "UR denied the cold therapy unit because ice packs do",
            "crutches": "the crutches because he has a walker from before.",
        },
    ),
    "a decision amid a paragraph of reasons": (
        (
            "Psychotherapy, 12 sessions: modified to 4. A trial comes first. Biofeedback: "
            "non-certified. It goes with cognitive therapy, which has not begun."
        ),
        {
            "psychotherapy": "A trial comes first.",
            "biofeedback": "It goes with cognitive therapy, which has not begun.",
        },
    ),
    "what else each of two patients' items names": (
        (
            "1. Norco 10/325 #90: denied. He also takes Soma. No urine test was done.\n"
            "2. Knee brace: denied. He wears a wrist splint at work. The knee is stable."
        ),
        {
            "hydrocodone/acetaminophen": "No urine test was done.",
            "knee brace": "The knee is stable.",
        },
    ),
}


@pytest.mark.parametrize(("text", "wanted"), TOLD_OF_EACH.values(), ids=TOLD_OF_EACH)
def test_what_is_told_of_each_request(
    text: str, wanted: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _told_of(text, monkeypatch)
    assert {
        name: [one for one in wanted.values() if one in sentences]
        for name, sentences in told.items()
    } == {name: [one] for name, one in wanted.items()}


def _told_of(text: str, monkeypatch: pytest.MonkeyPatch) -> dict[str | None, Sequence[str]]:
    """The treatments that a text asks for, each with the sentences about it."""
    kept: list[DeniedRequest] = []

    def read(requests: Sequence[DeniedRequest]) -> tuple[tuple[DecisionReason, ...], ...]:
        kept[:] = requests
        return read_sentences(requests)

    monkeypatch.setattr(told_module, "read_sentences", read)
    names = [one.treatment for one in read_requests(text)]
    return {name: one.told for name, one in zip(names, kept, strict=True)}


def test_codes_stand_in_brackets_and_behind_a_diagnosis() -> None:
    (one, other) = read_requests(
        "Diagnosis: Lumbar spondylosis M47.816\n"
        "Requested: medial branch blocks (64493, 64494). Knee brace (L1832)."
    )
    assert one.codes == ("64493", "64494", "M47.816")
    assert other.codes == ("L1832", "M47.816")


def test_a_service_and_its_code_are_a_row() -> None:
    (one,) = read_requests(
        "Service/Good Requested                    CPT/HCPCS   Other\n"
        "Cervical collar                           L0172\n"
    )
    assert one.codes == ("L0172",)


@pytest.mark.parametrize(
    "told",
    [
        "They did ok the walker.",
        "UR did allow the walker.",
        "They did pay for the walker.",
        "The request for a front wheeled walker is medically necessary.",
        "He also asked for a walker, which was allowed.",
    ],
)
def test_what_they_did_allow(told: str) -> None:
    assert read_text(f"The cane was denied. {told}").certified == ("walker",)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("I am requesting Norco 10/325 #60, down from #120.", 60),
        ("Opana 20 mg 3x a day, 90 a month, is denied.", 90),
        ("Physical therapy, left shoulder, 2x6 - 6 visits approved, 6 denied", 12),
        ("Service: Chiropractic manipulation, 12 visits (98941 x 12)\nDecision: denied", 12),
        ("My doctor asked for more chiro (8). It was denied.", 8),
        ("Modified: Norco 10/325 mg #120 to #60", 120),
    ],
)
def test_the_amount_that_was_asked_for(text: str, amount: int) -> None:
    (request,) = read_requests(text)
    assert request.quantity is not None
    assert request.quantity.amount == amount


@pytest.mark.parametrize(
    "opening",
    [
        "As the operation is not certified, neither of these is:",
        "Because the surgery was not approved, the following are denied:",
        "Since the knee arthroscopy is non-certified none of them is:",
        "The items below are denied because the surgery is not certified:",
    ],
)
def test_why_all_of_a_list_is_denied(opening: str) -> None:
    first, *rest = read_requests(
        "Knee arthroscopy: non-certified. X-rays were not submitted.\n\n"
        f"{opening}\n- assistant surgeon\n- crutches\n"
    )
    falls = "parent-treatment-necessary"
    assert [one.criterion for one in first.reasons] == ["test-corroboration"]
    assert [[one.criterion for one in request.reasons] for request in rest] == [[falls], [falls]]


def test_what_comes_behind_a_list_tells_of_what_it_denies() -> None:
    (request,) = read_requests(
        "1. Naproxen 550 mg #60: approved.\n2. Knee brace: denied.\n\n"
        "X-rays were not submitted, which the reviewer would have wanted to see before this."
    )
    assert [one.criterion for one in request.reasons] == ["test-corroboration"]


def test_what_comes_behind_labelled_decisions_tells_of_all_that_they_deny() -> None:
    found = read_text(
        "DENIED: MRI of the neck\nDENIED: EMG/NCS of both arms\nAPPROVED: gabapentin 300 mg #90\n\n"
        "There are no red flags. ACOEM Chapter 8, page 178."
    )
    told = [([each.criterion for each in one.reasons], one.citations) for one in found.requests]
    assert [(criteria, len(cited)) for criteria, cited in told] == [(["red-flags"], 1)] * 2
    assert found.certified == ("gabapentin",)


@pytest.mark.parametrize(
    "why",
    [
        pytest.param("the patient had 24 visits without functional improvement.", id="history"),
        pytest.param("there is no functional improvement.", id="what is missing"),
    ],
)
def test_what_is_denied_before_a_colon_is_a_request(why: str) -> None:
    (request,) = read_requests(f"Acupuncture for the neck is not certified: {why}")
    assert request.heading == "Acupuncture for the neck"
    assert [one.criterion for one in request.reasons] == ["functional-improvement"]


def test_paragraphs_between_the_bullets_of_what_is_denied() -> None:
    found = read_requests(
        "We cannot approve:\n\n* HOME HEALTH AIDE X 6 WEEKS\n\n"
        "She bathes and dresses herself, and comes to the clinic by bus.\n\n"
        "* TRANSPORTATION TO APPOINTMENTS\n\nNothing keeps her from driving to them by herself.\n"
    )
    assert [one.treatment for one in found] == ["home health care", "transportation"]


@pytest.mark.parametrize("stamp", ["03/04/2015 09:10", "2015-03-04, 9:10", "3/4/15  09:10"])
def test_the_entries_of_a_log(stamp: str) -> None:
    knee, walker = read_requests(
        "Under review: knee arthroscopy; walker\n\n"
        f"{stamp} I told the doctor that the knee arthroscopy is denied: X-rays were not taken\n"
        f"{stamp} Walker follows the surgery: non-certified with it."
    )
    assert [one.criterion for one in knee.reasons] == ["test-corroboration"]
    assert [one.criterion for one in walker.reasons] == ["parent-treatment-necessary"]


@pytest.mark.parametrize("line", ["Do not write below this line", "For office use only: brace"])
def test_what_a_form_tells_whoever_handles_it(line: str) -> None:
    (request,) = read_requests(f"Cane: denied. He walks a mile without help.\n\n{line}\n")
    assert [one.criterion for one in request.reasons] == ["assistance-need"]


def test_what_a_drug_is_not_approved_for_denies_nothing() -> None:
    told = "Flector patch #30 is denied. Diclofenac is not approved for use on the back."
    assert len(read_requests(told)) == 1


def test_a_question_ends_the_history_above_it() -> None:
    (request,) = read_requests(
        "CLINICAL SUMMARY\nHe lifted a drum in May. Pain is 7/10.\n\n"
        "1. Is the lumbar brace medically necessary?\n1. No. X-rays were not submitted.\n"
    )
    assert [one.criterion for one in request.reasons] == ["test-corroboration"]


def test_codes_of_a_label_tell_whose_reason_it_is() -> None:
    told = read_requests(
        "Service                CPT            Outcome\n"
        "MRI of the ankle       73721          Denied\n"
        "EMG/NCV of the legs    95886,95910    Denied\n\n"
        "Notes\n73721: There are no red flags. (ACOEM ch. 14 p. 374)\n"
        "95886/95910: The reflexes are equal. (ACOEM ch. 12 p. 303)\n"
    )
    assert [[one.pages for one in request.citations] for request in told] == [[(374,)], [(303,)]]


def test_pages_behind_sections_are_cited_for_what_these_name() -> None:
    told = read_requests(
        "Requested: acupuncture x6\nRequested: massage x4\nDecision: denied\n"
        "Guidelines: MTUS CPMTG, acupuncture p. 13, massage p. 60"
    )
    assert [[one.pages for one in request.citations] for request in told] == [[(13,)], [(60,)]]


def test_what_is_told_of_it_in_the_next_sentence() -> None:
    (request,) = read_requests(
        "Can you find decisions on stellate ganglion blocks? Ours is left arm, series of three,"
        " and was denied in May."
    )
    assert (request.body_parts, request.quantity and request.quantity.amount) == (
        ("upper extremity",),
        3,
    )


@pytest.mark.parametrize(
    "told",
    [
        "Physical therapy 2x6 cervical spine (12 visits): denied.",
        "REQ Physical therapy, neck\nCPT 97110  QTY 12\nDecision: denied",
        "Request physical therapy re: neck, 12 visits. Denied.",
    ],
)
def test_the_body_part_and_amount_beside_each_other(told: str) -> None:
    (request,) = read_requests(told)
    assert (request.body_parts, request.quantity and request.quantity.amount) == (("neck",), 12)


def test_a_question_turns_to_the_request_that_it_names() -> None:
    cane, bed = read_requests(
        "Not approved:\n- Cane\n- Hospital bed\n\nWhy did we deny the hospital bed?\nShe turns over"
        " in an ordinary one. We used ODG, Knee & Leg chapter, Durable medical equipment.\n"
    )
    assert [len(one.citations) for one in (cane, bed)] == [0, 1]


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        ("Is massage, 6 visits, for her neck and shoulder necessary?", ("neck", "shoulder")),
        ("We request acupuncture, eight visits, for the left knee.", ("knee",)),
        ("The MRI of the hip is denied, for the knee is the cause.", ("hip",)),
        ("Requested: LSO back brace", ("low back",)),
    ],
)
def test_the_body_part_of_a_request(told: str, parts: tuple[str, ...]) -> None:
    assert [one.body_parts for one in read_requests(told)] == [parts]


def test_a_count_of_requests_is_no_amount() -> None:
    cane, brace = read_requests("Two items were denied: a cane and a knee brace.")
    assert cane.quantity is brace.quantity is None


def test_codes_of_supplies_stand_alone() -> None:
    (one,) = read_requests("Requested again: Synvisc-One, left knee. J7325\nNowhere, CA, 90210")
    assert one.codes == ("J7325",)
