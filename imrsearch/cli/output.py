"""Results as printed to a terminal or a pipe."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from imrsearch.cli.case_output import STYLES, citation_line, console
from imrsearch.cli.searching import note_lines
from imrsearch.schema import decision_label
from imrsearch.search.outcome import FEWEST_FOR_RANGE
from imrsearch.search.results import Facet, Outcome, ResultRow, SearchResult
from imrsearch.search.similar import BothSides
from imrsearch.text.quantities import count, percent, share_words


def show_result(result: SearchResult) -> None:
    """Print one page of results: the rate, then a block for each issue."""
    screen = console()
    screen.print(Text(f"{count(result.total, 'issue')}{_rate_text(result.outcome)}", style="bold"))
    screen.print(Text(f"Read as: {result.asked}", style="dim"))
    for line in note_lines(result):
        screen.print(Text(line, style="yellow"))
    first = (result.page - 1) * result.per_page + 1
    for number, row in enumerate(result.rows, first):
        screen.print()
        screen.print(_block(number, row))
    screen.print()
    if result.close:
        screen.print(Text("Close matches, not counted:", style="bold"))
    for number, row in enumerate(result.close, 1):
        screen.print(_block(number, row))
        screen.print()
    screen.print(Text(page_words(result), style="dim"))


def show_both_sides(found: BothSides) -> None:
    """Print the most similar issues on both sides, a block each."""
    screen = console()
    for decision, rows in (("overturned", found.overturned), ("upheld", found.upheld)):
        screen.print(Text(f"Nearest {decision}", style="bold"))
        if not rows:
            screen.print(Text(f"   No issue of this kind was {decision}.", style="dim"))
        for number, row in enumerate(rows, 1):
            screen.print(_block(number, row))
        screen.print()


def _rate_text(outcome: Outcome) -> str:
    """Such as ": 9 overturned (9%, likely 5–16%; whole collection 12%)"; no share if the search
    selects by decision."""
    likely = share_words(outcome.rate, outcome.low, outcome.high)
    if not likely:
        return ""
    told = f": {outcome.overturned:,} overturned"
    if outcome.by_decision:
        return f"{told} (selected by decision: no rate)"
    if outcome.issues < FEWEST_FOR_RANGE:
        return f"{told} (too few for a rate)"
    beside = outcome.collection_rate
    collection = "" if beside is None else f"; whole collection {percent(beside)}"
    return f"{told} ({likely}{collection})"


def _block(number: int, row: ResultRow) -> Group:
    """One issue: its id and decision, the service, the excerpts, what the reviewer cites."""
    head = Text.assemble(
        (f"{number}. ", "dim"),
        (f"{row.case_id} #{row.number}", "bold"),
        "  ",
        (decision_label(row.decision).partition(":")[0], STYLES.get(row.decision or "", "bold")),
        f"  {row.decided or 'no date'}",
    )
    lines = [Text(row.service, style="bold")]
    lines += [Text.assemble((f"{e.place}: ", "dim"), e.text) for e in row.excerpts]
    if row.citations:
        cited = "; ".join(map(citation_line, row.citations))
        lines.append(Text.assemble(("reviewer cites: ", "dim"), cited))
    if row.others:
        lines.append(Text(f"+ {row.others:,} with the same wording", style="dim"))
    return Group(head, *(Padding(line, (0, 0, 0, 3)) for line in lines))


def page_words(result: SearchResult) -> str:
    """Which of the rows found are shown, and how the next ones are: "1–10 of 166; page 1 of 17"."""
    first, rows = (result.page - 1) * result.per_page + 1, len(result.rows)
    if not rows:
        return "Nothing to show."
    whole = f"{result.total:,}"
    if result.wordings is not None:
        whole = f"{count(result.wordings, 'wording')} in {count(result.total, 'issue')}"
    told = f"{first:,}–{first + rows - 1:,} of {whole}; page {result.page} of {result.pages}"
    return told + (f". Next: --page {result.page + 1}" if result.page < result.pages else "")


def show_facet(facet: Facet) -> None:
    """Print a facet's values, one per line: value, label, issues, overturned; suits pipes too."""
    width = max((len(value.value) for value in facet.values), default=0)
    console = Console(soft_wrap=True)
    console.print(Text(f"{facet.label}: {count(len(facet.values), 'value')}", style="bold"))
    for value in facet.values:
        label = "" if value.label.casefold() == value.value else f"  {value.label}"
        noun = "issue " if value.count == 1 else "issues"
        counts = f"{value.count:>7,} {noun} {value.overturned:>6,} overturned"
        console.print(Text(f"{value.value:{width}}  {counts}{label}"))
