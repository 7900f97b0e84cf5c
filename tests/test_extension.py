"""The recipes of CONTRIBUTING.md, followed on a copy of the package."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

_FIELD = '    IssueField("side", lambda issue: issue.sides),\n'
_FACET = '        FacetKind("side", "Side of the body", "Side not told"),\n'

_ASK = """
import json
from click.testing import CliRunner
from imrsearch.cli import cli
from imrsearch.system.settings import load_settings
from imrsearch.web.app import create_app
found = CliRunner().invoke(cli, ["search", "--side", "left", "--json"]).stdout
help = CliRunner().invoke(cli, ["search", "--help"]).stdout
client = create_app(load_settings({}, index="index")).test_client()
pages = [client.get(url) for url in ("/facet/side", "/search?side=left", "/search?q=side:left")]
told = [(page.status_code, "Side of the body" in page.text) for page in pages]
print(json.dumps([json.loads(found), help, told]))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project, as far as it is installed."""
    for folder in ("imrsearch", "templates", "static"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def run(copy: Path, *command: str) -> str:
    """What Python prints when it runs in the copy."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def insert_after(file: Path, line: str, added: str) -> None:
    text = file.read_text()
    assert text.count(line) == 1, line
    file.write_text(text.replace(line, line + added))


def test_a_facet_is_told_in_the_schema_alone(copy: Path) -> None:
    letters = [str(SAMPLES / f"{case}.txt") for case in ("CM14-0000202", "CM16-0000101")]
    run(copy, "-m", "imrsearch", "index", "--jobs", "1", *letters)
    schema = copy / "imrsearch" / "schema" / "__init__.py"
    insert_after(
        schema,
        '    CaseField("ageband", lambda case: (extract.age_band(case.patient.age),)),\n',
        _FIELD,
    )
    insert_after(schema, '        FacetKind("sex", "Patient\'s sex", "Sex not told"),\n', _FACET)

    # The build of before holds no sides: it is replaced, nothing has to be raised by hand.
    run(copy, "-m", "imrsearch", "index", "--jobs", "1", *letters)
    found, help_text, pages = json.loads(run(copy, "-c", _ASK))
    assert found["total"] > 0
    (box,) = [facet for facet in found["facets"] if facet["name"] == "side"]
    assert "left" in {value["value"] for value in box["values"]}
    assert "Side of the body" in help_text
    assert pages == [[200, True]] * 3


_PRESENTER = '''
"""How many letters there are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TallyPage:
    letters: str
    build: str
'''
_TEMPLATE = """
{% extends "base.html" %}
{% block title %}Tally{% endblock %}
{% block content %}
<main id="main" tabindex="-1"><h1>{{ page.letters }} letters</h1></main>
{% endblock %}
"""
_VIEW = '''

@blueprint.get("/tally")
@RoutePolicy("index", page=True, attacked=False, in_sitemap=True)
def tally() -> Response:
    """How many letters there are."""
    from imrsearch.web.presenters.tally import TallyPage

    here = library()
    return answer("tally.html", TallyPage(str(here.collection.summary().letters), here.build.id))


@blueprint.get("/tally/<int:page>")
@RoutePolicy("disallow", page=False, attacked=True)
def tallies(page: int) -> Response:
    """Without end."""
    return Response(str(page))
'''
_VISIT = """
import json
from imrsearch.system.settings import load_settings
from imrsearch.web.app import create_app
client = create_app(load_settings({}, index="index")).test_client()
text = {url: client.get(url).text for url in ("/tally", "/robots.txt", "/sitemap/0.xml")}
tagged = "X-Robots-Tag" in client.get("/tally").headers
print(json.dumps([text, client.get("/tally?format=json").json["letters"], tagged]))
"""


def test_a_page_is_told_by_presenter_template_and_view(copy: Path) -> None:
    """docs/pages.md is the fourth file: ``tests/web/test_docs.py`` asks for it."""
    run(copy, "-m", "imrsearch", "index", "--jobs", "1", str(SAMPLES / "CM16-0000101.txt"))
    web = copy / "imrsearch" / "web"
    (web / "presenters" / "tally.py").write_text(_PRESENTER)
    (copy / "templates" / "tally.html").write_text(_TEMPLATE)
    with (web / "views" / "browse.py").open("a") as file:
        file.write(_VIEW)

    text, letters, is_tagged = json.loads(run(copy, "-c", _VISIT))
    assert "<h1>1 letters</h1>" in text["/tally"]
    assert "http://localhost/tally</loc>" in text["/sitemap/0.xml"]
    assert "Disallow: /tally\n" in text["/robots.txt"]
    assert (letters, is_tagged) == ("1", False)


_ERA = """
[[era]]
name = "later"
label = "Later form"
like = "credentials"
marks = ["LATER FORM OF DETERMINATION"]
"""


def test_an_era_is_told_by_data(copy: Path) -> None:
    """The sample and its golden file are the others: ``tests/letters/test_golden.py`` asks."""
    eras = copy / "imrsearch" / "catalogue" / "data" / "eras.toml"
    before, mark, after = eras.read_text().partition("[[era]]")
    eras.write_text(before + _ERA + "\n" + mark + after)
    letter = copy / "CM19-0000001.txt"
    text = (SAMPLES / "CM16-0000101.txt").read_text().replace("CM16-0000101", "CM19-0000001")
    letter.write_text("LATER FORM OF DETERMINATION\n\n" + text)

    facts = json.loads(run(copy, "-m", "imrsearch", "parse", "--json", str(letter)))
    assert (facts["era"], len(facts["issues"])) == ("later", 2)
    run(copy, "-m", "imrsearch", "index", "--jobs", "1", str(letter))
    found = json.loads(run(copy, "-m", "imrsearch", "search", "--era", "later", "--json"))
    assert found["total"] == 2
    (box,) = [facet for facet in found["facets"] if facet["name"] == "era"]
    assert [value["label"] for value in box["values"]] == ["Later form"]
