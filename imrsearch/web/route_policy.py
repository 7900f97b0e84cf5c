"""What each route declares about itself, in one place: its view.

robots.txt, the sitemap, the headers for crawlers, the limits on requests and the tests of
reliability and accessibility read these declarations; a route without one fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from flask import Flask
from werkzeug.routing import Rule

Crawlers = Literal["index", "noindex", "disallow"]
View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class RoutePolicy:
    """How others treat a route.

    ``crawlers``: they may index it; may read it but not index it, as it repeats another page
    (``X-Robots-Tag``); or are kept out by robots.txt, as its addresses are endless.
    ``page``: it shows HTML, which axe and the browser tests check. ``attacked``: its answer depends
    on what is sent, so the tests of reliability send the worst. ``in_sitemap``: the sitemap names
    it. ``free``: it costs next to nothing, so it needs no turn and is never refused.
    """

    crawlers: Crawlers
    page: bool
    attacked: bool
    in_sitemap: bool = False
    free: bool = False

    def __call__(self, view: View) -> View:
        """Declare the policy of a view: a decorator below the route's own."""
        _POLICIES[view] = self
        return view


_STATIC = RoutePolicy("noindex", page=False, attacked=False, free=True)
_POLICIES: dict[Callable[..., object], RoutePolicy] = {}


def policy_of(app: Flask, endpoint: str | None) -> RoutePolicy | None:
    """What the route declares; ``None`` for no route, or one that declares nothing."""
    if endpoint == "static":
        return _STATIC
    view = app.view_functions.get(endpoint) if endpoint else None
    return _POLICIES.get(view) if view else None


def routes(app: Flask) -> Iterator[tuple[Rule, RoutePolicy]]:
    """Every route of ours with its policy, in the order they were made."""
    for rule in app.url_map.iter_rules():
        declared = policy_of(app, rule.endpoint)
        if declared and rule.endpoint != "static":
            yield rule, declared
