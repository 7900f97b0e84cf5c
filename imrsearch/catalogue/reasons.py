"""The criteria by which reviewers decide, and the field's wording for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from imrsearch.system.package_data import load_toml

MET = "met"
UNMET = "unmet"
STATUSES = (MET, UNMET)
CERTAIN, IN_DOUBT = "certain", "in_doubt"
_PHRASE_KINDS = ("shown", "general", *STATUSES, "fallback", "met_fallback")


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a request may meet or not meet: met speaks for the request, unmet against it.

    ``phrases`` are the lines of wording by kind (``shown``, ``general``, ``unmet``, ``met``,
    ``fallback``, ``met_fallback``), in the language that ``reasons.toml`` explains; ``over`` names
    the criteria that this one displaces in the same sentence; ``never_for`` the categories and
    subcategories of treatment whose requests it never decides: no reviewer asks for red flags
    before a cream. A ``vague`` one says little beside any other.
    """

    name: str
    group: str
    labels: Mapping[str, str]
    definition: str
    phrases: Mapping[str, tuple[str, ...]]
    over: frozenset[str]
    never_for: frozenset[str]
    vague: bool


@cache
def criteria() -> Mapping[str, Criterion]:
    """Every criterion by its name, in the catalogue's order."""
    return {table["name"]: _criterion(table) for table in load_toml("reasons.toml")["criterion"]}


@cache
def ruled_out(category: str | None, subcategory: str | None) -> frozenset[str]:
    """The criteria that never decide a request of this kind; none where the kind is unknown."""
    kinds = {category, subcategory}
    return frozenset(one.name for one in criteria().values() if one.never_for & kinds)


@cache
def word_tables() -> Mapping[str, tuple[str, ...]]:
    """The lines of the tables of common words, such as ``denies``: what denies the things after."""
    tables = load_toml("reasons.toml")["words"]
    return {name: _phrase_lines(lines) for name, lines in tables.items()}


@cache
def denial_wording(kind: str) -> Mapping[str, tuple[str, ...]]:
    """How a denial words its reasons where a reviewer would not: lines by criterion, those that
    are ``CERTAIN`` or ``IN_DOUBT`` (denials.toml)."""
    return {name: _phrase_lines(lines) for name, lines in load_toml("denials.toml")[kind].items()}


@cache
def denial_over() -> Mapping[str, tuple[str, ...]]:
    """The criteria that one displaces in the same sentence of a denial (denials.toml)."""
    return {name: tuple(less) for name, less in load_toml("denials.toml")["over"].items()}


def reason_value(criterion: str, status: str) -> str:
    """A reason as the field ``reason`` holds it: ``"unmet functional-improvement"``."""
    return f"{status} {criterion}"


def reason_label(criterion: str, status: str) -> str:
    """A reason in plain words: ``"No objective functional improvement shown"``."""
    return criteria()[criterion].labels[status]


def _criterion(table: Mapping[str, Any]) -> Criterion:
    return Criterion(
        name=table["name"],
        group=table["group"],
        labels={MET: table["met_label"], UNMET: table["unmet_label"]},
        definition=table["definition"],
        phrases={kind: _phrase_lines(table.get(kind, "")) for kind in _PHRASE_KINDS},
        over=frozenset(table.get("over", ())),
        never_for=frozenset(table.get("never_for", ())),
        vague=table.get("vague", False),
    )


# "{therapy}" stands for a list of words of its own.
_LIST_NAME = re.compile(r"\{(\w+)\}")


def _phrase_lines(text: str) -> tuple[str, ...]:
    lists = load_toml("reasons.toml")["lists"]
    filled = _LIST_NAME.sub(lambda name: str(lists[name.group(1)]), text)
    return tuple(line.strip() for line in filled.splitlines() if line.strip())
