"""A PDF as a scanner gives it back: a picture a page, no text, as clean or as blemished as told."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageFilter

Blemish = Callable[[Image.Image, int], Image.Image]
"""Spoils the grey picture of a page that has so many dots to the inch."""

_BLACK, _WHITE = 0, 255
_SPECKS = 0.02  # of all dots
_PAPER, _INK = 200, 140
_BLUR_INCHES = 0.006
_SKEW_DEGREES = 2.0


def clean(picture: Image.Image, _dots_per_inch: int) -> Image.Image:
    """The picture as it is."""
    return picture


def specks(picture: Image.Image, _dots_per_inch: int) -> Image.Image:
    """Salt and pepper: one dot in a hundred black, one white."""
    dots = np.array(picture)
    chance = np.random.default_rng(1).random(dots.shape)
    dots[chance < _SPECKS / 2] = _BLACK
    dots[chance > 1 - _SPECKS / 2] = _WHITE
    return Image.fromarray(dots)


def low_contrast(picture: Image.Image, _dots_per_inch: int) -> Image.Image:
    """Grey ink on grey paper."""
    return picture.point(lambda grey: _INK + grey * (_PAPER - _INK) // _WHITE)


def blur(picture: Image.Image, dots_per_inch: int) -> Image.Image:
    """Out of focus."""
    return picture.filter(ImageFilter.GaussianBlur(_BLUR_INCHES * dots_per_inch))


def skew(picture: Image.Image, _dots_per_inch: int) -> Image.Image:
    """Laid askew."""
    return picture.rotate(_SKEW_DEGREES, Image.Resampling.BILINEAR, fillcolor=_WHITE)


BLEMISHES: tuple[Blemish, ...] = (clean, specks, low_contrast, blur, skew)


def scanned(data: bytes, dots_per_inch: int = 200, blemish: Blemish = clean) -> bytes:
    """The PDF of the scanned pages of a PDF."""
    document = pypdfium2.PdfDocument(data)
    scan = FPDF(unit="pt", format="letter")
    scan.set_auto_page_break(False)
    try:
        for page in document:
            picture = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil().convert("L")
            scan.add_page()
            scan.image(_png(blemish(picture, dots_per_inch)), 0, 0, *page.get_size())
    finally:
        document.close()
    return bytes(scan.output())


def _png(picture: Image.Image) -> io.BytesIO:
    """Without loss: fpdf2 may compress a bare picture."""
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return file
