"""Letters as rows of the table ``letters``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from imrsearch.letters.letter import Letter
from imrsearch.model import OVERTURNED, UPHELD, Determination
from imrsearch.storage.collection.tables import LETTERS, row_checksum


def sealed(row: Mapping[str, Any], revision: int) -> dict[str, Any]:
    """A letter's row of this revision, with its checksum."""
    of_revision = {**row, "revision": revision}
    return {**of_revision, "checksum": row_checksum(of_revision)}


def letter_row(letter: Letter, reader: int) -> dict[str, Any]:
    """A letter, read by this parser version, as the columns of its row without revision and
    checksum."""
    return {
        "case_id": letter.determination.case_id,
        "source": letter.source.key,
        "path": str(letter.source.path),
        "member": letter.source.member,
        "name": letter.source.name,
        "sha256": letter.sha256,
        "read_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "text": letter.text.encode(),
        **fact_columns(letter.determination, reader),
    }


def fact_columns(determination: Determination, reader: int) -> dict[str, Any]:
    """The columns that depend on the parsed facts."""
    decisions = [issue.decision for issue in determination.issues]
    return {
        "reader": reader,
        "era": determination.era,
        "decided": determination.dates.decided,
        "issues": len(decisions),
        "upheld": decisions.count(UPHELD),
        "overturned": decisions.count(OVERTURNED),
        "warnings": len(determination.warnings),
        "determination": msgspec.json.encode(determination),
    }


REPLACE_FACTS = sa.update(LETTERS).where(LETTERS.c.case_id == sa.bindparam("of_case"))
"""Writes the result of ``changed_facts``."""


def changed_facts(
    row: Mapping[str, Any], found: Determination, reader: int, revision: int
) -> dict[str, Any]:
    """What changes in a stored row with the facts from a later parser: facts, revision and
    checksum; the case is ``of_case``. The text, most of a row, is not written again."""
    facts = fact_columns(found, reader)
    checksum = sealed({**row, **facts}, revision)["checksum"]
    return {"of_case": row["case_id"], **facts, "revision": revision, "checksum": checksum}
