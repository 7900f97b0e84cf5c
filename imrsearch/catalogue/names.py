"""Every name that the catalogue holds: of treatments, body parts, guidelines and their sections."""

from __future__ import annotations

from collections.abc import Iterator

from imrsearch.catalogue.body_parts import regions
from imrsearch.catalogue.guidelines import all_guidelines, guideline_data
from imrsearch.catalogue.treatments import treatments
from imrsearch.system.package_data import load_toml


def catalogue_names() -> Iterator[str]:
    """The names, some of them several times."""
    yield from regions()
    yield from _strings(load_toml("synonyms.toml"))
    for _, phrases in treatments():
        yield from phrases
    for guideline in all_guidelines():
        yield guideline.title
        yield from guideline.names
    for sections in guideline_data()["sections"].values():
        yield from sections


def _strings(table: object) -> Iterator[str]:
    """Every text in nested tables and lists, keys included."""
    match table:
        case str():
            yield table
        case dict():
            yield from table
            yield from _strings(list(table.values()))
        case list():
            for inner in table:
                yield from _strings(inner)
