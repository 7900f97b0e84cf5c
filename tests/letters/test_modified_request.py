"""Modified requests taken apart."""

from __future__ import annotations

import pytest

from imrsearch.letters.modified_request import read_request


def parts(heading: str) -> tuple[str, str | None, str | None]:
    request = read_request(heading)
    pieces = {name: heading[start:end] for name, (start, end) in request.items()}
    return pieces["service"], pieces.get("original_request"), pieces.get("authorized")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param("MRI of the knee", ("MRI of the knee", None, None), id="not modified"),
        pytest.param(
            "Twelve visits was the original request. Six visits was authorized by the Claims "
            "Administrator. The remaining IMR eligible portion of the original request, six "
            "further visits is",
            ("six further visits", "Twelve visits", "Six visits"),
            id="a remaining portion",
        ),
        pytest.param(
            "Wheelchair, purchase was the original request. The Claims Administrator authorized "
            "a rental of one month, leaving the original request IMR eligible. The original "
            "request, wheelchair, purchase is",
            ("wheelchair, purchase", "Wheelchair, purchase", "a rental of one month"),
            id="the original request stays in dispute",
        ),
        pytest.param(
            "Eight visits was the original request. The Claims Administrator authorized six visits "
            "leaving two IMR eligible. The remaining IMR eligible portion of the original request, "
            "two visits is",
            ("two visits", "Eight visits", "six visits"),
            id="what is left is told twice",
        ),
        pytest.param(
            "Eight visits was the original request. Six visits was authorized by the Claims "
            "Administrator. The remaining IMR eligible portion of the original request, two visits",
            ("two visits", "Eight visits", "Six visits"),
            id="without the closing verb",
        ),
        pytest.param(
            "Twelve visits was the orginal request. Six visits was authorizrd by the Claims "
            "Adminstrator. The remaining IMR eligible poruion of the original request, six "
            "further visits is",
            ("six further visits", "Twelve visits", "Six visits"),
            id="with letters wrong",
        ),
        pytest.param(
            "Two braces were the original requests. One brace were authorized by the Claims "
            "Administrator. The remaining IMR eligible portions of the original requests, one "
            "brace are",
            ("one brace", "Two braces", "One brace"),
            id="in the plural",
        ),
        pytest.param(
            "Eight visits is the original request, six visits was previously authorized by the "
            "Claims Administrator. The remaining IMR eligible portion of the original request two "
            "visits is",
            ("two visits", "Eight visits", "six visits"),
            id="commas misplaced, another tense",
        ),
        pytest.param(
            "The remaining IMR eligible portion of the original request, two visits is",
            ("two visits", None, None),
            id="only the remainder is printed",
        ),
        pytest.param(
            "Care that is needed for the knee",
            ("Care that is needed for the knee", None, None),
            id="a service with 'is' inside",
        ),
        pytest.param("", ("", None, None), id="nothing"),
    ],
)
def test_read_request(heading: str, expected: tuple[str, str | None, str | None]) -> None:
    assert parts(heading) == expected
