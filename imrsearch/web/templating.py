"""What templates know beside a page, and faster rendering of what a page repeats many times: cached
macros, and lines filled in bulk.

Jinja looks up each field by name, escapes it and passes it up through every template that the page
extends. A page of results has two hundred facet values and forty citations, most of them the same
as on the previous page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from html import escape
from itertools import chain
from typing import Any, NamedTuple

from flask import Flask, url_for
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from imrsearch.schema.citation_words import citation_words
from imrsearch.search.state import SearchState, compare_url
from imrsearch.system.package_data import folder
from imrsearch.system.settings import Settings
from imrsearch.text.quantities import count
from imrsearch.web.presenters.words import about_issue, outcome_line, overturned_of

A_YEAR = 365 * 24 * 3600
_TEXT_SEPARATOR = "\0"
"""Separates texts that are escaped together."""
_PLACE, _END = "\x02", "\x03"
"""Enclose the number of a field in the pattern of a line."""


def set_up_templates(app: Flask, settings: Settings) -> None:
    """Tell the templates of ``app`` the addresses of files, the words for numbers and the macros
    that are kept."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = A_YEAR
    static = folder("static")
    files = (file for file in static.rglob("*") if file.is_file())
    # A short hash of the content: browsers cache a file for a year, a changed file has a new URL.
    versions = {
        file.relative_to(static).as_posix(): sha256(file.read_bytes()).hexdigest()[:12]
        for file in files
    }
    app.jinja_env.filters.update(
        fill=LineFiller(app.jinja_env),
        about_issue=about_issue,
        citation_words=citation_words,
        counted=count,
        outcome_line=outcome_line,
        overturned_of=overturned_of,
        search_url=lambda words: SearchState(q=words).to_url(),
    )
    app.jinja_env.globals.update(
        url_for=_url_for,
        asset=lambda name: _path("static", filename=name, v=versions[name]),
        compare_url=compare_url,
        longest_query=settings.max_query_chars,
        **kept_macros(app.jinja_env),
    )


@lru_cache(maxsize=1_000)
def _path(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - as Flask takes them
    """Kept, as a page asks for a dozen addresses, most of them the same as the page before. The
    site stands at the root of its host, so a path is the same in every request."""
    return url_for(endpoint, **values)


def _url_for(
    endpoint: str,
    *,
    _external: bool = False,
    **values: Any,  # noqa: ANN401 - as Flask takes them
) -> str:
    """As Flask's ``url_for``; addresses with their host depend on the request."""
    return url_for(endpoint, _external=True, **values) if _external else _path(endpoint, **values)


def kept_macros(environment: Environment) -> dict[str, Callable[..., Markup]]:
    """The macros of ``_kept.html`` by name. Their output depends only on their arguments, and is
    cached (LRU)."""
    module = environment.get_template("_kept.html").module
    names = (name for name in dir(module) if not name.startswith("_"))
    return {name: lru_cache(maxsize=2_000)(getattr(module, name)) for name in names}


class LineFiller:
    """The filter ``fill``: ``{{ facet.values | fill("_facet_line.html") }}``.

    The template of a line is rendered once, to ``<li><a href="{0}">{1}</a></li>``, then filled in
    for each line. A line is a NamedTuple of strings; its template may only print the fields of
    ``line`` and test whether they are empty.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._patterns: dict[tuple[object, ...], str] = {}

    def __call__(self, lines: Sequence[NamedTuple], template: str) -> Markup:
        """The template rendered for each of the lines, concatenated."""
        filled = []
        for line, escaped in zip(lines, _escaped(lines), strict=True):
            shape = (template, *map(bool, line))
            if shape not in self._patterns:
                self._patterns[shape] = self._pattern(template, line)
            filled.append(self._patterns[shape].format(*escaped))
        return Markup("".join(filled))  # noqa: S704 - every field is escaped, the rest a template

    def _pattern(self, template: str, line: NamedTuple) -> str:
        """The pattern for every line with the same empty fields as this one."""
        places = (f"{_PLACE}{at}{_END}" if text else "" for at, text in enumerate(line))
        rendered = self._environment.get_template(template).render(line=line._make(places))
        rendered = rendered.replace("{", "{{").replace("}", "}}")
        return rendered.replace(_PLACE, "{").replace(_END, "}")


def _escaped(lines: Sequence[NamedTuple]) -> Iterable[Sequence[str]]:
    """The strings of each line, escaped in one call: one by one takes five times as long."""
    texts = [*chain.from_iterable(lines)]
    escaped = escape(_TEXT_SEPARATOR.join(texts)).split(_TEXT_SEPARATOR)
    if len(escaped) != len(texts):  # a letter contains the separator
        escaped = list(map(escape, texts))
    return zip(*[iter(escaped)] * len(lines[0]), strict=True) if lines else ()
