"""``imrsearch like``: from a denial letter to its precedents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import click

from imrsearch.api.index import Index
from imrsearch.cli.options import index_option, print_json, settings_of
from imrsearch.model import DecisionReason
from imrsearch.schema import FACETS
from imrsearch.search.kit.kit import Kit, kit_json
from imrsearch.search.kit.precedents import Precedent
from imrsearch.search.pasted.files.uploaded import LARGEST_FILE, text_of
from imrsearch.search.pasted.request import Request
from imrsearch.text.quantities import count, quantity_words, share_words


@click.command()
@click.argument("file", type=click.File("rb"))
@index_option
@click.option("--json", "as_json", is_flag=True, help="The object that /like.json answers.")
def like(file: IO[bytes], as_json: bool) -> None:
    """Read the requests in a denial, form or report; show who won and who lost with each.

    FILE is a .txt, .pdf or .docx file, or - for standard input. It is not stored.

    Example: imrsearch like denial.txt
    """
    text = text_of(getattr(file, "name", ""), file.read(LARGEST_FILE + 1))
    kit = Index(settings_of()).kit(text)
    if as_json:
        print_json(kit_json(kit))
    else:
        _show(kit)


def _show(kit: Kit) -> None:
    for request, found in kit.requests:
        click.echo(_request_heading(request))
        if request.note:
            click.echo(f"  {request.note}")
        for sentence, labels in _labels_by_sentence(request.reasons).items():
            click.echo(f"  {'; '.join(labels)}: “{sentence}”")
        issues = found.issues
        told = f"disputed in {count(issues.total, 'issue')}, {issues.overturned:,} overturned"
        likely = share_words(issues.rate, issues.low, issues.high)
        click.echo(f"  {told} ({likely})" if likely else f"  {told}")
        _show_side("overturned", found.overturned)
        _show_side("upheld", found.upheld)
        click.echo()
    for note in kit.notes:
        click.echo(f"Note: {note.message}")


def _labels_by_sentence(reasons: Iterable[DecisionReason]) -> dict[str, list[str]]:
    """The reasons that each sentence gives: one often gives several."""
    labels: dict[str, list[str]] = {}
    for reason in reasons:
        label = FACETS["reason"].label(f"{reason.status} {reason.criterion}")
        labels.setdefault(reason.evidence, []).append(label)
    return labels


def _request_heading(request: Request) -> str:
    quantity = request.quantity
    amount = quantity_words(quantity.amount, quantity.unit, quantity.minimum) if quantity else ""
    parts = (request.treatment or request.category or "", *request.body_parts, amount)
    return ", ".join(filter(None, parts))


def _show_side(decision: str, side: Iterable[Precedent]) -> None:
    for one in side:
        apart = f" ({one.remark})" if one.remark else ""
        click.echo(f"  {decision} {one.case_id} #{one.number}, {one.service}{apart}")
        for sentence in dict.fromkeys(evidence.sentence for evidence in one.evidence):
            click.echo(f"    “{sentence}”")
