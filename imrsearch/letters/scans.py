"""Pictures of scanned pages, made fit for text recognition: without specks, large enough, with
level lines, without rules.

A picture is an array ``(height, width)`` of grey values (uint8), 300 dots to the inch but where
``despeckled`` takes it as it was scanned.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

Picture = NDArray[np.uint8]

_DARK, _WHITE = 160, 255
# In dots: half an inch; three times the height of a capital.
_HORIZONTAL_RULE, _VERTICAL_RULE = 150, 100
# Degrees. A sheet that is laid or fed askew seldom turns further.
_ANGLES = np.arange(-4.0, 4.01, 0.25)
_LEAST_SKEW = 0.2
# So many dots become one where the angle is looked for.
_COARSE = 4
# A dot so much darker than all around it is a speck. In clean scans one dot in 100,000 is.
_SPECK_DEPTH, _SPECKED = 64, 0.001
# Of a dot and its eight neighbours in order of greyness: what two of them share is no stroke.
_NEIGHBOURHOOD, _SECOND, _THIRD = 3, 1, 2
# In dots: closes the gaps that light specks leave in strokes.
_SOFT = 0.6


def is_speckled(scan: Image.Image) -> bool:
    """Whether a grey picture is full of dark specks, at the resolution of the scan."""
    deeper = np.asarray(ImageChops.subtract(_ranked(scan, _SECOND), scan))
    return float((deeper > _SPECK_DEPTH).mean()) > _SPECKED


def despeckled(scan: Image.Image) -> Image.Image:
    """The grey picture without dark specks on paper and light ones in strokes.

    At the resolution of the scan: there a speck is a dot or two, and a stroke is not.
    """
    scan = ImageChops.lighter(scan, _ranked(scan, _THIRD))
    scan = ImageChops.darker(scan, _ranked(scan, _NEIGHBOURHOOD**2 - 1 - _THIRD))
    return scan.filter(ImageFilter.GaussianBlur(_SOFT))


def _ranked(scan: Image.Image, rank: int) -> Image.Image:
    return scan.filter(ImageFilter.RankFilter(_NEIGHBOURHOOD, rank))


def cleaned_picture(picture: Picture) -> Picture:
    """The picture of a page with its lines level and without its rules.

    Tesseract finds the words of a sheet that lies askew, but not which of them make a line.
    """
    # Its lines are made level: every column moves up or down by where it stands.
    angle = _skew(picture)
    picture = _sheared(picture, angle) if abs(angle) > _LEAST_SKEW else picture
    # Lines longer than any stroke of a letter are the grid around the field block, in which
    # Tesseract loses the labels.
    dark = picture < _DARK
    rules = _long_runs(dark, _HORIZONTAL_RULE) | _long_runs(dark.T, _VERTICAL_RULE).T
    picture[rules] = _WHITE
    return picture


def _skew(picture: Picture) -> float:
    """The angle in degrees by which lines have to be turned, the one that parts dark rows from
    light ones most."""
    height, width = (size // _COARSE * _COARSE for size in picture.shape)
    blocks = picture[:height, :width].reshape(height // _COARSE, _COARSE, -1, _COARSE)
    coarse = np.asarray(blocks.min(axis=(1, 3)) < _DARK, np.uint8) * _WHITE
    inked = np.asarray(_WHITE - coarse, np.uint8)

    def contrast(angle: float) -> float:
        rows = (_sheared(inked, angle) < _DARK).sum(axis=1, dtype=np.int64)
        return float(np.square(np.diff(rows)).sum())

    return float(max(_ANGLES, key=lambda angle: (contrast(angle), -abs(angle))))


def _sheared(picture: Picture, angle: float) -> Picture:
    height, width = picture.shape
    columns = np.arange(width)
    moved = np.rint((columns - width / 2) * np.tan(np.radians(angle))).astype(np.int32)
    rows = np.arange(height, dtype=np.int32)[:, None] + moved[None, :]
    inside = (rows >= 0) & (rows < height)
    return np.where(inside, picture[np.clip(rows, 0, height - 1), columns[None, :]], _WHITE).astype(
        np.uint8
    )


def _long_runs(dark: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """The dots of each row that lie in runs of at least ``length`` dark ones."""
    sums = np.pad(np.cumsum(dark, axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    starts = sums[:, length:] - sums[:, :-length] == length
    counted = np.cumsum(np.pad(starts, ((0, 0), (length, length - 1))), axis=1, dtype=np.int32)
    return np.asarray(counted[:, length:] > counted[:, :-length])
