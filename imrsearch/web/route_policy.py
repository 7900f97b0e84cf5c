"""What each route declares about itself, at its view.

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
    """How crawlers, tests and limits treat a route.

    ``crawlers``: may index it; may read but not index it, because it repeats another page
    (``X-Robots-Tag``); or are excluded by robots.txt, because its addresses are endless.
    ``page``: it shows HTML, which axe and the browser tests check. ``attacked``: its answer depends
    on input, so the reliability tests attack it. ``in_sitemap``: the sitemap lists it. ``free``: it
    costs next to nothing, so it needs no turn and is never refused.
    """

    crawlers: Crawlers
    page: bool
    attacked: bool
    in_sitemap: bool = False
    free: bool = False

    def __call__(self, view: View) -> View:
        """Declare the policy of a view: a decorator below the route decorator."""
        _POLICIES[view] = self
        return view


_STATIC = RoutePolicy("noindex", page=False, attacked=False, free=True)
_POLICIES: dict[Callable[..., object], RoutePolicy] = {}


def policy_of(app: Flask, endpoint: str | None) -> RoutePolicy | None:
    """The route's policy; ``None`` if there is no route or no policy."""
    if endpoint == "static":
        return _STATIC
    view = app.view_functions.get(endpoint) if endpoint else None
    return _POLICIES.get(view) if view else None


def routes(app: Flask) -> Iterator[tuple[Rule, RoutePolicy]]:
    """Every route of this application with its policy, in order of creation."""
    for rule in app.url_map.iter_rules():
        declared = policy_of(app, rule.endpoint)
        if declared and rule.endpoint != "static":
            yield rule, declared
