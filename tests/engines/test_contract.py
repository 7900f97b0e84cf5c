"""One set of tests for every engine: the same ids, totals and facet tables as plain counting."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imrsearch.engines import EMBEDDED, engine
from imrsearch.engines.base import (
    SCORED_WORDS,
    Engine,
    Filter,
    IndexSearcher,
    SearchRequest,
    SearchResponse,
    Suggestion,
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
from imrsearch.schema import FACETS, FacetCount, IssueDocument
from imrsearch.text.words import words
from tests.engines import reference
from tests.engines.corpus import CORPUS, VALUES, document, random_documents, random_query

ALL = 1000
MAPPED = Path("/proc/self/maps")


@pytest.fixture(scope="module")
def index(kind: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndexSearcher]:
    made = make(kind, CORPUS, tmp_path_factory.mktemp(kind.name))
    yield made
    made.close()


def make(kind: Engine, documents: Sequence[IssueDocument], folder: Path) -> IndexSearcher:
    assert kind.create(folder, iter(documents)) == len(documents)
    return kind.open(folder)


def ids(answer: SearchResponse) -> list[str]:
    return [hit.id for hit in answer.hits]


def found(index: IndexSearcher, query: Query) -> str:
    answer = index.search(SearchRequest(query, limit=ALL))
    assert answer.total == len(answer.hits)
    return " ".join(sorted(ids(answer)))


# ----------------------------------------------------------------------------- the query tree

EVERY = "a#1 a#2 b#1 c#1 d#1 e#1"
NECK = FieldEquals("body", "neck")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(MatchAll(), EVERY, id="everything"),
        pytest.param(MatchNone(), "", id="nothing"),
        pytest.param(Term("improvement"), "a#1 a#2", id="plural by its stem"),
        pytest.param(Term("improvement", exact=True), "a#2", id="exact: no plural"),
        pytest.param(Term("chiropractic"), "a#1", id="another word, another stem"),
        pytest.param(Term("painful"), "a#1 b#1 c#1", id="another form of the word"),
        pytest.param(Term("painful", exact=True), "b#1 c#1", id="exact: no other form"),
        pytest.param(Term("knees", ("service",)), "c#1", id="one field, stemmed"),
        pytest.param(Term("knees", ("service",), exact=True), "", id="one field, exact"),
        pytest.param(
            Term("visit", ("service",)), "a#1 a#2", id="one field, a stem that is no word"
        ),
        pytest.param(
            Phrase(("follow", "up", "visit"), ("service",), exact=False), "a#2", id="stems there"
        ),
        pytest.param(Term("knee", ("service", "summary")), "b#1 c#1", id="two fields"),
        pytest.param(Term("absent"), "", id="no such word"),
        pytest.param(Term("mtus"), "b#1", id="acronym"),
        pytest.param(Term("mtu"), "", id="acronym is not stemmed"),
        pytest.param(Term("to"), "d#1", id="stop word is searched as written"),
        pytest.param(Term("to", exact=True), "d#1", id="stop word, exact"),
        pytest.param(Term("800"), "b#1", id="number glued to its unit"),
        pytest.param(Phrase(("range", "of", "motion")), "a#1 a#2", id="phrase"),
        pytest.param(Phrase(("range", "motion")), "", id="a stop word keeps its place"),
        pytest.param(Phrase(("range", "motion"), slop=1), "a#1 a#2", id="slop bridges one word"),
        pytest.param(Phrase(("motion", "range")), "c#1", id="order of words"),
        pytest.param(Phrase(("motion", "of", "range"), exact=False, slop=9), "", id="order, slop"),
        pytest.param(
            Phrase(("ranges", "in", "motion"), exact=False), "a#1 a#2", id="stemmed phrase"
        ),
        pytest.param(Phrase(("ranges", "of", "motion")), "", id="exact phrase does not stem"),
        pytest.param(Phrase(("the", "motion"), exact=False), "a#1 a#2 c#1", id="leading stop word"),
        pytest.param(
            Phrase(("the", "painful"), exact=False), "a#1 b#1 c#1", id="even before the first word"
        ),
        pytest.param(Phrase(("to", "be"), exact=False), "d#1", id="stop words alone are exact"),
        pytest.param(Phrase(("be", "or", "to"), slop=1), "d#1", id="slop inside"),
        pytest.param(Phrase(("to", "or", "to"), slop=1), "", id="slop is for all gaps together"),
        pytest.param(Phrase(("to", "or", "to"), slop=2), "d#1", id="slop spread over gaps"),
        pytest.param(Phrase(("pain", "pain")), "b#1", id="the same word twice"),
        pytest.param(Phrase(("pain", "pain", "pain")), "", id="three in a row there are not"),
        pytest.param(Phrase(("limited", "chiropractic")), "", id="phrase stays in one field"),
        pytest.param(
            Phrase(("visits", "manual"), exact=False, slop=20), "", id="however far, in one field"
        ),
        pytest.param(
            Phrase(("visits", "chiropractic"), exact=False, slop=20),
            "",
            id="a service weighs as three, but does not follow itself",
        ),
        pytest.param(Phrase(("knee",), ("service",)), "c#1", id="phrase of one word"),
        pytest.param(Phrase(("6", "visits", "the")), "", id="phrase ends with its field"),
        pytest.param(Phrase(()), "", id="phrase of no words"),
        pytest.param(Prefix("chiropract"), "a#1 a#2", id="prefix"),
        pytest.param(Prefix("improvements"), "a#1", id="prefix is not stemmed"),
        pytest.param(Prefix("kne", ("summary",)), "b#1 c#1", id="prefix in a field"),
        pytest.param(Prefix("zz"), "", id="prefix of nothing"),
        pytest.param(FieldEquals("body", "neck"), "a#2", id="second value of a document"),
        pytest.param(FieldEquals("body", "low"), "", id="part of a value is not the value"),
        pytest.param(FieldEquals("specialty", "Neurology"), "", id="field without any value"),
        pytest.param(FieldMissing("body"), "d#1 e#1", id="missing"),
        pytest.param(FieldMissing("specialty"), EVERY, id="missing everywhere"),
        pytest.param(FieldEquals("age", "41"), "", id="a number field holds no value"),
        pytest.param(FieldMissing("age"), EVERY, id="so all lack one"),
        pytest.param(
            And((Term("pain"), FieldMissing("age"))), "a#1 b#1 c#1", id="beside a word too"
        ),
        pytest.param(Range("age", 33, 41), "a#1 a#2 b#1", id="range includes its ends"),
        pytest.param(Range("age", None, 40), "b#1", id="open below"),
        pytest.param(Range("decided", 20160302, None), "a#1 a#2 d#1 e#1", id="open above"),
        pytest.param(Range("age", None, None), "a#1 a#2 b#1 c#1", id="any number at all"),
        pytest.param(Range("age", 50, 40), "", id="range upside down"),
        pytest.param(
            Range("age", -(10**12), 10**12), "a#1 a#2 b#1 c#1", id="ends that no field can hold"
        ),
        pytest.param(
            And((FieldEquals("decision", "upheld"), Prefix("chiropract", ("service",)))),
            "a#2",
            id="issues, not cases: a#1 was overturned",
        ),
        pytest.param(And(()), EVERY, id="and of nothing"),
        pytest.param(Or(()), "", id="or of nothing"),
        pytest.param(DisMax(()), "", id="best of nothing"),
        pytest.param(MinShouldMatch((), 0), EVERY, id="at least none of nothing"),
        pytest.param(Or((Term("ladder"), FieldEquals("body", "neck"))), "a#2 c#1", id="or"),
        pytest.param(Not(Term("knee")), "a#1 a#2 d#1 e#1", id="not alone"),
        pytest.param(Not(Not(Term("knee"))), "b#1 c#1", id="not not"),
        pytest.param(
            And((Not(Term("knee")), Not(FieldMissing("body")))), "a#1 a#2", id="only nots"
        ),
        pytest.param(
            And(
                (
                    FieldMissing("body"),
                    Or((Term("to", ("rationale",)), Term("knee", ("service", "summary")))),
                )
            ),
            "d#1",
            id="words of some fields, where a value is missing",
        ),
        pytest.param(Not(MatchAll()), "", id="not everything"),
        pytest.param(Filtered(Term("pain"), FieldEquals("body", "knee")), "b#1 c#1", id="narrowed"),
        pytest.param(
            MinShouldMatch((Term("pain"), Term("motion"), Term("range")), 2),
            "a#1 a#2 c#1",
            id="at least",
        ),
        pytest.param(MinShouldMatch((Term("pain"),), 0), EVERY, id="at least none of them"),
        pytest.param(MinShouldMatch((Term("pain"),), 2), "", id="more than there are parts"),
        pytest.param(DisMax((Term("ladder"), FieldEquals("body", "neck"))), "a#2 c#1", id="best"),
        pytest.param(Boost(Term("ladder"), 0.0), "c#1", id="weight is no condition"),
        pytest.param(ConstantScore(FieldEquals("body", "neck"), 2.0), "a#2", id="scored value"),
        pytest.param(Boosted(Term("ladder"), (Term("pain"),)), "c#1", id="a wish adds no document"),
        pytest.param(
            And(
                (
                    MinShouldMatch(
                        (Term("pain"), ConstantScore(FieldEquals("body", "neck"), 7)), 1
                    ),
                    Not(Filtered(Term("pain"), FieldEquals("body", "knee"))),
                )
            ),
            "a#1 a#2",
            id="close to a search: some of it, and not all",
        ),
    ],
)
def test_query(index: IndexSearcher, query: Query, expected: str) -> None:
    assert found(index, query) == expected
    assert " ".join(d.id for d in CORPUS if reference.matches(d, query)) == expected


def test_a_beginning_of_more_words_than_are_scored_finds_them_all(
    kind: Engine, tmp_path: Path
) -> None:
    many = [document(f"a#{number}", f"x{number}") for number in range(SCORED_WORDS + 3)]
    index = make(kind, many, tmp_path)
    scores = [hit.score for hit in index.search(SearchRequest(Prefix("x"), limit=ALL)).hits]
    index.close()
    assert len(scores) == len(many)
    assert scores[0] > 0


# ------------------------------------------------------------------------------------- facets


def test_facet_table(index: IndexSearcher) -> None:
    answer = index.search(SearchRequest(MatchAll(), facets=("body", "decision", "state")))
    assert answer.facets["body"] == (
        FacetCount("knee", 2, 1),  # c#1 names the knee twice and counts once
        FacetCount("low back", 2, 1),
        FacetCount("neck", 1, 0),
        FacetCount(None, 2, 0),
    )
    assert answer.facets["decision"] == (
        FacetCount("upheld", 3, 0),
        FacetCount("overturned", 2, 2),
        FacetCount(None, 1, 0),
    )
    assert answer.facets["state"] == (FacetCount(None, 6, 2),)
    assert answer.overturned == 2


def test_own_filter_does_not_narrow_a_facet(index: IndexSearcher) -> None:
    decision = Filter("decision", FieldEquals("decision", "overturned"))
    body = Filter("body", Or((FieldEquals("body", "knee"), FieldEquals("body", "neck"))))
    answer = index.search(
        SearchRequest(MatchAll(), (decision, body), facets=("decision", "body", "category"))
    )
    assert ids(answer) == ["b#1"]
    assert answer.facets["decision"] == (FacetCount("upheld", 2, 0), FacetCount("overturned", 1, 1))
    assert answer.facets["body"] == (FacetCount("knee", 1, 1), FacetCount("low back", 1, 1))
    assert answer.facets["category"] == (FacetCount("Pharmaceuticals", 1, 1),)


def test_two_filters_of_one_facet_narrow_together(index: IndexSearcher) -> None:
    chosen = Filter("body", FieldEquals("body", "low back"))
    excluded = Filter("body", Not(FieldEquals("body", "neck")))
    answer = index.search(SearchRequest(MatchAll(), (chosen, excluded), facets=("body",)))
    assert ids(answer) == ["a#1"]
    assert sum(row.count for row in answer.facets["body"]) == 7


def test_filter_that_matches_nothing(index: IndexSearcher) -> None:
    answer = index.search(
        SearchRequest(
            Term("pain"), (Filter("body", FieldEquals("body", "elbow")),), facets=("decision",)
        )
    )
    assert answer == SearchResponse((), 0, 0, {"decision": ()})


def test_filter_does_not_change_scores(index: IndexSearcher) -> None:
    alone = index.search(SearchRequest(Term("pain")))
    narrowed = index.search(SearchRequest(Term("pain"), (Filter("age", Range("age", 33, 33)),)))
    assert narrowed.hits == tuple(hit for hit in alone.hits if hit.id == "b#1")


# -------------------------------------------------------------------------------------- order


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", "d#1 a#1 a#2 e#1 b#1 c#1"),  # undated c#1 last; same day: order of writing
        ("oldest", "b#1 a#1 a#2 e#1 d#1 c#1"),
        ("overturned", "a#1 b#1 a#2 c#1 d#1 e#1"),
        ("age", "c#1 a#1 a#2 b#1 d#1 e#1"),  # a number field: highest first, without one last
        ("relevance", "a#1 a#2 b#1 c#1 d#1 e#1"),
    ],
)
def test_sort(index: IndexSearcher, sort: str, expected: str) -> None:
    hits = index.search(SearchRequest(MatchAll(), sort=sort)).hits
    assert " ".join(hit.id for hit in hits) == expected
    assert {hit.score for hit in hits} == {0}


def test_overturned_first_then_by_relevance(index: IndexSearcher) -> None:
    answer = index.search(SearchRequest(Term("pain"), sort="overturned"))
    assert ids(answer) == ["b#1", "a#1", "c#1"]  # b#1 speaks of pain three times
    assert answer.hits[0].score > answer.hits[1].score


def test_what_is_close_to_a_search_is_ordered_by_the_same_evidence(index: IndexSearcher) -> None:
    """Class, body part and its kin count as told, the best of a part and its kin alone."""
    low_back, knee = FieldEquals("body", "low back"), FieldEquals("body", "knee")
    part = DisMax((ConstantScore(low_back, 5.0, "body"), ConstantScore(knee, 2.5, "kin")))
    likewise = ConstantScore(FieldEquals("category", "Rehabilitation"), 7.0, "class")
    query = And((MinShouldMatch((part, likewise), 1), Not(FieldEquals("body", "neck"))))
    hits = index.search(SearchRequest(Boosted(query, (part,)))).hits
    assert [(hit.id, hit.score) for hit in hits] == [("a#1", 17.0), ("b#1", 5.0), ("c#1", 5.0)]


RANKING = (
    document("common", "walk " * 12, service="walk"),
    document("long", "knee " + "word " * 60),
    document("short", "knee " + "word " * 11),
    document("twice", "knee knee " + "word " * 10),
    document("title", "word " * 12, service="knee"),
    document("twin", "knee " + "word " * 11),
    document("rare", "walk ankle " + "word " * 10),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(Term("knee"), "title twice short twin long", id="field, frequency, length"),
        pytest.param(Term("knee", ("rationale",)), "twice short twin long", id="in one field"),
        pytest.param(Or((Term("walk"), Term("ankle"))), "rare common", id="rare words weigh more"),
        pytest.param(Prefix("kne"), "title twice short twin long", id="prefix ranks as a word"),
        pytest.param(
            And((Term("knee"), Not(Term("nothing")))),
            "title twice short twin long",
            id="not adds nothing",
        ),
        pytest.param(
            DisMax((Boost(Term("knee"), 20.0), Term("ankle"))),
            "title twice short twin long rare",
            id="weight: by itself the rare word wins",
        ),
        pytest.param(
            Boosted(Term("knee"), (ConstantScore(Term("knee", ("service",)), 0.0), Term("twin"))),
            "title twice short twin long",
            id="a wish that scores nothing",
        ),
        pytest.param(
            Boosted(
                Term("knee"), (ConstantScore(Term("word"), 9.0), ConstantScore(Term("walk"), 9.0))
            ),
            "title twice short twin long",
            id="a wish that all fulfil",
        ),
        pytest.param(
            MinShouldMatch((Term("walk"), Term("ankle"), Term("word")), 2),
            "rare",
            id="at least: sum",
        ),
        pytest.param(
            ConstantScore(Term("knee"), 1.5), "long short twice title twin", id="all alike"
        ),
    ],
)
def test_relevance(kind: Engine, tmp_path: Path, query: Query, expected: str) -> None:
    index = make(kind, RANKING, tmp_path)
    answer = index.search(SearchRequest(query))
    index.close()
    assert " ".join(ids(answer)) == expected
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


@pytest.mark.parametrize(
    "query",
    [
        MatchAll(),
        And(()),
        Not(Term("absent")),
        And((Not(Term("absent")), Not(MatchNone()))),
        MinShouldMatch((Term("absent"),), 0),
        FieldMissing("specialty"),
        Or((FieldEquals("body", "knee"), FieldMissing("specialty"))),
        Or((Range("decided", 20150101, None), Range("age", None, None), MatchAll())),
    ],
)
def test_what_has_no_words_adds_no_score(index: IndexSearcher, query: Query) -> None:
    """And all match it: a score of their own would put some before others."""
    scored = ConstantScore(MatchAll(), 1.5)
    for whole in (And((query, scored)), Filtered(scored, query), Boosted(scored, (query,))):
        hits = index.search(SearchRequest(whole)).hits
        assert [(hit.id, hit.score) for hit in hits] == [(one, 1.5) for one in EVERY.split()]


ELBOW = FieldEquals("body", "elbow")


@pytest.mark.parametrize(
    "query",
    [
        And((Term("pain"), ELBOW)),
        MinShouldMatch((Term("pain"), ELBOW, MatchNone()), 2),
        Filtered(Term("pain"), ELBOW),
        Boosted(ELBOW, (Term("pain"), ConstantScore(MatchAll(), 2.0))),
        ConstantScore(ELBOW, 2.0),
        DisMax((ConstantScore(ELBOW, 2.0), Boost(Filtered(Term("pain"), ELBOW), 3.0))),
    ],
)
def test_what_does_not_match_adds_no_score(index: IndexSearcher, query: Query) -> None:
    """Whatever its parts would score."""
    hits = index.search(SearchRequest(Or((query, ConstantScore(MatchAll(), 1.5))))).hits
    assert [(hit.id, hit.score) for hit in hits] == [(one, 1.5) for one in EVERY.split()]


@pytest.mark.parametrize(
    ("sort", "scored"), [("newest", False), ("age", False), ("overturned", True)]
)
def test_scores_are_told_where_they_decide(index: IndexSearcher, sort: str, scored: bool) -> None:
    hits = index.search(SearchRequest(Term("pain"), sort=sort)).hits
    assert [hit.score > 0 for hit in hits] == [scored] * 3


@pytest.mark.parametrize(
    ("offset", "limit", "expected"),
    [
        (0, 2, ["d#1", "a#1"]),
        (2, 2, ["a#2", "e#1"]),
        (5, 2, ["c#1"]),  # the last page is not full
        (6, 2, []),  # after the end
        (0, 0, []),
    ],
)
def test_paging(index: IndexSearcher, offset: int, limit: int, expected: list[str]) -> None:
    answer = index.search(SearchRequest(MatchAll(), sort="newest", offset=offset, limit=limit))
    assert ids(answer) == expected
    assert (answer.total, answer.overturned) == (6, 2)


def test_equals_are_paged_in_the_order_of_writing(kind: Engine, tmp_path: Path) -> None:
    equals = [document(f"case{number}#1", "knee") for number in range(40)]
    index = make(kind, equals, tmp_path)
    pages = [index.search(SearchRequest(Term("knee"), offset=start)) for start in range(0, 40, 10)]
    index.close()
    assert [hit for page in pages for hit in ids(page)] == [one.id for one in equals]


# ----------------------------------------------------------------------- everything, at random

_value = st.sampled_from([(field, value) for field, held in VALUES.items() for value in held])
_filters = st.lists(
    st.one_of(
        _value.map(lambda given: Filter(given[0], FieldEquals(*given))),
        _value.map(lambda given: Filter(given[0], Not(FieldEquals(*given)))),
        st.sampled_from(list(VALUES)).map(lambda field: Filter(field, FieldMissing(field))),
    ),
    max_size=3,
).map(tuple)
random_request = st.builds(
    SearchRequest,
    random_query,
    _filters,
    st.just(tuple(VALUES)),
    st.sampled_from(["relevance", "newest", "oldest", "overturned"]),
    st.just(0),
    st.just(ALL),
    beside=st.lists(random_query, max_size=2).map(tuple),
)


@settings(max_examples=25)
@given(documents=random_documents, requests=st.lists(random_request, min_size=5, max_size=12))
def test_same_as_reference(
    kind: Engine, documents: list[IssueDocument], requests: list[SearchRequest]
) -> None:
    folder = Path(mkdtemp())
    index = make(kind, documents, folder)
    try:
        for request in requests:
            compare(index.search(request), documents, request)
    finally:
        index.close()
        shutil.rmtree(folder)


def compare(answer: SearchResponse, documents: list[IssueDocument], request: SearchRequest) -> None:
    expected = reference.matching(documents, request)
    by_id = {one.id: one for one in documents}
    order = [by_id[hit.id] for hit in answer.hits]
    assert answer.total == len(order)
    assert answer.overturned == sum(map(reference.is_overturned, expected))
    assert answer.beside == tuple(
        len(reference.matching(documents, replace(request, query=query)))
        for query in request.beside
    )
    assert answer.facets == {
        facet: reference.table(documents, request, facet) for facet in request.facets
    }
    if request.sort in ("newest", "oldest"):
        assert order == reference.in_order(expected, request.sort)
    else:
        assert sorted(order, key=documents.index) == expected
        assert order == sorted(order, key=lambda one: _rank(one, documents, answer, request))


def _rank(
    one: IssueDocument,
    documents: list[IssueDocument],
    answer: SearchResponse,
    request: SearchRequest,
) -> tuple[bool, float, int]:
    score = next(hit.score for hit in answer.hits if hit.id == one.id)
    first = request.sort == "overturned" and reference.is_overturned(one)
    return not first, -score, documents.index(one)


# ------------------------------------------------------------------------- words, suggestions


def test_frequency_is_that_of_the_word_as_written(index: IndexSearcher) -> None:
    known = {one.word: one.count for one in index.suggest("")}
    assert {word: index.frequency(word) for word in known} == known
    assert index.frequency("absentword") == 0


def test_suggestions(index: IndexSearcher) -> None:
    assert index.suggest("knee") == (Suggestion("knee", 1), Suggestion("knees", 1))
    assert index.suggest("pain") == (
        Suggestion("pain", 2),
        Suggestion("painful", 2),  # twice in summaries: the field that has it most
    )
    assert index.suggest("pain", 1) == (Suggestion("pain", 2),)
    assert index.suggest("pain", 0) == index.suggest("zz") == ()
    ranked = " ".join(one.word for one in index.suggest("m"))
    assert ranked == "motion manual mg more mri mtus"


def test_every_word(index: IndexSearcher) -> None:
    every = index.suggest("")
    assert list(every) == sorted(every, key=lambda one: (-one.count, one.word))
    assert {one.word for one in every} == {
        word for one in CORPUS for text in one.texts.values() for word in words(text)
    }


# ------------------------------------------------------------------------------------- updates


def _of_cases(*names: str) -> list[IssueDocument]:
    """The corpus's documents of these cases, with the case as a value."""
    return [
        replace(one, values={**one.values, "case": (one.id[0],)})
        for one in CORPUS
        if one.id[0] in names
    ]


@pytest.fixture(scope="module")
def updating(kind: Engine) -> Engine:
    if not kind.updates:
        pytest.skip(f"{kind.name} rewrites its index")
    return kind


def test_update_removes_and_adds(updating: Engine, tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(3)]
    for folder in folders:
        folder.mkdir()
    changed = [document("b#1", "Words quite new.", case="b", decision="upheld")]
    updating.create(folders[0], _of_cases("a", "b", "c"))
    assert updating.update(folders[1], folders[0], ["a", "b"], changed) == 2
    assert updating.update(folders[2], folders[1], ["x"], _of_cases("a", "d", "e")) == 6
    first, second, third = map(updating.open, folders)
    assert found(first, MatchAll()) == "a#1 a#2 b#1 c#1"
    assert found(second, MatchAll()) == "b#1 c#1"
    assert found(second, Term("pain")) == "c#1"
    assert found(second, Not(Term("pain"))) == "b#1"
    assert found(second, FieldMissing("body")) == "b#1"
    assert found(third, Term("quite")) == "b#1"
    assert found(third, FieldEquals("case", "a")) == "a#1 a#2"
    assert first.suggest("ibup") == (Suggestion("ibuprofen", 1),)
    # Words of documents deleted lately may count, as for "frequency".
    assert second.suggest("ibup") in ((), (Suggestion("ibuprofen", 1),))
    assert (first.cases(), second.cases(), third.cases()) == (3, 2, 5)
    assert first.sample(3) == ("a#1", "b#1", "c#1")
    assert {third.sample(9)[0], third.sample(9)[-1]} == {"c#1", "e#1"}
    for index in (first, second, third):
        index.close()


@settings(max_examples=12)
@given(data=st.data(), documents=random_documents, requests=st.lists(random_request, max_size=8))
def test_updated_same_as_reference(
    updating: Engine,
    data: st.DataObject,
    documents: list[IssueDocument],
    requests: list[SearchRequest],
) -> None:
    """However an index came about, it answers as one that was written at once."""
    documents = [replace(one, values={**one.values, "case": (one.id,)}) for one in documents]
    kept = data.draw(
        st.lists(st.sampled_from(documents), unique_by=id) if documents else st.just([])
    )
    kept = [one for one in documents if one in kept]
    gone = [one.id for one in documents if one not in kept]
    more = [replace(one, id=f"{one.id}+", values={**one.values, "case": ("z",)}) for one in kept]
    with TemporaryDirectory() as before, TemporaryDirectory() as after:
        updating.create(Path(before), documents)
        assert updating.update(Path(after), Path(before), gone, more) == len(kept) + len(more)
        index = updating.open(Path(after))
        for request in requests:
            compare(index.search(request), kept + more, request)
        index.close()


# --------------------------------------------------------------------------------- robustness


def test_empty_index(kind: Engine, tmp_path: Path) -> None:
    index = make(kind, (), tmp_path)
    queries = MatchAll(), Term("pain"), Phrase(("a", "b")), Prefix("p"), Not(MatchNone())
    for query in queries:
        answer = index.search(SearchRequest(query, facets=("decision",)))
        assert answer == SearchResponse((), 0, 0, {"decision": ()})
    assert (index.count(), index.cases(), index.sample(3)) == (0, 0, ())
    index.close()


def test_count(index: IndexSearcher) -> None:
    assert index.count() == len(CORPUS)
    assert index.count(Term("pain")) == 3
    assert index.count(Not(Term("pain")), seconds=-1) == 0


def test_several_counts_at_once(index: IndexSearcher) -> None:
    queries = Term("pain"), MatchAll(), FieldEquals("body", "neck"), MatchNone()
    assert index.counts(queries) == tuple(index.count(query) for query in queries)
    assert index.counts(queries) == (3, 6, 1, 0)
    assert index.counts(queries, seconds=-1) == (0, 6, 1, 0)
    assert index.counts(()) == ()


def test_a_sample_is_spread_over_the_documents(index: IndexSearcher) -> None:
    assert index.sample(2) == ("a#1", "e#1")
    assert index.sample(99) == tuple(one.id for one in CORPUS)
    assert index.sample(1) in (("a#1",), ("e#1",))


def test_what_is_written_is_verified_and_removed(kind: Engine, tmp_path: Path) -> None:
    make(kind, CORPUS, tmp_path).close()
    kind.verify(tmp_path)
    kind.remove(tmp_path)
    kind.remove(tmp_path)


def test_threads_get_what_one_gets(index: IndexSearcher) -> None:
    queries: list[Query] = [
        Term("pain"),
        Prefix("tr"),
        Phrase(("range", "of", "motion")),
        Not(Term("knee")),
    ]
    requests = [
        SearchRequest(query, facets=("body",), sort=sort)
        for query in queries
        for sort in ("relevance", "newest", "overturned")
    ] * 25
    alone = [index.search(request) for request in requests]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(index.search, requests)) == alone


def test_time_over_says_so_and_shows_nothing_wrong(index: IndexSearcher) -> None:
    answer = index.search(
        SearchRequest(Or((Term("pain"), FieldEquals("body", "neck"))), seconds=-1)
    )
    assert answer.timed_out
    assert ids(answer) == ["a#2"]
    hidden = index.search(SearchRequest(Not(Term("pain")), seconds=-1))
    assert hidden.timed_out
    assert ids(hidden) == []


def test_time_enough_is_not_said(index: IndexSearcher) -> None:
    assert not index.search(SearchRequest(Term("pain"), seconds=60)).timed_out


def test_closed_index_cannot_be_searched(kind: Engine, tmp_path: Path) -> None:
    index = make(kind, CORPUS, tmp_path)
    index.close()
    index.close()
    with pytest.raises(Exception):  # noqa: B017 - each engine has its own
        index.search(SearchRequest(Term("pain")))


@pytest.mark.skipif(not MAPPED.exists(), reason="Linux alone tells what is mapped")
@pytest.mark.parametrize("name", EMBEDDED)
def test_index_that_nobody_holds_keeps_no_file(name: str, tmp_path: Path) -> None:
    """Not only when Python looks for circles: a server had mapped the files of eight builds."""
    index = make(engine(name), CORPUS, tmp_path)
    gc.disable()
    try:
        for query in (MatchAll(), MatchNone(), Term("pain")):
            facets = index.search(SearchRequest(query, facets=tuple(FACETS))).facets
            assert [list(rows) for rows in facets.values()]
        assert str(tmp_path) in MAPPED.read_text()
        del index, facets
        assert str(tmp_path) not in MAPPED.read_text()
    finally:
        gc.enable()


def test_a_word_is_not_found_by_one_whose_stem_it_is(kind: Engine, tmp_path: Path) -> None:
    """The stem of "professional" is "profession", whose own is another."""
    index = make(kind, [IssueDocument("a#1", {"rationale": "profession"}, {}, {})], tmp_path)
    for fields in ((), ("rationale",)):
        assert not index.count(Term("professional", fields))
        assert index.count(Term("professions", fields))


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("ménière", id="accents"),
        pytest.param("疼痛", id="other scripts"),
        pytest.param("x" * 5000, id="very long"),
        pytest.param("patient's", id="apostrophe"),
    ],
)
def test_odd_words(kind: Engine, tmp_path: Path, word: str) -> None:
    index = make(kind, [document("a#1", f"one {word} two"), document("a#2", "one two")], tmp_path)
    assert found(index, Term(word)) == "a#1"
    assert found(index, Phrase(("one", word, "two"))) == "a#1"
    assert found(index, Prefix(word[:3])) == found(index, Prefix(word)) == "a#1"
    index.close()


@pytest.mark.parametrize(
    ("texts", "values", "numbers"),
    [({"colour": ""}, {}, {}), ({}, {"colour": ("red",)}, {}), ({}, {}, {"colour": 1})],
)
def test_unknown_field_is_refused(
    texts: dict[str, str], values: dict[str, tuple[str, ...]], numbers: dict[str, int]
) -> None:
    with pytest.raises(ValueError, match="colour"):
        IssueDocument("a#1", texts, values, numbers)


# ----------------------------------------------------------------------------- the same wording

_SAID = "The records show no red flags and no plan for surgery of the {}, so it is not necessary."
REPEATED = (
    document("a#1", _SAID.format("lumbar spine"), decision="upheld", decided=20160101),
    document("a#2", "Weakness of the left leg was found on examination.", decision="upheld"),
    document("b#1", _SAID.format("lumbar spine"), decision="upheld", decided=20170101),
    document("b#2", _SAID.format("lumbar spine").upper(), decision="overturned"),
    document("c#1", _SAID.format("lumbar spine"), decision="upheld", decided=20150101),
    document("d#1", decision="upheld"),
)


@pytest.mark.parametrize(
    ("query", "sort", "expected", "others"),
    [
        pytest.param(MatchAll(), "newest", "b#1 a#2 b#2 d#1", [2, 0, 0, 0], id="newest first"),
        pytest.param(MatchAll(), "oldest", "c#1 a#2 b#2 d#1", [2, 0, 0, 0], id="oldest first"),
        pytest.param(Term("surgery"), "overturned", "b#2 a#1", [0, 2], id="by outcome"),
        pytest.param(FieldEquals("decision", "overturned"), "newest", "b#2", [0], id="one alone"),
    ],
)
def test_the_same_wording_is_folded(
    kind: Engine, tmp_path: Path, query: Query, sort: str, expected: str, others: list[int]
) -> None:
    if kind.name not in EMBEDDED:
        pytest.skip("a cluster keeps no wordings: each document is a hit")
    index = make(kind, REPEATED, tmp_path)
    plain = index.search(SearchRequest(query, facets=("decision",), sort=sort, limit=ALL))
    folded = index.search(
        SearchRequest(query, facets=("decision",), sort=sort, limit=ALL, fold=True)
    )
    index.close()
    assert " ".join(ids(folded)) == expected
    assert [hit.others for hit in folded.hits] == others
    assert folded.wordings == len(folded.hits)
    assert sum(others) + len(folded.hits) == folded.total == plain.total
    assert list(folded.facets["decision"]) == list(plain.facets["decision"])
    named = {one for hit in folded.hits for one in (hit.id, *hit.same)}
    assert named == set(ids(plain))


def test_pages_of_what_is_folded_go_on_where_the_last_one_ended(
    kind: Engine, tmp_path: Path
) -> None:
    if kind.name not in EMBEDDED:
        pytest.skip("a cluster keeps no wordings: each document is a hit")
    index = make(kind, REPEATED, tmp_path)
    request = SearchRequest(MatchAll(), sort="newest", limit=1, fold=True)
    pages = [ids(index.search(replace(request, offset=place))) for place in range(5)]
    index.close()
    assert pages == [["b#1"], ["a#2"], ["b#2"], ["d#1"], []]
