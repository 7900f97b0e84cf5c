"""What sentences without a phrase are likely to say."""

from __future__ import annotations

import pytest

from imrsearch.catalogue.reasons import MET, STATUSES, UNMET
from imrsearch.reasons.classifier import (
    features,
    read_weights,
    spoken_by,
    spoken_of,
    written_weights,
)
from imrsearch.reasons.rules import sentence_of


def test_features_are_stems_pairs_and_what_is_denied() -> None:
    assert features(sentence_of("relief was noted, but no 2 tablets.")) == [
        "^", "relief", "was", "note", "but", "no", "#", "tablet", "$",
        "^ relief", "relief was", "was note", "note but", "but no", "no #", "# tablet", "tablet $",
        "!no", "!#", "!tablet",
    ]  # fmt: skip


def test_the_conclusion_tells_no_feature() -> None:
    assert features(sentence_of("the request is not medically necessary.")) == ["^", "$", "^ $"]


@pytest.mark.parametrize(
    ("told", "status", "criterion"),
    [
        ("a second opinion would add nothing to the plan.", UNMET, "specialist-input-needed"),
        ("the cream holds baclofen, which is not approved for the skin.", UNMET,
         "compound-ingredients"),
        ("he lives alone and needs help to dress.", MET, "assistance-need"),
    ],
)  # fmt: skip
def test_the_likeliest_criterion(told: str, status: str, criterion: str) -> None:
    spoken = spoken_of(sentence_of(told))
    assert max(spoken.topics, key=spoken.topics.__getitem__) == criterion
    assert (spoken.met > spoken.unmet) is (status == MET)


def test_words_never_seen_tell_nothing() -> None:
    spoken = spoken_of(sentence_of("qwertz"))
    assert max(spoken.topics.values(), default=0.0) * max(spoken.met, spoken.unmet) < 0.1


def test_a_file_of_weights_is_read_as_written() -> None:
    lines = list(written_weights(["pain-relief", *STATUSES], 0.25, {"no relief": [46, -46, 0]}))
    assert lines == ["0.25\tpain-relief\tmet\tunmet", "no relief\t}!O"]
    weights = read_weights("\n".join(lines))
    assert (weights.classes, weights.step) == (("pain-relief", MET, UNMET), 0.25)
    assert weights.rows["no relief"] == (79 + 46) + ((79 - 46) << 32) + (79 << 64)


def test_what_features_speak_for_adds_up_between_nought_and_one() -> None:
    rows = {
        "relief": [10, -4, 20, 46, -46],
        "no relief": [-4, -4, 6, 46, 2],
        "never seen": [46, 46, 46, 46, 46],
    }
    classes = ["pain-relief", "trial-first", "weaning", *STATUSES]
    weights = read_weights("\n".join(written_weights(classes, 0.1, rows)))
    spoken = spoken_by(weights, sentence_of("no relief"))
    assert spoken.topics == pytest.approx({"pain-relief": 0.6 / 2**0.5, "weaning": 1.0})
    assert (spoken.met, spoken.unmet) == (1.0, 0.0)
    assert spoken_by(weights, sentence_of("qwertz")) == ({}, 0.0, 0.0)


def test_all_numbers_are_one_and_a_negation_keeps_its_apostrophe() -> None:
    assert features(sentence_of("10.5 or 12 help; it didn't")) == [
        "^", "#", "or", "help", ";", "it", "didn't", "$",
        "^ #", "# or", "or #", "# help", "help ;", "; it", "it didn't", "didn't $",
        "!didn't",
    ]  # fmt: skip


def test_what_stands_on_both_sides_of_the_conclusion_tells_features() -> None:
    told = "as told, the request for a brace is not medically necessary because she fell."
    assert features(sentence_of(told))[:6] == ["^", "as", "told", "becaus", "she", "fell"]
