"""Forms that hold what is nobody else's business: sent from here alone, and kept nowhere."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import Forbidden


def refuse_other_sites() -> None:
    """A form on another site must not send here.

    ``Sec-Fetch-Site`` decides, as no page can forge it. Browsers leave it out on plain HTTP; there
    ``Origin`` decides, which they tell because the form's page lets them (``like.html``).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    else:
        # Without its scheme: a proxy may speak another one. Not parsed: anything can be there.
        origin = request.headers.get("Origin", f"//{request.host}").partition("//")[2]
        is_ours = origin == request.host
    if not is_ours:
        raise Forbidden


def private(answer: Response) -> Response:
    """The answer, to be kept by nobody on the way."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def private_to_reader(answer: Response) -> Response:
    """The answer to a form, to be kept by the reader's own browser alone, which can go back to it:
    an answer that is not stored would have to be asked for by sending the form again."""
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
