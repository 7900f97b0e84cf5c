"""Fields in which the decision stands above its request, turned round."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imrsearch.search.pasted.form.pieces import TextPiece
from imrsearch.search.pasted.lines import decision_told
from imrsearch.search.pasted.wording.headings import decides
from imrsearch.search.pasted.wording.labels import label_manner
from imrsearch.search.pasted.wording.manners import FIELD
from imrsearch.search.pasted.wording.services import names_treatment

_DECISION, _REQUEST, _OTHER = "d", "r", "-"
# Each decision with its request right below, at least two of them
_ALL_AHEAD = re.compile(rf"(?:{_OTHER}*{_DECISION}{_REQUEST}){{2,100}}{_OTHER}*")


def with_decisions_behind(told: Sequence[TextPiece]) -> list[TextPiece]:
    """The pieces with each decision moved behind its request, where every decision stands right
    above one: "Decision: denied", "Requested: cane", "Decision: approved", "Requested: MRI"."""
    kinds = "".join(map(_kind_of_field, told))
    turned = list(told)
    if _ALL_AHEAD.fullmatch(kinds):
        for number, kind in enumerate(kinds):
            if kind == _DECISION:
                turned[number : number + 2] = told[number + 1], told[number]
    return turned


def _kind_of_field(piece: TextPiece) -> str:
    if not piece.label or not piece.text:
        return _OTHER
    if decides(piece.label):
        return _DECISION if decision_told(piece) else _OTHER
    is_request = label_manner(piece.label) == FIELD and names_treatment(piece.text)
    return _REQUEST if is_request else _OTHER
