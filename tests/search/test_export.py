from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import repeat
from xml.etree import ElementTree

import pyarrow
import pyarrow.parquet as parquet
import pytest

from imrsearch.engines.base import Hit
from imrsearch.model import (
    Citation,
    DecisionReason,
    Dose,
    GuidelineStatement,
    Issue,
    Patient,
    Quantity,
    Reviewer,
)
from imrsearch.search.columns import ABOUT_COLUMNS, COLUMNS
from imrsearch.search.export import FORMATS, WRITERS, to_csv
from imrsearch.search.results import Export, ResultRow
from imrsearch.search.rows import make_rows
from imrsearch.system.errors import MissingExtra
from tests.search.memory import MemoryLetters, determination, issue

ORIGIN = "https://imr.example"
HOSTILE = "MRI & \\emph{knee} 50% <script>\x0b#1_$"


def export(*issues: Issue) -> Export:
    case = replace(
        determination("CM16-0000001", *issues),
        reviewer=Reviewer(("Pain Medicine",), (), ("Ohio",)),
        patient=Patient(44, "female"),
    )
    letters = MemoryLetters([case])
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


ODG_PAIN = Citation("odg-pain", "odg", "Pain", None, None, ("Massage",), (58, 59), "ODG Pain")
CITING = GuidelineStatement("Decision based on ODG", "non-mtus", (ODG_PAIN,))


def test_every_fact_of_an_issue_stands_in_its_row() -> None:
    one = issue(
        2,
        'MRI, "open"\nupright',
        category="Diagnostic Testing",
        subcategory="Imaging",
        treatment="MRI",
        quantity=Quantity(12, "sessions"),
        body_parts=("neck", "low back"),
        sides=("left",),
        flags=("retrospective",),
        reviewer_guideline=CITING,
        claims_administrator=CITING,
        rationale_citations=(ODG_PAIN,),
        rationale="Reasons.",
        reasons=(DecisionReason("red-flags", "unmet", "No red flags.", (0, 13)),),
        ur_action="modified",
        original_quantity=Quantity(18, "sessions"),
        authorized_quantity=Quantity(6, "sessions"),
        dose=Dose("10/325mg", 10, "mg"),
        body_part_source="diagnosis",
    )
    heading, row = table(one)
    assert heading == [*COLUMNS, *ABOUT_COLUMNS]
    cells = dict(zip(heading, row, strict=True))
    assert {name: value for name, value in cells.items() if value} == {
        "case_id": "CM16-0000001",
        "number": "2",
        "decided": "2016-12-09",
        "decision": "upheld",
        "service": 'MRI, "open"\nupright',
        "category": "Diagnostic Testing",
        "subcategory": "Imaging",
        "treatment": "MRI",
        "quantity": "12",
        "unit": "sessions",
        "dose": "10/325mg",
        "body_parts": "neck; low back",
        "body_part_source": "diagnosis",
        "sides": "left",
        "flags": "retrospective",
        "ur_action": "modified",
        "original_quantity": "18",
        "authorized_quantity": "6",
        "reviewer_guideline": "Decision based on ODG",
        "reviewer_cites": "odg-pain: Massage, p. 58, 59",
        "reviewer_basis": "non-mtus",
        "claims_administrator_guideline": "Decision based on ODG",
        "claims_administrator_cites": "odg-pain: Massage, p. 58, 59",
        "comparison": "same",
        "rationale_cites": "odg-pain: Massage, p. 58, 59",
        "decision_reasons": "unmet red-flags",
        "rationale": "Reasons.",
        "specialties": "Pain Medicine",
        "licensed_in": "Ohio",
        "age": "44",
        "sex": "female",
        "era": "credentials",
        "file": "CM16-0000001.pdf",
        "url": "https://imr.example/case/CM16-0000001#issue-2",
        "search": "https://imr.example/search?q=knee+%26+mri",
        "found": "7",
        "build": "build-1",
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    (_, row) = table(issue(1, f"{start}HYPERLINK(1)"))
    assert row[list(COLUMNS).index("service")] == f"'{start}HYPERLINK(1)"


def test_the_heading_line_comes_even_for_no_rows() -> None:
    assert list(to_csv(export())) == [",".join((*COLUMNS, *ABOUT_COLUMNS)) + "\r\n"]


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
    assert told["results"][0]["age"] == 44
    assert told["results"][0]["specialties"] == ["Pain Medicine"]
    assert told["results"][0]["reasons"] == []  # what /search.json says of a row is there too


def test_json_can_be_read_by_people() -> None:
    text = written("json", issue(1, "Café"))
    assert text.startswith('{\n "about": {\n  "search": "https://imr.example/search?q=')
    assert '"service": "Café"' in text
    assert text.endswith(" ]\n}\n")


def test_the_feed_is_xml_whatever_a_letter_holds() -> None:
    feed = ElementTree.fromstring(written("atom", issue(1, HOSTILE), issue(2, "Massage")))
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") or "" for entry in feed.findall(f"{atom}entry")]
    assert titles[0].startswith(r"MRI & \emph{knee} 50% <script>#1_$ (Upheld")
    assert feed.findtext(f"{atom}updated") == "2016-12-09T00:00:00Z"
    assert "build build-1" in (feed.findtext(f"{atom}subtitle") or "")
    told = feed.findtext(f"{atom}entry/{atom}summary") or ""
    assert "specialties: Pain Medicine" in told
    assert "age: 44" in told
    ids = [element.text for element in feed.iter(f"{atom}id")]
    assert len(set(ids)) == len(ids) == 3


def test_a_feed_as_a_whole() -> None:
    """It is as new as its newest entry; of an entry, what its title does not say is told."""
    rows = export(issue(1, "MRI", category="Imaging"), issue(2, "Massage")).rows
    told = replace(export(), rows=(rows[0], replace(rows[1], decided=None)), q="")
    case = "https://imr.example/case/CM16-0000001"
    facts = "specialties: Pain Medicine\nlicensed_in: Ohio\nage: 44\nsex: female\nera: credentials"
    none = "comparison: administrator cited none"
    assert "".join(FORMATS["atom"].write(told, ORIGIN)) == (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        "<id>https://imr.example/search?q=knee+%26+mri</id>\n"
        "<title>imrsearch: knee AND mri, in all text</title>\n"
        "<subtitle>search https://imr.example/search?q=knee+%26+mri; "
        "read_as knee AND mri, in all text; found 7; partial False; exported 2; limit 1000; "
        "build build-1</subtitle>\n"
        '<link href="https://imr.example/search?q=knee+%26+mri"/>\n'
        "<updated>2016-12-09T00:00:00Z</updated>\n<author><name>imrsearch</name></author>\n"
        f"<entry><id>{case}#issue-1</id><title>MRI (Upheld: treatment denied)</title>"
        f'<link href="{case}#issue-1"/><updated>2016-12-09T00:00:00Z</updated>'
        f"<summary>category: Imaging\n{none}\n{facts}</summary></entry>\n"
        f"<entry><id>{case}#issue-2</id><title>Massage (Upheld: treatment denied)</title>"
        f'<link href="{case}#issue-2"/><updated>1970-01-01T00:00:00Z</updated>'
        f"<summary>{none}\n{facts}</summary></entry>\n</feed>\n"
    )


def test_a_search_in_words_is_the_title_of_its_feed() -> None:
    feed = written("atom", issue(1, "MRI"))
    assert "<title>imrsearch: knee &amp; mri</title>" in feed


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


def test_an_entry_of_bibtex_for_each_issue() -> None:
    first, second = written("bib", issue(1, "MRI"), issue(2, "Massage")).split("\n\n")[:2]
    assert first == (
        "@misc{CM16-0000001-1,\n"
        "  title = {{MRI (Upheld: treatment denied)}},\n"
        "  number = {CM16-0000001, issue 1},\n"
        "  year = {2016},\n"
        "  url = {https://imr.example/case/CM16-0000001#issue-1},\n"
        "  note = {Found by https://imr.example/search?q=knee+\\%26+mri, build-1, 1 of 7}\n"
        "}"
    )
    assert second.startswith("@misc{CM16-0000001-2,\n")


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


def streamed(suffix: str, rows: Iterable[ResultRow]) -> io.BytesIO:
    """The file of an export without a limit, to be read."""
    file = io.BytesIO()
    WRITERS[suffix](rows, ORIGIN, file)
    return io.BytesIO(file.getvalue())


ROWS = export(issue(1, "=Café", body_parts=("knee", "neck")), issue(2, HOSTILE)).rows


def test_lines_of_csv_without_a_limit_are_those_with_one() -> None:
    """Without what each row would tell of the search."""
    about = len(ABOUT_COLUMNS)
    lines = list(csv.reader(io.TextIOWrapper(streamed("csv", ROWS), "utf-8", newline="")))
    limited = "".join(to_csv(replace(export(), rows=ROWS), ORIGIN))
    assert lines == [line[:-about] for line in csv.reader(io.StringIO(limited, newline=""))]
    assert "'=Café" in lines[1]


def test_a_line_of_json_holds_each_value_as_it_is() -> None:
    first, second = streamed("jsonl", ROWS).getvalue().decode().splitlines()
    assert "=Café" in first
    told = json.loads(first)
    assert (told["number"], told["body_parts"], told["dose"]) == (1, ["knee", "neck"], None)
    assert told["url"] == f"{ORIGIN}/case/CM16-0000001#issue-1"
    assert json.loads(second)["service"] == HOSTILE


def test_the_columns_of_parquet_have_types() -> None:
    table = parquet.read_table(streamed("parquet", ROWS))
    assert table.schema.field("number").type == pyarrow.float64()
    assert table.schema.field("body_parts").type == pyarrow.list_(pyarrow.string())
    assert table.schema.field("decided").type == pyarrow.string()
    lines = [json.loads(line) for line in streamed("jsonl", ROWS)]
    assert table.to_pylist() == lines


def test_parquet_is_written_by_groups_of_rows() -> None:
    """So that any number of rows needs the memory of one group."""
    file = parquet.ParquetFile(streamed("parquet", repeat(ROWS[0], 5_001)))
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [5_000, 1]


def test_parquet_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra) as refused:
        streamed("parquet", ROWS)
    assert "imrsearch[parquet]" in str(refused.value.hint)


def test_what_a_letter_does_not_say_is_left_out_of_references() -> None:
    undated = replace(ROWS[0], decided=None)
    told = replace(export(), rows=(undated,))
    ris = "".join(FORMATS["ris"].write(told, ORIGIN))
    assert not {"PY", "DA"} & {line[:2] for line in ris.splitlines()}
    assert "year" not in "".join(FORMATS["bib"].write(told, ORIGIN))
    atom = "".join(FORMATS["atom"].write(told, ORIGIN))
    assert atom.count("<updated>1970-01-01T00:00:00Z</updated>") == 2
