"""A site over the sample letters and some letters of a hostile hand, built once for all tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from imrsearch.indexing.pipeline import index_paths
from imrsearch.letters.header import case_id_of_name
from imrsearch.letters.layout import kept_text
from imrsearch.system.settings import Settings, load_settings
from imrsearch.web import create_app
from tests.conftest import SAMPLES, made_once
from tests.web.browsing import ARGUMENTS, CHROMIUM

PAYLOAD = """"><script>alert('x')</script><img src=x onerror=alert(1)>"""

HOSTILE = "CM16-0009991"
HOSTILE_LETTER = f"""Case Number: {HOSTILE}
Date Assigned: 10/07/2016 Date of Injury: 03/19/2013
Decision Date: 10/31/2016 UR Denial Date: 09/16/2016
Priority: Standard

HOW THE IMR FINAL DETERMINATION WAS MADE

The Expert Reviewer has the following credentials:
State(s) of Licensure: California {PAYLOAD}
Certification(s)/Specialty: Surgery {PAYLOAD}

CLINICAL CASE SUMMARY
The expert reviewer developed the following clinical case summary based on a review of the
case file, including all medical records:

A 40-year-old male with a hostile {PAYLOAD} summary.

IMR ISSUES, DECISIONS AND RATIONALES
The Final Determination was based on decisions for the disputed items/services set forth below:

Hostile massage {PAYLOAD}: Overturned

Claims Administrator guideline: Decision based on MTUS Chronic Pain Treatment Guidelines
{PAYLOAD} Page(s): 46.

MAXIMUS guideline: The Expert Reviewer based their decision on recommendation(s) outside of the
MTUS Guidelines. Decision based on Non-MTUS Citation Hostile Handbook {PAYLOAD}.

Decision rationale: The hostile rationale {PAYLOAD} ends. The massage is medically necessary.
"""

STRANGE_LETTER = """A letter of no known form.

It speaks of a wheelchair ramp and of Independent Medical Review, IMR, MAXIMUS, and <b>tags</b>.
"""
STRANGE_NAME = "strange-letter.txt"
STRANGE = case_id_of_name(STRANGE_NAME, kept_text(STRANGE_LETTER))


def make_letters(folder: Path) -> None:
    """Write the letters that the samples do not have."""
    folder.mkdir()
    (folder / 'with "marks" & <b>.txt').write_text(HOSTILE_LETTER)
    (folder / STRANGE_NAME).write_text(STRANGE_LETTER)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of an index over the samples and the hostile letters."""

    def make(folder: Path) -> Settings:
        made = load_settings({}, index=str(folder / "index"))
        make_letters(folder / "letters")
        index_paths(made, [SAMPLES, folder / "letters"], jobs=1)
        return made

    return made_once(tmp_path_factory, "site", make)


@pytest.fixture(scope="session")
def app(site: Settings) -> Flask:
    """The application over that index."""
    return create_app(site)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen."""
    return app.test_client()


@pytest.fixture
def empty_client(site: Settings, tmp_path: Path) -> Iterator[FlaskClient]:
    """The same over an index folder with nothing in it."""
    yield create_app(replace(site, index=tmp_path / "nothing")).test_client()


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the site is served while the tests run."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
