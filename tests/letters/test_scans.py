"""Pictures of scanned pages before their words are read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from imrsearch.letters.scans import Picture, cleaned_picture, despeckled, is_speckled
from samples.written.scanner import specks

HEIGHT, WIDTH = 800, 1200
DARK, WHITE = 20, 255


def lines(degrees: float) -> Picture:
    """Ten broken lines of print, turned by so many degrees about the middle."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    level = rows - (columns - WIDTH / 2) * np.tan(np.radians(degrees))
    printed = (level % 80 < 12) & (columns % 40 < 30) & (columns > 100) & (columns < 1100)
    return np.where(printed, DARK, WHITE).astype(np.uint8)


def dark_rows(picture: Picture) -> int:
    return int((picture < WHITE // 2).any(axis=1).sum())


@pytest.mark.parametrize("degrees", [-3.0, -1.0, 0.5, 2.0, 3.5])
def test_lines_of_a_sheet_that_lay_askew_are_level(degrees: float) -> None:
    assert dark_rows(lines(degrees)) > 1.5 * dark_rows(lines(0))
    assert dark_rows(cleaned_picture(lines(degrees))) < 1.25 * dark_rows(lines(0))


def test_a_straight_page_stays_as_it_is() -> None:
    assert np.array_equal(cleaned_picture(lines(0)), lines(0))


def test_an_empty_page_stays_empty() -> None:
    empty = np.full((HEIGHT, WIDTH), WHITE, np.uint8)
    assert np.array_equal(cleaned_picture(empty), empty)


def test_rules_are_removed_and_print_is_kept() -> None:
    ruled = lines(0)
    ruled[400:403, :] = DARK
    ruled[:, 50:53] = DARK
    cleared = cleaned_picture(ruled)
    assert (cleared[:, 50:53] == WHITE).all()
    assert np.array_equal(cleared[:390], lines(0)[:390])


def test_specks_are_removed_and_print_is_kept() -> None:
    printed = Image.fromarray(lines(0))
    speckled = specks(printed, 110)
    assert is_speckled(speckled)
    wrong = [
        np.abs(np.asarray(one, int) - lines(0)) > 100 for one in (speckled, despeckled(speckled))
    ]
    assert wrong[1].mean() < wrong[0].mean() / 5


def test_a_picture_without_specks_is_not_taken_for_one_with_them() -> None:
    assert not is_speckled(Image.fromarray(lines(2)))
