"""Memory that is done with goes back to the system."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from imrsearch import builds
from imrsearch.builds import Builds, publish
from imrsearch.memory import give_back, share_memory
from tests.engines.corpus import CORPUS


def test_it_can_be_asked_for_at_any_time() -> None:
    share_memory()
    give_back()


def test_once_for_each_build_that_nobody_searches_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[bool] = []
    monkeypatch.setattr(builds, "give_back", lambda: given_back.append(True))
    readers = Builds(tmp_path)
    for _ in range(2):
        publish(tmp_path, "whoosh", CORPUS, letters=4, unread=0)
        held = readers.current()
    gc.collect()
    assert given_back == [True]
    assert held.index.count() == len(CORPUS)
