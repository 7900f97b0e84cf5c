"""An index in memory that answers by looking at every document: the yardstick for the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from imrsearch.catalogue.services import named_treatments
from imrsearch.engines.base import (
    Hit,
    IndexSearcher,
    SearchRequest,
    SearchResponse,
    Suggestion,
    suggestions,
)
from imrsearch.model import (
    Dates,
    Determination,
    GuidelineStatement,
    Issue,
    IssueId,
    Patient,
    Reviewer,
)
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    MatchAll,
    MatchNone,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
)
from imrsearch.schema import TEXT_FIELDS, FacetCount, IssueDocument
from imrsearch.search.matches import find_matches
from imrsearch.search.results import SearchResult
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.system.errors import NotFound
from imrsearch.system.settings import load_settings
from imrsearch.text.words import words


def matches(query: Query, document: IssueDocument) -> bool:
    match query:
        case MatchAll():
            return True
        case MatchNone():
            return False
        case Term() | Phrase() | Prefix():
            fields = query.fields or tuple(TEXT_FIELDS)
            return any(find_matches(document.texts.get(f, ""), [query]) for f in fields)
        case FieldEquals(field, value):
            return value in document.values.get(field, ())
        case FieldMissing(field):
            return not document.values.get(field)
        case Range(field, low, high):
            number = document.numbers.get(field)
            return number is not None and (low or 0) <= number <= (high or 10**9)
        case And(parts):
            return all(matches(part, document) for part in parts)
        case Or(parts) | DisMax(parts):
            return any(matches(part, document) for part in parts)
        case MinShouldMatch(parts, count):
            return sum(matches(part, document) for part in parts) >= count
        case Boost(part) | ConstantScore(part) | Boosted(part):
            return matches(part, document)
        case Filtered(part, narrowing):
            return matches(part, document) and matches(narrowing, document)
        case Not(part):
            return not matches(part, document)
    raise TypeError(query)


class MemoryIndex:
    """The engine contract, brute force."""

    def __init__(self, documents: Iterable[IssueDocument], timed_out: bool = False) -> None:
        self._documents = list(documents)
        self._timed_out = timed_out
        self.requests: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchResponse:
        self.requests.append(request)
        matched = self._found(request.query)
        found = _narrowed(matched, request)
        ranked = sorted(found, key=lambda d: d.numbers.get("decided", 0), reverse=True)
        shown = ranked if request.sort == "newest" else found
        hits = shown[request.offset : request.offset + request.limit]
        return SearchResponse(
            hits=tuple(Hit(document.id, 1.0) for document in hits),
            total=len(found),
            overturned=sum(map(_overturned, found)),
            facets={
                name: _table(name, _narrowed(matched, request, name)) for name in request.facets
            },
            beside=tuple(len(_narrowed(self._found(q), request)) for q in request.beside),
            timed_out=self._timed_out,
        )

    def _found(self, query: Query) -> list[IssueDocument]:
        return [document for document in self._documents if matches(query, document)]

    def suggest(self, start: str, limit: int | None = None) -> tuple[Suggestion, ...]:
        held = [
            set(words(text)) for document in self._documents for text in document.texts.values()
        ]
        counts = Counter(word for some in held for word in some if word.startswith(start))
        return suggestions(counts, limit)

    def frequency(self, word: str) -> int:
        return max(
            sum(word in words(document.texts.get(field, "")) for document in self._documents)
            for field in TEXT_FIELDS
        )

    def count(self, query: Query | None = None, seconds: float | None = None) -> int:
        return len(self._documents if query is None else self._found(query))

    def counts(self, queries: Sequence[Query], seconds: float | None = None) -> tuple[int, ...]:
        return tuple(self.count(query, seconds) for query in queries)

    def cases(self) -> int:
        return len({case for one in self._documents for case in one.values.get("case", ())})

    def sample(self, size: int) -> tuple[str, ...]:
        return tuple(one.id for one in self._documents[:size])

    def health(self) -> str:
        return "green"

    def close(self) -> None: ...


def _narrowed(
    documents: Sequence[IssueDocument], request: SearchRequest, without: str = ""
) -> list[IssueDocument]:
    filters = And(tuple(f.query for f in request.filters if f.facet != without))
    return [document for document in documents if matches(filters, document)]


def _overturned(document: IssueDocument) -> bool:
    return "overturned" in document.values.get("decision", ())


def _table(name: str, documents: Sequence[IssueDocument]) -> tuple[FacetCount, ...]:
    counts: Counter[str | None] = Counter()
    overturned: Counter[str | None] = Counter()
    for document in documents:
        for value in document.values.get(name, ()) or (None,):
            counts[value] += 1
            overturned[value] += _overturned(document)
    rows = (FacetCount(value, n, overturned[value]) for value, n in counts.items())
    return tuple(sorted(rows, key=lambda row: (-row.count, row.value is None, row.value or "")))


@dataclass(frozen=True)
class MemoryBuild:
    """A build: any index will do."""

    id: str
    index: IndexSearcher
    note: str | None = None


class MemoryBuilds:
    def __init__(self, index: IndexSearcher, name: str = "build-1") -> None:
        self.build = MemoryBuild(name, index)

    def current(self) -> MemoryBuild:
        return self.build


@dataclass(frozen=True)
class MemoryLetter:
    text: str


class MemoryLetters:
    """A collection in memory."""

    def __init__(
        self, determinations: Iterable[Determination], texts: dict[str, str] | None = None
    ) -> None:
        self.known = {determination.case_id: determination for determination in determinations}
        self._texts = texts or {}

    def determinations(self, case_ids: Iterable[str]) -> dict[str, Determination]:
        return {case_id: self.known[case_id] for case_id in case_ids if case_id in self.known}

    def with_issues(self, ids: Iterable[IssueId]) -> dict[str, Determination]:
        return self.determinations(dict.fromkeys(one.case_id for one in ids))

    def letter(self, case_id: str) -> MemoryLetter:
        if case_id not in self._texts:
            raise NotFound(case_id)
        return MemoryLetter(self._texts[case_id])


def issue(number: int, service: str, decision: str | None = "upheld", **facts: object) -> Issue:
    """An issue of the tests' own; ``facts`` overrides any of its fields."""
    fields: dict[str, object] = {
        "number": number,
        "heading": service,
        "service": service,
        "decision": decision,
        "original_request": None,
        "authorized": None,
        "flags": (),
        "category": None,
        "subcategory": None,
        "treatment": None,
        "body_parts": (),
        "quantity": None,
        "claims_administrator": GuidelineStatement("", None, ()),
        "reviewer_guideline": GuidelineStatement("", None, ()),
        "rationale": "",
    }
    return Issue(**{**fields, **facts})  # type: ignore[arg-type]


def determination(
    case_id: str, *issues: Issue, decided: date | None = date(2016, 12, 9), summary: str = ""
) -> Determination:
    """A determination of the tests' own."""
    return Determination(
        case_id=case_id,
        file=f"{case_id}.pdf",
        era="credentials",
        outcome=None,
        dates=Dates(decided=decided),
        priority=None,
        reviewer=Reviewer(),
        patient=Patient(),
        summary=summary,
        issues=issues,
        warnings=(),
    )


def documents(determinations: Iterable[Determination]) -> list[IssueDocument]:
    """The issues as an engine sees them, as far as the tests need."""
    return [
        IssueDocument(
            id=f"{case.case_id}#{one.number}",
            texts={"service": one.service, "rationale": one.rationale, "summary": case.summary},
            values={
                "case": (case.case_id,),
                "decision": (one.decision,) if one.decision else (),
                "category": (one.category,) if one.category else (),
                "subcategory": (f"{one.category} > {one.subcategory}",) if one.subcategory else (),
                "disputes": named_treatments(one.service),
                "body": one.body_parts,
                "flag": one.flags,
                "ur": (one.ur_action,) if one.ur_action else (),
                "year": (str(case.dates.decided.year),) if case.dates.decided else (),
            },
            numbers={"year": case.dates.decided.year} if case.dates.decided else {},
        )
        for case in determinations
        for one in case.issues
    ]


CASES = [
    determination(
        "CM16-0000001",
        issue(
            1,
            "Chiropractic care 6 visits",
            "overturned",
            category="Rehabilitation",
            body_parts=("low back",),
            rationale="Work capacity rose after the first visits. Six visits are necessary.",
        ),
        issue(2, "Lumbar MRI", category="Diagnostic Testing", rationale="No red flag was seen."),
        summary="A cook slipped on a wet floor.",
    ),
    determination(
        "CM16-0000002",
        issue(
            1,
            "Chiropractic care 12 visits",
            category="Rehabilitation",
            body_parts=("neck", "low back"),
            rationale="No gain was seen after eight visits. The request is not supported.",
        ),
        decided=date(2014, 3, 1),
    ),
    determination(
        "CM16-0000003",
        issue(1, "Knee brace <hinged>", "modified", category="DMEPOS", body_parts=("knee",)),
        decided=None,
    ),
]


def service(
    cases: Iterable[Determination] = CASES, timed_out: bool = False, **given_settings: int
) -> SearchService:
    """A search service over cases in memory."""
    cases = list(cases)
    builds = MemoryBuilds(MemoryIndex(documents(cases), timed_out))
    return SearchService(MemoryLetters(cases), builds, load_settings({}, **given_settings))


def search(url: str) -> SearchResult:
    """What the address finds in ``CASES``."""
    return service().search(SearchState.from_url(url))
