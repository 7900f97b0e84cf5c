"""Notes: what people should know about how their search was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something people should know about how the search was read.

    ``url``: what to do instead, called ``link`` where the message itself does not say it.
    """

    code: str
    message: str
    url: str | None = None
    link: str | None = None
