"""The site's own address, for links that are read elsewhere."""

from __future__ import annotations

from flask import request

from imrsearch.web.library import library


def origin() -> str:
    """Such as ``https://imr.example``: the setting's, else the one that was asked for."""
    return library().settings.site_url or request.host_url.rstrip("/")
