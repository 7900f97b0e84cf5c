from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

import pytest

from imrsearch.engines.base import Hit
from imrsearch.model import DAMAGED, DecisionReason, Determination, IssueId
from imrsearch.query.tree import (
    And,
    Boosted,
    FieldEquals,
    Filtered,
    Leaf,
    Not,
    Or,
    Phrase,
    Query,
    Term,
)
from imrsearch.search.matches import Matched, find_matches
from imrsearch.search.results import Reason, ResultRow
from imrsearch.search.rows import issues_of, lacking, make_rows, match_reasons, values_in
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings, load_settings
from tests.search.memory import (
    CASES,
    MemoryBuilds,
    MemoryIndex,
    MemoryLetters,
    determination,
    documents,
    issue,
    search,
)


def test_a_row() -> None:
    row = search("q=chiropractic+visits+overturned+OR+capacity").rows[0]
    assert row.service == "Chiropractic care 6 visits"
    assert row.service_html == "<mark>Chiropractic</mark> care 6 <mark>visits</mark>"
    assert row.decision_label == "Overturned: treatment approved"
    assert row.decided == "2016-12-09"
    assert row.url == "/case/CM16-0000001#issue-1"
    assert [excerpt.text for excerpt in row.excerpts] == [
        "Six visits are necessary.",
        "Work capacity rose after the first visits.",
    ]


def test_issues_as_asked_and_as_far_as_they_are_kept() -> None:
    """An index may name a case that was removed since, or an issue that a later reader joined."""
    letters = MemoryLetters(CASES)
    wanted = [IssueId("CM16-0000001", 2), IssueId("CM99-0000001", 1), IssueId("CM16-0000001", 9)]
    found = list(issues_of([*wanted, IssueId("CM16-0000001", 1)], letters))
    assert [(case, one.number) for case, one in found] == [("CM16-0000001", 2), ("CM16-0000001", 1)]


def test_the_text_of_a_letter_is_never_markup() -> None:
    assert search("q=brace").rows[0].service_html == "Knee <mark>brace</mark> &lt;hinged&gt;"


def test_a_letter_of_unknown_layout_is_a_row_too() -> None:
    case = determination("scan-7")
    index = MemoryIndex(documents([determination("scan-7", issue(0, "x", None, rationale="Odd."))]))
    letters = MemoryLetters([case], {"scan-7": "An odd letter about a wheelchair."})
    found = SearchService(letters, MemoryBuilds(index), load_settings({})).search(
        SearchState("odd")
    )
    (row,) = found.rows
    assert (row.number, row.decision, row.url) == (0, None, "/case/scan-7#issue-0")
    assert row.service == "Letter of unknown layout"
    assert row.excerpts[0].html == "An <mark>odd</mark> letter about a wheelchair."


def test_an_export_reads_no_more_of_a_letter_than_a_page(sample_index: Settings) -> None:
    """The evidence of a thousand letters took 20 MiB while an export was written."""
    with closing(Collection.open(sample_index.index)) as letters:
        case = next(one for one in letters.every_determination() if len(one.issues) > 1)
        hit = Hit(str(IssueId(case.case_id, case.issues[1].number)), 1.0)
        (row,) = make_rows([hit], letters, with_excerpts=False)
    assert case.evidence
    assert row.determination == replace(case, issues=case.issues[1:2], evidence={})


def test_letters_changed_since_the_build_are_told() -> None:
    builds = MemoryBuilds(MemoryIndex(documents(CASES)))
    result = SearchService(MemoryLetters(CASES[:1]), builds, load_settings({})).search(
        SearchState()
    )
    assert {row.case_id for row in result.rows} == {"CM16-0000001"}
    assert [note.code for note in result.notes] == ["changed"]


CARE, RED, COOK = Term("care"), Term("red"), Term("cook")


def row(hit: Hit, case: Determination, *terms: Term) -> ResultRow:
    """The row of one hit."""
    (made,) = make_rows([hit], MemoryLetters([case]), terms)
    return made


def test_a_row_is_of_the_issue_that_was_found_and_keeps_what_the_engine_told() -> None:
    told = row(Hit("CM16-0000001#2", 2.5, others=3, same=("CM16-0000009#1",)), CASES[0], RED, COOK)
    assert (told.number, told.service, told.score) == (2, "Lumbar MRI", 2.5)
    assert (told.others, told.same) == (3, ("CM16-0000009#1",))
    assert told.reasons == (Reason("rationale", "red", 1), Reason("summary", "cook", 1))
    assert [(one.place, one.text) for one in told.excerpts] == [
        ("rationale", "No red flag was seen."),
        ("summary", "A cook slipped on a wet floor."),
    ]


def test_a_row_carries_the_reasons_of_its_issue() -> None:
    reason = DecisionReason("red-flags", "unmet", "No red flags.", (0, 13))
    case = determination(
        "CM16-0000001", issue(1, "MRI", rationale="No red flags.", reasons=(reason,))
    )
    assert row(Hit("CM16-0000001#1", 1.0), case).decision_reasons == (reason,)


def test_an_issue_that_is_gone_from_its_case_has_no_row() -> None:
    hits = [Hit("CM16-0000001#3", 1.0), Hit("CM16-0000001#2", 1.0), Hit("CM16-0000009#1", 1.0)]
    (told,) = make_rows(hits, MemoryLetters(CASES))
    assert told.number == 2


def test_without_excerpts_only_the_service_is_read() -> None:
    (told,) = make_rows(
        [Hit("CM16-0000001#1", 1.0)], MemoryLetters(CASES), [CARE, COOK], with_excerpts=False
    )
    assert (told.excerpts, told.reasons) == ((), (Reason("service", "care", 1),))


def test_a_damaged_letter_says_so_in_the_place_of_its_issue() -> None:
    told = row(Hit("CM16-0000001#2", 1.0), replace(CASES[0], era=DAMAGED))
    assert (told.number, told.decision) == (2, None)
    assert told.service == told.issue.heading
    assert "damaged" in told.service


def test_what_is_only_close_tells_what_it_lacks_and_whether_its_class_is_the_same() -> None:
    """Behind why it is there."""
    opioid = issue(1, "Tramadol", category="Pharmaceuticals", subcategory="Opioids")
    norco = Filtered(Term("norco"), FieldEquals("disputes", "hydrocodone/acetaminophen"))
    (told,) = make_rows(
        [Hit("CM16-0000001#1", 1.0)],
        MemoryLetters([determination("CM16-0000001", opioid)]),
        [Term("norco"), Term("tramadol"), CARE],
        close_to=And((norco, Term("tramadol"), CARE)),
    )
    assert told.reasons == (
        Reason("service", "tramadol", 1),
        Reason("same class", "Opioids", 1),
        Reason("without", "norco", 0),
        Reason("without", "care", 0),
    )


def test_where_nothing_was_found_no_letter_is_looked_up() -> None:
    class Unread(MemoryLetters):
        def with_issues(self, ids: Iterable[IssueId]) -> dict[str, Determination]:
            raise AssertionError(ids)

    assert make_rows([], Unread(CASES)) == ()


KNEE, NECK = FieldEquals("body", "knee"), FieldEquals("body", "neck")
MRI = FieldEquals("treatment", "MRI")
MASSAGE = FieldEquals("subcategory", "Rehabilitation > Massage")
REHABILITATION = FieldEquals("category", "Rehabilitation")
ISSUE = issue(
    1,
    "MRI",
    treatment="MRI",
    category="Rehabilitation",
    subcategory="Massage",
    body_parts=("knee", "foot"),
)


def matched(text: str, *leaves: Leaf) -> Matched:
    return Matched(text, find_matches(text, leaves))


def test_words_are_counted_by_place() -> None:
    pain = Term("pain")
    texts = {
        "rationale": matched("Pain, and painful: pain.", pain),
        "summary": matched("No pain. A red flag.", pain, Phrase(("red", "flag"))),
    }
    assert match_reasons(ISSUE, texts, ()) == (
        Reason("rationale", "pain", 3),
        Reason("summary", "pain", 1),
        Reason("summary", "red flag", 1),
    )


def test_a_word_of_another_field_explains_nothing_here() -> None:
    texts = {"rationale": matched("pain", Term("pain", ("summary",)))}
    assert match_reasons(ISSUE, texts, ()) == ()


def test_facts_that_were_asked_for_and_are_there() -> None:
    """By what they are; values of other fields explain themselves."""
    asked = (MRI, KNEE, NECK, FieldEquals("decision", "upheld"))
    assert match_reasons(ISSUE, {}, asked) == (
        Reason("treatment", "MRI", 1),
        Reason("body part", "knee", 1),
    )


@pytest.mark.parametrize(
    ("meant", "told"),
    [
        pytest.param((MASSAGE, MRI), "MRI", id="the treatment before its class"),
        pytest.param((REHABILITATION, MASSAGE), "Massage", id="the class before the category"),
        pytest.param((REHABILITATION,), "Rehabilitation", id="the category"),
        pytest.param((FieldEquals("treatment", "cane"), MASSAGE), "Massage", id="those it has"),
        pytest.param((FieldEquals("treatment", "cane"),), None, id="none that it has"),
    ],
)
def test_what_the_words_mean_is_told_once(meant: tuple[FieldEquals, ...], told: str | None) -> None:
    expected = (Reason("meant by these words", told, 1),) if told else ()
    assert match_reasons(ISSUE, {}, (), meant) == expected


@pytest.mark.parametrize(
    ("query", "values"),
    [
        pytest.param(And((KNEE, Or((MRI, KNEE)))), (KNEE, MRI), id="each once"),
        pytest.param(And((MRI, Not(KNEE))), (MRI,), id="not those that are left out"),
        pytest.param(Boosted(MRI, (NECK,)), (MRI, NECK), id="those that only rank too"),
    ],
)
def test_values_that_make_an_issue_match_or_rank(
    query: Query, values: tuple[FieldEquals, ...]
) -> None:
    assert values_in(query) == values


def test_what_a_close_match_lacks() -> None:
    """In any wording: whoever has one of the leaves lacks nothing of that part."""
    red, flags, cane, stick = Term("red"), Phrase(("red", "flags")), Term("cane"), Term("stick")
    texts = {"rationale": matched("A stick was red.", red, flags, cane, stick)}
    asked: list[list[Leaf]] = [[red], [flags], [cane, stick]]
    assert list(lacking(ISSUE, texts, asked, ())) == [Reason("without", "red flags", 0)]


@pytest.mark.parametrize(
    ("classes", "is_told"),
    [(("Rehabilitation > Massage",), True), (("Rehabilitation > Chiropractic",), False)],
)
def test_a_close_match_of_the_same_class_says_so(classes: tuple[str, ...], is_told: bool) -> None:
    told = [Reason("same class", "Massage", 1)] if is_told else []
    assert list(lacking(ISSUE, {}, [], classes)) == told
    assert list(lacking(issue(1, "MRI", category="Rehabilitation"), {}, [], classes)) == []
