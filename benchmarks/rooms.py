"""Draws the picture of the layers from the list in docs/architecture.md.

``python -m benchmarks.rooms`` writes docs/images/rooms.svg anew; a test compares the list with the
layers that import-linter enforces (pyproject.toml) and the picture with the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
PICTURE = ROOT / "docs" / "images" / "rooms.svg"

# "9. `storage/` keeps the letters as read …"
_LINE = re.compile(r"^\d+\. `(?P<name>\w+)(?:/|\.py)` (?P<does>.+)\.$", re.MULTILINE)

_WIDTH, _LEFT, _TEXT, _RIGHT = 820, 60, 180, 20
_TOP, _HEIGHT, _STEP = 20, 30, 34
# From the top: what people use, what keeps and finds, what reads, what everything rests on.
_COLOURS = {"cli": "#e3edf7", "storage": "#eef3e4", "query": "#f7efe0", "text": "#eeeeee"}


@dataclass(frozen=True, slots=True)
class Layer:
    """A room of the package and what it does, in a few words."""

    name: str
    does: str


def layers(text: str) -> list[Layer]:
    """The layers that the document lists, from top to bottom (the list goes the other way)."""
    return [Layer(found["name"], found["does"]) for found in _LINE.finditer(text)][::-1]


def picture(some: Sequence[Layer]) -> str:
    """The layers as SVG, one bar each."""
    bottom = _TOP + _STEP * len(some)
    return "\n".join([*_head(some, bottom), *_bars(some), *_arrow(bottom), "</svg>", ""])


def _head(some: Sequence[Layer], bottom: int) -> Iterable[str]:
    size = f'width="{_WIDTH}" height="{bottom + 16}" viewBox="0 0 {_WIDTH} {bottom + 16}"'
    font = 'font-family="sans-serif" font-size="14" fill="#1a1a1a"'
    ends = f"from {some[0].name} at the top to {some[-1].name} at the bottom"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t" {font}>',
        f'  <title id="t">The layers of imrsearch, {ends}; imports point down.</title>',
        f'  <rect width="{_WIDTH}" height="{bottom + 16}" fill="#ffffff"/>',
    )


def _bars(some: Sequence[Layer]) -> Iterator[str]:
    colour = ""
    for place, layer in enumerate(some):
        colour = _COLOURS.get(layer.name, colour)
        top = _TOP + _STEP * place
        bar = f'x="{_LEFT}" y="{top}" width="{_WIDTH - _LEFT - _RIGHT}" height="{_HEIGHT}"'
        yield f'  <rect {bar} rx="4" fill="{colour}" stroke="#666666"/>'
        yield f'  <text x="{_LEFT + 14}" y="{top + 20}" font-weight="bold">{layer.name}</text>'
        yield f'  <text x="{_TEXT}" y="{top + 20}">{escape(layer.does.replace("`", ""))}</text>'


def _arrow(bottom: int) -> Iterable[str]:
    end, middle = bottom - 10, (_TOP + bottom) // 2
    path = f"M36 24V{end}M30 {end - 9}L36 {end}L42 {end - 9}"
    turned = f'transform="translate(24 {middle}) rotate(-90)" text-anchor="middle"'
    return (
        f'  <path d="{path}" fill="none" stroke="#1a1a1a" stroke-width="2"/>',
        f"  <text {turned}>imports point down</text>",
    )


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(picture(layers(DOCUMENT.read_text("utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
