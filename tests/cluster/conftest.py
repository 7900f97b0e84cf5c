"""Fixtures of the tests on real servers."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def rounds(
    request: pytest.FixtureRequest, rounds: Callable[[int, int], int]
) -> Callable[[int, int], int]:
    """As everywhere, but as many as ``--rounds`` tells, if it does."""
    told: int = request.config.getoption("--rounds")
    return lambda short, long: told or rounds(short, long)
