"""How well the facts of issues are read: ``make facts``.

Labelled services (``services.toml``) and case summaries (``case_body_parts.toml``) of our own
always; with ``--letters`` real letters are counted, and with ``--labels`` compared as well:
``{"body_parts": {"CM16-0000001": ["neck"]}, "amounts": {"CM16-0000001/2": [12, "sessions"]}}``. Of
body parts a label names all that the case is about; of amounts ``null`` is none.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from imrsearch.catalogue.treatments import PHARMACEUTICALS
from imrsearch.letters.case_body_parts import read_case_body_parts
from imrsearch.letters.files import Source, find_letters
from imrsearch.letters.letter import Letter
from imrsearch.letters.service import read_service
from imrsearch.letters.workers import ReadingLimits, read_all
from imrsearch.model import Determination, Issue
from imrsearch.system.settings import load_settings
from imrsearch.text.words import sentences

DATA = Path(__file__).parent.parent / "tests" / "data"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path)
    parser.add_argument("--labels", type=Path)
    options = parser.parse_args()
    print(f"Amounts of labelled services: {_share(_service_amounts())} right")
    summaries()
    if options.letters:
        labels = json.loads(options.labels.read_text()) if options.labels else {}
        letters(list(_read(options.letters)), labels)


def summaries() -> None:
    """Body parts of the labelled summaries."""
    labelled = tomllib.loads((DATA / "case_body_parts.toml").read_text())["summary"]
    counted: Counter[str] = Counter()
    for one in labelled:
        found = read_case_body_parts(one["text"], list(sentences(one["text"])))
        parts, named = set(found[0] if found else ()), set(one["parts"])
        counted += Counter(
            right=len(parts & named),
            wrong=len(parts - named),
            unknown=bool(named and not parts),
        )
    print(f"Body parts of {len(labelled)} labelled summaries: {_told(counted)}")


def letters(cases: list[Determination], labels: dict[str, Any]) -> None:
    """What is known of the issues of real letters, and what of it is as labelled."""
    issues = [(case, issue) for case in cases for issue in case.issues]
    others = [(case, issue) for case, issue in issues if issue.category != PHARMACEUTICALS]
    unknown = sum(not issue.body_parts for _, issue in others)
    filled = Counter(issue.body_part_source for _, issue in others)
    print(f"Letters: {len(cases)}, issues: {len(issues)}, no drugs: {len(others)}")
    print(f"  body part unknown: {unknown} ({unknown / max(1, len(others)):.1%}); by source:")
    for source, count in filled.most_common():
        print(f"    {source or 'the service, or none':<26} {count}")
    told = [issue for _, issue in issues if "original request" in issue.heading.lower()]
    found = sum(issue.ur_action == "modified" for issue in told)
    print(f"  modifications in headings: {len(told)}, read: {found}")
    print(f"  denials read: {sum(issue.ur_action == 'denied' for _, issue in issues)}")
    if "body_parts" in labels:
        print(f"  labelled body parts: {_told(_body_parts(others, labels['body_parts']))}")
    if "amounts" in labels:
        print(f"  labelled amounts: {_share(_amounts(issues, labels['amounts']))} right")


def _read(folder: Path) -> Iterator[Determination]:
    sources = ((one, None) for one in find_letters([folder]) if isinstance(one, Source))
    for letter in read_all(sources, ReadingLimits.of(load_settings({})), None):
        if isinstance(letter, Letter):
            yield letter.determination


def _service_amounts() -> Iterator[bool]:
    for subcategories in tomllib.loads((DATA / "services.toml").read_text()).values():
        for services in subcategories.values():
            for service, (_, _, printed) in services.items():
                amount = read_service(service).quantity
                yield (f"{amount.amount} {amount.unit}" if amount else "") == printed


def _body_parts(
    issues: Iterable[tuple[Determination, Issue]], labels: dict[str, list[str]]
) -> Counter[str]:
    counted: Counter[str] = Counter()
    for case, issue in issues:
        named = labels.get(case.case_id)
        if named is not None and (issue.body_part_source or not issue.body_parts):
            parts = set(issue.body_parts)
            right = len(parts.intersection(named))
            counted += Counter(right=right, wrong=len(parts) - right, unknown=not parts)
    return counted


def _amounts(
    issues: Iterable[tuple[Determination, Issue]], labels: dict[str, list[Any] | None]
) -> Iterator[bool]:
    for case, issue in issues:
        place = f"{case.case_id}/{issue.number}"
        if place in labels:
            amount = issue.quantity
            yield (amount and [amount.amount, amount.unit]) == labels[place]


def _told(counted: Counter[str]) -> str:
    right, wrong = counted["right"], counted["wrong"]
    share = right / max(1, right + wrong)
    return f"{right} right, {wrong} wrong ({share:.1%}), {counted['unknown']} issues unknown"


def _share(answers: Iterable[bool]) -> str:
    counted = list(answers)
    return f"{sum(counted)} of {len(counted)} ({sum(counted) / max(1, len(counted)):.1%})"


if __name__ == "__main__":
    main()
