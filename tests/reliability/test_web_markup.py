"""Markup, formulas and commands in letters, searches and addresses stay text in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from imrsearch.model import Determination, Issue
from tests.reliability.sites import made_up, make_app
from tests.web.markup import read_page

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<ScRiPt/x>alert(1)</sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "<object data=x></object><embed src=x>",
    "<form action=//evil.example><input name=q></form>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{display:none}</style>",
    "<mark onclick=alert(1)>therapy</mark>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<?xml version='1.0'?><x/>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    '" onmouseover="alert(1)" x="',
    "' onfocus='alert(1)' autofocus='",
    "` onerror=`alert(1)",
    "javascript:alert(1)//",
    "\x01<script\x02>alert(1)</script\x03>",
    "\u202e<script>alert(1)</script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "ER  - \r\nTY  - BOOK",
    "}, url = {http://evil.example}, x = {",
    "\\input{/etc/passwd}\\write18{id}",
)
_OURS = re.compile(r"/static/js/\w+\.js\?v=[0-9a-f]+")
_NEVER = ("iframe", "object", "embed", "base", "style", "math", "img", "body onload", "mi")
_ATOM = "{http://www.w3.org/2005/Atom}"


def hostile() -> Iterator[Determination]:
    """One case for each payload, with it wherever a letter has words."""
    for number, (case, payload) in enumerate(zip(made_up(len(PAYLOADS)), PAYLOADS, strict=True)):
        yield replace(
            case,
            file=f"{number} {payload}".replace("/", " ").replace("\x00", " "),
            summary=f"{payload} summary {payload}",
            issues=tuple(_hostile(issue, payload) for issue in case.issues),
            reviewer=replace(case.reviewer, specialties=(payload,), licensed_in=(payload,)),
        )


def _hostile(issue: Issue, payload: str) -> Issue:
    return replace(
        issue,
        service=f"{payload} hostile massage {payload}",
        rationale=f"{payload} The massage {payload} is not medically necessary. {payload}",
        claims_administrator=replace(issue.claims_administrator, text=payload),
        reviewer_guideline=replace(issue.reviewer_guideline, text=payload),
    )


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site over the samples and those cases."""
    app: Flask = make_app(tmp_path_factory.mktemp("markup"), hostile(), "tantivy")
    return app.test_client()


def pages() -> Iterator[str]:
    """Addresses of pages on which letters' words or the address's own are shown."""
    for case in made_up(len(PAYLOADS)):
        yield f"/case/{case.case_id}?q=massage"
        yield f"/case/{case.case_id}/letter"
    for payload in map(quote, PAYLOADS):
        yield f"/search?q={payload}"
        yield f"/search?q=massage&specialty={payload}&not.state={payload}&sort={payload}"
        yield f"/facet/specialty?find={payload}&q={payload}"
        yield f"/guidelines/mtus-chronic-pain/section/{payload}"
        yield f"/case/{payload}"
        yield f"/facet/{payload}"
    for page in range(1, 5):
        yield f"/search?q=hostile&per_page=50&page={page}"
    yield from ("/facet/specialty", "/facet/state", "/coverage", "/guidelines")


def test_pages_hold_nothing_of_it_raw(
    client: FlaskClient, rounds: Callable[[int, int], int]
) -> None:
    for url in islice(pages(), 0, None, rounds(9, 1)):
        text = client.get(url).text
        page = read_page(text)
        # "javascript:" as a word of a search is no address: addresses are looked at below.
        assert [one for one in page.faults if "javascript:" not in one.lower()] == [], url
        for element in page.elements:
            names = element.attributes.keys()
            assert element.tag not in _NEVER, url
            assert not any(name.startswith("on") or name == "style" for name in names), url
            for name in names & {"href", "src", "action", "content"}:
                target = urlsplit(element.attributes[name].strip())
                assert target.scheme in ("", "http", "https"), url
                assert target.netloc in ("", "localhost"), url
            if element.tag == "script":
                assert _OURS.fullmatch(element.attributes["src"]), url


def test_feeds_hold_nothing_but_atom(client: FlaskClient) -> None:
    for address in ("/search.atom?q=hostile", *(f"/search.atom?q={quote(p)}" for p in PAYLOADS)):
        feed = ElementTree.fromstring(client.get(address).data)
        assert {element.tag.partition("}")[0] + "}" for element in feed.iter()} == {_ATOM}
        assert not [e for e in feed.iter() if e.attrib.keys() - {"href"}]


def test_sitemap_and_search_box_are_xml(client: FlaskClient) -> None:
    for address in ("/sitemap.xml", "/sitemap/0.xml", "/sitemap/1.xml", "/opensearch.xml"):
        ElementTree.fromstring(client.get(address, headers={"Host": "a.example"}).data)


def test_json_is_never_taken_for_a_page(client: FlaskClient) -> None:
    for address in ("/search.json?q=hostile&per_page=50", "/search/all.json?q=hostile"):
        answer = client.get(address)
        assert answer.mimetype == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for row in json.loads(answer.text)["results"]:
            for excerpt in row["excerpts"]:
                assert not re.search(r"<(?!/?mark>)", excerpt["html"])


def test_no_cell_is_a_formula(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/search.csv?q=hostile").text.lstrip("\ufeff"))))
    assert len(rows) > len(PAYLOADS)
    assert [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)] == []


def test_references_keep_their_form(client: FlaskClient) -> None:
    ris = client.get("/search.ris?q=hostile").text
    assert all(re.fullmatch(r"([A-Z][A-Z0-9]  - .*)?", line) for line in ris.split("\r\n"))
    assert set(re.findall(r"^TY  - (.*?)\r?$", ris, re.MULTILINE)) == {"CASE"}
    bibtex = client.get("/search.bib?q=hostile").text
    commands = {"textbackslash", "textasciitilde", "textasciicircum"}
    assert set(re.findall(r"\\([A-Za-z]+)", bibtex)) <= commands
    entries = [entry for entry in bibtex.split("\n\n") if entry.strip()]
    assert all(_is_balanced(re.sub(r"\\[{}]", "", entry)) for entry in entries)


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def test_the_corpus_is_large() -> None:
    assert len(PAYLOADS) >= 30
