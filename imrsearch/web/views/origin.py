"""The site's own address, for links that are used outside the site."""

from __future__ import annotations

from flask import request

from imrsearch.web.library import library


def origin() -> str:
    """Such as ``https://imr.example``: from the setting, else from the request."""
    return library().settings.site_url or request.host_url.rstrip("/")
