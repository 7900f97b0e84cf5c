"""The picture of the layers is of the layers that there are."""

from __future__ import annotations

import tomllib

from benchmarks.rooms import DOCUMENT, PICTURE, ROOT, layers, picture


def test_the_document_lists_the_layers_that_are_enforced() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [contract] = [
        one for one in project["tool"]["importlinter"]["contracts"] if one["id"] == "layers"
    ]
    assert [layer.name for layer in layers(DOCUMENT.read_text("utf-8"))] == contract["layers"]


def test_the_picture_is_drawn_from_the_document() -> None:
    drawn = picture(layers(DOCUMENT.read_text("utf-8")))
    assert PICTURE.read_text("utf-8") == drawn, "run 'make picture'"
