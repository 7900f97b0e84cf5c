"""Answers that browsers keep as files."""

from __future__ import annotations

from flask import Response

_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take a CSV file for UTF-8 only where it begins so."""
_CSV = "text/csv"


def attachment(name: str, content: str | bytes, media_type: str = _CSV) -> Response:
    """The content as a file of this name."""
    if media_type == _CSV and isinstance(content, str):
        content = _BYTE_ORDER_MARK + content
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
