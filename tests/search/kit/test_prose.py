"""What sentences are about; each row is another office's way to say the same."""

from __future__ import annotations

import pytest

from imrsearch.search.kit.prose import asked_part, is_notice, refers_to_request


@pytest.mark.parametrize(
    "told",
    [
        "This report may not be used to determine whether a body part is accepted.",
        "This review does not decide whether the claim is covered.",
        "This letter is not a guarantee of payment.",
        "This determination is not an admission of liability.",
        "This document must not be copied.",
        "This notice should not be construed as acceptance of the claim.",
    ],
)
def test_what_every_letter_tells(told: str) -> None:
    assert is_notice(told)


@pytest.mark.parametrize(
    "told",
    ["citing", "quoting", "invoking", "relying on", "pointing to", "referring to"],
)
def test_the_chapter_that_a_denial_cites_is_not_what_was_asked_for(told: str) -> None:
    sentence = f"You rejected the injections to the knee, {told} ODG, Knee & Leg."
    assert asked_part(sentence) == "You rejected the injections to the knee, "


@pytest.mark.parametrize(
    ("told", "refers"),
    [
        ("It was ordered only for the operation.", True),
        ("They are needed after the fusion alone.", True),
        ("Both were tied to the release.", True),
        ("It is requested that physical therapy be authorized.", False),
        ("This is a request for a walker.", False),
    ],
)
def test_what_a_request_is_for_names_no_other(told: str, refers: bool) -> None:
    assert refers_to_request(told) is refers
