from __future__ import annotations

from imrsearch.search.results import to_json
from tests.search.memory import (
    search,
)


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
    assert (decision["name"], decision["label"]) == ("decision", "Decision")
    assert decision["values"][0] == {
        "value": "overturned",
        "label": "Overturned: treatment approved",
        "count": 1,
        "overturned": 1,
        "selected": True,
        "url": "/search?expand=0&not.body=knee&q=chiropractic",
    }
