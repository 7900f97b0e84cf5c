"""How well pasted texts are read, against a reader's expectations: ``make pasted``.

The reader was tuned on ``open``, then on ``fresh``, every second text of a file. ``closing`` and
``fresh-closing``, the others, were read before they were looked at, as were the sets after these:
docs/reasons.md has the figures of first readings.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.pasted_precedents import count_precedents, index_of
from benchmarks.pasted_sets import take, texts_of
from benchmarks.reasons import Score
from imrsearch.search.pasted.reading import read_text
from imrsearch.search.pasted.request import Reading, Request

SHARES = ("treatment", "body_parts", "quantity", "citations")
ASIDE = ("certified", "history", "dates")
"""Facts of a text as a whole; of each those expected are looked for."""


def main() -> None:
    """Print the figures of the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=["open"])
    parser.add_argument("--each", action="store_true", help="what each text's reading lacks")
    parser.add_argument("--letters", type=Path, nargs="*", default=[], help="of the precedents")
    options = parser.parse_args()
    for name in options.sets:
        report(name, texts_of(name), each=options.each)
    if options.letters:
        with index_of(options.letters) as index:
            for name in options.sets:
                right, asked = count_precedents(index, texts_of(name))
                told = (f"{side} {right[side]} of {asked[side]}" for side in sorted(asked))
                print(f"{name}: precedents right: {', '.join(told)}")


def report(name: str, texts: Sequence[Mapping[str, Any]], *, each: bool) -> None:
    """The figures of one set; what is not expected of a request is not counted."""
    requests, reasons = Score(), Score()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for text in texts:
        reading = read_text(text["text"])
        found = list(reading.requests)
        for fact in filter(text.__contains__, ASIDE):
            asked[fact] += len(text[fact])
            right[fact] += len(set(text[fact]) & _aside(fact, reading))
        for expected in text.get("request", []):
            one = take(found, expected)
            requests.right += one is not None
            requests.missed += one is None
            outcome = {fact: one is not None and _agrees(fact, one, expected) for fact in expected}
            for fact in filter(outcome.__contains__, SHARES):
                asked[fact] += 1
                right[fact] += outcome[fact]
            known = {f"{r.criterion}:{r.status}" for r in one.reasons} if one else set()
            reasons.add(known, expected.get("reasons", ()))
            if each and (one is None or not all(outcome.values())):
                print(f"{_name(text)!r}\n    expected {expected}\n    read {one}")
        requests.wrong += len(found)
        if each and found:
            print(f"{_name(text)!r}\n    spurious {found}")
    print(f"{name}: {len(texts)} texts")
    print(f"  requests    {requests}, spurious {requests.wrong}, missed {requests.missed}")
    shares = {fact: right[fact] / asked[fact] for fact in SHARES if asked[fact]}
    for fact, share in shares.items():
        print(f"  {fact:<11} {share:.3f}  ({asked[fact]})")
    print(f"  reasons     {reasons}")
    for fact in filter(asked.__contains__, ASIDE):
        print(f"  {fact:<11} {right[fact]} of {asked[fact]} found")
    parts = [_f1(requests), _f1(reasons), *shares.values()]
    print(f"  overall     {sum(parts) / len(parts):.3f}  (the mean of these {len(parts)})")


def _name(text: Mapping[str, Any]) -> str:
    return f"{text['kind']}: {' '.join(text['text'].split())[:60]}"


def _aside(fact: str, reading: Reading) -> set[str]:
    if fact == "dates":
        return {one.day.isoformat() for one in reading.dates}
    return set(getattr(reading, fact))


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
