"""What an assistant asks of an index: tools that answer with plain dicts.

Every answer names the ``build``, gives addresses as a whole, from ``https://`` on, and quotes
sentences verbatim. ``imrsearch mcp`` serves the tools; their docstrings are what assistants read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from imrsearch.api.index import Index
from imrsearch.citations.named_place import named_place
from imrsearch.schema import FACETS
from imrsearch.search.kit.kit import kit_json
from imrsearch.search.results import ResultRow, SearchResult, issue_address
from imrsearch.search.state import SORTS, Choice, SearchState
from imrsearch.search.won_lost import won_lost_json
from imrsearch.system.errors import NotFound, UnknownValue

ToolAnswer = dict[str, Any]


class AssistantTools:
    """Search, case, reasons, guideline and kit over an open index, for one thread."""

    def __init__(self, index: Index) -> None:
        self._index = index
        settings = index.settings
        self._site = settings.site_url or f"http://{settings.host_and_port}"

    def search(
        self,
        query: str = "",
        filters: dict[str, list[str]] | None = None,
        sort: str = "relevance",
        page: int = 1,
    ) -> ToolAnswer:
        """Search the disputed issues of California Independent Medical Review determinations.

        query: words, "phrases", a case number, a guideline citation, or fields such as
        decision:overturned. filters: facets with their values, any of which will do, for example
        {"decision": ["overturned"], "body": ["low back"], "treatment": ["chiropractic"]}; other
        facets: category, guideline, reason, year. sort: relevance, newest, oldest or overturned.
        Ten issues a page. Upheld means that the denial stands, overturned that the treatment was
        approved. A determination binds only its own case.
        """
        choices = tuple(_checked_filters(filters or {}))
        if sort not in SORTS:
            raise UnknownValue(f"There is no sort “{sort}”.", f"There are {', '.join(SORTS)}.")
        if page < 1:
            raise UnknownValue(f"There is no page {page}.", "Pages are counted from 1.")
        state = SearchState(query, choices, sort, page)
        return self._complete(_found_issues(self._index.search_state(self._index.resolved(state))))

    def case(self, case_id: str) -> ToolAnswer:
        """Everything that one determination says: facts, summary, issues with rationale, reasons.

        case_id: such as CM16-0000101. Each issue has its permalink, and `cite`, the citation and
        the sentence that decides it, ready to be quoted.
        """
        case = self._index.case(case_id)
        told: ToolAnswer = msgspec.to_builtins(case)
        del told["evidence"]
        for issue in told["issues"]:
            quoted = self._index.cite(f"{case.case_id}#{issue['number']}")
            issue["url"] = issue_address(case.case_id, issue["number"])
            issue["cite"] = {"sentence": quoted.sentence, "citation": quoted.citation}
        return self._complete(told | {"url": f"/case/{case.case_id}", "build": self._index.build})

    def reasons(self, query: str = "") -> ToolAnswer:
        """What won and what lost among the issues of a search.

        For each criterion: how many overturned issues met it and how many upheld ones lacked it,
        with verbatim sentences and the searches that give the numbers.
        """
        return self._complete(won_lost_json(self._index.won_lost(SearchState(query))))

    def guideline(self, citation: str) -> ToolAnswer:
        """Who cites a guideline, or a page or section of it, and how those issues were decided.

        citation: as printed ("MTUS Chronic Pain Medical Treatment Guidelines, page 58"), in short
        ("MTUS 58", "ODG low back") or as the site writes it (mtus-chronic-pain:58, odg-low-back).
        "ACOEM" and "ODG" stand for all their chapters.
        """
        place = named_place(citation)
        if place is None:
            raise NotFound(
                "No known guideline is cited in these words.",
                "Write it as printed, such as “ACOEM Low Back Complaints, page 303”, or “MTUS 58”.",
            )
        choice = Choice("guideline" if place.is_whole else "cites", str(place))
        is_family = place.is_whole and "-" not in choice.value
        chapters = tuple(self._family_chapters(choice.value)) if is_family else ()
        state = SearchState(choices=chapters or (choice,))
        found = _found_issues(self._index.search_state(state))
        label = FACETS[choice.facet].label(choice.value)
        told = {"guideline": place.guideline, "label": label, "place": str(place)}
        return self._complete(told | found)

    def kit(self, text: str) -> ToolAnswer:
        """Take a denial letter, request for authorization or report apart.

        For each request in dispute: treatment, body parts, amount, the reasons of the denial, how
        often such requests were disputed and overturned, and issues decided each way with verbatim
        sentences. Adverse issues are always among them. Nothing of the text is kept.
        """
        return self._complete(kit_json(self._index.kit(text)))

    def _family_chapters(self, family: str) -> Iterator[Choice]:
        """What any issue cites of a family of guidelines: its chapters, and the family by its own
        name."""
        for one in self._index.facet("guideline", SearchState()).values:
            if one.value.partition("-")[0] == family:
                yield Choice("guideline", one.value)

    def _complete(self, answer: ToolAnswer) -> ToolAnswer:
        told: ToolAnswer = _with_site(answer, self._site)
        return told


def _checked_filters(filters: Mapping[str, list[str]]) -> Iterator[Choice]:
    for name, values in filters.items():
        if name not in FACETS:
            raise UnknownValue(f"There is no filter “{name}”.", f"There are {', '.join(FACETS)}.")
        yield from (Choice(name, value) for value in values)


def _found_issues(result: SearchResult) -> ToolAnswer:
    return {
        "read_as": result.asked,
        "total": result.total,
        "page": result.page,
        "pages": result.pages,
        "outcome": msgspec.to_builtins(result.outcome),
        "issues": [_issue_row(row) for row in result.rows],
        "close": [_issue_row(row) for row in result.close],
        "notes": [{"code": note.code, "message": note.message} for note in result.notes],
        "partial": result.partial,
        "build": result.build,
    }


def _issue_row(row: ResultRow) -> ToolAnswer:
    return {
        "case_id": row.case_id,
        "number": row.number,
        "service": row.service,
        "decision": row.decision,
        "decided": row.decided,
        "url": row.url,
        "quotes": [{"place": one.place, "text": one.text} for one in row.excerpts],
        "reasons": [
            {"criterion": one.criterion, "status": one.status, "sentence": one.evidence}
            for one in row.decision_reasons
        ],
        "citations": [one.text for one in row.citations],
    }


def _with_site(value: Any, site: str) -> Any:  # noqa: ANN401 - anything that JSON can hold
    """The same, the site before every address: ``{"url": "/case/…"}``."""
    if isinstance(value, dict):
        return {
            name: f"{site}{one}"
            if name == "url" and str(one).startswith("/")
            else _with_site(one, site)
            for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_with_site(one, site) for one in value]
    return value
