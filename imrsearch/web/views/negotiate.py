"""A page for people or, asked with ``?format=json``, the very same facts as data."""

from __future__ import annotations

import msgspec
from flask import Response, jsonify, make_response, render_template, request


def answer(template: str, page: object) -> Response:
    """The page that a presenter made, rendered by its template, or as JSON.

    ``page`` is one of the presenters' dataclasses; its fields are the keys.
    """
    if request.args.get("format") == "json":
        return jsonify(msgspec.to_builtins(page, enc_hook=str))
    return make_response(render_template(template, page=page))
