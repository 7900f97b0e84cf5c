"""Letters for tests, put together from the form's fixed wording and words of our own."""

from __future__ import annotations

FIELDS = """\
Case Number: CM16-0000901
Date Assigned: 12/07/2016 Date of Injury: 10/17/2016
Decision Date: 01/11/2017 UR Denial Date: 11/23/2016
Priority: Standard Application
Received:
12/01/2016
"""

CREDENTIALS = """\
HOW THE IMR FINAL DETERMINATION WAS MADE

MAXIMUS Federal Services sent the complete case file to an expert reviewer.

The Expert Reviewer has the following credentials:
State(s) of Licensure: California, Texas
Certification(s)/Specialty: Occupational Medicine
"""

SUMMARY = """\
CLINICAL CASE SUMMARY

The expert reviewer developed the following clinical case summary based on a review of the
case file, including all medical records:

The injured worker is a 41 year old female who hurt her back on the job on 10-17-2016.
"""

ISSUES = """\
IMR ISSUES, DECISIONS AND RATIONALES

The Final Determination was based on decisions for the disputed items/services set forth below:
"""


def issue(heading: str, rationale: str, *, border: str = "\n\n") -> str:
    """An issue block of eras S and C; ``border`` stands between heading and labels."""
    return (
        f"{heading}{border}"
        "Claims Administrator guideline: Decision based on MTUS Low Back Complaints 2004.\n\n"
        "MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines manual "
        "therapy Page(s): 58-60.\n\n"
        f"Decision rationale: {rationale}\n\n"
    )


def credentials_letter(*issues: str) -> str:
    """A letter of era C."""
    return "\n".join([FIELDS, CREDENTIALS, SUMMARY, ISSUES, *issues])


NOTICE = """\
Notice of Independent Medical Review Determination

Dated: 9/26/2013

Employee:
Claim Number:
Date of UR Decision: 7/16/2013
Date of Injury: 1/28/2012
IMR Application Received: 7/24/2013
MAXIMUS Case Number: CM13-0000902

1) MAXIMUS Federal Services, Inc. has determined the request for twelve pool visits is
not medically necessary and appropriate.
2) MAXIMUS Federal Services, Inc. has determined the request for a back brace is medically
necessary and appropriate.

INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE

1) MAXIMUS Federal Services, Inc. has determined the request for twelve pool visits is
notmedically necessary and appropriate.
2) MAXIMUS Federal Services, Inc. has determined the request for a back brace is medically
necessary and appropriate.

Medical Qualifications of the Expert Reviewer:
The Expert Reviewer who made the decision is Board Certified in Family Practice and is licensed
to practice in California.

Case Summary:
The patient is a 52-year-old man with a back injury of January 28, 2012.

Documents Reviewed:
The application, the denial and the records.

1) Regarding the request for twelve pool visits:
Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make
His/Her Decision
The Claims Administrator based its decision on the Chronic Pain Medical Treatment Guidelines, page
22, part of the MTUS. The Expert Reviewer found the same section relevant.
Rationale for the Decision:
Land exercise has not been tried. The request for twelve pool visits is not medically necessary
and appropriate.

2) Regarding the request for a back brace:
Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make
His/Her Decision
The Claims Administrator based its decision on ACOEM, page 301. The Expert Reviewer relied on the
same page.
Rationale for the Decision:
The brace shortens the acute phase. The request for a back brace is medically necessary and
appropriate.
"""

PROFESSIONAL_REVIEW = """\
MEDICAL PROFESSIONAL REVIEW

ISSUE AT DISPUTE:
Six visits of acupuncture

CASE SUMMARY:
A 38 year old woman with wrist pain.

DOCUMENTS REVIEWED FOR DETERMINATION:
Progress notes.

MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL
REVIEWER AND WHY:
Acupuncture Medical Treatment Guidelines, part of the MTUS.

RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS
NOT MEDICALLY NECESSARY:
Six visits without a trial of three exceed the guideline. It is a MAXIMUS decision.

MEDICAL REVIEWER QUALIFICATIONS:
The reviewer is Board Certified in Acupuncture and is licensed to practice in California.
"""

DOCUMENTS_REVIEWED = """\
MAXIMUS FEDERAL SERVICES, INC.
Independent Medical Review

HOW THE IMR FINAL DETERMINATION WAS MADE
The physician reviewer is Board Certified in Internal Medicine, has a subspecialty in
Rheumatology and is licensed to practice in New York.

DOCUMENTS REVIEWED
The following relevant documents were reviewed.

CLINICAL CASE SUMMARY
The patient is a 60 year old male with knee pain since an injury on 3/4/10.

IMR DECISION(S) AND RATIONALE(S)
The Final Determination was based on decisions for the disputed items/services set forth below:

1. A cane is medically necessary and appropriate.

The Claims Administrator based its decision on the Official Disability Guidelines.

The Physician Reviewer based his/her decision on the MTUS ACOEM Chapter 13 Knee Complaints.

The Physician Reviewer's decision rationale:
The gait is unsafe without one.

2. A power scooter for the home and for
outdoor use is not medically necessary and appropriate.

The Claims Administrator based its decision on the Official Disability Guidelines.

The Physician Reviewer based his/her decision on the Official Disability Guidelines.

The Physician Reviewer's decision rationale:
A cane suffices.
"""
