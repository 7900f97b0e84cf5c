"""A small index with its letters, and what must be true of it after a failure."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from imrsearch.indexing import maintenance, pipeline
from imrsearch.storage.builds.reading import Builds
from imrsearch.storage.collection.store import Collection
from imrsearch.system.settings import Settings, load_settings
from tests.letters.forms import credentials_letter, issue

PARTS = {"builds", "collection.sqlite3", "current", "lock", "rolled-back.json"}


@contextmanager
def quick_place() -> Iterator[Path]:
    """A folder in memory, where there is one: thousands of builds need not wait for a disk."""
    memory = "/dev/shm"
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as place:
        yield Path(place)


@dataclass(slots=True)
class Folder:
    """An index folder, and the letters that are to be in it."""

    index: Path
    letters: Path
    engine: str
    written: list[str] = field(default_factory=list)

    @classmethod
    def fresh(cls, place: Path, engine: str) -> Folder:
        """Without letters and index as yet."""
        (place / "letters").mkdir(parents=True)
        return cls(place / "index", place / "letters", engine)

    @property
    def settings(self) -> Settings:
        return load_settings({}, index=str(self.index))

    def write(self, letters: int = 1, issues: int = 1) -> None:
        """Letters more, each of so many issues."""
        for _ in range(letters):
            case = f"CM16-{len(self.written) + 1:07}"
            blocks = [issue("Cane: Overturned", f"It helps {case} to walk safely.")] * issues
            text = credentials_letter(*blocks).replace("CM16-0000901", case)
            (self.letters / f"{case}.txt").write_text(text)
            self.written.append(case)

    def run(self) -> pipeline.Report:
        """Index the letters, in this process."""
        return pipeline.index_paths(self.settings, [self.letters], engine=self.engine, jobs=1)

    def save(self, copy: Path) -> None:
        """Keep the index as it is now."""
        shutil.copytree(self.index, copy, symlinks=True)

    def restore(self, copy: Path) -> None:
        """The index as it was."""
        shutil.rmtree(self.index, ignore_errors=True)
        shutil.copytree(copy, self.index, symlinks=True)

    def total(self) -> int:
        """The issues that a reader finds who comes now."""
        build = Builds(self.index).current()
        try:
            return build.index.count()
        finally:
            build.index.close()

    def cases(self) -> list[str]:
        """The cases that are committed."""
        collection = Collection.open(self.index)
        try:
            return collection.case_ids()
        finally:
            collection.close()

    def require_complete(self) -> None:
        """What must be true after a run that was let to its end: all there, and nothing else."""
        verified = maintenance.verify(self.index)
        assert verified.compared
        assert (verified.manifest.letters, self.cases()) == (len(self.written), self.written)
        kept = maintenance.listing(self.index)
        assert len(kept) <= 3
        assert [one.damage for one in kept if one.damage] == []
        assert {path.name for path in self.index.iterdir()} <= PARTS
        places = {path.name for path in (self.index / "builds").iterdir()}
        assert places == {f"build-{one.id}" for one in kept}
