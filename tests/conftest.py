"""Fixtures that several rooms share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from imrsearch.indexing import pipeline
from imrsearch.settings import SETTINGS, Settings, load_settings

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples" / "letters"
DETERMINATIONS = ROOT.parent / "shared" / "determinations"

# How long one example takes is no finding: a busy machine is slow, and so is whatever loads NLTK
# or compiles the catalogues.  With --torture there are ten times as many examples.
hypothesis.register_profile("imrsearch", deadline=None, max_examples=50)
hypothesis.register_profile("torture", deadline=None, max_examples=500)
hypothesis.load_profile("imrsearch")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--torture``: the tests of reliability in full length."""
    parser.addoption("--torture", action="store_true", help="Reliability in full length.")


def pytest_configure(config: pytest.Config) -> None:
    """More examples in full length."""
    if config.getoption("--torture"):
        hypothesis.load_profile("torture")


@pytest.fixture(scope="session")
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """``rounds(short, long)``: how often a test repeats itself, long with ``--torture``."""
    torture = request.config.getoption("--torture")
    return lambda short, long: long if torture else short


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for row in SETTINGS:
        monkeypatch.delenv(row.variable, raising=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an index folder of the test's own."""
    return load_settings({}, index=str(tmp_path / "index"))


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings over an index of all the samples. For reading only."""
    settings = load_settings({}, index=str(tmp_path_factory.mktemp("samples") / "index"))
    report = pipeline.index_paths(settings, [SAMPLES])
    assert not report.failed
    yield settings


@pytest.fixture(scope="session")
def real_letters() -> Path:
    """The folder of real letters; tests that ask for it are skipped where there is none."""
    if not DETERMINATIONS.is_dir():
        pytest.skip("the real letters are not at hand")
    return DETERMINATIONS
