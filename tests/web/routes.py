"""The addresses of every route, made from what the routes declare (``web/route_policy.py``)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from flask import Flask

from imrsearch.system.settings import load_settings
from imrsearch.web import create_app
from imrsearch.web.route_policy import RoutePolicy, routes

USUAL = {
    "case_id": "CM16-0000105",
    "guideline_id": "mtus-chronic-pain",
    "page": "58",
    "section": "opioids",
    "name": "category",
    "suffix": "ris",
    "part": "1",
    "treatment": "chiropractic",
}
"""A value for each variable of an address that the samples have something at."""


@cache
def bare_app() -> Flask:
    """The application over nothing: for its routes alone."""
    return create_app(load_settings({}))


def addresses(chosen: Callable[[RoutePolicy], bool], method: str = "GET") -> tuple[str, ...]:
    """The address of each route whose policy is ``chosen``, usual values in its variables."""
    adapter = bare_app().url_map.bind("localhost")
    return tuple(
        adapter.build(rule.endpoint, {name: USUAL[name] for name in rule.arguments}, method)
        for rule, declared in routes(bare_app())
        if chosen(declared) and method in (rule.methods or ())
    )


PAGES = addresses(lambda declared: declared.page)
"""One address of every route that shows a page."""
