"""How freely a search is read: names, citations, words of outcome, spelling, most of the words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imrsearch.model import Citation, GuidelineStatement
from imrsearch.query.notes import Note
from imrsearch.query.vocabulary import Vocabulary
from imrsearch.schema import FacetCount
from imrsearch.schema.documents import documents as indexed
from imrsearch.search.index_profile import IndexProfile
from imrsearch.search.interpret import interpret, known_choices
from imrsearch.search.results import SearchResult
from imrsearch.search.service import SearchService
from imrsearch.search.state import Choice, SearchState
from imrsearch.system.settings import load_settings
from tests.search.memory import (
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    issue,
)


def cites(guideline: str, page: int) -> GuidelineStatement:
    """A statement that cites one page."""
    citation = Citation(guideline, "mtus", None, None, None, (), (page,), f"p. {page}")
    return GuidelineStatement("", "mtus", (citation,))


CASES = [
    determination(
        "CM16-0000101",
        issue(
            1,
            "Epidural steroid injection, lumbar spine",
            "overturned",
            category="Injection",
            treatment="epidural steroid injection",
            body_parts=("low back",),
            rationale="Radiculopathy was shown by examination.",
        ),
        issue(
            2,
            "ESI of the neck",
            category="Injection",
            treatment="epidural steroid injection",
            body_parts=("neck",),
            rationale="No radiculopathy was documented before.",
        ),
    ),
    determination(
        "CM16-0000102",
        issue(
            1,
            "Hydrocodone 10/325mg #60",
            category="Pharmaceuticals",
            subcategory="Opioids",
            treatment="hydrocodone/acetaminophen",
            rationale="Weaning was advised; the pain agreement was never signed.",
        ),
        issue(
            2,
            "Chiropractic visits",
            "overturned",
            treatment="chiropractic",
            body_parts=("low back",),
            reviewer_guideline=cites("mtus-chronic-pain", 58),
            rationale="Function improved after the first visits.",
        ),
        issue(3, "Physical therapy", treatment="physical therapy", body_parts=("knee",)),
        issue(4, "Occupational therapy", treatment="occupational therapy", body_parts=("hand",)),
    ),
]


def make() -> SearchService:
    index = MemoryIndex(list(indexed(("", case) for case in CASES)))
    return SearchService(MemoryLetters(CASES), MemoryBuilds(index), load_settings({}))


SERVICE = make()


def search(url: str) -> SearchResult:
    return SERVICE.search(SearchState.from_url(url))


def found(result: SearchResult) -> list[str]:
    return [f"{row.case_id[-1]}.{row.number}" for row in result.rows]


def note(result: SearchResult, code: str) -> Note:
    (one,) = [each for each in result.notes if each.code == code]
    return one


@pytest.mark.parametrize(
    ("q", "code", "issues"),
    [
        pytest.param("ESI", "expanded", ["1.1", "1.2"], id="abbreviation"),
        pytest.param("epidural steroid injection", "expanded", ["1.1", "1.2"], id="and back"),
        pytest.param("Norco", "expanded", ["2.1"], id="brand for generic"),
        pytest.param("narcotic", "expanded", ["2.1"], id="lay word"),
        pytest.param("PT/OT", "expanded", ["2.3", "2.4"], id="slash: either"),
        pytest.param("ESI lumbar", "expanded", ["1.1"], id="body part by another name"),
        pytest.param("ESI OR PT", "expanded", ["1.1", "1.2", "2.3"], id="beside an operator"),
        pytest.param("MTUS 58", "citation", ["2.2"], id="page of the MTUS"),
        pytest.param("mtus p. 58", "citation", ["2.2"], id="page with its sign"),
        pytest.param("Chronic Pain Guidelines", "citation", ["2.2"], id="a whole guideline"),
        pytest.param("ocupational therapy", "spelling", ["2.4"], id="misspelling"),
        pytest.param(
            "was radiculopathy documented by examination?",
            "most-words",
            ["1.1", "1.2"],
            id="question",
        ),
        pytest.param(
            "weaning signed radiculopathy", "most-words", ["2.1"], id="all words find nothing"
        ),
    ],
)
def test_liberties_are_told_and_can_be_taken_back(q: str, code: str, issues: list[str]) -> None:
    result = search(f"q={q.replace('+', '%2B')}")
    assert found(result) == issues
    told = note(result, code)
    assert told.link
    back = SERVICE.search(SearchState.from_url(told.url or ""))
    assert code not in {each.code for each in back.notes}
    assert back.read_as != result.read_as


@pytest.mark.parametrize(
    ("q", "issues"),
    [
        pytest.param('"ESI"', ["1.2"], id="quoted"),
        pytest.param("service:ESI", ["1.2"], id="in a field"),
        pytest.param("service:(ESI)", ["1.2"], id="in a group of a field"),
        pytest.param("ESI*", ["1.2"], id="continued"),
    ],
)
def test_what_was_said_exactly_is_taken_exactly(q: str, issues: list[str]) -> None:
    result = search(f"q={q}")
    assert found(result) == issues
    assert "expanded" not in {each.code for each in result.notes}


@pytest.mark.parametrize(
    "q",
    [
        pytest.param("board certified", id="board certified"),
        pytest.param("UR denied", id="the utilization review's decision"),
        pytest.param("certified interpreter", id="a certified person"),
        pytest.param('"approved"', id="quoted"),
        pytest.param(" ".join(["word"] * 26 + ["denied"]), id="in a told story"),
    ],
)
def test_other_decisions_are_words(q: str) -> None:
    assert "decision-words" not in {each.code for each in search(f"q={q}").notes}


def test_a_chosen_decision_wins_over_a_word_of_outcome() -> None:
    result = search("q=injection+approved&decision=upheld")
    assert found(result) == ["1.2"]
    assert "only-decided" not in {each.code for each in result.notes}


@pytest.mark.parametrize(
    "q",
    ["CM16-0000101", "cm16-0000101", "CM16 0000101", "Case No. CM16-0000101", "case:cm16-0000101"],
)
def test_a_case_number_leads_to_its_case(q: str) -> None:
    result = search(f"q={q}")
    assert found(result) == ["1.1", "1.2"]
    assert result.jump == "/case/CM16-0000101"


@pytest.mark.parametrize("q", ["CM16-101", "0000101"])
def test_a_short_case_number_leads_to_its_case(q: str) -> None:
    assert search(f"q={q}").jump == "/case/CM16-0000101"


@pytest.mark.parametrize(
    "q", ["age:40..50", "age:forty", "age:~unknown", "year:>2016", "quantity:>6"]
)
def test_every_value_of_a_number_answers(q: str) -> None:
    result = search(f"q={q}")
    assert ("no-such-value" in {note.code for note in result.notes}) == (q == "age:forty")


def test_nothing_else_leads_away() -> None:
    assert search("q=CM16-0000101+ESI").jump is None
    assert search("q=CM19-0000999").jump is None


@pytest.mark.parametrize(
    ("q", "issues"),
    [
        pytest.param("pain /2 signed", [], id="too far apart"),
        pytest.param("signed /5 pain", ["2.1"], id="within five words, either order"),
        pytest.param("weaning w/3 advised", ["2.1"], id="w/3"),
        pytest.param("weaning /s signed", ["2.1"], id="same sentence"),
        pytest.param("advised /p weaning /p signed", ["2.1"], id="a chain"),
        pytest.param("(weaning OR x) /s signed", ["2.1"], id="a group is read as AND"),
    ],
)
def test_connectors(q: str, issues: list[str]) -> None:
    assert found(search(f"q={q}&match=all")) == issues


def test_a_body_part_inside_a_name_is_not_the_whole_of_it() -> None:
    assert "body:knee" not in search("q=knee+injection").read_as
    assert "body:knee" in search("q=knee").read_as


def test_few_with_all_words_are_offered_more_with_most() -> None:
    offer = note(search("q=lumbar+radiculopathy+ESI"), "wider")
    assert offer.message == "2 issues have most of these words."
    assert search((offer.url or "").removeprefix("/search?")).total == 2


@pytest.mark.parametrize("q", ["radiculopathy+shown", "radiculopathy+shown+examination&match=all"])
def test_two_words_or_a_choice_of_all_are_left_alone(q: str) -> None:
    assert "wider" not in {each.code for each in search(f"q={q}").notes}


def test_a_pasted_paragraph_is_searched_by_its_key_words() -> None:
    story = (
        "The doctor wants an epidural steroid injection because the patient has had leg pain "
        "going down from the low back since a fall from a roof in spring and earlier tablets rest "
        "stretching walking swimming massage heat ice together with radiculopathy helped little"
    )
    result = search(f"q={story}")
    assert found(result)[0] == "1.1"
    assert note(result, "key-words").url
    assert result.match == "most"


def test_a_misspelling_is_mended_only_where_that_finds_more() -> None:
    result = search("q=ocupational+absentword")
    assert result.total == 0
    assert "spelling" not in {each.code for each in result.notes}


@pytest.mark.parametrize(
    ("url", "cases", "issues"),
    [
        ("q=therapy+OR+radiculopathy&group=case", 2, ["1.1", "1.2", "2.3", "2.4"]),
        ("group=case&page=9", 2, ["1.1", "1.2", "2.1", "2.2", "2.3", "2.4"]),
        ("q=absentword&group=case", 0, []),
    ],
)
def test_issues_of_a_case_together(url: str, cases: int, issues: list[str]) -> None:
    result = search(url)
    assert (result.cases, found(result), result.total) == (cases, issues, len(issues))


def test_each_row_tells_why_it_is_there() -> None:
    (row,) = search("q=ESI+lumbar+examination").rows
    assert {(reason.place, reason.words, reason.times) for reason in row.reasons} == {
        ("treatment", "epidural steroid injection", 1),
        ("body part", "low back", 1),
        ("service", "epidural-steroid-injection", 1),
        ("service", "lumbar", 1),
        ("rationale", "examination", 1),
    }


PIECES = (
    *("ESI", "PT/OT", "not", "approved", "denied", "MTUS", "58", "p.", "ACOEM", "OR", "/5", "-"),
    *("low", "back", "lumbar", "Norco", "(", ")", '"', "chiropracter", "?", "CM16-0000101"),
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join))
def test_no_search_raises_and_every_undo_is_a_search(q: str) -> None:
    result = SERVICE.search(SearchState(q))
    assert result.read_as
    decisions = next(facet for facet in result.facets if facet.name == "decision")
    assert sum(value.count for value in decisions.values) == result.total
    for each in result.notes:
        assert each.url is None or SERVICE.search(SearchState.from_url(each.url)).read_as


@pytest.mark.parametrize(
    ("q", "cites", "counts"),
    [
        pytest.param("MTUS 58", True, False, id="a page that issues cite"),
        pytest.param("ACOEM 303", True, False, id="a page that no issue cites"),
        pytest.param("ESI after 2015", False, True, id="a year"),
        pytest.param("visits", False, False, id="words"),
    ],
)
def test_whether_words_were_read_as_a_citation_or_a_number(
    q: str, cites: bool, counts: bool
) -> None:
    known = IndexProfile("a build", MemoryIndex(list(indexed(("", case) for case in CASES))))
    reading = interpret(known, SearchState(q))
    assert (reading.cites, reading.counts) == (cites, counts)


@pytest.mark.parametrize(
    ("q", "code"),
    [
        pytest.param("weaning signed radiculopathy", "most-words", id="most of the words"),
        pytest.param("acupunture", "spelling", id="mended"),
        pytest.param("visits", None, id="as typed"),
    ],
)
def test_a_search_keeps_its_state_however_it_is_read(q: str, code: str | None) -> None:
    """Its address, and with it each link to another page of it, stays the one that was typed."""
    known = IndexProfile("a build", MemoryIndex(list(indexed(("", case) for case in CASES))))
    state = SearchState(q, page=2, sort="newest")
    reading = interpret(known, state)
    assert reading.state == state
    assert code is None or code in {each.code for each in reading.notes}


VOCABULARY = Vocabulary(
    {
        "body": [FacetCount("low back", 9, 0), FacetCount("knee", 3, 0)],
        "treatment": [FacetCount("hydrocodone/acetaminophen", 3, 0)],
        "decision": [FacetCount("upheld", 9, 0)],
        "cites": [FacetCount(f"odg-pain:{page}", 1, 0) for page in range(11)],
    }
)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        pytest.param("body=lumbar", "body=low+back", id="another name"),
        pytest.param("body=KNEE", "body=knee", id="other capitals"),
        pytest.param("not.body=lumbar", "not.body=low+back", id="left out"),
        pytest.param("treatment=norco", "treatment=hydrocodone%2Facetaminophen", id="a brand"),
        pytest.param("decision=overturn", "decision=overturned", id="no issue, but a decision"),
        pytest.param("body=lumbar&body=low+back", "body=low+back", id="one value twice"),
        pytest.param("year=2013..2016", "year=2013..2016", id="a range"),
        pytest.param("body=~unknown", "body=~unknown", id="what is not known"),
        pytest.param("q=x&page=3&body=knee", "body=knee&page=3&q=x", id="known as it is"),
    ],
)
def test_values_are_known_by_all_their_names(url: str, known: str) -> None:
    state, unknown = known_choices(VOCABULARY, SearchState.from_url(url))
    assert state.query_string() == known
    assert unknown == ()


def test_a_name_of_several_values_chooses_each_of_them() -> None:
    """Left out or not as the one that was typed, beside whatever else was chosen."""
    pages = [FacetCount(f"odg-pain:{page}", 1, 0) for page in (3, 8)]
    vocabulary = Vocabulary({"cites": pages, "body": [FacetCount("knee", 3, 0)]})
    state = SearchState(choices=(Choice("body", "knee"), Choice("cites", "odg-pain", True)))
    known, unknown = known_choices(vocabulary, state)
    assert known.choices == (
        Choice("body", "knee"),
        Choice("cites", "odg-pain:3", True),
        Choice("cites", "odg-pain:8", True),
    )
    assert unknown == ()


def test_what_no_issue_has_stands_beside_what_is_known_by_another_name() -> None:
    state = SearchState(choices=(Choice("body", "moustache"), Choice("body", "lumbar")))
    known, unknown = known_choices(VOCABULARY, state)
    assert set(known.choices) == {Choice("body", "moustache"), Choice("body", "low back")}
    assert unknown == (Choice("body", "moustache"),)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("body", "lumbr"),
        Choice("body", "moustache", excluded=True),
        Choice("year", "soon"),
        pytest.param(Choice("cites", "odg-pain"), id="more than ten values"),
    ],
)
def test_what_no_issue_has_stays_as_it_is(choice: Choice) -> None:
    state = SearchState(choices=(choice,))
    assert known_choices(VOCABULARY, state) == (state, (choice,))


def test_of_many_values_that_no_issue_has_three_are_named() -> None:
    """An address can hold hundreds."""
    messages = [
        each.message for each in search("body=zz1&body=zz2&body=zz3&body=zz4&body=zz5").notes
    ]
    assert [message[:17] for message in messages[:4]] == [
        "No issue has “zz1",
        "No issue has “zz2",
        "No issue has “zz3",
        "No issue has 2 mo",
    ]
    assert messages[3] == "No issue has 2 more of the chosen values."


@pytest.mark.parametrize(
    ("url", "total", "is_mended"),
    [
        pytest.param("q=radiculopthy", 2, True, id="any word, not only a treatment's name"),
        pytest.param("q=radiculopthy+OR+therapy", 4, True, id="beside one that finds some"),
        pytest.param("q=radiculopthy&body=knee", 0, False, id="found in neither way"),
        pytest.param("q=radiculopthy&spell=0", 0, False, id="as typed"),
    ],
)
def test_a_spelling_is_mended_where_that_finds_more(url: str, total: int, is_mended: bool) -> None:
    result = search(url)
    assert (result.total, "spelling" in {each.code for each in result.notes}) == (total, is_mended)


def test_most_of_the_words_are_enough_only_where_that_finds_some() -> None:
    some = search("q=weaning+agreement+signed+absentword")
    assert (found(some), some.match) == (["2.1"], "most")
    (told,) = (each for each in some.notes if each.code == "most-words")
    assert told.message == "No issue has all of these words; these have most of them."
    assert SearchState.from_url(told.url or "").match == "all"
    none = search("q=absentword+awaitedword+abandonedword")
    assert (none.total, none.match) == (0, "all")
    named = search("q=norco+agreement+signed+absentword")
    assert {"expanded", "most-words"} <= {each.code for each in named.notes}


def test_most_of_the_words_are_offered_only_where_more_issues_have_them() -> None:
    alone = search("q=weaning+agreement+signed")
    assert alone.total == 1
    assert "wider" not in {each.code for each in alone.notes}
