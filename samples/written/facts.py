"""Cases drawn from the banks of ``words.toml``, and the facts that a reader should find."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

FORMS = (
    "notice",
    "professional-review",
    "documents-reviewed",
    "sentence",
    "credentials",
    "later",
)
"""The forms that letters are written in; ``later`` is the form ``credentials`` from 2018 on."""

_YEARS = {"sentence": 2014, "credentials": 2016, "later": 2019}
_PROSE = ("notice", "professional-review", "documents-reviewed")
_ADOPTED = (
    "found the guidelines used by the Claims Administrator relevant and appropriate.",
    "relied on the same guideline and found it applicable to the issue at dispute.",
    "relied upon the guidelines used by the Claims Administrator.",
)
# What the claims administrator's statement says where it cites nothing, with its basis.
_UNFOUNDED = (
    ("The Claims Administrator did not cite any evidence based criteria for its decision.", "none"),
    ("The Claims Administrator based its decision on a lack of documentation.", None),
)

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """What one side relied on: the printed text, its basis and citations as JSON facts."""

    text: str
    basis: str | None
    citations: list[Facts]


@dataclass(frozen=True, slots=True)
class WrittenIssue:
    """One disputed service; ``rationale`` is a list of paragraphs, lines apart by line ends.

    ``quoted`` holds the facts of what the rationale quotes of a later guideline.
    """

    service: str
    facts: Facts
    upheld: bool
    administrator: WrittenStatement
    reviewer: WrittenStatement
    rationale: tuple[str, ...]
    quoted: Facts
    original: str | None = None
    authorized: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """One case; ``chance`` goes on to lay the letter out."""

    form: str
    case_id: str
    injury: date
    denial: date
    received: date
    assigned: date
    decided: date
    age: int | None
    sex: str
    specialty: str
    specialties: tuple[str, ...]
    subspecialty: str | None
    states: tuple[str, ...]
    summary: str
    issues: tuple[WrittenIssue, ...]
    chance: random.Random


@cache
def bank() -> dict[str, Any]:
    """The words and their facts, as they stand in the file."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def draw(form: str, seed: int) -> WrittenCase:
    """The case of this form and seed: always the same one."""
    chance = random.Random(f"{form} {seed}")
    year = _YEARS.get(form, 2013)
    decided = date(year, 7, 1) + timedelta(chance.randrange(170))
    assigned = decided - timedelta(chance.randrange(15, 50))
    received = assigned - timedelta(chance.randrange(5, 20))
    denial = received - timedelta(chance.randrange(2, 28))
    injury = denial - timedelta(chance.randrange(100, 2000))
    specialty = chance.choice(bank()["specialty"])
    age = chance.choice([None, *range(21, 69)])
    sex = chance.choice(["female", "male"])
    services = chance.sample(bank()["service"], chance.choice([1, 1, 2, 2, 3, 4]))
    if form == "professional-review":
        services = services[:1]
    return WrittenCase(
        form=form,
        case_id=f"CM{year % 100}-00{FORMS.index(form) + 50}{seed:03}",
        injury=injury,
        denial=denial,
        received=received,
        assigned=assigned,
        decided=decided,
        age=age,
        sex=sex,
        specialty=specialty["text"],
        specialties=tuple(specialty.get("facts", [specialty["text"]])),
        subspecialty=specialty.get("sub"),
        states=tuple(chance.sample(bank()["states"]["names"], chance.choice([1, 2]))),
        summary=_summary(chance, age, sex, injury, denial),
        issues=tuple(_issue(chance, form, service, denial) for service in services),
        chance=chance,
    )


def slashed(day: date) -> str:
    """``9/6/2013``."""
    return f"{day.month}/{day.day}/{day.year}"


def spelled(day: date) -> str:
    """``September 6, 2013``."""
    return f"{day:%B} {day.day}, {day.year}"


def _fill(chance: random.Random, text: str, before: date) -> str:
    """The text with numbers and days in place of ``{n}`` and its like."""
    return text.format(
        n=chance.randrange(3, 13),
        m=chance.choice(["six", "eight", "a dozen", "twenty"]),
        p=chance.randrange(5, 60),
        d=chance.choice([20, 35, 40, 50, 60]),
        visit=slashed(before - timedelta(chance.randrange(3, 40))),
        visit2=slashed(before - timedelta(chance.randrange(50, 90))),
        service="{service}",
    )


def _summary(chance: random.Random, age: int | None, sex: str, injury: date, denial: date) -> str:
    words, who = bank()["summary"], bank()["who"]
    introduced = chance.choice(who[sex] if age else who[f"ageless_{sex}"])
    day = chance.choice([slashed, spelled])(injury)
    opening = chance.choice(words["openings"]).format(
        who=introduced.format(age=age),
        injured=day,
        job=chance.choice(words["jobs"]),
        event=chance.choice(words["events"]),
    )
    middles = chance.sample(words["middles"], chance.randrange(3, 8))
    return " ".join([opening, *(_fill(chance, text, denial) for text in middles)])


def _issue(chance: random.Random, form: str, service: dict[str, Any], denial: date) -> WrittenIssue:
    text = service["text"]
    if form not in _PROSE:
        text = text[0].upper() + text[1:]
    upheld = chance.random() < 0.75
    administrator, reviewer = _statements(chance, form)
    if form == "professional-review":
        administrator = WrittenStatement("", None, [])  # this form has no place for it
    original = authorized = None
    if form not in _PROSE and chance.random() < 0.3:
        original = f"{text} with {chance.randrange(2, 6)} refills"
        authorized = f"{text}, one only"
    graded = chance.choice(bank()["later"]) if form == "later" else {}
    return WrittenIssue(
        service=text,
        facts=service["facts"],
        upheld=upheld,
        administrator=administrator,
        reviewer=reviewer,
        rationale=_rationale(
            chance, form, service["text"], denial, upheld=upheld, quoted=graded.get("text")
        ),
        quoted={name: graded.get(name, []) for name in ("recommendations", "formulary")},
        original=original,
        authorized=authorized,
    )


def _rationale(
    chance: random.Random,
    form: str,
    service: str,
    denial: date,
    *,
    upheld: bool,
    quoted: str | None,
) -> tuple[str, ...]:
    words = bank()["rationale"]
    middles = chance.sample(words["middles"], chance.randrange(2, 6))
    middles += [quoted] * bool(quoted)
    body = " ".join(
        _fill(chance, t, denial) for t in [chance.choice(words["beginnings"]), *middles]
    )
    closing = chance.choice(words["upheld" if upheld else "overturned"]).format(service=service)
    if form in ("documents-reviewed", "later") and chance.random() < 0.4:
        mark = chance.choice([".", ")"])
        lines = enumerate(chance.choice(words["lists"]), start=1)
        listed = "\n".join(f"{n}{mark} {_fill(chance, line, denial)}." for n, line in lines)
        return body, listed, closing
    if chance.random() < 0.3:
        return body, closing
    return (f"{body} {closing}",)


def _statements(chance: random.Random, form: str) -> tuple[WrittenStatement, WrittenStatement]:
    if form not in _PROSE:
        return _of_form(chance, form, "claims_administrator"), _of_form(
            chance, form, "reviewer_guideline"
        )
    reviewer = "The Physician Reviewer" if form == "documents-reviewed" else "The Expert Reviewer"
    theirs = _prose(chance, "The Claims Administrator based its decision on")
    way = chance.randrange(4)
    if form == "notice" and way == 0:
        adopted = f"{reviewer} {chance.choice(_ADOPTED)}"
        return theirs, WrittenStatement(adopted, theirs.basis, theirs.citations)
    if form == "notice" and way == 1:
        return _outside(chance, reviewer)
    if form == "documents-reviewed":
        if chance.random() < 0.2:
            said, basis = chance.choice(_UNFOUNDED)
            theirs = WrittenStatement(said, basis, [])
        ours = f"{reviewer} based his/her decision on"
        ways = (_source, _prose_and_source, _silent, _prose)
        return theirs, ways[way](chance, ours)
    return theirs, _prose(chance, f"{reviewer} relied on")


def _outside(chance: random.Random, reviewer: str) -> tuple[WrittenStatement, WrittenStatement]:
    """Neither side used the MTUS, and both say so."""
    verb = chance.choice(["did not use", "did not rely on", "did not base its decision on"])
    part = chance.choice(["section", "part"])
    odg = next(row for row in bank()["prose"] if row["basis"] == "non-mtus")
    return (
        WrittenStatement(f"The Claims Administrator {verb} the MTUS.", "non-mtus", []),
        WrittenStatement(
            f"{reviewer} found no applicable {part} of the MTUS and relied on "
            "the Official Disability Guidelines (ODG), Knee & Leg Chapter.",
            "non-mtus",
            odg["citations"],
        ),
    )


def _prose(chance: random.Random, opening: str) -> WrittenStatement:
    row = chance.choice(bank()["prose"])
    return WrittenStatement(f"{opening} {row['text']}.", row["basis"], row["citations"])


def _source(chance: random.Random, opening: str) -> WrittenStatement:
    row = chance.choice(bank()["source"])
    citation = {"guideline": None, "family": "other", "pages": row["pages"], "text": row["text"]}
    return WrittenStatement(f"{opening} {row['text']}.", "non-mtus", [citation])


def _prose_and_source(chance: random.Random, opening: str) -> WrittenStatement:
    """A guideline, and a source called Non-MTUS behind it."""
    first, second = _prose(chance, opening), _source(chance, "")
    basis = "mtus+non-mtus" if first.basis == "mtus" else "non-mtus"
    text = f"{first.text[:-1]}, and on the Non-MTUS {second.text.lstrip()}"
    return WrittenStatement(text, basis, first.citations + second.citations)


def _silent(chance: random.Random, opening: str) -> WrittenStatement:
    """A guideline outside the MTUS, because the MTUS does not speak of the service."""
    row = chance.choice([row for row in bank()["prose"] if row["basis"] == "non-mtus"])
    said = f"The MTUS does not address the request, so {opening[0].lower()}{opening[1:]}"
    return WrittenStatement(f"{said} {row['text']}.", row["basis"], row["citations"])


def _of_form(chance: random.Random, form: str, side: str) -> WrittenStatement:
    rows = [row for row in bank()["form"][form] if row.get("side", side) == side]
    row = chance.choice(rows)
    return WrittenStatement(row["text"], row["basis"], row["citations"])


# ------------------------------------------------------------------------- what should be found


def expected(case: WrittenCase, *, printed: frozenset[str]) -> Facts:
    """The letter's facts in the shape of ``imrsearch parse --json``, those told by the case.

    ``printed`` names the dates that the letter prints (``forms.Letter.printed``).
    """
    dates = {
        "injury": case.injury,
        "ur_denial": case.denial,
        "received": case.received,
        "assigned": case.assigned,
        "decided": case.decided,
    }
    decisions = {issue.upheld for issue in case.issues}
    outcome = {True: "upheld", False: "overturned"}
    return {
        "case_id": case.case_id,
        "era": "credentials" if case.form == "later" else case.form,
        "outcome": outcome[decisions.pop()] if len(decisions) == 1 else "partly overturned",
        "dates": {n: day.isoformat() if n in printed else None for n, day in dates.items()},
        "reviewer": _expected_reviewer(case),
        "patient": {"age": case.age, "sex": case.sex},
        "summary": case.summary,
        "issues": [_expected_issue(n, issue) for n, issue in enumerate(case.issues, start=1)],
    }


def _expected_reviewer(case: WrittenCase) -> Facts:
    """The credentials list all certificates as equals; a sentence tells a subspecialty apart."""
    specialties, sub = list(case.specialties), [case.subspecialty] * bool(case.subspecialty)
    listed = case.form in ("credentials", "later")
    return {
        "specialties": specialties + sub if listed else specialties,
        "subspecialties": [] if listed else sub,
        "licensed_in": list(case.states),
    }


def _expected_issue(number: int, issue: WrittenIssue) -> Facts:
    return {
        "number": number,
        "service": issue.service,
        "decision": "upheld" if issue.upheld else "overturned",
        "original_request": issue.original,
        "authorized": issue.authorized,
        **issue.facts,
        "claims_administrator": _expected_statement(issue.administrator),
        "reviewer_guideline": _expected_statement(issue.reviewer),
        "rationale": " ".join(issue.rationale),
        **issue.quoted,
    }


def _expected_statement(statement: WrittenStatement) -> Facts:
    return {
        "text": statement.text,
        "basis": statement.basis,
        "citations": statement.citations,
    }


def differing(expectation: object, found: object, path: str = "") -> list[str]:
    """The paths of the expected facts that were found otherwise; texts compare by their words."""
    if isinstance(expectation, dict):
        inner = found if isinstance(found, dict) else {}
        return [
            fault
            for key, value in expectation.items()
            for fault in differing(value, inner.get(key), f"{path}.{key}".strip("."))
        ]
    if isinstance(expectation, list) and expectation and isinstance(expectation[0], dict):
        rows = found if isinstance(found, list) else []
        faults = [
            fault
            for place, value in enumerate(expectation)
            for fault in differing(
                value, rows[place] if place < len(rows) else {}, f"{path}.{place}"
            )
        ]
        return faults + [f"{path}.length"] * (len(rows) != len(expectation))
    same = _plain(expectation) == _plain(found)
    return [] if same else [path]


def count(expectation: object) -> int:
    """How many facts an expectation holds."""
    if isinstance(expectation, dict):
        return sum(map(count, expectation.values()))
    if isinstance(expectation, list) and expectation and isinstance(expectation[0], dict):
        return 1 + sum(map(count, expectation))
    return 1


def _plain(value: object) -> object:
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value
