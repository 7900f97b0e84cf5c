from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imrsearch.search.state import Choice, SearchState
from tests.search.memory import determination, issue, search, service


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        pytest.param("q=wheelchair", [], id="nothing would help"),
        pytest.param("q=wheelchair&body=knee", [], id="no filter is to blame"),
        pytest.param(
            "q=visits&body=knee", ["Without the filter “Body part”: 2 issues"], id="one filter"
        ),
        pytest.param(
            "q=visits&body=knee&year=2014",
            ["Without the filter “Body part”: 1 issue", "Without any filter: 2 issues"],
            id="two filters",
        ),
        pytest.param(
            "q=chiropractic+MRI+-brace",
            [
                "2 issues dispute chiropractic: 1 overturned",
                "1 issue disputes mri: 0 overturned",
                "Without “chiropractic”: 1 issue",
                "Without “mri”: 2 issues",
                "With any of the words: 3 issues",
            ],
            id="words that do not go together",
        ),
        pytest.param(
            "q=decision:overturned+MRI",
            [
                "1 issue disputes mri: 0 overturned",
                "Without Decision “Overturned: treatment approved”: 1 issue",
                "Without “mri”: 1 issue",
            ],
            id="a word and a value",
        ),
        pytest.param(
            "q=body:lumbr+chiropractic",
            [
                "No issue has “lumbr” under “Body part”. Nearest: low back.",
                "2 issues dispute chiropractic: 1 overturned",
                "Body part “Low back”: 2 issues",
                "Without Body part “Lumbr”: 2 issues",
            ],
            id="a value typed wrongly",
        ),
        pytest.param(
            "q=cook+floor+wheelchair+scooter+crutch&match=most",
            ["With any of the words: 2 issues"],
            id="most of the words: no single one is to blame",
        ),
        pytest.param(
            "q=" + "+".join("abcdefghjk") + "+MRI+visits",
            ["1 issue disputes mri: 0 overturned", "With any of the words: 3 issues"],
            id="too many words to try without each",
        ),
    ],
)
def test_nothing_found_gets_offers_that_find(url: str, offered: list[str]) -> None:
    assert [note.message for note in search(url).notes] == offered


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        pytest.param("quantity:120", "quantity 120", id="a number"),
        pytest.param("quantity:3..6", "quantity 3 to 6", id="a range"),
        pytest.param("visits_so_far:12..", "visits so far 12 or more", id="open above"),
        pytest.param("quantity:..9", "quantity up to 9", id="open below"),
        pytest.param("decided:2018-01", "“decided:2018-01”", id="a month, as typed"),
        pytest.param("case:CM16-0000009", "“case:CM16-0000009”", id="a field that is no facet"),
        pytest.param("body:hip", "Body part “Hip”", id="a facet's value"),
        pytest.param("wheel*", "“wheel*”", id="a beginning"),
    ],
)
def test_what_is_left_out_is_named_in_plain_words(typed: str, named: str) -> None:
    (offer,) = (
        note
        for note in search(f"q={typed}+chiropractic&body=back").notes
        if note.code == "without-word"
    )
    assert offer.message == f"Without {named}: 2 issues"


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        pytest.param("body=lumbr&q=visits", ["q=visits&body=low+back"], id="chosen"),
        pytest.param("not.body=lumbr&q=wheelchair", [], id="left out: nothing was missed"),
        pytest.param(
            "body=knee&not.body=lumbr&q=visits", [], id="left out beside another that is chosen"
        ),
        pytest.param("q=body:lumbr", ['q=body:"low back"'], id="typed alone"),
        pytest.param(
            "q=body:lumbr+decision:overturned",
            ['q=body:"low back" AND decision:overturned'],
            id="typed beside a value that issues have",
        ),
        pytest.param(
            "q=visits&body=lumbr&body=nek&body=kn&year=2000",
            [],
            id="nothing found with the nearest either",
        ),
    ],
)
def test_values_that_no_issue_has_lead_to_the_nearest(url: str, offered: list[str]) -> None:
    notes = [note.url for note in search(url).notes if note.code == "nearest-value"]
    assert notes == [SearchState.from_url(one).to_url() for one in offered]


def test_a_search_for_what_lacks_a_word_is_not_answered_by_everything() -> None:
    everywhere = determination("CM16-0000001", issue(1, "Cane"))
    assert service([everywhere]).search(SearchState("-cane")).notes == ()


def test_a_typed_value_that_issues_have_leads_to_no_other() -> None:
    parts = (("Cane", "upper back"), ("Brace", "low back"))
    cases = [
        determination(f"CM16-{n:07}", issue(1, service, body_parts=(part,)))
        for n, (service, part) in enumerate(parts)
    ]
    result = service(cases).search(SearchState('body:"low back" cane'))
    assert not result.total
    assert "nearest-value" not in {note.code for note in result.notes}


@pytest.mark.parametrize(("words", "offers"), [(8, 1), (9, 0)])
def test_of_a_long_search_no_single_word_is_left_out(words: int, offers: int) -> None:
    """Each would be a search of its own."""
    known = ["cook", "slipped", "wet", "floor", "capacity", "rose", "necessary", "chiropractic"]
    notes = search(f"q={'+'.join(known[: words - 1])}+wheelchair&match=all").notes
    assert [note.code for note in notes].count("without-word") == offers


@pytest.mark.parametrize(
    ("q", "loose"),
    [
        pytest.param(
            "chiropractic+MRI+-visits", "(chiropractic OR mri) AND NOT visits", id="less still"
        ),
        pytest.param(
            "(wheelchair+OR+scooter)+MRI",
            "wheelchair OR scooter OR mri",
            id="alternatives are words like the others",
        ),
    ],
)
def test_any_of_the_words_keeps_what_else_was_asked_for(q: str, loose: str) -> None:
    url = next(note.url for note in search(f"q={q}&match=all").notes if note.code == "any-word")
    assert url == SearchState.from_url(f"match=all&q={loose}").to_url()


def test_only_so_many_values_are_looked_up() -> None:
    """An address can hold hundreds."""
    url = "q=visits&body=kne&body=lumb&body=lumbr&body=nek"
    found = [note.message for note in search(url).notes if note.code == "nearest-value"]
    assert found == ["Body part “Low back”: 2 issues", "Body part “Low back”: 2 issues"]


@given(
    st.lists(
        st.sampled_from(["chiropractic", "mri", "absent", "-care", "decision:upheld"]), max_size=4
    ),
    st.lists(
        st.sampled_from([Choice("body", "knee"), Choice("year", "2014"), Choice("sex", "male")])
    ),
)
def test_every_offer_finds_what_it_says(words: list[str], choices: list[Choice]) -> None:
    engine = service()
    result = engine.search(SearchState(" ".join(words), tuple(choices)))
    for note in result.notes:
        if note.url and not note.link and not result.total:
            total = engine.search(SearchState.from_url(note.url)).total
            assert total > 0
            assert f"{total} issue" in note.message or f"{total} more" in note.message


def test_nothing_found_by_a_chosen_value_offers_the_nearest() -> None:
    result = search("body=lumbr&q=visits")
    assert result.total == 0
    assert [(note.code, note.message) for note in result.notes] == [
        ("no-such-value", "No issue has “lumbr” under “Body part”. Nearest: low back."),
        ("nearest-value", "Body part “Low back”: 2 issues"),
        ("without-filter", "Without the filter “Body part”: 2 issues"),
    ]
    offer = result.notes[1].url or ""
    assert search(offer).filters == {"body": ("low back",)}


def test_a_value_left_out_that_no_issue_has_is_told() -> None:
    result = search("not.body=lumbr")
    assert result.total == 4
    assert [note.code for note in result.notes] == ["no-such-value"]
