"""Any number of rows as CSV, JSON lines or Parquet, written as a stream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import IO

from imrsearch.search.columns import COLUMNS, LIST, NUMBER, cell, row_values
from imrsearch.search.export import csv_line
from imrsearch.search.results import ResultRow
from imrsearch.system.errors import MissingExtra

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
"""The formats of a full export."""
