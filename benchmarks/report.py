"""The kept results as tables and charts.

``python -m benchmarks.report`` draws the charts anew and puts the tables into ``README.md``,
between ``<!-- results: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import adding, bars, searching, serving, shell, soak, state
from benchmarks.charts import Pair, chart
from benchmarks.measuring import RESULTS, table

README = Path(__file__).parent / "README.md"
CHARTS = Path(__file__).parent / "charts"
_TABLES: Mapping[str, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    "searching": searching.tables,
    "serving": serving.tables,
    "shell": shell.tables,
    "adding": adding.tables,
    "soak": soak.tables,
    "state": state.tables,
}
# "<!-- results: serving-100000 -->" and whatever stands between it and the next "<!-- end -->".
_PLACE = re.compile(r"(<!-- results: ([a-z0-9-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def results() -> dict[str, Any]:
    """All kept results by name."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in RESULTS.glob("*.json")}


def filled(text: str, kept: Mapping[str, Any]) -> str:
    """``text`` with the tables of the kept results in their places."""

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}\n{_section(match[2], kept)}\n\n{match[3]}"

    return _PLACE.sub(fill, text)


def _section(name: str, kept: Mapping[str, Any]) -> str:
    if name == "bars":
        return table(("what", "bar", "measured", "met"), bars.rows(kept))
    if name not in kept:
        return "Not measured yet."
    told = kept[name]
    parts = [_measured_on(told), *_TABLES[name.partition("-")[0]](told)]
    if picture := _chart(name, told):
        (CHARTS / f"{name}.svg").write_text(picture, encoding="utf-8")
        parts.append(f"![{_title(told)}](charts/{name}.svg)")
    return "\n\n".join(parts)


def _measured_on(told: Mapping[str, Any]) -> str:
    machine = told["machine"]
    return (
        f"`{told['command']}`, {told['date']}: {machine['cores']} cores ({machine['architecture']})"
        f", {machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}."
    )


def _chart(name: str, told: Mapping[str, Any]) -> str | None:
    """The pages of all ways side by side, where searches were measured."""
    if not name.startswith("searching"):
        return None
    pairs = [
        Pair(way["name"], page["every"]["p50"], page["every"]["p95"], "imrsearch" in way["name"])
        for way in told["ways"]
        if (page := way["times"]["cold"]["page"]) and way["same_totals"] is not None
    ]
    return chart(_title(told), sorted(pairs, key=lambda pair: pair.p50))


def _title(told: Mapping[str, Any]) -> str:
    return f"A page of results among {told['issues']:,} issues, each search for the first time"


def main() -> None:
    """Draw and fill in."""
    CHARTS.mkdir(exist_ok=True)
    README.write_text(filled(README.read_text("utf-8"), results()), encoding="utf-8")
    print(table(("what", "bar", "measured", "met"), bars.rows(results())))


if __name__ == "__main__":
    main()
