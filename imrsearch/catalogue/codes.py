"""What the codes of services mean (``codes.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from imrsearch.system.package_data import load_toml


def standing_alone(code: str) -> str:
    """A pattern that finds what ``code`` matches only where nothing is attached to it: not in
    "#72148", "EX-72148", "72148.5" or "1,72148"."""
    return rf"(?<![\w.,/#-])(?:{code})(?![\w-]|[.,/]\d)"


@cache
def service_codes() -> Mapping[str, str]:
    """What each code means, in words of the catalogue: "72148" is "low back MRI"."""
    groups = load_toml("codes.toml").values()
    return {code: words for group in groups for words, codes in group.items() for code in codes}
