"""Lines filled in many at a time, and macros whose answers are kept."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from imrsearch.web.templating import LineFiller, kept_macros


class Line(NamedTuple):
    """A line with a remark that may be empty."""

    name: str
    remark: str


TEMPLATES = {
    "line.html": "<li>{{ line.name }}{% if line.remark %} {100%} {{ line.remark }}{% endif %}</li>",
    "_kept.html": "{% macro bold(word) %}<b>{{ word }}</b>{% endmacro %}",
}
ENVIRONMENT = Environment(loader=DictLoader(TEMPLATES), autoescape=True)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [Line("neck", "stiff"), Line("knee", "")],  # each kind of line has its own pattern
        [Line("<b>&", '"{0}" %s')],  # signs of HTML and of patterns
        [Line("a\0b", "c"), Line("\x02", "\x03")],  # what stands between and around fields
    ],
)
def test_lines_are_what_the_template_makes_of_each(lines: list[Line]) -> None:
    one = ENVIRONMENT.get_template("line.html")
    expected = "".join(one.render(line=line) for line in lines).replace("&#34;", "&quot;")
    assert LineFiller(ENVIRONMENT)(lines, "line.html") == Markup(expected)


def test_a_macro_is_asked_once_for_equal_arguments() -> None:
    bold = kept_macros(ENVIRONMENT)["bold"]
    assert bold("<") == Markup("<b>&lt;</b>")
    assert bold("<") is bold("<")
