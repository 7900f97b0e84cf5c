"""The indexed part of a determination, decoded from its JSON without the rest.

Indexing decodes every letter, so what no index holds is skipped: evidence, the wording of warnings,
the texts of statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, defstruct

from imrsearch import model

_NOT_INDEXED: Mapping[type, frozenset[str]] = {
    model.Determination: frozenset({"file", "evidence", "ocr"}),
    model.Issue: frozenset({"heading", "formulary"}),
    model.LetterWarning: frozenset({"message"}),
    model.DecisionReason: frozenset({"evidence", "span"}),
    model.GuidelineStatement: frozenset({"text"}),
    model.Citation: frozenset(
        {
            *("family", "title", "chapter", "year", "chapter_inferred"),
            *("edition", "not_in_force"),
        }
    ),
    model.Recommendation: frozenset({"strength", "confidence", "text"}),
    model.Dose: frozenset({"text"}),
    model.VisitsSoFar: frozenset({"evidence", "span", "source"}),
}
"""The facts that no field of an index tells, by the class of the model that has them."""

FactKind = TypeVar("FactKind")


@cache
def _indexed(kind: type[FactKind]) -> type[FactKind]:
    """A class with the indexed facts of one of the model's classes, under the same names.

    It is a ``msgspec.Struct``, which is decoded faster than a dataclass; code that takes the one
    takes the other, so it goes by the type of the model's class.
    """
    types = get_type_hints(kind)
    kept = [one for one in fields(cast(Any, kind)) if one.name not in _NOT_INDEXED.get(kind, ())]
    rows = [
        (
            one.name,
            _indexed_in(types[one.name]),
            NODEFAULT if one.default is MISSING else one.default,
        )
        for one in kept
    ]
    return cast(type[FactKind], defstruct(f"Indexed{kind.__name__}", rows, frozen=True, gc=False))


def _indexed_in(fact: object) -> object:
    """The type of a fact, with the indexed facts in place of the model's classes in it."""
    if isinstance(fact, type) and is_dataclass(fact):
        return _indexed(fact)
    inner = map(_indexed_in, get_args(fact))
    if get_origin(fact) is UnionType:
        return reduce(or_, inner)
    return GenericAlias(tuple, tuple(inner)) if get_origin(fact) is tuple else fact


IndexedDetermination = _indexed(model.Determination)
"""A determination with the facts that an index holds."""
