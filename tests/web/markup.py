"""A strict reader of our own pages: what is wrong with the HTML, and what a reader would find."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask import render_template
from flask.testing import FlaskClient

_VOID = frozenset(("meta", "link", "input", "br", "hr", "img", "col", "rect", "circle", "path"))
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass
class Element:
    """A tag with its attributes and, once closed, the text inside it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Page:
    """A page as read: its elements in order, and everything found wrong with it."""

    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with this tag and these attributes (``class_`` for ``class``)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]

    def text(self, tag: str, **attributes: str) -> str:
        """The text of the first such element, blanks made single."""
        return " ".join(self.all(tag, **attributes)[0].text.split())

    def links(self) -> dict[str, str]:
        """The addresses of all links by their text."""
        return {" ".join(a.text.split()): a.attributes.get("href", "") for a in self.all("a")}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            self.page.faults.append(f"<{tag}> repeats an attribute")
        attributes = {name: value or "" for name, value in attrs}
        parents = tuple(element.tag for element in self._open)
        element = Element(tag, attributes, parents)
        self.page.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            self.page.faults.append(f"</{tag}> closes nothing")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def close(self) -> None:
        super().close()
        self.page.faults += [f"<{element.tag}> is never closed" for element in self._open]


def read_page(html: str) -> Page:
    """Read a whole page; ``faults`` lists whatever is not as it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    page = reader.page
    for check in (_ids, _references, _controls, _headings, _inline_code, _basics, _lists):
        page.faults += check(page)
    return page


def rendered(client: FlaskClient, template: str, **values: object) -> Page:
    """The page that a template makes of these values."""
    with client.application.test_request_context():
        return read_page(render_template(template, **values))


def _ids(page: Page) -> list[str]:
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    return [f"the id {one!r} is there twice" for one in set(ids) if ids.count(one) > 1]


def _references(page: Page) -> list[str]:
    ids = {element.attributes.get("id") for element in page.elements}
    wanted = [
        one
        for element in page.elements
        for name in _REFERENCES
        for one in element.attributes.get(name, "").split()
    ]
    wanted += [
        link.attributes["href"][1:]
        for link in page.all("a")
        if link.attributes.get("href", "").startswith("#")
    ]
    return [f"nothing has the id {one!r}" for one in wanted if one not in ids]


def _controls(page: Page) -> list[str]:
    labelled = {label.attributes.get("for") for label in page.all("label")}
    inputs = [one for one in page.all("input") if one.attributes.get("type") != "hidden"]
    unlabelled = [one for one in inputs if one.attributes.get("id") not in labelled]
    nameless = [
        one
        for one in page.all("a") + page.all("button") + page.all("summary")
        if not one.text.strip()
    ]
    return [f"<{one.tag}> has no name: {one.attributes}" for one in unlabelled + nameless]


def _headings(page: Page) -> list[str]:
    levels = [int(e.tag[1]) for e in page.elements if e.tag in ("h1", "h2", "h3", "h4")]
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} main headings"]
    jumps = [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1]
    return faults + [f"a heading of level {low} after one of level {high}" for high, low in jumps]


def _inline_code(page: Page) -> list[str]:
    inline = [script for script in page.all("script") if not _is_ours(script)]
    faults = [f"<{e.tag}> in the page" for e in page.all("style") + inline]
    for element in page.elements:
        for name, value in element.attributes.items():
            if name == "style" or name.startswith("on") or value.lower().startswith("javascript:"):
                faults.append(f"<{element.tag} {name}={value!r}>")
    return faults


def _is_ours(script: Element) -> bool:
    return script.attributes.get("src", "").startswith("/static/js/") and not script.text


def _basics(page: Page) -> list[str]:
    faults = [] if page.all("html", lang="en") else ["the language is not told"]
    if not (page.all("title") and page.text("title")):
        faults.append("no title")
    if len(page.all("main")) != 1:
        faults.append("not one <main>")
    return faults


def _lists(page: Page) -> list[str]:
    return [
        f"<{element.tag}> outside a list"
        for element in page.elements
        if (element.tag == "li" and element.parents[-1] not in ("ul", "ol"))
        or (element.tag in ("dt", "dd") and not {"dl"} & set(element.parents[-2:]))
    ]
