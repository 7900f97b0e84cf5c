"""What the parts of a letter make of what they name; each row with the reason it exists."""

from __future__ import annotations

import pytest

from imrsearch.search.pasted.reading import read_requests, read_text

NAMED = {
    "a certification's title decides its rows; what may come decides nothing": (
        (
            "NOTICE OF CERTIFICATION\n\nPhysical therapy 2x4, knee\nMeloxicam 15 mg #30\n\n"
            "Should a service be denied, a letter with reasons will follow."
        ),
        [],
    ),
    "one decision below all requests": (
        (
            "Request: MRI lumbar spine\nRequest: EMG/NCV\nDecision: Approved\n"
            "Treatment beyond this may be denied."
        ),
        [],
    ),
    "what was read for a decision is no request": (
        (
            "TREATMENT REQUESTED\nLeft shoulder MR arthrogram\nDOCUMENTS REVIEWED\n"
            "- MRI of the left shoulder\n- Physical therapy notes x 14\nRATIONALE\nNot explained."
        ),
        ["MR arthrogram"],
    ),
    "rights and definitions are no requests": (
        (
            "Aquatic therapy, 12 sessions: DENIED\nAPPEAL RIGHTS\nIf surgery was denied, send the"
            " plan.\nGLOSSARY\nDenial: the treatment, for example an epidural injection, is not"
            " medically necessary."
        ),
        ["aquatic therapy"],
    ),
    "who somebody is names no treatment": (
        (
            "Claimant: A. Sample      Claim Number: TEST-1      Facility: Walker Surgery Center\n"
            "Employer: Massage Palace\nRequested: Lyrica 75 mg #60\nDecision: Non-certify"
        ),
        ["pregabalin"],
    ),
    "numbers without a point": (
        "ITEMS REQUESTED\n01 CANE\n02 TRAMADOL 50 MG #60\nDECISION ITEM 01 CERTIFIED",
        ["tramadol"],
    ),
    "the following, in paragraphs": (
        (
            "Gabapentin #90 is approved. The following were not approved:\n\n"
            "Soma 350 mg #60 - The patient has taken it for a\nyear.\n\n"
            "Lidoderm patch #30. No neuropathic pain is described."
        ),
        ["carisoprodol", "lidocaine patch"],
    ),
    "withdrawn requests are not in dispute": (
        "Request 1: knee brace - withdrawn by the provider.\nRequest 2: cane - Denied.",
        ["cane"],
    ),
    "cells one below the other": (
        (
            "DWC Form RFA\nDiagnosis\nICD-Code\nService/Good Requested\nAnkle sprain\nS93.401A\n"
            "Ankle brace\nL1902\nChronic pain\nG89.4\nDuloxetine 30 mg\n\n#60"
        ),
        ["ankle brace", "duloxetine"],
    ),
    "what a form tells whoever fills it in": (
        (
            "Treatment Plan (Include treatment rendered to date.\nSpecify surgery,"
            " and hospitalization.)\nI request acupuncture x6. He is to keep wearing the brace."
        ),
        ["acupuncture"],
    ),
    "a visit in the field of a form": (
        "Service/Good Requested: Follow-up office visit after the procedure",
        ["office visit"],
    ),
    "a report may begin with why": (
        "I request a carpal tunnel release. Because he has a stent he needs medical clearance.",
        ["carpal tunnel release", "medical clearance"],
    ),
    "who asked is not asked for": (
        "The decision refused a knee brace, that was requested by the pain management physician.",
        ["knee brace"],
    ),
    "Spanish words": (
        (
            "el doctor pidio 8 sesiones de acupuntura y una inyeccion de cortisona en el hombro y"
            " la aseguranza las nego"
        ),
        ["acupuncture", "corticosteroid injection"],
    ),
    "a board certified reviewer certifies nothing": (
        "The cane is withheld. Our reviewer, board certified in surgery, saw no need.",
        ["cane"],
    ),
    "surgery for a body part": ("UR denied surgery for my rotator cuff", ["rotator cuff repair"]),
    "a guideline recommends, nobody asks": (
        "ODG on therapy: 10 visits. MTUS recommends acupuncture as an option.",
        [],
    ),
    "questions answered with yes and no": (
        (
            "Issue 1: Is the requested chiropractic treatment, 12 visits, medically necessary?\n"
            "Answer: No. No gain was shown.\nIssue 2: Is the requested cane necessary?\n"
            "Answer: Yes."
        ),
        ["chiropractic"],
    ),
    "a reason that begins with no is no answer": (
        "Chiropractic, 6 visits, is denied: no functional improvement was documented.",
        ["chiropractic"],
    ),
    "a condition with a list of decisions": (
        (
            "The following are CERTIFIED:\n- Acupuncture, 6 visits\n\n"
            "If a later request is denied, delayed or modified, a letter will explain why."
        ),
        [],
    ),
    "an order without a heading": (
        "Dr. Scrawl\n1) Synvisc right knee\n2) Aquatic therapy 2/wk x 4\n3) f/u 4wk",
        ["hyaluronic acid injection", "aquatic therapy"],
    ),
    "a table's heading is no request": (
        "TX requested   Units req   Units auth\nAcupuncture   12   0\n",
        ["acupuncture"],
    ),
    "modified duty is no decision": (
        "Subjective: wearing a splint.\nPlan: MRI of the wrist.\nWork status: Modified duty.",
        ["MRI"],
    ),
    "determinations with their number": (
        (
            "Determination 1 of 3: Ambien 10 mg, #30\nDENIED\nODG, Pain, Zolpidem: for short use.\n"
            "Determination 2 of 3: Physical therapy, right shoulder, 3 times a week for 4 weeks\n"
            "MODIFIED - 6 visits approved\nDetermination 3 of 3: Lumbar support\nAPPROVED"
        ),
        ["zolpidem", "physical therapy"],
    ),
    "issues with letters; a guideline quoted at length asks for nothing": (
        (
            "ISSUE(S) FOR REVIEW\nIssue A: Nucynta 75 mg #60\nCRITERIA FOR ISSUE A\nMTUS, page 76:"
            ' "4) On-going management: (a) pain assessment is requested. (h) Consideration of a'
            " consultation with a pain clinic if doses are high, and of acupuncture"
            ' and psychotherapy where the patient does not improve on opioids in three months."\n'
            "DETERMINATION ISSUE A: NOT CERTIFIED"
        ),
        ["tapentadol"],
    ),
    "a sentence below an item is none": (
        (
            "THE FOLLOWING IS NON-CERTIFIED:\n(1) COMPOUND CREAM, 180 GM\n\n"
            "    THE CREAM CONTAINS CYCLOBENZAPRINE."
        ),
        ["topical compound"],
    ),
    "who writes is not asked for": (
        "I am the treating spine surgeon and I appeal the denial of the following:\n1. Knee brace",
        ["knee brace"],
    ),
    "what the reader is asked is no request": (
        "UR denied the lumbar fusion.\n1. Do you still want the brace?\n2. Would you try therapy?",
        ["lumbar fusion"],
    ),
    "records by their days": (
        (
            "REVIEW OF MEDICAL RECORDS\n\n9/30/2013, Dr. B, orthopedic consultation. She was given"
            " an injection.\n2/12/2014, Dr. B, report. She is referred for an MRI."
        ),
        [],
    ),
    "a splint that was dispensed today": (
        "Treatment Plan:\n1. Request naproxen #60.\n2. Thumb spica splint was dispensed today.",
        ["naproxen"],
    ),
    "decisions in short": (
        "- Norco 10/325 #120 -> NC. No UDS.\n- Protonix 20 mg #60 -> cert",
        ["hydrocodone/acetaminophen"],
    ),
    "where a form's service is done": (
        (
            "Diagnosis | ICD-Code | Service/Good Requested | CPT | Other Information: (Frequency)\n"
            "Tear | M75.121 | Assistant surgeon | 29827 | outpatient surgery center"
        ),
        ["assistant surgeon"],
    ),
    "dictated without a stop": (
        (
            "patient returns for her right shoulder and neck she had physical therapy in january"
            " which helped some and she still has pain with reaching overhead i am requesting"
            " authorization for an mri of the right shoulder and i would also like to"
            " refill her naproxen five hundred milligrams number sixty she will return"
        ),
        ["MRI", "naproxen"],
    ),
    "digits of a scanner": (
        (
            "Treatment requested: 1umbar medial branch b1ock\nDecision: N0N-CERT1F1ED\n"
            "Treatment requested: C0lace #6O\nDecision: CERTIF1ED"
        ),
        ["medial branch block"],
    ),
    "the number of a claim is no request": (
        "LINE ITEM DETAIL\nClaim EX-000-TEST\nKnee brace: denied",
        ["knee brace"],
    ),
    "a list behind a date": (
        (
            "We received a request for the following for your injury of January 5, 2019:\n\n"
            "  Right shoulder MRI\n  Physical therapy, 8 visits\n  Tramadol 50 mg, 30 tablets\n\n"
            "We are approving the physical therapy. We cannot approve the MRI or the tramadol."
        ),
        ["MRI", "tramadol"],
    ),
    "the rest is denied": (
        (
            "The disputed items are home health aide, ondansetron #20, a cane. The patient walks."
            " UR approved the cane on 5/5/2017 and denied the rest: the aide because he walks."
        ),
        ["home health care", "ondansetron"],
    ),
    "a decision in capitals at the end": (
        "Omeprazole 20mg  Qty 60  DENY - no risk\nNaproxen 550mg  Qty 90  ALLOW",
        ["omeprazole"],
    ),
    "questions answered below": (
        (
            "1. Is Lidoderm 5% #30 medically necessary?\nNo. No trial was made.\n"
            "2. Is a home exercise kit medically necessary?\nYes."
        ),
        ["lidocaine patch"],
    ),
    "what was decided before is no request": (
        "UR history: 05/2016 acupuncture denied.\nCurrent request: Lumbar discogram\nOutcome: Deny",
        ["discogram"],
    ),
    "a list within a sentence": (
        "The patient disputes a letter denying (1) home health care and (2) a hospital bed.",
        ["home health care", "hospital bed"],
    ),
    "misspelt words": (
        "a mri for my nee was denyed. he asked for a sholder brase, denyed too, no reson given",
        ["MRI", "shoulder brace"],
    ),
    "what goes on, in short": (
        "Plan:\n1. Request auth for TFESI L4-5\n2. Cont HEP.",
        ["epidural steroid injection"],
    ),
    "deferred is not in dispute, conditionally non-certified is": (
        (
            "1) Sleep study      DEFERRED - liability is disputed\n"
            "2) Cane      CONDITIONALLY NON-CERTIFIED"
        ),
        ["cane"],
    ),
    "sections with letters, each with its decision": (
        (
            "HISTORY\nHe had a knee arthroscopy.\n----------\nITEM A. Knee replacement\n"
            "Application. No injection was tried.\nDecision on Item A: NOT CERTIFIED.\n----------\n"
            "ITEM B. Hospital stay, 3 days\nApplication. It goes with the arthroplasty, which is"
            " not certified.\nDecision on Item B: NOT CERTIFIED.\n"
            "ITEM C. Cane\nDecision on Item C: CERTIFIED."
        ),
        ["knee replacement", "inpatient stay"],
    ),
    "who the reviewer is": (
        "Our reviewer is an orthopedic surgeon with an active practice. The cane is denied.",
        ["cane"],
    ),
    "headings of advice open no list": (
        "Cane: denied.\nWHAT A NEW REQUEST SHOULD CONTAIN\nThe dose.\nEMERGENCY CARE\nIt is free.",
        ["cane"],
    ),
    "bullets below a bullet tell of it": (
        (
            "• Percocet 10/325 mg, #120 – DENIED\n  ◦ With the other opioid the dose is 150.\n"
            "  ◦ MTUS Chronic Pain Guidelines, Opioids, p. 80\n• Urine drug screen – DENIED"
        ),
        ["oxycodone/acetaminophen", "urine drug screen"],
    ),
    "a form's title": (
        "REQUEST FOR AUTHORIZATION - DWC FORM RFA (psychology)\nService Requested: Zoloft 50 mg",
        ["sertraline"],
    ),
    "questions whether it is necessary": (
        (
            "QUESTIONS\n1. Is a hip arthroscopy medically necessary?\n2. Are crutches indicated?\n"
            "3. Should the cane be authorized?\n\n1. No. It is not discussed.\n2. No.\n3. No."
        ),
        ["hip arthroscopy", "crutches", "cane"],
    ),
    "decisions on numbers tell what is there": (
        (
            "REQ:\n1) HOSPITAL BED\n2) KNEE BRACE\nDECISION:\n"
            "1) NON-CERT. PT IS NOT HOMEBOUND, SHE SHOPS.\n"
            "2) DENIED - THE MRI IS NORMAL AND NO WALKER IS USED."
        ),
        ["hospital bed", "knee brace"],
    ),
    "reasons listed below a decision": (
        (
            "Requested: Lumbar epidural\nNon-certified\n- Relief after the medial branch block is"
            " not documented\n- the MRI shows no root compression\n\nRequested: Cane\n"
            "Non-certified\n- He walks well"
        ),
        ["epidural steroid injection", "cane"],
    ),
    "numbers that count on without a stop": (
        "Requests: 1) TENS unit 2) lumbar epidural 3) cane\nDecision: denied.",
        ["TENS unit", "epidural steroid injection", "cane"],
    ),
    "no authorization is needed": (
        (
            "Please authorize:\n- Knee MRI\n- CAM walker - dispensed, no authorization needed\n"
            "- Crutches (for your information only)"
        ),
        ["MRI"],
    ),
    "medications beside a plan": (
        "MEDICATIONS\nNorco 5/325 twice daily, ibuprofen.\n\nPLAN\n1. Norco 5/325 #60.\n2. Cane",
        ["hydrocodone/acetaminophen", "cane"],
    ),
    "activity is modified, not what was asked for": (
        "Treatment has consisted of activity modification and chiropractic care.\n1. MRI - denied",
        ["MRI"],
    ),
    "later, if ever": (
        (
            "PLAN: I request a lumbar MRI. Cognitive rehabilitation may be asked for in due"
            " course. A spinal cord stimulator trial may be necessary down the line."
        ),
        ["MRI"],
    ),
    "fields with bars between": (
        (
            "Treatment: Cane | Decision: Denied | Reason: He walks.\n"
            "Treatment: MRI | Decision: Approved | Reason: red flags"
        ),
        ["cane"],
    ),
    "certification is recommended": (
        (
            "The request is for (1) Norco #60 and (2) a urine drug screen.\nRegarding Norco, there"
            " is no contract. Recommend non-certification.\nRegarding the UDS, random testing is"
            " appropriate. Recommend certification."
        ),
        ["hydrocodone/acetaminophen"],
    ),
    "an operation with more": (
        "1. Shoulder arthroscopy w/ SAD and distal clavicle resection - denied\n2. Cane - denied",
        ["shoulder arthroscopy", "cane"],
    ),
    "a compound amid other drugs": (
        (
            "NON-CERTIFIED: Tizanidine 4 mg #90; Norco 10/325 #120; Compound cream (Gabapentin 10%,"
            " Cyclobenzaprine 6%) 180 gm."
        ),
        ["tizanidine", "hydrocodone/acetaminophen", "topical compound"],
    ),
    "a compound whose drugs semicolons part": (
        "NON-CERTIFIED: Flurbiprofen 20%; baclofen 5%; lidocaine 4%, 180 g.",
        ["topical compound"],
    ),
    "a brand in short is the drug asked for": (
        "REQUESTS:\nTerocin patches #30\nCane\n\nTerocin: Non-certified.\nCane: Non-certified.",
        ["lidocaine/menthol", "cane"],
    ),
    "what the patient does": (
        (
            "PLAN:\n1) Pt to continue Naproxen, refilled today.\n2) Request for a cane.\n"
            "3) MRI of the neck reviewed, shows a herniation."
        ),
        ["cane"],
    ),
    "sources below a table": (
        (
            "Line  Service requested     Qty   Outcome      Comment\n"
            "01    Cane                  1     Certified    -\n"
            "02    Tylenol #3            60    Denied       No agreement\n"
            "References: ODG Low Back, Opioids; MTUS pp 58-60"
        ),
        ["codeine/acetaminophen"],
    ),
    "a reviewer's part speaks of rows": (
        (
            "Service Requested | CPT | Quantity\nAquatic therapy | 97113 | 12\nX-ray | 73565 | 1\n"
            "[X] Approved  row 2 only     [X] Denied  row 1"
        ),
        ["aquatic therapy"],
    ),
    "what was done today, and a plan with letters": (
        (
            "PROCEDURE TODAY: Trigger point injection, well tolerated\nPLAN\n"
            "Requesting authorization of:\n a. Continued physical therapy, left shoulder, 12"
            " sessions over six weeks, to reach full overhead function\n b. MR arthrogram"
        ),
        ["physical therapy", "MR arthrogram"],
    ),
    "exercise at home is no psychotherapy": (
        "Plan:\n- MRI of the foot\n- Home desensitization daily",
        ["MRI"],
    ),
    "a treatment history asks for nothing": (
        (
            "TREATMENT HISTORY (from the last report)\n2014: physical therapy, 18 visits.\n"
            "May 2015: cortisone injection."
        ),
        [],
    ),
    "sections in words": (
        (
            "Treatment Request No. 1 - Lumbar fusion\nAnalysis. No instability. Not certified.\n"
            "SECTION II. Knee brace\nDecision. Not certified."
        ),
        ["lumbar fusion", "knee brace"],
    ),
    "what was given at the visit": (
        "P: acupuncture 2x4. Ketorolac 60 mg IM given.\nToday she received a cortisone injection.",
        ["acupuncture"],
    ),
    "years tell a history": ("2014-2015: acupuncture, 18 visits. 2016: chiropractic care.", []),
    "none is a denial": (
        "SUBMITTED:\n(1) CANE\n(2) SOMA 350 MG #60\n\nNONE OF THE ABOVE HAS BEEN CERTIFIED.",
        ["cane", "carisoprodol"],
    ),
    "neither is a denial": (
        "The provider seeks a walker and a home H-wave unit. Neither is medically necessary.",
        ["walker", "H-wave"],
    ),
    "turned that down": (
        "The third thing was 6 psychotherapy sessions and they turned that down.",
        ["psychotherapy"],
    ),
    "decisions as headings of lists": (
        (
            "Your requests were decided thus.\n\nAPPROVED\n- Ibuprofen 800 mg #90\n\n"
            "APPROVED IN PART\n- Physical therapy, 12 visits (2 approved)\n\n"
            "NOT APPROVED\n- Knee brace\n- Cane"
        ),
        ["physical therapy", "knee brace", "cane"],
    ),
    "decisions below their services": (
        "1. Ibuprofen 800 mg #90\nAPPROVED\n2. Cane\nNOT APPROVED\n3. Walker\nAPPROVED",
        ["cane"],
    ),
    "a memo names nobody's field as a request": (
        (
            "From: reviewing physician (anesthesiology, pain medicine)\nAbout: B. Sample, hurt"
            " 3/9/2012\n\nHe had sent in Topamax 50 mg, sixty tablets, and Cymbalta 60 mg. I"
            " approved the Cymbalta. As for Topamax, she never had gabapentin. I denied it."
        ),
        ["topiramate"],
    ),
    "fields parted by tabs": (
        "Cane: denied.\nReviewer: orthopedic surgeon, name withheld\tPhone: 000\tEnclosure: form",
        ["cane"],
    ),
    "why somebody is written to": (
        (
            "WHY YOU ARE RECEIVING THIS NOTICE\nA request, as one for physical therapy, is compared"
            " with the schedule, presumed correct on the extent and scope of treatment.\n"
            "SERVICES REQUESTED AND OUR DECISION\n   Service one:    Cane          DENIED"
        ),
        ["cane"],
    ),
    "words used in a notice": (
        "WORDS USED IN THIS NOTICE\nModify: to approve part, as six visits of physical therapy.",
        [],
    ),
    "what may be asked for later": (
        "He may need an ankle fusion in the future. Today I ask for orthotics.",
        ["orthotics"],
    ),
    "what another surgeon proposed": (
        (
            "In August Dr. Roe, the spine surgeon, proposed a cervical fusion; the patient does not"
            " want an operation. I request acupuncture."
        ),
        ["acupuncture"],
    ),
    "not to deny": ("Please authorize a cane. If a page is missing, do NOT deny it.", ["cane"]),
    "an item's reason names no request": (
        (
            "1. Hospital bed - denied\n2. Cane - denied\n"
            "As to (1), no study supports a special mattress."
        ),
        ["hospital bed", "cane"],
    ),
    "questions and answers with their letters": (
        (
            "Q1. Is a lumbar MRI medically necessary?\nA1. Not medically necessary. No red flags."
            "\n\nQ2. Is Flexeril 10 mg, quantity of 90, medically necessary?\nA2. It is not"
            " medically necessary.\n\nQ3. Is a cane medically necessary?\nA3. Medically necessary."
        ),
        ["MRI", "cyclobenzaprine"],
    ),
    "a list behind another verb": (
        (
            "My client disputes the decision by which UR refused (1) a walker, (2) a TENS unit and"
            " (3) 30 tablets of Soma."
        ),
        ["walker", "TENS unit", "carisoprodol"],
    ),
    "brackets amid a reason are no items": (
        (
            "1. Walker - denied\n2. Cane - denied\nThe walker is denied since it takes (1) a fall"
            " or (2) a wide gait."
        ),
        ["walker", "cane"],
    ),
    "cut to less": ("Norco 10/325 #120 cut to #90. Gabapentin ok.", ["hydrocodone/acetaminophen"]),
    "what goes with a surgery": (
        "DWC Form RFA\nProcedure: Carpal tunnel release\nAssociated: medical clearance",
        ["carpal tunnel release", "medical clearance"],
    ),
    "dispensed": ("Plan: auth for EMG/NCS. Cont ibuprofen 600 mg #60 dispensed.", ["EMG/NCV"]),
    "a scanner's braces, a word parted in capitals": (
        "REQUESTED:\n1} CANE\n2} PHYSICAL THER-\nAPY 2 X 4\nDECISION: DENIED",
        ["cane", "physical therapy"],
    ),
    "certified in everyday words": (
        "He asked for a cane and an MRI. I denied the cane. I signed off on the MRI.",
        ["cane"],
    ),
    "cut in the middle of a sentence": (
        "UR would not OK the facet injections. They also knocked the Soma from 90 down to 20.",
        ["facet injection", "carisoprodol"],
    ),
    "a denial of last year, what is not recommended, what depends": (
        (
            "The patient reports that UR denied a discogram last year. He asks about stem cells; I"
            " do not recommend these. We are requesting acupuncture. If surgery is advised, medical"
            " clearance will be requested at that time."
        ),
        ["acupuncture"],
    ),
    "a refill taken away": (
        "Treatment: Meloxicam 15 mg #30, one refill\nOutcome: #30 certified without the refill.",
        ["meloxicam"],
    ),
    "what a plan tells of before": (
        (
            "Treatment plan\n- Request authorization for a knee brace\n- Rx given: Voltaren gel 3"
            " tubes (dispensed in office)\n- Patient previously had PT, declined surgery"
        ),
        ["knee brace"],
    ),
    "whom a letter greets": ("Dear Tenant of Unit 0,\n\nyour request for a key is denied.", []),
    "all are denied at once": (
        "Neither request was approved:\n- Cane\n- Norco 10/325 #60",
        ["cane", "hydrocodone/acetaminophen"],
    ),
    "a service above the fields of what was asked for and granted": (
        (
            "ACUPUNCTURE, NECK\nRequested: 12 visits\nApproved: 6 visits\nWhy: It allows six.\n\n"
            "CANE\nRequested: 1\nApproved: 1\n\nTENS UNIT\nYou asked for: one\nWe certify: none"
        ),
        ["acupuncture", "TENS unit"],
    ),
    "quantities asked for and granted": (
        (
            "1. Massage therapy\nQuantity requested: 8\nQuantity approved: 4\n\n"
            "2. Walker\nQuantity requested: 1\nQuantity approved: 1"
        ),
        ["massage therapy"],
    ),
    "a review by day of service, of what was dispensed": (
        (
            "DOS 1/2/2015 - Toradol injection 60 mg (given)\nRetrospectively denied. No reason"
            " for it is documented.\n\nDOS 1/2/2015 - Urine drug screen\nRetrospectively approved."
            "\n\nDate of service 1/9/2015: Cyclobenzaprine 7.5 mg #60 (dispensed)\n"
            "Retrospectively denied. No spasm is documented."
        ),
        ["ketorolac injection", "cyclobenzaprine"],
    ),
    "questions that ask what is necessary, and one that does not": (
        (
            "Q: Is Norco 10/325 #120 medically necessary?\nA: No. There is no contract.\n\n"
            "Q: Were the two epidural injections medically necessary?\nA: No.\n\n"
            "Q: Did you reach the doctor about the cane?\nA: No."
        ),
        ["hydrocodone/acetaminophen", "epidural steroid injection"],
    ),
    "for one thing, for another": (
        (
            "Authorization is requested for L4-5 fusion, for a hospital stay of three days, for a"
            " back brace."
        ),
        ["lumbar fusion", "inpatient stay", "lumbar brace"],
    ),
    "what was offered, declined or is at home": (
        (
            "PLAN\n- MRI of the neck.\n- Epidural injection was discussed.\n- Gabapentin: has"
            " enough at home.\n- The patient refuses surgery.\n- She does not want a cane."
        ),
        ["MRI"],
    ),
    "days inpatient are no days of clearance": (
        (
            "I request authorization for: left total knee replacement, with assistant surgeon,"
            " medical clearance, two days inpatient, walker."
        ),
        ["knee replacement", "assistant surgeon", "medical clearance", "inpatient stay", "walker"],
    ),
    "dispensed before it was reviewed": (
        (
            "Date of service: 3/9/2015\nService: Omeprazole 20 mg #60 (dispensed in office)\n"
            "Determination: retrospectively non-certified"
        ),
        ["omeprazole"],
    ),
    "questions in the conditional": (
        "1) Would a cane be medically necessary?\nNo.\n2) Can a TENS unit be supported?\nNo.",
        ["cane", "TENS unit"],
    ),
    "what was discussed and is asked for": (
        "Surgery was discussed and I request authorization for a lumbar fusion.",
        ["lumbar fusion"],
    ),
    "the claim is denied, and what was paid is told": (
        (
            "NOTICE OF DENIAL OF CLAIM\n\nPorcelain Mutual Insurance, claims department\n\n"
            "Your claim of injury is denied. To date we have paid for the following: emergency"
            " room visit, x-rays, and twelve visits of physical therapy."
        ),
        [],
    ),
    "a note on a call is no notice of rights": (
        (
            "PEER-TO-PEER NOTE\nWhat was on the RFA: MRI of the neck; Lyrica 75 mg #60.\n"
            "After the call the MRI is not certified. Lyrica is certified."
        ),
        ["MRI"],
    ),
    "what a form tells, and its name in lower case": (
        (
            "attachment to dwc form rfa\nUp to five (5) procedures may be entered.\n\n"
            "Please authorize:\na) cane\nb) physical therapy 2x3, begin day after manipulation"
        ),
        ["cane", "physical therapy"],
    ),
    "who reads and who gets the letter": (
        (
            "ADVISORY OPINION OF THE REVIEWING SURGEON\nThe RFA went to our physician advisor"
            " (PM&R). Neither item is certified:\n- Cane\n- Walker\n\nLetter to pt and atty today."
        ),
        ["cane", "walker"],
    ),
}


@pytest.mark.parametrize(("text", "treatments"), NAMED.values(), ids=NAMED)
def test_requests_in_dispute(text: str, treatments: list[str]) -> None:
    assert [request.treatment for request in read_requests(text)] == treatments


def test_what_was_said_of_a_list_is_for_those_without_reasons_of_their_own() -> None:
    surgery, sling = read_requests(
        "NON-CERTIFIED:\n1 SHOULDER ARTHROSCOPY\n2 SHOULDER SLING\n"
        "REASON: NO CONSERVATIVE CARE WAS TRIED BEFORE.\n"
        "ITEM 2: SINCE THE OPERATION IS NOT CERTIFIED, THE SLING IS NOT NECESSARY EITHER."
    )
    assert {one.criterion for one in surgery.reasons} == {"conservative-care-failed"}
    assert {one.criterion for one in sling.reasons} == {"parent-treatment-necessary"}


def test_reasons_before_the_request() -> None:
    (request,) = read_requests(
        "Rationale\nThe patient takes no NSAID. No risk factors are present.\nRequest\n"
        "Prilosec 20 mg, 60 capsules\nDetermination\nDeny"
    )
    assert [one.criterion for one in request.reasons] == ["risk-factors"]


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Requested: Acupuncture, 10 sessions\nAuthorized: 4 sessions\nWhy not more: a trial.", 10),
        ("Requested: Acupuncture, 10 sessions\nFour sessions are authorized as a trial.", 10),
        ("Of the 12 requested acupuncture visits, 6 are certified.", 12),
        ("Acupuncture, 12 visits. We allow 6 instead of 12.", 12),
        ("They are only paying for 6 of the 12 acupuncture visits my doctor wanted.", 12),
        ("Requested: Acupuncture, 4 sessions\nFour sessions are authorized.", None),
    ],
)
def test_what_is_granted_in_part_is_in_dispute(told: str, asked: int | None) -> None:
    read = [(one.treatment, one.quantity and one.quantity.amount) for one in read_requests(told)]
    assert read == ([("acupuncture", asked)] if asked else [])


def test_quoted_guidelines_are_cited_and_tell_no_reason() -> None:
    pool, gym = read_requests(
        "Decision\nService one:     Aquatic therapy          DENIED\n"
        "Service two:     Gym membership          DENIED\n\n"
        "GUIDELINES QUOTED FOR YOUR INFORMATION\n"
        "For service one. MTUS Chronic Pain Medical Treatment Guidelines, page 22: recommended"
        " where no land-based therapy can be done.\nFor service two. ODG, Low Back Chapter: no"
        " treatment unless a home program has failed.\n\nTHE REVIEWER'S REASONS\nService one."
        " He is not obese.\nService two. It is not explained why he cannot exercise at home."
    )
    assert [(one.guideline, one.pages) for one in pool.citations] == [("mtus-chronic-pain", (22,))]
    assert [one.guideline for one in gym.citations] == ["odg-low-back"]
    assert {one.evidence for one in gym.reasons} == {
        "It is not explained why he cannot exercise at home."
    }


def test_a_refill_of_unnamed_medications_is_a_request() -> None:
    (request,) = read_requests("Request 4. Refill of medications\nIt does not say which.\nDenied.")
    assert request.category == "Pharmaceuticals"


def test_deferred_requests_are_told() -> None:
    assert read_text("Sleep study: deferred.\nThe cane is denied.").deferred == ("sleep study",)


def test_withdrawn_requests_are_told() -> None:
    assert read_text("The provider withdrew the knee brace. The cane is denied.").withdrawn == (
        "knee brace",
    )


def test_a_sentence_with_a_colon_is_told() -> None:
    (request,) = read_requests(
        "The lumbar epidural injection is denied.\n"
        "There is no radiculopathy on exam: reflexes and strength are equal."
    )
    assert request.reasons[0].evidence.startswith("There is no radiculopathy")


def test_a_request_above_its_reason() -> None:
    (request,) = read_requests(
        "NON-CERTIFIED\nRequest 1: Right L4-L5 transforaminal epidural steroid injection\n"
        "The Chronic Pain Medical Treatment Guidelines (page 46) describe epidural injections as an"
        " option.\nThe file holds no MRI."
    )
    assert request.text == "Right L4-L5 transforaminal epidural steroid injection"
    assert [one.pages for one in request.citations] == [(46,)]


def test_numbers_of_rows_and_their_explanation() -> None:
    screen, cane = read_requests(
        "1) Urine drug screen      NON-CERTIFIED\n2) Cane      NON-CERTIFIED\n\nExplanation\n"
        "1) No risk factors are present.\n2) The report was asked for and not received."
    )
    assert {one.criterion for one in screen.reasons} == {"risk-factors"}
    assert {one.criterion for one in cane.reasons} == {"records-complete"}
    assert cane.text == "Cane, NON-CERTIFIED"


def test_a_request_named_in_short() -> None:
    chair, injection = read_requests(
        "The patient's request for an ergonomic chair is denied, the request for a cervical"
        " epidural injection is denied. With regard to the injection, the MRI shows no"
        " nerve root compression."
    )
    assert not chair.reasons
    assert {one.criterion for one in injection.reasons} == {"test-corroboration"}


def test_two_requests_named_at_once() -> None:
    surgery, *others = read_requests(
        "DENIED:\n1. Microdiscectomy\n2. Assistant surgeon\n3. Medical clearance\n\nNo course of"
        " therapy was completed. The assistant surgeon and the clearance were denied because the"
        " surgery was not certified."
    )
    assert "parent-treatment-necessary" not in {one.criterion for one in surgery.reasons}
    for other in others:
        assert {one.criterion for one in other.reasons} == {"parent-treatment-necessary"}


def test_how_often_beside_the_codes() -> None:
    (request,) = read_requests("Requested: Acupuncture   CPT: 97810   Freq/Dur: 2x/week x 3 weeks")
    assert request.quantity is not None
    assert request.quantity.amount == 6


def test_the_amount_asked_for_stands_before_the_decision() -> None:
    (request,) = read_requests("Acupuncture 6 more: partially approved, 3 visits")
    assert request.quantity is not None
    assert request.quantity.amount == 6


def test_short_bullets_tell_of_the_item_above() -> None:
    (scan,) = read_requests(
        "1. Norco #90 - Approved\n2. Lumbar MRI - Denied\n   - No red flags are recorded.\n"
        "   - See ACOEM chapter 12, page 303"
    )
    assert {one.criterion for one in scan.reasons} == {"red-flags"}
    assert [one.pages for one in scan.citations] == [(303,)]


def test_a_bullet_goes_on_below() -> None:
    nerves, drug = read_requests(
        "Plan:\n- EMG/NCV of the bilateral lower\nextremities\n- Lyrica 75 mg twice a day,\n#60"
    )
    assert nerves.body_parts == ("lower extremity",)
    assert drug.quantity is not None
    assert drug.quantity.amount == 60


def test_an_amount_before_its_decision_is_no_item() -> None:
    (drug,) = read_requests("• Soma 350 mg, #90 – DENIED\n  ◦ It is not recommended (MTUS p. 29).")
    assert drug.quantity is not None
    assert drug.quantity.amount == 90
    assert [one.pages for one in drug.citations] == [(29,)]


def test_fields_and_units_that_a_scanner_broke() -> None:
    (request,) = read_requests(
        "Tx req uested . . . :  H - wave , 12 vis its\nDeci sion . . . :  DENIAL UPH ELD"
    )
    assert request.treatment == "H-wave"
    assert request.quantity is not None
    assert request.quantity.amount == 12


def test_sources_of_one_item_are_not_those_of_another() -> None:
    """The walker has none."""
    told = (
        "1. Cane: denied. The gait is normal.\nSource: ACOEM, Chapter 13, page 340.\n\n"
        "2. Norco 10/325 #60: denied. There is no contract.\nSource: MTUS Chronic Pain Medical"
        " Treatment Guidelines, page 78.\n\n3. Walker: denied. The gait is normal."
    )
    cited = [[one.pages for one in request.citations] for request in read_requests(told)]
    assert cited == [[(340,)], [(78,)], []]


def test_what_goes_down_with_the_first() -> None:
    _, therapy, unit = read_requests(
        "The three items:\n1. Shoulder arthroscopy\n2. Physical therapy 24 visits\n"
        "3. Cold therapy unit\nThey denied #1 because no injection was tried. #2 and #3 went down"
        " with it."
    )
    for one in (therapy, unit):
        assert [each.criterion for each in one.reasons] == ["parent-treatment-necessary"]


def test_evidence_is_where_sources_are() -> None:
    told = read_requests(
        "Decision: The services are NOT CERTIFIED.\nServices requested: Cane; lumbar brace.\n"
        "Reviewer comments: The brace has no lasting benefit.\nEvidence: ACOEM Ch 12 p. 301"
    )
    assert [[one.pages for one in request.citations] for request in told] == [[(301,)], [(301,)]]


def test_a_page_after_others_is_no_item() -> None:
    (request,) = read_requests(
        "Norco #60 is denied. CA MTUS Chronic Pain Guidelines, pages 78-80, 86. No contract exists."
    )
    assert [one.pages for one in request.citations] == [(78, 79, 80, 86)]


def test_what_is_written_after_a_grant_denies_the_others() -> None:
    reading = read_text(
        "They denied my neck surgery (fusion C5-6). They did approve the MRI. They wrote that there"
        " is no evidence of instability on EMG."
    )
    assert [one.treatment for one in reading.requests] == ["cervical fusion"]
    assert reading.certified == ("MRI",)


def test_a_greeting_ends_with_a_dash() -> None:
    (request,) = read_requests("Hi - UR denied Fioricet #60 per MTUS p 23.")
    assert request.quantity is not None
    assert request.quantity.amount == 60


def test_a_physician_who_determines_is_no_history() -> None:
    (request,) = read_requests(
        "Our physician reviewer has determined the following:\nCane: NOT MEDICALLY NECESSARY\n"
        "Rationale\nCane. ODG Knee recommends a cane for arthritis. The X-rays are normal."
    )
    assert [one.guideline for one in request.citations] == ["odg-knee-leg"]
