"""What the codes of services mean (``codes.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from imrsearch.system.package_data import load_toml


@cache
def service_codes() -> Mapping[str, str]:
    """What each code means, in words of the catalogue: "72148" is "low back MRI"."""
    groups = load_toml("codes.toml").values()
    return {code: words for group in groups for words, codes in group.items() for code in codes}
