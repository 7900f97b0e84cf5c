from __future__ import annotations

from dataclasses import replace

import pytest
from markupsafe import Markup

from imrsearch.model import Citation, DecisionReason
from imrsearch.query.notes import Note
from imrsearch.search.results import (
    Chip,
    Excerpt,
    Export,
    Facet,
    FacetValue,
    Reason,
    ReasonRow,
    ReasonSentence,
    ReasonSide,
    row_to_json,
    to_json,
    treatment_url,
)
from tests.search.memory import search


def test_the_json_object() -> None:
    told = to_json(search("q=chiropractic&decision=overturned&not.body=knee&expand=0"))
    assert told["query"] == {
        "q": "chiropractic",
        "read_as": "chiropractic, in all text",
        "filters": {"decision": ["overturned"]},
        "excluded": {"body": ["knee"]},
        "sort": "relevance",
        "group": "",
        "mentions": False,
        "page": 1,
        "pages": 1,
    }
    assert set(told) == {
        "query",
        "total",
        "outcome",
        "results",
        "facets",
        "leading_reasons",
        "notes",
        "match",
        "only_mentioned",
        "close_total",
        "cases",
        "wordings",
        "partial",
        "build",
    }
    assert told["results"][0] == {
        "match": "all",
        "case_id": "CM16-0000001",
        "number": 1,
        "service": "Chiropractic care 6 visits",
        "decision": "overturned",
        "category": "Rehabilitation",
        "subcategory": None,
        "decided": "2016-12-09",
        "url": "/case/CM16-0000001#issue-1",
        "score": 1.0,
        "excerpts": [
            {
                "place": "rationale",
                "text": "Six visits are necessary.",
                "html": "Six visits are necessary.",
            },
            {
                "place": "rationale",
                "text": "Work capacity rose after the first visits.",
                "html": "Work capacity rose after the first visits.",
            },
        ],
        "citations": [],
        "reasons": [
            {"place": "service", "words": "chiropractic", "times": 1},
        ],
        "others": 0,
        "same": [],
        "decision_reasons": [],
    }
    decision = told["facets"][0]
    assert list(decision) == ["name", "label", "more", "values"]
    assert (decision["name"], decision["label"], decision["more"]) == ("decision", "Decision", 0)
    assert decision["values"][0] == {
        "value": "overturned",
        "label": "Overturned: treatment approved",
        "count": 1,
        "overturned": 1,
        "selected": True,
        "url": "/search?expand=0&not.body=knee&q=chiropractic",
    }


def side(label: str, count: int, url: str) -> ReasonSide:
    return ReasonSide(label, count, url, (ReasonSentence("CM16-1", 1, "MRI", "A red flag.", "/"),))


def test_what_is_close_stands_behind_and_says_so() -> None:
    result = search("q=chiropractic&body=neck")
    close = replace(search("q=MRI").rows[0], score=0.123456)
    told = to_json(replace(result, close=(close,), close_total=7))
    assert [(row["service"], row["match"]) for row in told["results"]] == [
        ("Chiropractic care 12 visits", "all"),
        ("Lumbar MRI", "close"),
    ]
    assert told["results"][1]["score"] == 0.1235
    assert (told["total"], told["close_total"]) == (1, 7)


def test_what_is_told_around_the_rows() -> None:
    result = replace(
        search("q=chiropractic"),
        notes=(Note("page", "There is no page 9.", "/search?q=chiropractic"),),
        leading_reasons=(ReasonRow("red-flags", side("met", 2, "/a"), side("no", 1, "/b"), 0, 1),),
        match="most",
        group="case",
        mentions=True,
        cases=2,
        wordings=3,
        only_mentioned=4,
        partial=True,
        page=2,
        pages=5,
    )
    told = to_json(result)
    assert told["notes"] == [
        {
            "code": "page",
            "message": "There is no page 9.",
            "url": "/search?q=chiropractic",
            "link": None,
        }
    ]
    assert told["leading_reasons"] == [
        {
            "criterion": "red-flags",
            "met": {"label": "met", "count": 2, "url": "/a"},
            "unmet": {"label": "no", "count": 1, "url": "/b"},
        }
    ]
    around = ("match", "cases", "wordings", "only_mentioned", "partial", "build")
    assert [told[name] for name in around] == ["most", 2, 3, 4, True, "build-1"]
    query = ("group", "mentions", "page", "pages")
    assert [told["query"][name] for name in query] == ["case", True, 2, 5]
    assert told["outcome"] == {
        "issues": 2,
        "overturned": 1,
        "rate": 0.5,
        "low": pytest.approx(0.0945, abs=1e-4),
        "high": pytest.approx(0.9055, abs=1e-4),
        "collection_rate": 0.25,
        "by_decision": False,
    }


def test_the_facts_of_a_row() -> None:
    cited = Citation(
        "odg-knee", "odg", "ODG", None, 2015, ("MRI",), (3, 4), "ODG, Knee, MRI, p. 3-4"
    )
    row = replace(
        search("q=MRI").rows[0],
        excerpts=(Excerpt("summary", "a < b", Markup("a &lt; <mark>b</mark>")),),
        citations=(cited,),
        reasons=(Reason("service", "mri", 2),),
        decision_reasons=(DecisionReason("red-flags", "unmet", "No red flag.", (0, 12)),),
        others=3,
        same=("CM16-0000009#1",),
        subcategory="Imaging",
    )
    told = row_to_json(row)
    assert told["excerpts"] == [
        {"place": "summary", "text": "a < b", "html": "a &lt; <mark>b</mark>"}
    ]
    assert type(told["excerpts"][0]["html"]) is str  # what is no plain text could not be written
    (citation,) = told["citations"]
    assert (citation["guideline"], citation["sections"], citation["pages"]) == (
        "odg-knee",
        ["MRI"],
        [3, 4],
    )
    assert told["reasons"] == [{"place": "service", "words": "mri", "times": 2}]
    assert told["decision_reasons"] == [
        {
            "criterion": "red-flags",
            "status": "unmet",
            "evidence": "No red flag.",
            "span": [0, 12],
        }
    ]
    assert (told["others"], told["same"], told["subcategory"]) == (3, ["CM16-0000009#1"], "Imaging")


def test_how_many_values_of_a_facet_are_chosen() -> None:
    values = (FacetValue(str(n), "", 1, 0, n > 1, "/") for n in range(4))
    assert Facet("body", "Body part", tuple(values)).selected == 2


@pytest.mark.parametrize(("partial", "found"), [(False, "12"), (True, "at least 12")])
def test_how_many_an_export_found(partial: bool, found: str) -> None:
    assert Export((), "q", "/search?q=q", "q", 12, 10, "build-1", partial).found == found


def test_a_notebook_shows_the_result() -> None:
    result = search("q=chiropractic+gain")
    one, two = (Excerpt("rationale", "No.", Markup(f"No <mark>{word}</mark>.")) for word in "ab")
    row = replace(result.rows[0], service="Care & more", excerpts=(one, two), decided=None)
    other = replace(row, excerpts=(), decided="2016-12-09")
    notes = (Note("page", "It is < 9."), Note("page", "It is 8."))
    shown = replace(result, rows=(row, other), notes=notes, page=2, pages=5)
    begin = "<tr><td>CM16-0000002 #1</td>"
    end = "<td>Upheld: treatment denied</td><td><b>Care &amp; more</b>"
    assert shown._repr_html_() == (
        "<p><b>1 issue, 0 overturned</b><br>Read as "
        f"{result.read_as}</p><ul><li>It is &lt; 9.</li><li>It is 8.</li></ul>"
        "<table><thead><tr><th>Case</th><th>Decided</th><th>Decision</th>"
        "<th>Service and excerpts</th></tr></thead>"
        f"<tbody>{begin}<td></td>{end}<br>rationale: No <mark>a</mark>."
        "<br>rationale: No <mark>b</mark>.</td></tr>"
        f"{begin}<td>2016-12-09</td>{end}</td></tr></tbody></table>"
        "<p>Page 2 of 5</p>"
    )


def test_filters_stand_behind_how_the_words_were_read() -> None:
    chips = (Chip("Body part: Knee", "/a"), Chip("Year: not 2013", "/b"))
    result = replace(search("q=knee"), read_as="knee, in all text", chips=chips)
    assert result.asked == "knee, in all text, Body part: Knee, Year: not 2013"
    assert "Read as knee, in all text, Body part: Knee" in result._repr_html_()


def test_an_empty_result_in_a_notebook_says_so() -> None:
    shown = replace(search("q=wheelchair"), notes=())._repr_html_()
    assert "0 issues" in shown
    assert "overturned" not in shown
    assert "</p><table>" in shown


def test_nothing_in_a_letter_or_a_search_is_markup_in_a_notebook() -> None:
    result = search("q=knee")
    payload = "<script>alert('x')</script>"
    hostile = replace(
        result.rows[0],
        service=payload,
        case_id=payload,
        decision_label=payload,
        decided=payload,
        excerpts=(Excerpt(payload, "", Markup()),),
    )
    notes = (Note("page", payload),)
    shown = replace(result, rows=(hostile,), read_as=payload, notes=notes)._repr_html_()
    assert "<script" not in shown
    assert shown.count("&lt;script&gt;") == 7


def test_the_page_of_a_treatment() -> None:
    assert treatment_url("hydrocodone/acetaminophen") == "/treatments/hydrocodone-acetaminophen"
