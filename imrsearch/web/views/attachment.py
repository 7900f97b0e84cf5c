"""Responses that browsers save as files."""

from __future__ import annotations

from flask import Response

_BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets recognize a CSV file as UTF-8 only by this byte order mark."""
_CSV = "text/csv"


def attachment(name: str, content: str | bytes, media_type: str = _CSV) -> Response:
    """The content as a download with this file name."""
    if media_type == _CSV and isinstance(content, str):
        content = _BYTE_ORDER_MARK + content
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
