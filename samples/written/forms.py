"""A case in the form of its era: paragraphs, whose own line ends are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from samples.written.facts import Facts, WrittenCase, WrittenIssue, expected, slashed, spelled

_LETTERHEAD = "MAXIMUS FEDERAL SERVICES, INC.\nIndependent Medical Review"
_GUIDELINE_HEADINGS = (
    (
        "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer "
        "to Make His/Her Decision"
    ),
    "Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer to Make His/Her Decision",
)
_ALL_DATES = frozenset({"injury", "ur_denial", "received", "assigned", "decided"})
_NEUTRAL = (
    "He/she has no affiliation with the employer, employee, providers or the claims administrator."
)
_SELECTED = (
    "He/she was selected based on his/her clinical experience, education, background, and "
    "expertise "
    "in the same or similar specialties that evaluate and/or treat the medical condition and "
    "disputed "
    "items/services."
)
_SUMMARY = (
    "The expert reviewer developed the following clinical case summary based on a review of "
    "the case "
    "file, including all medical records:"
)
_SET_FORTH = (
    "The Final Determination was based on decisions for the disputed items/services set forth "
    "below:"
)
_DOCUMENTS = (
    "The following relevant documents received from the interested parties and the documents "
    "provided "
    "with the application were reviewed and considered: Application of Independent Medical Review; "
    "Utilization Review Determination; Medical Records from Claims Administrator."
)
_CLOSING = (
    "Effect of the Decision:",
    (
        "The determination of MAXIMUS Federal Services and its physician reviewer is deemed "
        "to be the "
        "final determination of the Administrative Director, Division of Workers' "
        "Compensation. With "
        "respect to the medical necessity of the treatment in dispute, this determination is "
        "binding on "
        "all parties."
    ),
    (
        "In accordance with California Labor Code Section 4610.6(h), a party may appeal this final "
        "determination. The determination will be reviewed only by a verified appeal filed "
        "with the "
        "Workers' Compensation Appeals Board within 30 days of the mailing of this notice."
    ),
    "Sincerely,",
    "Medical Director",
    "cc: Department of Industrial Relations, Division of Workers' Compensation",
    (
        "Disclaimer: MAXIMUS is providing an independent review service under contract with "
        "the California "
        "Department of Industrial Relations. MAXIMUS is not engaged in the practice of law or "
        "medicine."
    ),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be printed, and what a reader should find in it."""

    name: str
    paragraphs: tuple[str, ...]
    expectation: Facts


def lay_out(case: WrittenCase) -> Letter:
    """The case in the form of its era."""
    forms = {
        "notice": _notice,
        "professional-review": _professional_review,
        "documents-reviewed": _documents_reviewed,
        "sentence": _sentence,
        "credentials": _credentials,
        "later": _credentials,
    }
    printed, paragraphs = forms[case.form](case)
    return Letter(f"{case.case_id}.txt", tuple(paragraphs), expected(case, printed=printed))


_Form = tuple[frozenset[str], list[str]]


def _notice(case: WrittenCase) -> _Form:
    headed = case.chance.random() < 0.5
    told = _ALL_DATES
    guideline_heading = case.chance.choice(_GUIDELINE_HEADINGS)
    letterhead = [_LETTERHEAD] * (case.chance.random() < 0.5)
    head = [
        *letterhead,
        "Notice of Independent Medical Review Determination",
        f"Dated: {slashed(case.decided)}",
    ]
    if headed:
        head.append(_notice_fields(case))
    listed = [
        f"{number}) MAXIMUS Federal Services, Inc. has determined the request for {issue.service} "
        f"{_verdict(case, issue)}"
        for number, issue in enumerate(case.issues, start=1)
    ]
    filed = (
        f"An application for Independent Medical Review was filed on {slashed(case.received)} "
        "disputing "
        f"the Utilization Review Denial dated {slashed(case.denial)}. A Notice of Assignment "
        "and Request "
        f"for Information was provided to the above parties on {slashed(case.assigned)}. A "
        "decision has "
        "been made for each of the treatment and/or services that were in dispute:"
    )
    paragraphs = [
        *head,
        *listed,
        "INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE",
        filed,
        *listed,
        "Medical Qualifications of the Expert Reviewer:",
        (
            "The independent Medical Doctor who made the decision has no affiliation with "
            "the employer, "
            "employee, providers or the claims administrator. "
            f"{_described(case, 'physician reviewer')} The "
            "Expert Reviewer was selected based on clinical experience."
        ),
        case.chance.choice(["Case Summary:", "Expert Reviewer Case Summary:"]),
        *_quoted_summary(case),
        "Documents Reviewed for Determination:",
        _DOCUMENTS,
    ]
    for number, issue in enumerate(case.issues, start=1):
        paragraphs += _notice_issue(number, issue, guideline_heading)
    return told, [*paragraphs, *_CLOSING]


def _notice_fields(case: WrittenCase) -> str:
    return (
        "Employee:\nClaim Number:\n"
        f"Date of UR Decision: {slashed(case.denial)}\n"
        f"Date of Injury: {slashed(case.injury)}\n"
        f"IMR Application Received: {slashed(case.received)}\n"
        f"MAXIMUS Case Number: {case.case_id}"
    )


def _verdict(case: WrittenCase, issue: WrittenIssue) -> str:
    negative = case.chance.choice(["not ", "not ", "not"]) if issue.upheld else ""
    return f"is {negative}medically necessary and appropriate."


def _described(case: WrittenCase, reviewer: str) -> str:
    gap = case.chance.choice([" ", " ", ""])
    sub = f", has a subspecialty in {case.subspecialty}" if case.subspecialty else ""
    states = case.chance.choice([" & ", " and "]).join(case.states)
    return (
        f"The {reviewer} is Board Certified in {case.specialty}{sub} and is licensed to practice "
        f"in{gap}{states}."
    )


def _quoted_summary(case: WrittenCase) -> list[str]:
    if case.chance.random() < 0.3:
        return [case.summary]
    day = case.chance.choice([slashed, spelled])(case.denial)
    quotes = case.chance.choice(['""', "“”"])
    return [
        (
            "Disclaimer: The following case summary was taken directly from the utilization review "
            f"denial/modification dated {day}."
        ),
        f"{quotes[0]}{case.summary}{quotes[1]}",
    ]


def _notice_issue(number: int, issue: WrittenIssue, guideline_heading: str) -> list[str]:
    return [
        f"{number}) Regarding the request for {issue.service}:",
        guideline_heading,
        f"{issue.administrator.text} {issue.reviewer.text}",
        "Rationale for the Decision:",
        *issue.rationale,
    ]


def _professional_review(case: WrittenCase) -> _Form:
    (issue,) = case.issues
    necessary = "NOT MEDICALLY" if issue.upheld else "MEDICALLY"
    return frozenset({"injury", "decided", "ur_denial"}), [
        "MEDICAL PROFESSIONAL REVIEW",
        (
            f"Case Number: {case.case_id}\nDate of Injury: {slashed(case.injury)}\n"
            f"UR Denial Date: {slashed(case.denial)}\nDecision Date: {slashed(case.decided)}"
        ),
        "ISSUE AT DISPUTE:",
        issue.service,
        "CASE SUMMARY:",
        case.summary,
        "DOCUMENTS REVIEWED FOR DETERMINATION:",
        "Application; denial; progress notes of the treating physician.",
        "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:",
        issue.reviewer.text,
        f"RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS {necessary} NECESSARY:",
        *issue.rationale,
        "MEDICAL REVIEWER QUALIFICATIONS:",
        f"{_described(case, 'reviewer')} The reviewer is in active clinical practice.",
    ]


def _documents_reviewed(case: WrittenCase) -> _Form:
    printed, head = frozenset({"injury"}), []
    if case.chance.random() < 0.5:
        printed = frozenset({"injury", "decided", "ur_denial", "received"})
        head = [f"Dated: {slashed(case.decided)}", _notice_fields(case)]
    paragraphs = [
        _LETTERHEAD,
        *head,
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        (
            "MAXIMUS Federal Services sent the complete case file to a physician reviewer. "
            f"{_NEUTRAL} "
            f"{_described(case, 'physician reviewer')} {_SELECTED}"
        ),
        "DOCUMENTS REVIEWED",
        _DOCUMENTS,
        "CLINICAL CASE SUMMARY",
        case.summary,
        "IMR DECISION(S) AND RATIONALE(S)",
        _SET_FORTH,
    ]
    for number, issue in enumerate(case.issues, start=1):
        paragraphs += [
            f"{number}. {issue.service} {_verdict(case, issue)}",
            issue.administrator.text,
            issue.reviewer.text,
            f"The Physician Reviewer's decision rationale: {issue.rationale[0]}",
            *issue.rationale[1:],
        ]
    return printed, paragraphs


def _sentence(case: WrittenCase) -> _Form:
    return frozenset({"injury"}), [
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        (
            "MAXIMUS Federal Services sent the complete case file to a physician reviewer. "
            f"{_NEUTRAL} "
            f"{_described(case, 'physician reviewer')} {_SELECTED}"
        ),
        *_summary_and_issues(case),
    ]


def _credentials(case: WrittenCase) -> _Form:
    def day(value: str) -> str:
        return f"{getattr(case, value):%m/%d/%Y}"

    fields = (
        f"Case Number: {case.case_id}\n"
        f"Date Assigned: {day('assigned')} Date of Injury: {day('injury')}\n"
        f"Decision Date: {day('decided')} UR Denial Date: {day('denial')}\n"
        f"Priority: Standard Application\nReceived:\n{day('received')}"
    )
    sub = f", {case.subspecialty}" if case.subspecialty else ""
    return _ALL_DATES, [
        fields,
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        (
            "MAXIMUS Federal Services sent the complete case file to an expert reviewer. "
            f"{_NEUTRAL} "
            f"{_SELECTED}"
        ),
        (
            "The Expert Reviewer has the following credentials:\n"
            f"State(s) of Licensure: {', '.join(case.states)}\n"
            f"Certification(s)/Specialty: {case.specialty}{sub}"
        ),
        *_summary_and_issues(case),
    ]


def _summary_and_issues(case: WrittenCase) -> Iterator[str]:
    yield from ("CLINICAL CASE SUMMARY", _SUMMARY, case.summary)
    yield from ("IMR ISSUES, DECISIONS AND RATIONALES", _SET_FORTH)
    for issue in case.issues:
        yield f"{_heading(case, issue)}: {'Upheld' if issue.upheld else 'Overturned'}"
        yield f"Claims Administrator guideline: {issue.administrator.text}"
        yield f"MAXIMUS guideline: {issue.reviewer.text}"
        yield f"Decision rationale: {issue.rationale[0]}"
        yield from issue.rationale[1:]


def _heading(case: WrittenCase, issue: WrittenIssue) -> str:
    if issue.original is None:
        return issue.service
    return (
        f"{issue.original} was the original request. {issue.authorized} was authorized by the "
        "Claims "
        "Administrator. The remaining IMR eligible portion of the original request, "
        f"{issue.service} is"
    )
