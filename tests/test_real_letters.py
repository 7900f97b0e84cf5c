"""The main job on the real letters, where they are at hand: none failed, none lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imrsearch.indexing import pipeline
from imrsearch.model import OVERTURNED, UPHELD
from imrsearch.search.service import SearchService
from imrsearch.search.state import SearchState
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings, load_settings

pytestmark = pytest.mark.letters


@pytest.fixture(scope="module")
def index(real_letters: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = load_settings({}, index=str(tmp_path_factory.mktemp("real") / "index"))
    report = pipeline.index_paths(settings, [real_letters])
    assert not report.failed
    assert report.read == len([p for p in real_letters.rglob("*") if p.suffix in {".txt", ".pdf"}])
    return settings


def test_as_many_issues_as_rationale_labels(index: Settings) -> None:
    collection = Collection.open(index.index)
    labels = 0
    for text, determination in collection.every_letter():
        own = len(re.findall(r"Decision\s+rationale:", text))
        assert len(determination.issues) == own, determination.case_id
        labels += own
    assert Builds(index.index).current().index.count() == labels


def test_every_issue_is_whole(index: Settings) -> None:
    for _, determination in Collection.open(index.index).every_letter():
        assert determination.era in {"sentence", "credentials"}
        assert determination.summary
        assert determination.reviewer.specialties
        assert determination.reviewer.licensed_in
        for issue in determination.issues:
            where = f"{determination.case_id} #{issue.number}"
            assert issue.decision in {UPHELD, OVERTURNED}, where
            assert issue.service, where
            assert re.search(r"(necessary|[.!?\"”')])\Z", issue.rationale), where
            assert issue.claims_administrator.basis, where
            assert issue.reviewer_guideline.basis, where


def test_a_practitioner_s_first_search(index: Settings) -> None:
    service = SearchService(Collection.open(index.index), Builds(index.index), index)
    result = service.search(SearchState("chiropractic functional improvement"))
    assert result.total > 0
    (decision,) = [facet for facet in result.facets if facet.name == "decision"]
    assert sum(value.count for value in decision.values) == result.total


_LONGEST_SHARED = 8


def test_no_training_sentence_is_a_letter_s(index: Settings) -> None:
    """Those who label read the letters; more than eight words of one in a row are not our own."""
    shared = {
        words
        for text, _ in Collection.open(index.index).every_letter()
        for words in _runs(text, _LONGEST_SHARED + 1)
    }
    for path in (Path(__file__).parent / "data").glob("labelled_sentences_*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert shared.isdisjoint(_runs(line.split("\t")[-1], _LONGEST_SHARED + 1)), line


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return set(zip(*(words[place:] for place in range(length)), strict=False))
