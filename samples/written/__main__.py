"""``python -m samples.written FOLDER [SEEDS]``: letters of every form, their PDFs and facts."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from samples.written.facts import FORMS, draw
from samples.written.forms import lay_out
from samples.written.mutations import style_of
from samples.written.presses import by_reportlab, like_the_published


def main(folder: Path, seeds: int) -> None:
    """Write so many letters of every form into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        for seed in range(seeds):
            letter = lay_out(draw(form, seed))
            stem = folder / letter.name.removesuffix(".txt")
            text = style_of(seed)(letter.paragraphs, random.Random(seed))
            stem.with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
            press = (like_the_published, by_reportlab)[seed % 2]
            stem.with_suffix(".pdf").write_bytes(press(letter.paragraphs))
            facts = json.dumps(letter.expectation, indent=1, ensure_ascii=False)
            stem.with_suffix(".json").write_text(facts + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 6)
