"""Checks that an index agrees with the collection, before a new build is published.

Counts are compared, each decision is searched for, and sample cases are looked up in both. This
takes well under a second for a million issues.
"""

from __future__ import annotations

from collections.abc import Iterator

from imrsearch.engines.base import IndexSearcher, SearchRequest, SearchResponse
from imrsearch.model import OVERTURNED, UPHELD, WHOLE_LETTER, IssueId
from imrsearch.query.tree import And, FieldEquals, FieldMissing, MatchAll, Phrase, Query, Term
from imrsearch.storage.collection.store import Collection
from imrsearch.system.errors import DamagedBuild, NotFound
from imrsearch.text.quantities import count
from imrsearch.text.words import words

_SAMPLED = 8
_PHRASE = 4


def check_against_collection(index: IndexSearcher, collection: Collection) -> None:
    """Raises DamagedBuild, with the difference, if the index and the collection disagree."""
    answer = index.search(SearchRequest(MatchAll(), facets=("decision",), limit=0))
    _require_counts(index, answer, collection)
    _require_sums(index, answer)
    # An update appends its documents, and the last one is among those sampled.
    for document in index.sample(_SAMPLED):
        _require_case(index, collection, IssueId.parse(document).case_id, document)


def _require_counts(index: IndexSearcher, answer: SearchResponse, collection: Collection) -> None:
    """Raises DamagedBuild unless the answer to a search for everything, and the index's number of
    cases, are what the collection promises."""
    held = {row.value: row.count for row in answer.facets["decision"]}
    promised = collection.promised()
    for what, found, expected in (
        ("issue", answer.total, promised.documents),
        ("letter", index.cases(), promised.letters),
        ("upheld issue", held.get(UPHELD, 0), promised.upheld),
        ("overturned issue", held.get(OVERTURNED, 0), promised.overturned),
    ):
        if found != expected:
            raise _differs(f"it holds {count(found, what)}, the collection {expected:,}")


def _require_sums(index: IndexSearcher, answer: SearchResponse) -> None:
    """Raises DamagedBuild unless a search for each decision finds its count in the facet, and the
    counts add up to all issues."""
    for row in answer.facets["decision"]:
        value = row.value
        query = FieldMissing("decision") if value is None else FieldEquals("decision", value)
        if index.count(query) != row.count:
            raise _differs(f"its issues with decision {value} are not those of its table")
    if sum(row.count for row in answer.facets["decision"]) != answer.total:
        raise _differs("its decisions do not add up to its issues")


def _require_case(
    index: IndexSearcher, collection: Collection, case_id: str, document: str
) -> None:
    """Raises DamagedBuild unless the collection holds the case and the index finds its documents
    by case, and the sampled one by its own words."""
    try:
        determination = collection.determination(case_id)
    except NotFound as error:
        raise _differs(f"the collection does not hold its case {case_id}") from error
    texts = {issue.number: issue.rationale for issue in determination.issues} or {
        WHOLE_LETTER: collection.letter(case_id).text
    }
    case = FieldEquals("case", case_id)
    if _ids_found(index, case) != {str(IssueId(case_id, number)) for number in texts}:
        raise _differs(f"its issues of case {case_id} are not the collection's")
    own = _queries(texts[IssueId.parse(document).number])
    if document not in _ids_found(index, And((case, *own))):
        raise _differs(f"{document} is not found by its own words")


def _queries(text: str) -> Iterator[Query]:
    """A word and a phrase of a rationale."""
    said = words(text)
    if said:
        yield Term(max(said, key=len), ("rationale",), exact=True)
        middle = len(said) // 2
        yield Phrase(tuple(said[middle : middle + _PHRASE]), ("rationale",))


def _ids_found(index: IndexSearcher, query: Query) -> set[str]:
    answer = index.search(SearchRequest(query, limit=1000))
    return {hit.id for hit in answer.hits}


def _differs(how: str) -> DamagedBuild:
    return DamagedBuild(f"The index does not agree with the collection: {how}.")
