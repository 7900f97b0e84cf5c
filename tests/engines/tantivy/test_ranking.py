"""Ranking of large results: by what is cheap to read first, then by the whole query."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imrsearch.engines import engine
from imrsearch.engines.base import Filter, IndexSearcher, SearchRequest
from imrsearch.engines.tantivy import ranking
from imrsearch.query.tree import (
    And,
    Boost,
    Boosted,
    ConstantScore,
    DisMax,
    FieldEquals,
    FieldMissing,
    Filtered,
    MinShouldMatch,
    Not,
    Or,
    Phrase,
    Query,
    Range,
    Term,
)
from imrsearch.schema import IssueDocument
from tests.engines.corpus import queries_of

BOTH = And((Term("chronic"), Term("pain")))
WISHES = (
    Boost(Term("pain", ("service",)), 0.5),
    Boost(Phrase(("chronic", "pain"), exact=False, slop=1), 0.4),
)
BOTH_TOGETHER = Phrase(("chronic", "pain"), exact=False)
KNEE = FieldEquals("body", "knee")


def named(value: float, *names: Query) -> Query:
    """The knee by some of its names, its value scored."""
    return DisMax((*names, ConstantScore(KNEE, value)))


REQUESTS = [
    pytest.param(SearchRequest(Boosted(BOTH, WISHES), limit=40), id="all of a page"),
    pytest.param(SearchRequest(Boosted(BOTH, WISHES), offset=7, limit=5), id="a later page"),
    pytest.param(
        SearchRequest(Boosted(BOTH, WISHES), sort="overturned", limit=40), id="overturned first"
    ),
    pytest.param(
        SearchRequest(
            Boosted(BOTH, WISHES), (Filter("body", FieldEquals("body", "knee")),), limit=40
        ),
        id="under a filter",
    ),
    pytest.param(SearchRequest(BOTH, limit=40), id="nothing wished for"),
    pytest.param(
        SearchRequest(named(2.5, Term("pain"), Boost(WISHES[1].part, 0.5)), limit=40),
        id="a word that scores less than its value, a name of two frequent ones",
    ),
    pytest.param(
        SearchRequest(Boosted(named(2.5, Term("pain"), Boost(WISHES[1].part, 9.0)), WISHES)),
        id="the same name, weighing more than the value",
    ),
    pytest.param(
        SearchRequest(Filtered(named(0.1, Term("massage"), Boost(WISHES[1].part, 9.0)), KNEE)),
        id="a name that scores more than the value",
    ),
    pytest.param(
        SearchRequest(And((named(2.5, BOTH_TOGETHER), named(1.5, Term("massage")))), limit=40),
        id="a frequent name, beside a word whose value is the same",
    ),
    pytest.param(
        SearchRequest(
            Boosted(MinShouldMatch((Term("massage"), KNEE, Term("chronic")), 2), WISHES[1:]),
            limit=40,
        ),
        id="two of three",
    ),
    pytest.param(
        SearchRequest(
            And((MinShouldMatch((named(2.5, Term("chronic")), Term("massage")), 1), Not(BOTH)))
        ),
        id="close to both, without what has both",
    ),
    pytest.param(
        SearchRequest(
            Or((Boosted(named(2.5, Term("chronic")), WISHES), Term("massage"))), limit=40
        ),
        id="wishes for one of several parts",
    ),
    pytest.param(
        SearchRequest(Or((Boosted(Term("low"), WISHES), Term("massage"))), limit=40),
        id="wishes for a part that some of what is found lacks",
    ),
    pytest.param(
        SearchRequest(Or((Filtered(Term("pain"), KNEE), Term("massage"))), limit=40),
        id="a part that is narrowed",
    ),
    pytest.param(
        SearchRequest(Boosted(Boost(BOTH_TOGETHER, 0.4), (Boost(BOTH_TOGETHER, 0.4),)), limit=40),
        id="adjacent words searched for, and wished for",
    ),
]


PAIN, KNEE_FIRST = Term("pain"), ConstantScore(KNEE, 2.0)
PAIR = Boost(BOTH_TOGETHER, 0.4)


@pytest.mark.parametrize(
    ("wish", "is_pair"),
    [
        pytest.param(PAIR, True, id="adjacent words"),
        pytest.param(WISHES[1], True, id="some words between"),
        pytest.param(BOTH_TOGETHER, False, id="a phrase searched for"),
        pytest.param(
            Boost(Phrase(("a", "b"), ("service",), exact=False), 2.0), False, id="a field"
        ),
        pytest.param(Boost(Phrase(("a", "b")), 2.0), False, id="as written"),
        pytest.param(WISHES[0], False, id="a word"),
    ],
)
def test_a_wish_for_adjacent_words(wish: Query, is_pair: bool) -> None:
    assert ranking.is_pair(wish) == is_pair


def test_wishes_for_adjacent_words_are_dropped_wherever_they_stand() -> None:
    """Those for anything else, and pairs that are searched for, stay."""
    wished, left = Boosted(PAIN, (PAIR, KNEE_FIRST)), Boosted(PAIN, (KNEE_FIRST,))
    for group in (And, Or, DisMax, lambda parts: MinShouldMatch(parts, 2)):
        assert ranking.without_pairs(group((wished, PAIR))) == group((left, PAIR))
    assert ranking.without_pairs(Filtered(wished, wished)) == Filtered(left, wished)
    assert ranking.without_pairs(Boosted(wished, (wished,))) == Boosted(left, (left,))
    assert ranking.without_pairs(Not(wished)) == Not(wished)


def test_values_that_all_must_hold() -> None:
    """Not those that are scored, wished for, denied, or one of several."""
    dated, without = Range("decided", 20160101, None), FieldMissing("body")
    assert [*ranking.required(And((KNEE, Filtered(Boosted(dated, (KNEE,)), KNEE), without)))] == [
        *(KNEE, dated, without)
    ]
    for other in (PAIN, KNEE_FIRST, Not(KNEE), Or((KNEE, without)), MinShouldMatch((KNEE,), 1)):
        assert not [*ranking.required(other)]


@pytest.mark.parametrize(
    ("query", "loose"),
    [
        pytest.param(MinShouldMatch((PAIN, KNEE), 2), MinShouldMatch((PAIN, KNEE), 1), id="any"),
        pytest.param(MinShouldMatch((PAIN, KNEE), 3), None, id="none can match"),
        pytest.param(MinShouldMatch((PAIN, KNEE), 0), None, id="all match"),
        pytest.param(And((PAIN, KNEE, Not(BOTH))), And((PAIN, KNEE)), id="what must not match"),
        pytest.param(And((PAIN, Not(BOTH))), PAIN, id="one part left"),
        pytest.param(And((Not(PAIN), Not(BOTH))), None, id="nothing left"),
        pytest.param(And(()), None, id="nothing at all"),
        pytest.param(Filtered(PAIN, KNEE), PAIN, id="what narrows"),
        pytest.param(
            Boosted(Filtered(PAIN, KNEE), (Filtered(KNEE_FIRST, KNEE),)),
            Boosted(PAIN, (Filtered(KNEE_FIRST, KNEE),)),
            id="wishes score as they did",
        ),
        pytest.param(Or((Filtered(PAIN, KNEE), KNEE)), None, id="alternatives score as they did"),
    ],
)
def test_a_loosened_query(query: Query, loose: Query | None) -> None:
    assert ranking.loosened(query) == (query if loose is None else loose)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> IndexSearcher:
    """Forty documents: the two words next to each other, apart by one or by more, in both texts."""
    gaps = ("chronic pain", "chronic low pain", "chronic low back and pain", "pain chronic", "pain")
    documents = [
        IssueDocument(
            id=f"CM16-{place:07}#1",
            texts={"service": service, "rationale": f"{gap} {'x ' * place}", "summary": "chronic"},
            values={"case": (f"CM16-{place:07}",), "decision": (decision,), "body": (body,)},
            numbers={},
        )
        for place, (gap, service, decision, body) in enumerate(
            product(gaps, ("Pain pump", "Massage"), ("upheld", "overturned"), ("knee", "hip"))
        )
    ]
    folder = tmp_path_factory.mktemp("ranking")
    tantivy = engine("tantivy")
    tantivy.create(folder, documents)
    return tantivy.open(folder)


@pytest.mark.parametrize(
    ("graded", "of_tier"),
    [
        pytest.param(100, 150, id="one by one"),
        pytest.param(0, 150, id="of candidates"),
        pytest.param(0, 1, id="of candidates that say most"),
    ],
)
@pytest.mark.parametrize("request_", REQUESTS)
def test_the_order_is_that_of_the_whole_query(
    index: IndexSearcher,
    request_: SearchRequest,
    graded: int,
    of_tier: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = index.search(request_)
    monkeypatch.setattr(ranking, "RERANK_ABOVE", 0)
    monkeypatch.setattr(ranking, "GRADED", graded)
    monkeypatch.setattr(ranking, "OF_TIER", of_tier)
    parted = index.search(request_)
    assert [hit.id for hit in parted.hits] == [hit.id for hit in whole.hits]
    assert [hit.score for hit in parted.hits] == pytest.approx([hit.score for hit in whole.hits])


def test_only_the_candidates_are_graded(
    index: IndexSearcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest(Boosted(BOTH, WISHES), limit=40)
    plain = index.search(SearchRequest(Boosted(BOTH, WISHES[:1]), limit=40))
    monkeypatch.setattr(ranking, "RERANK_ABOVE", 0)
    monkeypatch.setattr(ranking, "GRADED", 0)
    monkeypatch.setattr(ranking, "CANDIDATES", 5)
    hits = index.search(request).hits
    assert {hit.id for hit in hits[:5]} == {hit.id for hit in plain.hits[:5]}
    assert [hit.id for hit in hits[5:]] == [hit.id for hit in plain.hits[5:]]
    assert hits[0].score > plain.hits[0].score


PAIN_WON = Boosted(
    named(2.5, Term("pain")), (ConstantScore(FieldEquals("decision", "overturned"), 4.0),)
)
"""Ten documents hold both values."""


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(SearchRequest(PAIN_WON, limit=3), id="the best tier is enough"),
        pytest.param(SearchRequest(PAIN_WON, limit=12), id="two more than hold both values"),
        pytest.param(SearchRequest(PAIN_WON, offset=8, limit=5), id="the next page"),
        pytest.param(SearchRequest(PAIN_WON, limit=40), id="all, those without a value too"),
        pytest.param(
            SearchRequest(PAIN_WON, (Filter("body", FieldEquals("body", "hip")),), limit=3),
            id="a filter that leaves the best tier empty",
        ),
        pytest.param(
            SearchRequest(And((PAIN_WON, FieldEquals("body", "hip"))), limit=3),
            id="a value that all must hold",
        ),
        pytest.param(
            SearchRequest(And((PAIN_WON, Not(Term("low")))), limit=8), id="without a word"
        ),
        pytest.param(
            SearchRequest(And((PAIN_WON, BOTH_TOGETHER, Term("massage"))), limit=3),
            id="most that hold the values lack the words",
        ),
    ],
)
def test_the_best_of_few_tiers_are_the_best_of_all(
    index: IndexSearcher, request_: SearchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = index.search(request_)
    monkeypatch.setattr(ranking, "RERANK_ABOVE", 0)
    monkeypatch.setattr(ranking, "GRADED", 0)
    monkeypatch.setattr(ranking, "CANDIDATES", 1)
    monkeypatch.setattr(ranking, "OF_TIER", 3)
    parted = index.search(request_)
    assert [hit.score for hit in parted.hits] == pytest.approx([hit.score for hit in whole.hits])


def test_one_word_counts_the_same_by_either_way(index: IndexSearcher) -> None:
    """That a wish is for the word itself is seen where the word is the whole query."""
    word, hidden = Term("pain"), And((Term("pain"),))
    quick, plain = (SearchRequest(Boosted(one, WISHES[:1]), limit=40) for one in (word, hidden))
    assert index.search(quick) == index.search(plain)


_words = st.sampled_from(("chronic", "pain", "low", "back", "massage", "absent"))
_said: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, _words, st.sampled_from([(), ("service",), ("rationale", "summary")])),
    st.builds(lambda *pair: Phrase(pair, exact=False, slop=1), _words, _words),
    st.builds(lambda *pair: Boost(Phrase(pair, exact=False), 0.4), _words, _words),
    st.builds(
        ConstantScore,
        st.sampled_from((KNEE, FieldEquals("body", "hip"), FieldEquals("decision", "upheld"))),
        st.floats(0.5, 8),
    ),
    st.just(KNEE),
)


@pytest.mark.parametrize(("graded", "of_tier"), [(100, 150), (0, 150), (0, 3)])
@settings(max_examples=60)
@given(query=queries_of(_said), filters=st.sampled_from([(), (Filter("body", KNEE),)]))
def test_any_query_scores_the_same_by_either_way(
    index: IndexSearcher, query: Query, filters: tuple[Filter, ...], graded: int, of_tier: int
) -> None:
    request = SearchRequest(query, filters, limit=40)
    whole = {hit.id: hit.score for hit in index.search(request).hits}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "RERANK_ABOVE", 0)
        patch.setattr(ranking, "GRADED", graded)
        patch.setattr(ranking, "OF_TIER", of_tier)
        hits = index.search(request).hits
    assert {hit.id: hit.score for hit in hits} == pytest.approx(whole, rel=1e-4, abs=1e-5)
    scores = [hit.score for hit in hits]
    assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-5)  # equal to five digits
