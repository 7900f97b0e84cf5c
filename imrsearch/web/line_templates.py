"""The lines of long lists: a template of one line, rendered once, then filled in for every line.

A page of results shows two hundred values of facets. Jinja asks for each field by its name, escapes
it and hands it up through every template that the page extends: three times the cost of filling in
``<li><a href="%(url)s">%(label)s</a></li>``.

A line is a NamedTuple of texts. Its template prints the fields of ``line`` and tests whether they
are empty; it knows nothing else of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

_PLACE = "\x02"
"""Stands in a rendered template for the sign that begins a placeholder."""


class LineFiller:
    """The filter ``fill``: ``{{ facet.values | fill("_facet_line.html") }}``."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._patterns: dict[tuple[object, ...], str] = {}

    def __call__(self, lines: Iterable[NamedTuple], template: str) -> Markup:
        """The template for each of the lines, one after the other."""
        filled = []
        for line in lines:
            shape = (template, *map(bool, line))
            if shape not in self._patterns:
                self._patterns[shape] = self._pattern(template, line)
            filled.append(
                self._patterns[shape] % dict(zip(line._fields, map(escape, line), strict=True))
            )
        return Markup("".join(filled))  # noqa: S704 - every field is escaped, the rest a template

    def _pattern(self, template: str, line: NamedTuple) -> str:
        """What the template makes of every line whose fields are empty where this one's are."""
        places = {name: f"{_PLACE}({name})s" for name, text in line._asdict().items() if text}
        rendered = self._environment.get_template(template).render(line=line._replace(**places))
        return rendered.replace("%", "%%").replace(_PLACE, "%")
