"""The web pages: routes, presenters, security headers. ``create_app`` makes the application."""

from imrsearch.web.app import create_app

__all__ = ["create_app"]
