"""What pasted texts ask for; each row with the reason it exists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.search.pasted.reading import read_requests, read_text
from imrsearch.search.pasted.told import MOST_REQUESTS
from tests.processor_time import processor_seconds

DENIAL = """
Requested service: Chiropractic, lumbar spine, 2 x 3 (6 visits)
Determination: NON-CERTIFIED
Rationale: The reports submitted do not document objective
functional improvement. MTUS Chronic Pain Medical Treatment Guidelines, pages 58-60.
"""

NAMED = {
    "a decision told by somebody": (
        "The adjuster says they won't pay for my knee brace.",
        ["knee brace"],
    ),
    "a decision on what was done already": (
        "The request for an MRI done 2/3/2016 is denied.",
        ["MRI"],
    ),
    "what is approved behind a denial in one line": (
        "Medication denied: Lyrica 75 mg #90; approved: Naproxen 550 mg #60.",
        ["pregabalin"],
    ),
    "a list that the insurer declined": (
        "Insurance declined: knee scooter, shower chair, cane.",
        ["knee scooter", "shower chair", "cane"],
    ),
    "a service without a medical word": (
        "The request for a home health aide was denied.",
        ["home health care"],
    ),
    "a denial's form": (DENIAL, ["chiropractic"]),
    "capitals": (DENIAL.upper(), ["chiropractic"]),
    "one sentence, denied": ("The request for an MRI of the neck is denied.", ["MRI"]),
    "a list under its heading": (
        "Items not certified:\n• Norco 10/325 #60\n• Omeprazole 20 mg #30",
        ["hydrocodone/acetaminophen", "omeprazole"],
    ),
    "a list without marks": (
        "We are unable to certify:\n\n  Lumbar epidural injection x 1\n  Knee brace\n",
        ["epidural steroid injection", "knee brace"],
    ),
    "a guideline's words are no request": (
        "Tramadol is denied. Topical lidocaine is not recommended for back pain.",
        ["tramadol"],
    ),
    "a list within a line": (
        "Plan: 1) Carpal tunnel release. 2) Medical clearance.",
        ["carpal tunnel release", "medical clearance"],
    ),
    "services parted by semicolons": (
        "Requested: knee arthroscopy, right; crutches. All are denied.",
        ["knee arthroscopy", "crutches"],
    ),
    "RFA is a form here": (
        "REQUEST FOR AUTHORIZATION\nDWC Form RFA\nService/Good Requested: MRI cervical spine",
        ["MRI"],
    ),
    "RFA is an ablation here": (
        "Request for authorization of lumbar facet RFA is denied.",
        ["radiofrequency ablation"],
    ),
    "a box that is not ticked says nothing": (
        "Service/Good Requested: MRI cervical spine\nResponse: [ ] Approved [X] Denied",
        ["MRI"],
    ),
    "history is no request": (
        "He had chiropractic care and acupuncture. The request for a walker is denied.",
        ["walker"],
    ),
    "what was certified is not in dispute": (
        "The MRI of the knee is certified. The knee brace is not certified.",
        ["knee brace"],
    ),
    "certified in part is denied in part": (
        "Acupuncture 2x6, neck - modified. We have certified 6 acupuncture visits.",
        ["acupuncture"],
    ),
    "what a reason names is no request": (
        "Knee arthroscopy is denied because physical therapy was not tried.",
        ["knee arthroscopy"],
    ),
    "a worker's words": ("they turned down my chiropractor visits", ["chiropractic"]),
    "a name that a scanner broke": (
        "DENlED: Cyclo benzaprine 7 . 5 mg  # 90 .",
        ["cyclobenzaprine"],
    ),
    "an item after the decision on the one before": (
        "These were reviewed:\n1) Soma #30\n  Decision: Denied\n2) Cane\n  Decision: Denied",
        ["carisoprodol", "cane"],
    ),
    "letters, decided by their letters": (
        "Requests: A. Left knee MRI. B. Cane. Determinations: A - Not certified. B - Certified.",
        ["MRI"],
    ),
    "us is no ultrasound": (
        "Your doctor asked us to approve acupuncture. We cannot approve it.",
        ["acupuncture"],
    ),
    "what the surgeon wants, not the surgeon": (
        "My back surgeon wants to do a fusion L5-S1 and they denied it.",
        ["lumbar fusion"],
    ),
    "what was rendered today is no request": (
        "Treatment rendered today: Toradol injection.\nRequests: (1) Acupuncture x6.",
        ["acupuncture"],
    ),
    "what ends with a colon decides the list below": (
        "All treatment has been approved:\nchiropractic, 6 visits; orthotics.",
        [],
    ),
    "what every letter tells of rights decides nothing": (
        "Knee brace: approved.\nYou need not pay for that review.",
        [],
    ),
    "a box with words in brackets": (
        "Service Requested: MRI, left knee\n[ ] Denied or Modified (See separate letter)",
        ["MRI"],
    ),
    "boxes behind their words": (
        "Service Requested: Knee brace\nApproved [X]  Denied [ ]",
        [],
    ),
    "a list goes on below its label": (
        "Treatment approved: Naproxen #60;\nKnee brace\nTreatment denied: MRI, left knee",
        ["MRI"],
    ),
    "a treatment has no n't in it": ("Treatment approved: MRI, left knee.", []),
    "the office visit of a worker's request": (
        "They denied my doctor request for surgery on my knee.",
        ["surgery"],
    ),
    "a field is its own request": (
        "Gym membership x 12 months: denied. A home exercise program is enough.",
        ["gym membership"],
    ),
    "a denial as the heading of a list outranks who denied": (
        "Our physician reviewer was unable to authorize the following:\n1. Norco #60\n2. Cane",
        ["hydrocodone/acetaminophen", "cane"],
    ),
    "rows of a table decide for themselves": (
        "REQUEST     QTY   DECISION\nMRI, left knee   1   Denied\nKnee brace   1   Approved",
        ["MRI"],
    ),
    "rows of a form; a diagnosis asks for nothing": (
        """DWC Form RFA
        Diagnosis | ICD-Code | Service/Good Requested | CPT/HCPCS Code
        Myofascial pain | M79.1 | Trigger point injections | 20553
        Low back pain | M54.5 | Naproxen 550 mg #60 | """,
        ["trigger point injection", "naproxen"],
    ),
    "a heading without a colon": (
        "ORDERS TODAY\n1. Lyrica 75 mg #60\n2. Acupuncture x6",
        ["pregabalin", "acupuncture"],
    ),
    "what goes on asks for nothing": (
        "Treatment plan: I request six acupuncture visits. Continue home exercise.",
        ["acupuncture"],
    ),
    "nothing was denied": (
        "Naproxen #60 is certified. No treatment was denied or modified.",
        [],
    ),
    "an everyday repair is no surgery": (
        "The request for new benches was denied; the fence repair was approved.",
        [],
    ),
    "the treatment of the sentence before": (
        "Eight sessions of aquatic therapy helped. I am recommending another eight sessions.",
        ["aquatic therapy"],
    ),
    "the same by its last word": (
        "The provider asks for lumbar fusion. The fusion is not medically necessary.",
        ["lumbar fusion"],
    ),
    "a compound is one request": (
        "NOT APPROVED: compounded cream - flurbiprofen 20%, baclofen 5%, 180 g",
        ["topical compound"],
    ),
    "an answer quoted in a mail": (
        "> Fyi, denied: cortisone injection, right hip.\n> Knee brace ok.",
        ["corticosteroid injection"],
    ),
    "a note's letters": (
        "S: pain in the neck. PT x 6 done.\nP: 1. MRI of the neck. 2. Refer to pain mgmt.",
        ["MRI", "pain management consultation"],
    ),
    "a decision ends an item": (
        "1 - Knee brace: not supported.\n2 - Ibuprofen 800 mg #90: supported.",
        ["knee brace"],
    ),
    "two columns": (
        "Lumbar MRI          Non-Certified\nX-ray of the knee   Certified",
        ["MRI"],
    ),
    "a word that a scanner broke": (
        "DEN IED: epi dural steroid injection L5-S1.",
        ["epidural steroid injection"],
    ),
    "the surgery is the one named before": (
        "RE: shoulder arthroscopy\nOur decision is to DENY the request for surgery.",
        ["shoulder arthroscopy"],
    ),
    "letters in a line; the last is certified": (
        "Your RFA cannot be certified: (a) massage therapy x6, (b) a cane. (c) Soma was certified.",
        ["massage therapy", "cane"],
    ),
    "lines of a service, each with its status below": (
        "Celebrex 200 mg #30\nStatus: Denied\n\nNexium 40 mg #30\nStatus: Denied\n",
        ["celecoxib", "esomeprazole"],
    ),
    "what was authorized and attended decides nothing": (
        "1. Cane - DENIED\nItem 1, Cane. She had two of six authorized physical therapy visits.",
        ["cane"],
    ),
    "services and decisions, sentence by sentence": (
        "Ambien 10 mg #30. Not certified. Prilosec 20 mg #60. Not certified. Soma #60. Certified.",
        ["zolpidem", "omeprazole"],
    ),
    "labels in short": ("REQ: OXYCODONE #120. DEC: MODIFY TO #60.", ["oxycodone"]),
    "past treatment is history": (
        "Past treatment: epidural injection 2014. Currently only Tylenol.\nRequest: walker.",
        ["walker"],
    ),
    "a name and a number are no request": (
        (
            "To: A. Sample, MD, hand surgery\nRe: B. Sample, claim PPR-000-TEST\n\nThank you for"
            " your request, which reached us. You asked for a walker. The walker is denied."
        ),
        ["walker"],
    ),
    "what nobody asks for": (
        (
            "Need for surgery: NO\nPlan: I request a cane. She has enough ibuprofen at home, none"
            " prescribed today."
        ),
        ["cane"],
    ),
    "an older denial of what is certified": (
        (
            "CERTIFICATION NOTICE\n1. Walker ... CERTIFIED\n\nBackground: A request for the walker"
            " was denied in May 2019.\n\nCertification is not a guarantee of payment."
        ),
        [],
    ),
    "items, each with its decision in the paragraph below": (
        (
            "• Carpal tunnel release\n  Conditionally non-certified. The film is missing.\n\n"
            "• Occupational therapy\n  Non-certified. Depends on the release, which is not"
            " certified."
        ),
        ["carpal tunnel release", "occupational therapy"],
    ),
    "to and from is one journey": (
        "Service requested: Transportation to and from the surgery center",
        ["transportation"],
    ),
    "a request told in the past": (
        "I had surgery last fall and my doctor asked work comp for a hospital bed. They said no.",
        ["hospital bed"],
    ),
    "drugs that a plan starts": (
        "PLAN: We spoke of surgery. Restart Lyrica 75 mg, #60. Add Zanaflex 4 mg #30.",
        ["pregabalin", "tizanidine"],
    ),
    "a portal's descriptions": (
        (
            "Service 1 of 2\nDescription: Gym membership\nUnits requested: 6 months\n"
            "Units authorized: 0\n\nService 2 of 2\nDescription: Cane\nUnits authorized: 0"
        ),
        ["gym membership", "cane"],
    ),
    "who asks for it is a psychologist": (
        "Re: request of Dr. T. Sample, psychologist\n\nThe knee brace is denied.",
        ["knee brace"],
    ),
    "in short what was named before": (
        (
            "Requested: psychotherapy, 12 sessions; psychological evaluation\n\n"
            "The evaluation is certified.\nPsychotherapy: 4 of 12 sessions certified."
        ),
        ["psychotherapy"],
    ),
    "a fusion named again": (
        (
            "I was asked to comment on a cervical fusion at C5-C6. Her pictures give no reason for"
            " this fusion and I cannot recommend certification."
        ),
        ["cervical fusion"],
    ),
    "RFA is a form that a surgeon faxed": (
        "On August 30 his surgeon faxed you an RFA for a lumbar fusion at L4-L5. It is denied.",
        ["lumbar fusion"],
    ),
    "a practice is no consultation": (
        "Sample Spine & Joint\nExample Street Orthopedic Medical Group\n\nThe cane is denied.",
        ["cane"],
    ),
    "a review's field": (
        (
            "The following were given without authorization.\n\n(1) Retrospective: Knee brace\n"
            "Denied. He walks well.\n\n(2) Retrospective: Cane\nDenied. He walks well."
        ),
        ["knee brace", "cane"],
    ),
    "a list in telegrams": (
        "Asked: SCS trial. Fentanyl patch 25 mcg/hr #10. Psych eval.\n\nFentanyl - no.",
        ["spinal cord stimulator", "fentanyl", "psychological evaluation"],
    ),
    "Roman numbers": (
        "We find no medical necessity for the following:\n(i) Lumbar support\n(ii) Norco #90",
        ["lumbar brace", "hydrocodone/acetaminophen"],
    ),
    "an agenda is no request": (
        "1. Budget request denied. 2. Treatment of the floor; repair of the roof.",
        [],
    ),
    "an invoice is no request": ("Please authorize payment: chair, desk lamp.", []),
    "a plain description": ("Acupuncture for the neck, six visits.", ["acupuncture"]),
    "nothing medical": ("Weather tomorrow: sunny, light wind from the west.", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "treatments"), NAMED.values(), ids=NAMED)
def test_requests_in_dispute(text: str, treatments: list[str]) -> None:
    assert [request.treatment for request in read_requests(text)] == treatments


def test_the_facts_of_a_request() -> None:
    (request,) = read_requests(DENIAL)
    assert request.body_parts == ("low back",)
    assert request.quantity
    assert request.quantity.amount == 6
    assert [(one.guideline, one.pages) for one in request.citations] == [
        ("mtus-chronic-pain", (58, 59, 60))
    ]


def test_a_reason_has_its_sentence_over_broken_lines() -> None:
    (request,) = read_requests(DENIAL)
    (reason,) = request.reasons
    assert (reason.criterion, reason.status) == ("functional-improvement", "unmet")
    assert reason.evidence == (
        "The reports submitted do not document objective functional improvement."
    )


def test_a_page_of_the_mtus_alone_is_one_of_the_chronic_pain_guidelines() -> None:
    (request,) = read_requests("Acupuncture is denied. No gain was shown (MTUS p. 46).")
    assert request.citations[0].guideline == "mtus-chronic-pain"


def test_printed_codes() -> None:
    (request,) = read_requests(
        "ICD-Code (Required): M54.12\nService/Good Requested: MRI cervical spine\n"
        "CPT/HCPCS Code (If known): 72141, 0232T"
    )
    assert request.codes == ("72141", "0232T", "M54.12")


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("CPT 98941 x 8: Denied.", ["chiropractic"]),
        ("72148 non-certified, no red flags.", ["MRI"]),
        ("The following were denied:\n97140\n98941", ["physical therapy", "chiropractic"]),
        # beside a name they are no other treatments
        (
            "1. Manipulation, 12 visits (CPT 98940, 97140), ICD-10 M54.5 - MODIFIED: 6 certified.",
            ["chiropractic"],
        ),
        # postal codes
        ("Example UR, Sacramento, CA 95811\nThe MRI is denied.", ["MRI"]),
    ],
)
def test_codes_of_services_in_place_of_their_names(text: str, treatments: list[str]) -> None:
    assert [one.treatment for one in read_requests(text)] == treatments


def test_a_passage_that_refuses_without_the_word_denied_tells_its_reasons() -> None:
    told = "Xanax first appears in 2013. It is not recommended any longer."
    (request,) = read_requests(f"Guidelines limit a benzodiazepine to four weeks. {told}")
    assert request.treatment == "alprazolam"
    assert [reason.evidence for reason in request.reasons] == ["It is not recommended any longer."]


def test_each_request_has_its_own_reasons() -> None:
    chiropractic, brace = read_requests(
        "1. Chiropractic 6 visits - denied\n2. Knee brace - denied\n"
        "1. Chiropractic: no objective functional improvement is documented.\n"
        "2. Knee brace: no instability of the knee was found on examination."
    )
    assert [one.criterion for one in chiropractic.reasons] == ["functional-improvement"]
    assert "functional-improvement" not in {one.criterion for one in brace.reasons}


def test_a_field_may_tell_whose_reason_it_is() -> None:
    tramadol, unit = read_requests(
        "Tramadol 50 mg #60 - non-certified\nTENS unit - non-certified\n"
        "Rationale for tramadol: functional improvement was not documented."
    )
    assert [one.criterion for one in tramadol.reasons] == ["functional-improvement"]
    assert not unit.reasons


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ("Req auth cortisone inj. R elbow x 1", 1),
        ("Wrist sprain | S63.501 | Wrist splint, right | L3908 | 1", 1),
        ("weight loss program 12 wks = no, none was tried", 12),
        ("PT L shoulder x12 -> 6 OK, other 6 NO. She had none yet.", 12),
    ],
)
def test_amounts_in_notes(told: str, amount: int) -> None:
    (request,) = read_requests(f"Plan:\n{told}")
    assert request.quantity is not None
    assert request.quantity.amount == amount


def test_a_short_name_for_its_request() -> None:
    cane, patch = read_requests(
        "Requests:\n* Cane\n* Lidoderm patches #30\n\nNeither is authorized.\n\n"
        "The cane: he walks a mile without help.\n\nThe patches: X-rays were not submitted."
    )
    assert [one.criterion for one in cane.reasons] == ["assistance-need"]
    assert [one.criterion for one in patch.reasons] == ["test-corroboration"]


def test_the_text_of_a_request_is_as_pasted() -> None:
    (request,) = read_requests("Gym membership x 12 months (KNEE): denied.")
    assert request.text == "Gym membership x 12 months (KNEE)"


def test_a_second_list_goes_through_the_requests_by_their_numbers() -> None:
    aide, bed = read_requests(
        "The following has been DENIED:\n1) Home health aide, 8 weeks\n2) Hospital bed rental\n"
        "Reasons:\n1) The patient drives and walks without a device.\n"
        "2) There is no explanation why an ordinary bed would not serve."
    )
    assert [one.evidence for one in bed.reasons][:1] == [
        "There is no explanation why an ordinary bed would not serve."
    ]
    assert {one.evidence for one in aide.reasons} == {
        "The patient drives and walks without a device."
    }


def test_the_guidelines_at_the_end_are_those_of_all() -> None:
    fusion, stay = read_requests(
        "Lumbar fusion is denied. The inpatient stay is denied.\n"
        "Guidelines used: MTUS ACOEM Low Back Complaints, page 307."
    )
    assert [one.pages for one in fusion.citations] == [(307,)]
    assert stay.citations == fusion.citations


@pytest.mark.parametrize(
    ("told", "guideline", "page"),
    [
        ("ACOEM ch 8, 178", "acoem-neck-upper-back", 178),
        ("ACOEM does not recommend it (Chapter 12, p. 304)", "acoem-low-back", 304),
        ("MTUS CP 78", "mtus-chronic-pain", 78),
        ("ACOEM Ch. 9 p. 207", "acoem-shoulder", 207),
        ("Chronic Pain Guidelines 117", "mtus-chronic-pain", 117),
        ("MTUS 46", "mtus-chronic-pain", 46),
    ],
)
def test_citations_in_short(told: str, guideline: str, page: int) -> None:
    (request,) = read_requests(f"The walker is denied. No finding supports it. {told}.")
    assert [(one.guideline, one.pages) for one in request.citations] == [(guideline, (page,))]


def test_the_sentence_that_denies_may_cite() -> None:
    (request,) = read_requests("Norco #60 is denied (MTUS/CPMTG at pp. 76 through 78).")
    assert [one.pages for one in request.citations] == [(76, 77, 78)]


def test_what_is_not_in_dispute_is_told_apart() -> None:
    reading = read_text(
        "Date of Birth: 1/2/1970   Date of Injury: 02/11/2014\n"
        "History: lumbar fusion in 2009, acupuncture.\n"
        "The follow-up visit and the MRI are certified. The walker is denied."
    )
    assert [request.treatment for request in reading.requests] == ["walker"]
    assert reading.certified == ("MRI", "office visit")
    assert reading.history == ("lumbar fusion", "acupuncture")
    assert [(one.kind, one.day.isoformat()) for one in reading.dates] == [("injury", "2014-02-11")]


def test_associated_services_fall_with_the_first() -> None:
    surgery, crutches = read_requests(
        "Requested: knee arthroscopy; crutches. The knee arthroscopy is denied. Since the primary"
        " procedure is not medically necessary, none of the associated services are medically"
        " necessary."
    )
    assert not surgery.reasons
    assert [one.criterion for one in crutches.reasons] == ["parent-treatment-necessary"]


def test_a_request_that_nobody_denied_has_no_reasons() -> None:
    (request,) = read_requests("Please authorize an MRI. There are no red flags.")
    assert not request.reasons


def test_a_heading_without_a_colon_holds_for_what_follows() -> None:
    (request,) = read_requests(
        "Walker          Denied\nRationale\nThe patient walks half a mile without help."
    )
    assert [one.criterion for one in request.reasons] == ["assistance-need"]


def test_what_falls_with_a_surgery() -> None:
    surgery, therapy = read_requests(
        "Shoulder arthroscopy is denied. Physical therapy, 12 visits, is denied. Because the"
        " surgery is denied, the postoperative therapy is not needed."
    )
    assert [one.criterion for one in therapy.reasons] == ["parent-treatment-necessary"]
    assert not surgery.reasons


def test_the_body_part_is_that_of_the_text() -> None:
    (request,) = read_requests("I hurt my knee. They denied 12 visits of physical therapy.")
    assert request.body_parts == ("knee",)


def test_a_day_and_a_form_s_hint_are_no_amounts_and_hide_none() -> None:
    (denied,) = read_requests(
        "Your letter of August 9, 2016 non-certified six chiropractic visits."
    )
    (asked,) = read_requests(
        "Service/Good Requested (Required): Physical therapy\n"
        "Other Information (Frequency, Duration, Quantity, etc.): 3 times a week for 8 weeks"
    )
    assert [one.quantity and one.quantity.amount for one in (denied, asked)] == [6, 24]


def test_reasons_go_to_the_service_of_their_heading() -> None:
    therapy, bath = read_requests(
        "Item | Requested | Approved\nPhysical therapy | 12 | 6\nParaffin bath | 1 | 0\n"
        "BASIS FOR MODIFICATION - PHYSICAL THERAPY\nIt exceeds ten visits.\n"
        "BASIS FOR DENIAL - PARAFFIN BATH\nThere is no diagnosis of arthritis.\n"
    )
    assert [one.criterion for one in therapy.reasons] == ["amount-within-guideline"]
    assert [one.criterion for one in bath.reasons] == ["indicated-condition"]


def test_reasons_go_to_the_item_that_they_refer_to() -> None:
    first, second = read_requests(
        "Not certified:\n(1) MRI of the knee\n(2) Soma 350 mg #90\n"
        "As to (1): There are no red flags.\nAs to (2): It exceeds two weeks."
    )
    assert [one.criterion for one in first.reasons] == ["red-flags"]
    assert [one.criterion for one in second.reasons] == ["amount-within-guideline"]


GRID = """
Line   Service                 Qty   Decision
1      Lumbar fusion L4-5       1     Denied
2      Assistant surgeon        1     Denied
3      Lumbar brace             1     Denied

"""
FILMS, FALLS = "There is no instability on films.", "the surgery is not certified"


def test_a_decision_on_all_leads_to_reasons_of_all() -> None:
    text = (
        "RE:   Right hip arthroscopy\n      Hip brace\nDECISION: neither item is certified\n\n"
        "Exercises and therapy have not been tried yet.\n"
    )
    read = [{one.criterion for one in request.reasons} for request in read_requests(text)]
    assert read == [{"conservative-care-failed"}] * 2


@pytest.mark.parametrize(
    "told",
    [
        f"Line 1: {FILMS}\nLines 2 to 3: As {FALLS}, these are not needed.",
        f"Line 1. {FILMS}\nLines 2-3. Not needed since {FALLS}.",
        f"Regarding line 1: {FILMS} Regarding lines 2 and 3, {FALLS}, so these are not needed.",
        f"Rationale (line 1)\n{FILMS}\n\nRationale (lines 2, 3)\nNot needed, {FALLS}.",
        f"REASONS\n1. {FILMS}\n2-3. Not needed since {FALLS}.",
    ],
)
def test_reasons_go_to_the_lines_of_a_grid(told: str) -> None:
    falls = "parent-treatment-necessary"
    read = [{one.criterion for one in request.reasons} for request in read_requests(GRID + told)]
    assert [falls in one for one in read] == [False, True, True]


def test_letters_in_a_grid_and_in_labels() -> None:
    chair, aide = read_requests(
        "A  Shower chair             $75     NOT APPROVED\n"
        "B  Home health aide        $900     NOT APPROVED\n\n"
        "A: ODG, Knee chapter, supports none.\nB: The patient is not homebound. MTUS, p. 51."
    )
    assert [one.guideline for one in chair.citations] == ["odg-knee-leg"]
    assert [one.pages for one in aide.citations] == [(51,)]


def test_negations_without_apostrophe() -> None:
    (request,) = read_requests("they denied the lidocaine patches bc i didnt try gabapentin yet")
    assert request.treatment == "lidocaine patch"


@given(st.text(max_size=400) | st.lists(st.sampled_from(DENIAL.split()), max_size=60).map(" ".join))
def test_any_text_is_answered(text: str) -> None:
    assert len(read_requests(text)) <= MOST_REQUESTS


@pytest.mark.parametrize(
    "unit",
    [
        "MRI denied. ",
        "MRI denied, knee brace denied, no gain; ",
        "CPT 97110, ",
        "[ ] a",
        "1. 2) ",
        "MRI   M54.5   ",
        "medical necessity of ",
        "visits: denied 1/2/2016 ",
        ">> page 1 of ",
        "1 - s/p ",
        "epi dural ",
        "twenty x [ ] ",
        "MRI certified but not denied, ",
        "(include (list ",
        "M17.1\n",
        "el y la de MRI ",
        "if MRI requested by dr. ",
        "- - ",
        "MRI denied, rows 1-99, ",
    ],
    ids=lambda unit: unit.strip(),
)
def test_the_time_is_linear_in_the_length(unit: str) -> None:
    def read(length: int) -> None:
        read_requests((unit * (length // len(unit) + 1))[:length])

    read(1_000)  # the catalogues are loaded
    short = processor_seconds(lambda: read(5_000))
    assert processor_seconds(lambda: read(20_000), 8 * short) < max(8 * short, 0.1)


FALLS_TOO = [
    "Ditto.",
    "Same as above.",
    "See item 1.",
    "For the same reason as item 1.",
    "As above.",
]


@pytest.mark.parametrize("told", FALLS_TOO)
def test_the_reason_of_another_request(told: str) -> None:
    brace, cane, walker = read_requests(
        "1. Knee brace - denied. There is no instability of the knee on examination.\n"
        f"2. Cane - denied. {told}\n3. Walker - denied. X-rays were not submitted."
    )
    assert [one.criterion for one in brace.reasons] == ["objective-findings"]
    assert cane.reasons == brace.reasons
    assert [one.criterion for one in walker.reasons] == ["test-corroboration"]


@pytest.mark.parametrize(
    "told",
    [
        "B and C are not certified since the arthroscopy is not.",
        "B & C are not needed, as the surgery is denied.",
        "B, C fall with the surgery, which is not certified.",
        "As to B and C, the surgery is not certified.",
        "Items B and C depend on the surgery, which is not certified.",
    ],
)
def test_letters_at_the_beginning_of_a_sentence(told: str) -> None:
    first, *rest = read_requests(
        "Requests:\nA. Right knee arthroscopy\nB. Medical clearance\nC. Crutches\n\n"
        f"A is non-certified. There was no exercise program.\n\n{told}"
    )
    falls = "parent-treatment-necessary"
    assert falls not in {one.criterion for one in first.reasons}
    assert all(falls in {one.criterion for one in request.reasons} for request in rest)


def test_the_patient_s_story_ahead_of_the_paragraphs_is_no_reason() -> None:
    brace, cane = read_requests(
        "We are not able to certify the knee brace or the cane.\n\nOn examination strength is 5/5"
        " and sensation is preserved.\n\nKnee brace: X-rays were not submitted.\n\n"
        "Cane: He walks a mile without help."
    )
    assert [one.criterion for one in brace.reasons] == ["test-corroboration"]
    assert [one.criterion for one in cane.reasons] == ["assistance-need"]


@pytest.mark.parametrize(
    "told",
    [
        "Result: prior decision UPHELD on both items",
        "We affirm our denial of both.",
        "The initial determination stands.",
        "After a second look the denial is sustained.",
        "We stand by our earlier decision.",
    ],
)
def test_a_denial_that_is_kept_up(told: str) -> None:
    (brace,) = read_requests(f"{told}\n\nITEM 1 - Knee brace\nAnalysis: X-rays were not taken.")
    assert [one.criterion for one in brace.reasons] == ["test-corroboration"]


@pytest.mark.parametrize("told", ["To the reviewing physician:", "Dear Dr. Sample:", "Hello team:"])
def test_a_greeting_is_no_heading_of_the_history(told: str) -> None:
    (request,) = read_requests(f"{told}\n\nThe MRI is denied. X-rays were not submitted.")
    assert [one.criterion for one in request.reasons] == ["test-corroboration"]
