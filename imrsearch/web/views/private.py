"""Forms with private data: accepted only from this site, and never stored."""

from __future__ import annotations

from flask import Response, request
from werkzeug.exceptions import Forbidden


def refuse_other_sites() -> None:
    """Reject a form submitted from another site.

    ``Sec-Fetch-Site`` decides, as no page can forge it. Browsers omit it on plain HTTP; then
    ``Origin`` decides, which they send because the form's page allows it (``like.html``).
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        is_ours = site in ("same-origin", "none")
    else:
        # Without the scheme: a proxy may use another one. Not parsed: it can contain anything.
        origin = request.headers.get("Origin", f"//{request.host}").partition("//")[2]
        is_ours = origin == request.host
    if not is_ours:
        raise Forbidden


def private(answer: Response) -> Response:
    """The response, not to be stored by any cache."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def private_to_reader(answer: Response) -> Response:
    """The response to a form, cached only by the visitor's own browser, so that Back works: without
    that, the browser would have to submit the form again."""
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
