from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from imrsearch.engines.base import Hit
from imrsearch.model import IssueId
from imrsearch.search.rows import make_rows
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
