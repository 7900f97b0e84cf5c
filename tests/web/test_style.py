"""The stylesheet's colours can be read by everyone: contrast after WCAG 2.2, both schemes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[2] / "static" / "style.css").read_text()
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")

LIGHT, DARK = (dict(_TOKEN.findall(part)) for part in STYLE.split(":root {")[1:3])

TEXT = 4.5
SHAPE = 3.0


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *(
            (ink, ground, TEXT)
            for ink in ("ink", "ink-soft", "link", "link-visited", "overturned", "upheld", "partly")
            for ground in ("paper", "raised")
        ),
        ("mark-ink", "mark", TEXT),
        ("link", "mark", TEXT),  # a match in a heading that is a link
        ("link-visited", "mark", TEXT),
        ("button-ink", "button", TEXT),
        ("focus", "paper", SHAPE),
        ("focus", "raised", SHAPE),
        ("line-strong", "paper", SHAPE),  # the border of the search box
        ("overturned", "overturned-soft", SHAPE),  # the gauge's needle
    ],
)
def test_contrast(scheme: dict[str, str], ink: str, ground: str, least: float) -> None:
    assert contrast(scheme[ink], scheme[ground]) >= least
