"""Charts of the results as SVG: bars over a logarithmic scale, legible on light and dark."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _NAMES, _END, _LINE = 760, 250, 60, 44
_TOP, _BOTTOM = 50, 30
_LEGEND = "Milliseconds, logarithmic; full: median, pale: 95th percentile."
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222 }
.title { font-weight: 600 } .small { font-size: 11px }
.grid { stroke: #888; stroke-opacity: .35 }
.first { fill: #2f7ebc } .second { fill: #2f7ebc; fill-opacity: .45 }
.peer.first { fill: #b8762f } .peer.second { fill: #b8762f; fill-opacity: .45 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bars with a name: the median and the 95th percentile, in milliseconds."""

    name: str
    p50: float
    p95: float
    ours: bool


def chart(title: str, pairs: Sequence[Pair]) -> str:
    """The chart as an SVG document."""
    low = math.floor(math.log10(min(pair.p50 for pair in pairs)))
    high = math.ceil(math.log10(max(pair.p95 for pair in pairs)))
    height = _TOP + _LINE * len(pairs) + _BOTTOM
    scale = _Scale(low, max(high, low + 1))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            f'<text class="title" x="0" y="16">{escape(title)}</text>',
            f'<text class="small" x="0" y="34">{_LEGEND}</text>',
            *_grid(scale, height),
            *(line for place, pair in enumerate(pairs) for line in _bars(scale, place, pair)),
            "</svg>\n",
        ]
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From powers of ten to the chart's own points."""

    low: int
    high: int

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(_NAMES + share * (_WIDTH - _NAMES - _END), 1)


def _grid(scale: _Scale, height: int) -> Iterator[str]:
    for power in range(scale.low, scale.high + 1):
        x = scale(10.0**power)
        yield f'<path class="grid" d="M{x} {_TOP}V{height - _BOTTOM}"/>'
        place = f'x="{x}" y="{height - 12}" text-anchor="middle"'
        yield f'<text class="small" {place}>{10.0**power:g}</text>'


def _bars(scale: _Scale, place: int, pair: Pair) -> Iterator[str]:
    y = _TOP + place * _LINE
    peer = "" if pair.ours else " peer"
    yield f'<text x="{_NAMES - 10}" y="{y + 25}" text-anchor="end">{escape(pair.name)}</text>'
    for kind, value, top in (("first", pair.p50, y + 6), ("second", pair.p95, y + 22)):
        width = round(scale(value) - _NAMES, 1)
        yield f'<rect class="{kind}{peer}" x="{_NAMES}" y="{top}" width="{width}" height="14"/>'
        yield f'<text class="small" x="{_NAMES + width + 5}" y="{top + 11}">{value:,.1f}</text>'
