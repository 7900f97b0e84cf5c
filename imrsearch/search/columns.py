"""The columns of exports: every fact of an issue, with what it means. One table for CSV, JSON,
Parquet, the command line and the codebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from imrsearch.catalogue.reasons import reason_value
from imrsearch.model import Citation, DecisionReason, Quantity
from imrsearch.schema.extract import guideline_comparison
from imrsearch.search.results import ResultRow

CellValue = str | int | float | tuple[str, ...] | None
"""The value of a cell; ``None`` if the letter does not say."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its meaning, a description of its values, and its value for a row."""

    name: str
    meaning: str
    kind: str
    value: Callable[[ResultRow], CellValue]


def _citation_values(citations: Iterable[Citation]) -> tuple[str, ...]:
    """Each citation in the syntax of ``cites:``, such as ``mtus-chronic-pain: Manual therapy, p.
    58, 59``."""
    return tuple(map(_one_citation, citations))


def _one_citation(citation: Citation) -> str:
    if citation.guideline is None:
        return citation.text
    pages = f"p. {', '.join(map(str, citation.pages))}" if citation.pages else ""
    places = [*citation.sections, *([pages] if pages else [])]
    return citation.guideline + (f": {', '.join(places)}" if places else "")


def _reason_values(reasons: Iterable[DecisionReason]) -> tuple[str, ...]:
    """Each as ``unmet functional-improvement``."""
    return tuple(reason_value(reason.criterion, reason.status) for reason in reasons)


def _amount_of(quantity: Quantity | None) -> int | float | None:
    return quantity.amount if quantity else None


TEXT, NUMBER, DAY, LIST = "text", "number", "day, as 2016-12-09", "list of texts"

COLUMNS: Mapping[str, Column] = {
    column.name: column
    for column in (
        Column(
            "case_id",
            "Number of the case; the file's name without one",
            TEXT,
            lambda row: row.case_id,
        ),
        Column(
            "number",
            "Number of the issue in its case; 0: the whole letter",
            NUMBER,
            lambda row: row.number,
        ),
        Column("decided", "Day of the decision", DAY, lambda row: row.decided),
        Column(
            "decision",
            "overturned: treatment approved; upheld: denial stands; else the word "
            "that the letter prints",
            TEXT,
            lambda row: row.decision,
        ),
        Column("service", "The disputed item as printed", TEXT, lambda row: row.service),
        Column(
            "category",
            "Category of the item, recognized by its words",
            TEXT,
            lambda row: row.category,
        ),
        Column("subcategory", "Kind of service, likewise", TEXT, lambda row: row.subcategory),
        Column(
            "treatment",
            "Treatment or drug, likewise, by its usual name",
            TEXT,
            lambda row: row.issue.treatment,
        ),
        Column(
            "further_treatments",
            "What is asked for in one with it, as the second of PT/OT",
            LIST,
            lambda row: row.issue.further_treatments,
        ),
        Column(
            "quantity",
            "Amount asked for; of a range, the most",
            NUMBER,
            lambda row: _amount_of(row.issue.quantity),
        ),
        Column(
            "quantity_minimum",
            "The least, where a range is asked for: 12-18 visits",
            NUMBER,
            lambda row: row.issue.quantity.minimum if row.issue.quantity else None,
        ),
        Column(
            "unit",
            "Unit of the amount",
            TEXT,
            lambda row: row.issue.quantity.unit if row.issue.quantity else None,
        ),
        Column(
            "dose",
            "Strength of the drug as printed",
            TEXT,
            lambda row: row.issue.dose.text if row.issue.dose else None,
        ),
        Column(
            "body_parts",
            "Body parts named by the item; else those of the case (body_part_source)",
            LIST,
            lambda row: row.body_parts,
        ),
        Column(
            "body_part_source",
            "Where they were read that the item does not name: original request, diagnosis, case "
            "summary, other issues of the case",
            TEXT,
            lambda row: row.issue.body_part_source,
        ),
        Column("sides", "left, right, bilateral", LIST, lambda row: row.issue.sides),
        Column("levels", "Levels of the spine, such as L4-5", LIST, lambda row: row.issue.levels),
        Column(
            "flags",
            "Kind of request: retrospective and the like; empty: ordinary",
            LIST,
            lambda row: row.issue.flags,
        ),
        Column(
            "original_request",
            "What was asked for before a modification",
            TEXT,
            lambda row: row.issue.original_request,
        ),
        Column(
            "authorized",
            "What was authorized before the review",
            TEXT,
            lambda row: row.issue.authorized,
        ),
        Column(
            "ur_action",
            "What utilization review did: denied, or modified (a part was authorized)",
            TEXT,
            lambda row: row.issue.ur_action,
        ),
        Column(
            "original_quantity",
            "Amount asked for before the modification",
            NUMBER,
            lambda row: _amount_of(row.issue.original_quantity),
        ),
        Column(
            "authorized_quantity",
            "Amount authorized; quantity is what remains in dispute",
            NUMBER,
            lambda row: _amount_of(row.issue.authorized_quantity),
        ),
        Column(
            "reviewer_guideline",
            "What the reviewer relied on, as printed",
            TEXT,
            lambda row: row.reviewer_guideline.text,
        ),
        Column(
            "reviewer_cites",
            "Guidelines, sections and pages read from it",
            LIST,
            lambda row: _citation_values(row.reviewer_guideline.citations),
        ),
        Column(
            "reviewer_basis",
            "mtus, non-mtus, mtus+non-mtus, none",
            TEXT,
            lambda row: row.reviewer_guideline.basis,
        ),
        Column(
            "claims_administrator_guideline",
            "What the claims administrator relied on, as printed",
            TEXT,
            lambda row: row.claims_administrator.text,
        ),
        Column(
            "claims_administrator_cites",
            "Guidelines, sections and pages read from it",
            LIST,
            lambda row: _citation_values(row.claims_administrator.citations),
        ),
        Column(
            "comparison",
            "What the guidelines of both sides have in common; empty: the reviewer's are not known",
            TEXT,
            lambda row: guideline_comparison(row.issue),
        ),
        Column(
            "rationale_cites",
            "Pages and chapters cited in the rationale",
            LIST,
            lambda row: _citation_values(row.issue.rationale_citations),
        ),
        Column(
            "decision_reasons",
            "The reviewer's reasons by criterion, met or unmet, in order of weight",
            LIST,
            lambda row: _reason_values(row.issue.reasons),
        ),
        Column(
            "denial_reasons",
            "The same of the utilization review, as the case summary tells them",
            LIST,
            lambda row: _reason_values(row.issue.denial_reasons),
        ),
        Column(
            "visits_so_far",
            "Visits that the patient had before",
            NUMBER,
            lambda row: row.issue.visits_so_far.count if row.issue.visits_so_far else None,
        ),
        Column("rationale", "The reviewer's reasons", TEXT, lambda row: row.issue.rationale),
        Column(
            "specialties",
            "Reviewer's specialties",
            LIST,
            lambda row: row.determination.reviewer.specialties,
        ),
        Column(
            "licensed_in",
            "States that licensed the reviewer",
            LIST,
            lambda row: row.determination.reviewer.licensed_in,
        ),
        Column(
            "age",
            "Patient's age in years, from the case summary",
            NUMBER,
            lambda row: row.determination.patient.age,
        ),
        Column(
            "sex", "Patient's sex: male, female", TEXT, lambda row: row.determination.patient.sex
        ),
        Column(
            "sex_inferred",
            "yes: the sex was concluded from pronouns that agree; empty: a noun tells it, or none",
            TEXT,
            lambda row: "yes" if row.determination.patient.sex_inferred else None,
        ),
        Column(
            "diagnoses",
            "Diagnosis codes of the case summary, ICD-10 or ICD-9",
            LIST,
            lambda row: row.determination.diagnoses,
        ),
        Column("outcome", "Outcome of the whole case", TEXT, lambda row: row.determination.outcome),
        Column("era", "Form of the letter", TEXT, lambda row: row.determination.era),
        Column(
            "file", "File that the letter was read from", TEXT, lambda row: row.determination.file
        ),
        Column("url", "Permanent address of the issue", TEXT, lambda row: row.url),
    )
}
"""The columns by name, in order. Facts of the case are repeated in each of its rows."""

ABOUT_COLUMNS: Mapping[str, str] = {
    "search": "Address of the search that found the row",
    "found": "How many issues that search found; the file may hold fewer",
    "build": "Index build that was searched: the same search of it gives the same file",
}
"""The further columns of each row of a CSV file."""


def row_values(row: ResultRow, origin: str = "") -> dict[str, CellValue]:
    """Every fact of a row by column; ``origin`` is put before its address."""
    values = {name: column.value(row) for name, column in COLUMNS.items()}
    return values | {"url": origin + row.url}


def cell(value: CellValue) -> str:
    """A value as one cell of text: several texts are joined by ``; ``."""
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)
