"""What an assistant is answered, as plain dicts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from imrsearch.api.index import Index, open_index
from imrsearch.api.tools import AssistantTools
from imrsearch.system.errors import NotFound, UnknownValue
from imrsearch.system.settings import Settings

SITE = "https://imr.example"


@pytest.fixture(scope="module")
def index(sample_index: Settings) -> Iterator[Index]:
    with open_index(sample_index.index, site_url=SITE) as opened:
        yield opened


@pytest.fixture(scope="module")
def tools(index: Index) -> AssistantTools:
    return AssistantTools(index)


def test_a_search_answers_with_its_page_of_issues(index: Index, tools: AssistantTools) -> None:
    found = tools.search("chiropractic", {"decision": ["overturned"]}, sort="oldest")
    same = index.search("chiropractic", decision="overturned", sort="oldest")
    told = {name: found[name] for name in ("read_as", "total", "page", "pages", "partial", "build")}
    assert told == {
        "read_as": same.asked,
        "total": same.total,
        "page": 1,
        "pages": 1,
        "partial": False,
        "build": index.build,
    }
    assert found["outcome"]["overturned"] == same.total
    assert [one["code"] for one in found["notes"]] == [note.code for note in same.notes]
    assert [(one["case_id"], one["number"]) for one in found["issues"]] == [
        (row.case_id, row.number) for row in same.rows
    ]
    assert [one["case_id"] for one in found["close"]] == [row.case_id for row in same.close]
    assert json.loads(json.dumps(found)) == found


def test_an_issue_comes_with_its_quotes_reasons_and_citations(
    index: Index, tools: AssistantTools
) -> None:
    (issue,) = tools.search("CM16-0000101", {"treatment": ["chiropractic"]})["issues"]
    case = index.case("CM16-0000101")
    one = case.issues[0]
    quotes, reasons = issue.pop("quotes"), issue.pop("reasons")
    assert issue == {
        "case_id": "CM16-0000101",
        "number": 1,
        "service": one.service,
        "decision": "overturned",
        "decided": str(case.dates.decided),
        "url": f"{SITE}/case/CM16-0000101#issue-1",
        "citations": [each.text for each in one.reviewer_guideline.citations],
    }
    assert {quote["place"] for quote in quotes} <= {"rationale", "summary"}
    assert quotes[0]["text"] in " ".join(one.rationale.split())
    assert reasons == [
        {"criterion": each.criterion, "status": each.status, "sentence": each.evidence}
        for each in one.reasons
    ]


def test_the_second_page_begins_where_the_first_ends(tools: AssistantTools) -> None:
    first, second = (tools.search("", page=page)["issues"] for page in (1, 2))
    assert len(first) == len(second) == 10
    assert not {str(one) for one in first} & {str(one) for one in second}


def test_a_case_has_no_evidence_but_addresses(tools: AssistantTools) -> None:
    case = tools.case("cm16-0000101")
    assert "evidence" not in case
    assert case["url"] == f"{SITE}/case/CM16-0000101"
    assert [issue["url"] for issue in case["issues"]] == [
        f"{SITE}/case/CM16-0000101#issue-{number}" for number in (1, 2)
    ]


def test_without_a_site_addresses_are_those_of_this_machine(index: Index) -> None:
    settings = replace(index.settings, site_url="", host="127.0.0.1", port=8123)
    with Index(settings) as opened:
        case = AssistantTools(opened).case("CM16-0000101")
    assert case["url"] == "http://127.0.0.1:8123/case/CM16-0000101"


def test_a_family_of_guidelines_is_read_as_its_chapters(tools: AssistantTools) -> None:
    """The family too was searched for, with a note that it is “more than one value”."""
    found = tools.guideline("ODG")
    assert (found["guideline"], found["label"]) == ("odg", "Official Disability Guidelines")
    assert found["notes"] == []
    assert "Low Back (ODG)" in found["read_as"]
    assert "Official Disability Guidelines" not in found["read_as"]


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        pytest.param("acoem:303", "acoem:303", id="a page of a family"),
        pytest.param("odg-low-back", "odg-low-back", id="one chapter"),
    ],
)
def test_a_page_or_chapter_is_no_family(tools: AssistantTools, citation: str, place: str) -> None:
    found = tools.guideline(citation)
    assert found["place"] == place
    assert found["total"]
    assert found["read_as"].count("cited: ") == 1


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        ({"filters": {"colour": ["red"]}}, "There is no filter “colour”.", "There are decision, "),
        ({"sort": "best"}, "There is no sort “best”.", "There are relevance, newest, "),
        ({"page": 0}, "There is no page 0.", "Pages are counted from 1."),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(
    tools: AssistantTools, options: dict[str, object], message: str, hint: str
) -> None:
    with pytest.raises(UnknownValue) as refused:
        tools.search("mri", **options)  # type: ignore[arg-type]  # whatever an assistant sends
    assert str(refused.value) == message
    assert (refused.value.hint or "").startswith(hint)


def test_words_that_cite_nothing_are_answered_by_how_to_cite(tools: AssistantTools) -> None:
    with pytest.raises(NotFound, match="No known guideline") as refused:
        tools.guideline("the phone book")
    assert "“MTUS 58”" in (refused.value.hint or "")
