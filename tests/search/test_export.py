from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from imrsearch.engines.base import Hit
from imrsearch.model import DecisionReason, GuidelineStatement, Issue
from imrsearch.search.export import COLUMNS, FORMATS, to_csv
from imrsearch.search.results import Export
from imrsearch.search.rows import make_rows
from tests.search.memory import MemoryLetters, determination, issue

ORIGIN = "https://imr.example"
HOSTILE = "MRI & \\emph{knee} 50% <script>\x0b#1_$"


def export(*issues: Issue) -> Export:
    letters = MemoryLetters([determination("CM16-0000001", *issues)])
    hits = [Hit(f"CM16-0000001#{one.number}", 1.0) for one in issues]
    return Export(
        rows=make_rows(hits, letters),
        q="knee & mri",
        address="/search?q=knee+%26+mri",
        read_as="knee AND mri, in all text",
        total=7,
        limit=1000,
        build="build-1",
    )


def written(suffix: str, *issues: Issue) -> str:
    return "".join(FORMATS[suffix].write(export(*issues), ORIGIN))


def table(*issues: Issue) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written("csv", *issues))))


def test_a_row_of_the_table() -> None:
    statement = GuidelineStatement("Decision based on MTUS", "mtus", ())
    one = issue(
        2,
        'MRI, "open"\nupright',
        category="Diagnostic Testing",
        body_parts=("neck", "low back"),
        reviewer_guideline=statement,
        reasons=(DecisionReason("red-flags", "unmet", "No red flags.", (0, 13)),),
    )
    assert table(one) == [
        list(COLUMNS),
        [
            "CM16-0000001",
            "2",
            "2016-12-09",
            "upheld",
            'MRI, "open"\nupright',
            "Diagnostic Testing",
            "",
            "neck; low back",
            "unmet red-flags",
            "Decision based on MTUS",
            "",
            "https://imr.example/case/CM16-0000001#issue-2",
            "https://imr.example/search?q=knee+%26+mri",
            "7",
            "build-1",
        ],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    (_, row) = table(issue(1, f"{start}HYPERLINK(1)"))
    assert row[COLUMNS.index("service")] == f"'{start}HYPERLINK(1)"


def test_the_heading_line_comes_even_for_no_rows() -> None:
    assert list(to_csv(export())) == [",".join(COLUMNS) + "\r\n"]


def test_json_tells_of_which_search_it_is() -> None:
    told = json.loads(written("json", issue(1, HOSTILE)))
    assert told["about"] == {
        "search": "https://imr.example/search?q=knee+%26+mri",
        "read_as": "knee AND mri, in all text",
        "found": 7,
        "partial": False,
        "exported": 1,
        "limit": 1000,
        "build": "build-1",
    }
    assert told["results"][0]["url"] == "https://imr.example/case/CM16-0000001#issue-1"
    assert told["results"][0]["service"] == HOSTILE


def test_the_feed_is_xml_whatever_a_letter_holds() -> None:
    feed = ElementTree.fromstring(written("atom", issue(1, HOSTILE), issue(2, "Massage")))
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") or "" for entry in feed.findall(f"{atom}entry")]
    assert titles[0].startswith(r"MRI & \emph{knee} 50% <script>#1_$ (Upheld")
    assert feed.findtext(f"{atom}updated") == "2016-12-09T00:00:00Z"
    assert "build build-1" in (feed.findtext(f"{atom}subtitle") or "")
    ids = [element.text for element in feed.iter(f"{atom}id")]
    assert len(set(ids)) == len(ids) == 3


def test_references_are_records_of_one_case_each() -> None:
    text = written("ris", issue(1, "MRI of\nthe knee", body_parts=("knee",)), issue(2, "Massage"))
    first, second = text.removesuffix("\r\n\r\n").split("\r\n\r\n")
    assert first.splitlines() == [
        "TY  - CASE",
        "ID  - CM16-0000001-1",
        "TI  - MRI of the knee (Upheld: treatment denied)",
        "M1  - CM16-0000001, issue 1",
        "PY  - 2016",
        "DA  - 2016/12/09",
        "KW  - knee",
        "UR  - https://imr.example/case/CM16-0000001#issue-1",
        "N1  - Found by https://imr.example/search?q=knee+%26+mri, build-1, 1 of 7",
        "ER  - ",
    ]
    assert "TI  - Massage" in second


def test_bibtex_is_safe_from_the_signs_of_tex() -> None:
    entry = written("bib", issue(1, HOSTILE))
    title = re.search(r"title = \{\{(.*)\}\},", entry)
    assert title
    assert title[1].startswith(r"MRI \& \textbackslash{}emph\{knee\} 50\% <script> \#1\_\$ (Upheld")
    assert entry.startswith("@misc{CM16-0000001-1,\n")


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_result_gives_the_same_bytes(suffix: str) -> None:
    assert written(suffix, issue(1, HOSTILE)) == written(suffix, issue(1, HOSTILE))


@pytest.mark.parametrize(
    ("suffix", "words"),
    [("csv", ",at least 7,"), ("json", '"partial": true'), ("ris", "1 of at least 7")],
)
def test_an_export_cut_short_says_so(suffix: str, words: str) -> None:
    cut = replace(export(issue(1, "Massage")), partial=True)
    assert words in "".join(FORMATS[suffix].write(cut, ORIGIN))
