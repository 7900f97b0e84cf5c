"""A page as HTML or, with ``?format=json``, the same facts as JSON."""

from __future__ import annotations

import msgspec
from flask import Response, jsonify, make_response, render_template, request


def answer(template: str, page: object) -> Response:
    """The page from a presenter, rendered with its template, or as JSON.

    ``page`` is one of the presenters' dataclasses; its fields are the keys.
    """
    if request.args.get("format") == "json":
        return jsonify(msgspec.to_builtins(page, enc_hook=str))
    return make_response(render_template(template, page=page))
