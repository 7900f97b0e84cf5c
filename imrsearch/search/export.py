"""The results of a search for other programs.

``FORMATS`` write up to a limit of rows: CSV, JSON, Atom, RIS and BibTeX. Each export names its
search and build, the number of issues found and the limit, so that it can be reproduced. Nothing
depends on the time: the same search of the same build gives the same bytes.

``WRITERS`` write any number of rows into a file as they come: CSV, JSON lines and Parquet.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO

from imrsearch.search.columns import ABOUT_COLUMNS, COLUMNS, LIST, NUMBER, cell, row_values
from imrsearch.search.results import Export, ResultRow, row_to_json
from imrsearch.system.errors import MissingExtra

# A spreadsheet reads a cell with such a first character as a formula; an apostrophe prevents that.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters not allowed in XML, and lone surrogates.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Characters with a special meaning in TeX.
_TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


Writer = Callable[[Export, str], Iterator[str]]
"""Turns an export into pieces of text; the text beside it is the site's address, such as
``https://example.org``, put before the addresses of issues."""


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: its suffix in addresses, its media type, its writer."""

    suffix: str
    title: str
    media_type: str
    write: Writer


def to_csv(export: Export, origin: str = "") -> Iterator[str]:
    """The rows as lines of CSV, a heading line first; several values are joined by ``; ``.

    Search, total and build are repeated in each row: most programs could not handle a line before
    the header.
    """
    yield csv_line((*COLUMNS, *ABOUT_COLUMNS))
    about = (origin + export.address, export.found, export.build)
    for row in export.rows:
        yield csv_line((*map(cell, row_values(row, origin).values()), *about))


def to_json_file(export: Export, origin: str = "") -> Iterator[str]:
    """One JSON object: ``about`` the search, and its ``results``."""
    results = [row_to_json(row) | row_values(row, origin) for row in export.rows]
    told = {"about": _search_facts(export, origin), "results": results}
    yield json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def to_atom(export: Export, origin: str = "") -> Iterator[str]:
    """An Atom feed (RFC 4287) of the rows in their order."""
    about = "; ".join(f"{name} {value}" for name, value in _search_facts(export, origin).items())
    address = origin + export.address
    title = f"imrsearch: {export.q or export.read_as}"
    newest = max((row.decided for row in export.rows if row.decided), default=None)
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{_xml(address)}</id>\n<title>{_xml(title)}</title>\n"
    yield f"<subtitle>{_xml(about)}</subtitle>\n<link href={_attribute(address)}/>\n"
    yield f"<updated>{_moment(newest)}</updated>\n"
    yield "<author><name>imrsearch</name></author>\n"
    for row in export.rows:
        link = origin + row.url
        yield f"<entry><id>{_xml(link)}</id><title>{_xml(_file_name(row))}</title>"
        yield f"<link href={_attribute(link)}/><updated>{_moment(row.decided)}</updated>"
        told = ((column.name, cell(column.value(row))) for column in _IN_SUMMARY)
        summary = "\n".join(f"{name}: {value}" for name, value in told if value)
        yield f"<summary>{_xml(summary)}</summary></entry>\n"
    yield "</feed>\n"


def to_ris(export: Export, origin: str = "") -> Iterator[str]:
    """The rows as references in RIS, each a case."""
    for row in export.rows:
        fields = [
            ("TY", "CASE"),
            ("ID", f"{row.case_id}-{row.number}"),
            ("TI", _file_name(row)),
            ("M1", f"{row.case_id}, issue {row.number}"),
            ("PY", (row.decided or "")[:4]),
            ("DA", (row.decided or "").replace("-", "/")),
            *(("KW", part) for part in row.body_parts),
            ("UR", origin + row.url),
            ("N1", _found_by(export, origin)),
        ]
        lines = (f"{name}  - {_one_line(value)}" for name, value in fields if value)
        yield "\r\n".join((*lines, "ER  - ", "", ""))


def to_bibtex(export: Export, origin: str = "") -> Iterator[str]:
    """The rows as entries of BibTeX."""
    for row in export.rows:
        fields = {
            "title": f"{{{_tex(_file_name(row))}}}",
            "number": _tex(f"{row.case_id}, issue {row.number}"),
            "year": (row.decided or "")[:4],
            "url": origin + row.url,
            "note": _tex(_found_by(export, origin)),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        yield f"@misc{{{row.case_id}-{row.number},\n{lines}\n}}\n\n"


FORMATS: Mapping[str, Format] = {
    each.suffix: each
    for each in (
        Format("csv", "CSV", "text/csv", to_csv),
        Format("json", "JSON", "application/json", to_json_file),
        Format("atom", "Atom feed", "application/atom+xml", to_atom),
        Format("ris", "RIS", "application/x-research-info-systems", to_ris),
        Format("bib", "BibTeX", "application/x-bibtex", to_bibtex),
    )
}
"""The formats of exports with a limit, by their suffix."""


def _search_facts(export: Export, origin: str) -> dict[str, str | int]:
    return {
        "search": origin + export.address,
        "read_as": export.read_as,
        "found": export.total,
        "partial": export.partial,
        "exported": len(export.rows),
        "limit": export.limit,
        "build": export.build,
    }


def _found_by(export: Export, origin: str) -> str:
    return f"Found by {origin}{export.address}, {export.build}, 1 of {export.found}"


def _file_name(row: ResultRow) -> str:
    return f"{row.service} ({row.decision_label})"


_IN_ENTRY = frozenset(("case_id", "number", "service", "decision", "decided", "url", "file"))
_IN_SUMMARY = [column for name, column in COLUMNS.items() if name not in _IN_ENTRY]


def _moment(day: str | None) -> str:
    """A date in RFC 3339 format; if it is unknown, the earliest possible one."""
    return f"{day or '1970-01-01'}T00:00:00Z"


def _xml(text: str) -> str:
    return html.escape(_NOT_XML.sub("", text), quote=False)


def _attribute(text: str) -> str:
    return f'"{html.escape(_NOT_XML.sub("", text))}"'


def _one_line(text: str) -> str:
    return " ".join(_NOT_XML.sub(" ", text).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in _one_line(text))


def csv_line(cells: Iterable[object]) -> str:
    """One line of CSV; cells that a spreadsheet would read as a formula are escaped."""
    line = io.StringIO()
    texts = map(str, cells)
    csv.writer(line).writerow(
        f"'{text}" if text.startswith(_FORMULA_STARTS) else text for text in texts
    )
    return line.getvalue()


# ------------------------------------------------------------------------------- without a limit

RowWriter = Callable[[Iterable[ResultRow], str, IO[bytes]], None]
"""Writes rows into a file; the text between is the site's address."""

_ROWS_IN_GROUP = 5_000
"""Rows per row group of a Parquet file, and in memory at a time."""


def write_csv(rows: Iterable[ResultRow], origin: str, file: IO[bytes]) -> None:
    """A heading line, then a line for each row; several values are joined by ``; ``."""
    file.write(csv_line(COLUMNS).encode())
    for row in rows:
        file.write(csv_line(map(cell, row_values(row, origin).values())).encode())


def write_json_lines(rows: Iterable[ResultRow], origin: str, file: IO[bytes]) -> None:
    """One JSON object per line; null if the letter does not say."""
    for row in rows:
        file.write(json.dumps(row_values(row, origin), ensure_ascii=False).encode() + b"\n")


def write_parquet(rows: Iterable[ResultRow], origin: str, file: IO[bytes]) -> None:
    """A Parquet file with typed columns. Raises MissingExtra without pyarrow."""
    try:
        import pyarrow.parquet  # an extra of the package
    except ImportError as error:
        raise MissingExtra("Parquet", "parquet") from error
    kinds = {NUMBER: pyarrow.float64(), LIST: pyarrow.list_(pyarrow.string())}
    fields = [(name, kinds.get(one.kind, pyarrow.string())) for name, one in COLUMNS.items()]
    schema = pyarrow.schema(fields)
    with pyarrow.parquet.ParquetWriter(file, schema) as writer:
        left = iter(rows)
        while some := list(islice(left, _ROWS_IN_GROUP)):
            values = [row_values(row, origin) for row in some]
            writer.write_table(pyarrow.Table.from_pylist(values, schema=schema))


WRITERS: Mapping[str, RowWriter] = {
    "csv": write_csv,
    "jsonl": write_json_lines,
    "parquet": write_parquet,
}
"""The formats of exports without a limit, by their suffix."""
