"""Ready words are those of the text, at their places."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from imrsearch.engines.analysis import STOP, Analysed, Analysis, StemWords, write_stem_words
from imrsearch.text.words import is_stop_word, stem, words


def test_words_and_stems_stand_at_the_same_places() -> None:
    assert Analysis()("L4-5, the Treatments (50mg)") == Analysed(
        "l4 5 the treatments 50 mg", f"l4 5 {STOP} treatment 50 mg"
    )


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(" \t\n.,'’50mgÄſİΣ")))
def test_same_as_the_words_of_the_whole_text(text: str) -> None:
    found = Analysis()(text)
    assert found.words.split() == words(text)
    assert found.stems.split() == [STOP if is_stop_word(w) else stem(w) for w in words(text)]


def test_memory_is_bounded() -> None:
    analyse = Analysis(most=10)
    for number in range(50):
        assert analyse(f"{number} visits").words == f"{number} visits"
    assert max(len(analyse._words), len(analyse._stems)) <= 12


def test_the_words_of_a_stem(tmp_path: Path) -> None:
    """Kept only where the stem alone does not tell them; read although the file is gone."""
    file = tmp_path / "stems.json"
    write_stem_words(file, ["visits", "visit", "knee", "painful", "of", "profession"])
    assert json.loads(file.read_bytes()) == {
        "visit": ["visit", "visits"],
        "pain": ["painful"],
        "profess": ["profession"],
    }
    told = StemWords(file)
    file.unlink()
    assert [*map(list, map(told, ("visit", "pain", "knee", "of", "absent")))] == [
        *(["visit", "visits"], ["painful"], ["knee"], [], ["absent"])
    ]


def test_a_stem_that_is_a_word_with_another_stem(tmp_path: Path) -> None:
    """That of "professional" is "profession", which itself has "profess"."""
    write_stem_words(tmp_path / "stems.json", ["profession"])
    assert StemWords(tmp_path / "stems.json")("profession") == ()
