"""Facts on the page of a case, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from imrsearch.model import (
    Citation,
    Dates,
    DecisionReason,
    Determination,
    Dose,
    GuidelineStatement,
    NotInForce,
    OcrReading,
    Patient,
    Quantity,
    Recommendation,
    Reviewer,
    Span,
)
from imrsearch.search.similar import BothSides
from imrsearch.web.presenters.case import CaseContext, CasePage, Fact, case_page
from tests.search.memory import determination, issue, search
from tests.web.markup import Page, rendered

AROUND = CaseContext("", lambda text, _: Markup.escape(text), {}, "build-1")


def page_of(
    client: FlaskClient, case: Determination, around: CaseContext = AROUND, letter: str = ""
) -> CasePage:
    with client.application.test_request_context():
        return case_page(case, letter, around)


UNSAID = GuidelineStatement("", None, ())


def shown(
    client: FlaskClient,
    case: Determination,
    around: CaseContext = AROUND,
    similar: Mapping[int, BothSides | None] = MappingProxyType({}),
) -> Page:
    """The page that a browser gets."""
    page = page_of(client, case, around)
    return rendered(
        client, "case.html", page=page, case=case, q=around.q, similar=similar, build="build-1"
    )


@pytest.mark.parametrize(
    ("patient", "words"),
    [
        (Patient(sex="female"), "Female"),
        pytest.param(
            Patient(sex="male", sex_inferred=True),
            "Male (inferred from pronouns)",
            id="what no noun tells",
        ),
    ],
)
def test_the_patients_sex(client: FlaskClient, patient: Patient, words: str) -> None:
    case = replace(determination("CM16-0000001", issue(1, "Massage")), patient=patient)
    told = {fact.label: fact.words for fact in page_of(client, case).facts}
    assert told == {"Decided": "Dec 9, 2016", "Patient’s sex": words}


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(12, "visits"), "12 visits"),
        (Quantity(1200, "units"), "1,200 units"),
        pytest.param(Quantity(18, "visits", minimum=12), "12–18 visits", id="a range"),
    ],
)
def test_quantities(client: FlaskClient, quantity: Quantity, words: str) -> None:
    case = determination("CM16-0000001", issue(1, "Massage", quantity=quantity))
    (section,) = page_of(client, case).issues
    assert ("Quantity", words) in [(fact.label, fact.words) for fact in section.facts]


def test_therapies_asked_for_in_one(client: FlaskClient) -> None:
    both = issue(1, "PT/OT", treatment="physical therapy", further_treatments=("massage therapy",))
    (section,) = page_of(client, determination("CM16-0000001", both)).issues
    facts = {fact.label: fact.words for fact in section.facts}
    assert facts["Asked for together with"] == "Massage therapy"


def test_reasons_stand_with_their_sentences(client: FlaskClient) -> None:
    text = "The patient has pain. No red flags were found. Not medically necessary."
    sentence = "No red flags were found."
    span = (text.index(sentence), text.index(sentence) + len(sentence))
    reason = DecisionReason("red-flags", "unmet", sentence, span)
    one = issue(1, "MRI", rationale=text, reasons=(reason,))
    (section,) = page_of(client, determination("CM16-0000001", one)).issues
    (shown,) = section.reasons
    assert (shown.label, shown.sentence) == ("No red flags", sentence)
    assert shown.url == "/search?reason=unmet+red-flags"
    parts = ["".join(piece.text for piece in part) for part, _ in section.rationale]
    assert "".join(parts) == text
    assert [reason for _, reason in section.rationale] == ["", "No red flags", ""]
    assert sentence in section.quotation.quote


def test_no_reason_is_said_to_be_none(client: FlaskClient) -> None:
    (section,) = page_of(client, determination("CM16-0000001", issue(1, "MRI"))).issues
    assert section.reasons == ()
    assert section.rationale == ()


NOT_RECOMMENDED = Recommendation("not recommended", None, "I", None, "Not Recommended, (I)")


def test_an_edition_that_was_not_in_force_is_remarked_with_its_dates(client: FlaskClient) -> None:
    stale = NotInForce(
        "2009", date(2009, 7, 18), date(2016, 7, 27), date(2016, 12, 1), "ur_denial", "DWC's news"
    )
    cited = replace(
        Citation("mtus-chronic-pain", "mtus", "Chronic Pain", None, 2009, (), (), "as printed"),
        not_in_force=stale,
        recommendations=(NOT_RECOMMENDED,),
    )
    statement = GuidelineStatement("as printed", "mtus", (cited,))
    one = issue(1, "MRI", reviewer_guideline=statement)
    (section,) = page_of(client, determination("CM16-0000001", one)).issues
    advice, edition = section.sides[1].citations[0].remarks
    assert advice == "(Not recommended; evidence I (insufficient))"
    assert edition == (
        "(edition 2009 was not in force on the day of the utilization review, Dec 1, 2016: "
        "in force Jul 18, 2009 to Jul 27, 2016; dates from DWC's news)"
    )


def test_advice_that_the_rationale_quotes(client: FlaskClient) -> None:
    one = issue(1, "MRI", recommendations=(NOT_RECOMMENDED,), formulary=("non-exempt",))
    (section,) = page_of(client, determination("CM16-0000001", one)).issues
    (advice,) = section.advice
    assert (advice.label, advice.words) == (
        "Not recommended; evidence I (insufficient)",
        "Not Recommended, (I)",
    )
    assert ("In the MTUS Drug List", "Non-exempt") in [(f.label, f.words) for f in section.facts]


def test_a_scan_is_called_one_and_its_doubtful_facts_are_marked(client: FlaskClient) -> None:
    typed = replace(determination("CM16-0000001", issue(1, "MRI")), patient=Patient(age=40))
    scan = replace(typed, ocr=OcrReading((), ("dates.decided", "issues.1.decision")))
    page = page_of(client, scan)
    assert "text recognition" in page.scan
    doubtful = [
        fact.label for fact in (*page.facts, *page.issues[0].facts) if "doubtful" in fact.words
    ]
    assert doubtful == ["Decided", "Decision"]
    assert page_of(client, typed).scan == ""
    poor = page_of(client, replace(typed, ocr=OcrReading((), poor=True)))
    assert "poor scan" in poor.scan
    assert all("doubtful" in fact.words for fact in poor.facts)


def test_reasons_of_the_denial_stand_as_the_summary_prints_them(client: FlaskClient) -> None:
    """They are sentences of no rationale: no brief can name them, and no search finds them."""
    sentence = "UR denied it as no red flags were noted."
    told = DecisionReason("red-flags", "unmet", sentence, (0, len(sentence)))
    one = issue(1, "MRI", rationale="Upheld.", denial_reasons=(told,))
    case = determination("CM16-0000001", one, summary=sentence)
    (section,) = page_of(client, case).issues
    assert (section.denial_reasons, section.reasons) == (
        (Fact("No red flags", sentence, None),),
        (),
    )
    read = replace(case, evidence={"issues.1.denial_reasons.0": Span(0, 9)})
    (section,) = page_of(client, read).issues
    assert section.denial_reasons[0].url == (
        "/case/CM16-0000001/letter?fact=issues.1.denial_reasons.0#evidence"
    )


def marking(text: str, place: str) -> Markup:
    """Marks "pain", and tells the place where it is asked to."""
    return Markup(str(Markup.escape(text)).replace("pain", f"<mark>pain</mark> [{place}]"))


def test_matches_are_numbered_from_the_top_of_the_page_to_its_end(client: FlaskClient) -> None:
    """And each in its own field: a word bound to the service is none in the rationale."""
    said = GuidelineStatement("ODG pain", None, ())
    one = issue(
        1,
        "pain pump",
        rationale="He was. The pain fell. No pain.",
        claims_administrator=said,
        reviewer_guideline=said,
        reasons=(DecisionReason("red-flags", "unmet", "The pain fell.", (8, 22)),),
    )
    case = determination("CM16-0000001", one, issue(2, "pain, again"), summary="In pain.")
    page = page_of(client, case, replace(AROUND, q="pain", highlight=marking), "The pain letter")
    first, second = page.issues
    marked = [page.summary, first.service, *(side.text for side in first.sides)]
    marked += [*(text for text, _ in first.rationale), second.service, page.whole_letter]
    assert [piece.hit for text in marked for piece in text if piece.hit] == list(range(1, 9))
    places = [str(text[-1].text).partition("[")[2].partition("]")[0] for text in marked]
    assert list(filter(None, places)) == [
        "summary",
        "service",
        "guideline",
        "guideline",
        "rationale",
        "rationale",
        "service",
        "rationale",
    ]
    assert page.hits == 8
    assert [(one.first_hit, one.hits) for one in page.issues] == [(2, 5), (7, 1)]
    assert page.back_url == "/search?q=pain"
    told = shown(client, case, replace(AROUND, q="pain", highlight=marking))
    assert told.text("p", class_="hits") == "7 places match “pain”: go to the first"
    hits = [(one.text, one.attributes["href"]) for one in told.all("a", class_="issue-hits")]
    assert hits == [("5 matches", "#hit-2"), ("1 match", "#hit-7")]
    assert told.links()["Results for “pain”"] == "/search?q=pain"


def test_without_a_search_nothing_leads_back(client: FlaskClient) -> None:
    page = page_of(client, determination("CM16-0000001", issue(1, "MRI")))
    assert (page.back_url, page.hits) == (None, 0)
    assert (page.issues[0].hits, page.issues[0].first_hit) == (0, 1)
    told = shown(client, determination("CM16-0000001", issue(1, "MRI")))
    assert not told.all("p", class_="hits") and not told.all("a", class_="issue-hits")


def test_a_single_issue_needs_no_contents(client: FlaskClient) -> None:
    one, two = issue(1, "MRI"), issue(2, "CT")
    single = shown(client, determination("CM16-0000001", one))
    assert not single.all("h2", id="contents")
    assert single.text("span", class_="case-count") == "1 issue decided"
    both = shown(client, determination("CM16-0000001", one, two))
    assert both.all("h2", id="contents")
    assert both.text("span", class_="case-count") == "2 issues decided"


def test_the_addresses_of_a_case(client: FlaskClient) -> None:
    case = determination("CM16-0000001", issue(1, "MRI"))
    told = shown(client, case)
    assert told.text("h1") == "Case CM16-0000001"
    address = "/case/CM16-0000001"
    assert told.all("link", rel="canonical")[0].attributes["href"] == address
    links = told.links()
    assert [links[name] for name in ("Original file", "Letter as text")] == [
        f"{address}/original",
        f"{address}/letter",
    ]
    assert [links[name] for name in ("Facts as JSON", "RIS", "BibTeX")] == [
        f"{address}.{suffix}" for suffix in ("json", "ris", "bib")
    ]
    assert told.text("p", class_="exhibit") == (
        f"Case CM16-0000001 · http://localhost{address} · index build build-1"
    )
    assert "CM16-0000001.pdf" in told.text("ul", class_="files")
    page = page_of(client, case)
    assert page.permalink == f"http://localhost{address}"
    assert page.issues[0].clip == "CM16-0000001.1"


def test_similar_issues_stand_in_two_columns_as_soon_as_there_is_one(client: FlaskClient) -> None:
    (row,) = search("q=capacity").rows
    cited = [Citation(None, "other", name, None, None, (), (), name) for name in ("Alpha", "Beta")]
    statement = GuidelineStatement("", None, tuple(cited))
    row = replace(row, body_parts=("low back", "neck"), reviewer_guideline=statement)
    bare = replace(row, body_parts=(), decided=None, number=2, reviewer_guideline=UNSAID)
    case = determination("CM16-0000009", issue(1, "MRI"))
    told = shown(client, case, similar={1: BothSides((row, bare), ())})
    heads = [one.text.strip() for one in told.all("h4") if "Nearest" in one.text]
    assert heads == ["Nearest overturned", "Nearest upheld"]
    near = [" ".join(one.text.split()) for one in told.all("li") if "Chiropractic" in one.text]
    assert near == [
        (
            "Chiropractic care 6 visits CM16-0000001, issue 1 · Low back, neck · Dec 9, 2016"
            " Reviewer cites Alpha; Beta"
        ),
        "Chiropractic care 6 visits CM16-0000001, issue 2",
    ]
    assert told.links()["Chiropractic care 6 visits"] == "/case/CM16-0000001#issue-1"
    assert "No issue of this kind was upheld." in told.text("main")
    assert "No issue of this kind was overturned." not in told.text("main")


@pytest.mark.parametrize("side", ["overturned", "upheld"])
def test_one_side_with_a_similar_issue_is_shown_beside_the_other(
    client: FlaskClient, side: str
) -> None:
    (row,) = search("q=capacity").rows
    found = replace(BothSides((), ()), **{side: (row,)})
    told = shown(client, determination("CM16-0000009", issue(1, "MRI")), similar={1: found})
    assert f"Nearest {side}" in told.text("div", class_="similar")


@pytest.mark.parametrize("found", [BothSides((), ()), None])
def test_where_neither_side_has_a_similar_issue_nothing_is_shown(
    client: FlaskClient, found: BothSides | None
) -> None:
    told = shown(client, determination("CM16-0000009", issue(1, "MRI")), similar={1: found})
    assert not told.all("div", class_="similar")


def test_facts_lead_to_where_they_were_read_and_those_that_are_missing_are_named(
    client: FlaskClient,
) -> None:
    """But for what letters seldom tell."""
    case = replace(
        determination("CM16-0000001", issue(1, "MRI")),
        dates=Dates(decided=date(2016, 12, 9), injury=date(2014, 1, 31)),
        priority="expedited",
        patient=Patient(age=40),
        diagnoses=("M54.5", "M54.16"),
        evidence={"dates.injury": Span(1, 2), "diagnoses.0": Span(3, 4)},
    )
    page = page_of(client, case)
    letter = "/case/CM16-0000001/letter?fact="
    assert page.facts == (
        Fact("Decided", "Dec 9, 2016", None),
        Fact("Date of injury", "Jan 31, 2014", f"{letter}dates.injury#evidence"),
        Fact("Priority", "Expedited", None),
        Fact("Patient’s age", "40", None),
        Fact("Diagnosis code", "M54.5, M54.16", f"{letter}diagnoses#evidence"),
    )
    assert page.absent == (
        "Not found in the letter: denied by utilization review, application received,"
        " assigned to the reviewer, reviewer’s specialty, licensed in, patient’s sex."
    )


def test_of_a_letter_that_tells_everything_nothing_is_missing(client: FlaskClient) -> None:
    day = date(2016, 12, 9)
    case = replace(
        determination("CM16-0000001", issue(1, "MRI")),
        dates=Dates(day, day, day, day, day),
        priority="standard",
        reviewer=Reviewer(("Pain Medicine",), (), ("Ohio", "Texas")),
        patient=Patient(40, "male"),
    )
    page = page_of(client, case)
    assert page.absent == ""
    assert ("Licensed in", "Ohio, Texas") in [(fact.label, fact.words) for fact in page.facts]


def test_the_facts_of_an_issue(client: FlaskClient) -> None:
    one = issue(
        1,
        "Norco",
        "overturned",
        category="Pharmaceuticals",
        subcategory="Opioids",
        treatment="hydrocodone/acetaminophen",
        dose=Dose("10/325mg", 10, "mg"),
        body_parts=("low back", "neck"),
        rationale_citations=(
            Citation(None, "other", None, 12, None, (), (), "Chapter 12", chapter_inferred=True),
        ),
    )
    case = determination("CM16-0000001", one)
    around = replace(AROUND, comparisons={1: "same"})
    case = replace(
        case,
        evidence={
            "issues.1.decision": Span(0, 1),
            "issues.1.rationale_citations.0": Span(1, 2),
        },
    )
    (section,) = page_of(client, case, around).issues
    assert section.facts == (
        Fact("Category", "Pharmaceuticals › Opioids", None),
        Fact("Treatment", "Hydrocodone/acetaminophen", None),
        Fact("Body part", "Low back, neck", None),
        Fact("Dose", "10/325mg", None),
    )
    letter = "/case/CM16-0000001/letter?fact=issues.1"
    assert section.decision_url == f"{letter}.decision#evidence"
    (cited,) = section.rationale_citations
    assert cited.url == f"{letter}.rationale_citations.0#evidence"
    assert cited.remarks == ("(chapter concluded from the page)",)
    assert (section.issue, section.verdict.word) == (one, "Overturned")
    assert section.treatment is not None
    assert section.comparison
    assert page_of(client, case).issues[0].comparison == ""
