"""How well pasted texts are read, against a reader's expectations: ``make pasted``.

The reader was tuned on every second text (``open``); the others (``closing``) are read before a
release only.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.reasons import Score
from imrsearch.search.kit.reading import Request, read_requests

TEXTS = Path(__file__).parent / "pasted.toml"
SETS = {"open": slice(0, None, 2), "closing": slice(1, None, 2)}
SHARES = ("treatment", "body_parts", "quantity", "citations")


def main() -> None:
    """Print the figures of the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=["open"])
    parser.add_argument("--each", action="store_true", help="what each text's reading lacks")
    options = parser.parse_args()
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["text"]
    for name in options.sets:
        report(name, texts[SETS[name]], each=options.each)


def report(name: str, texts: Sequence[Mapping[str, Any]], *, each: bool) -> None:
    """The figures of one set; what is not expected of a request is not counted."""
    requests, reasons = Score(), Score()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for text in texts:
        found = list(read_requests(text["text"]))
        for expected in text.get("request", []):
            one = _take(found, expected)
            requests.right += one is not None
            requests.missed += one is None
            outcome = {fact: one is not None and _agrees(fact, one, expected) for fact in expected}
            for fact in filter(outcome.__contains__, SHARES):
                asked[fact] += 1
                right[fact] += outcome[fact]
            known = {f"{r.criterion}:{r.status}" for r in one.reasons} if one else set()
            reasons.add(known, expected.get("reasons", ()))
            if each and (one is None or not all(outcome.values())):
                print(f"{text['text'].strip()[:60]!r}\n    expected {expected}\n    read {one}")
        requests.wrong += len(found)
        if each and found:
            print(f"{text['text'].strip()[:60]!r}\n    spurious {found}")
    print(f"{name}: {len(texts)} texts")
    print(f"  requests    {requests}, spurious {requests.wrong}, missed {requests.missed}")
    for fact in SHARES:
        print(f"  {fact:<11} {right[fact] / max(1, asked[fact]):.3f}  ({asked[fact]})")
    print(f"  reasons     {reasons}")
    parts = [_f1(requests), _f1(reasons), *(right[fact] / max(1, asked[fact]) for fact in SHARES)]
    print(f"  overall     {sum(parts) / len(parts):.3f}  (the mean of these six)")


def _take(found: list[Request], expected: Mapping[str, Any]) -> Request | None:
    """The first request found with the treatment (or category) expected, taken out."""
    fact = "treatment" if "treatment" in expected else "category"
    for one in found:
        if getattr(one, fact) == expected[fact]:
            found.remove(one)
            return one
    return None


def _agrees(fact: str, one: Request, expected: Mapping[str, Any]) -> bool:
    wanted = expected[fact]
    if fact == "body_parts":
        return set(wanted) == set(one.body_parts)
    if fact == "quantity":
        return one.quantity is not None and one.quantity.amount == wanted["amount"]
    if fact == "citations":
        cited = [(each.guideline, list(map(str, each.pages))) for each in one.citations]
        return all((each["guideline"], each["pages"]) in cited for each in wanted)
    if fact == "reasons":
        return {f"{each.criterion}:{each.status}" for each in one.reasons} == set(wanted)
    if fact == "codes":
        return set(wanted) <= set(one.codes)
    return bool(getattr(one, fact) == wanted)


def _f1(score: Score) -> float:
    return 2 * score.right / max(1, 2 * score.right + score.wrong + score.missed)


if __name__ == "__main__":
    main()
