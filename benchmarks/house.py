"""How the package is built: rooms, import arrows, cycles, names, helpers, sizes.

``python -m benchmarks.house [ROOT] [--each] [--page]`` reads the sources of the project in ROOT
(this one by default) and prints each measure beside its bar (docs/architecture.md gives the
reasons). ``--each`` lists what is behind a measure that counts names; ``--page`` also serves one
page of results from the samples and counts the modules and functions that it runs through.
"""

from __future__ import annotations

import argparse
import ast
import re
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import FrameType

from benchmarks.measuring import table
from imrsearch.indexing.pipeline import index_paths
from imrsearch.system.settings import Settings, load_settings
from imrsearch.web.app import create_app

ROOT = Path(__file__).parent.parent
PACKAGE = "imrsearch"
SHORT = 4
"""A private helper of up to so many lines has to name a step if it is used only once."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its dotted name, its text and its syntax tree."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The part of the package that the module is in: ``search`` of ``imrsearch.search.rows``;
        the package's own module is the room ``__init__``."""
        return self.name.partition(".")[2].partition(".")[0] or "__init__"

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions and methods."""
        return (node for node in ast.walk(self.tree) if isinstance(node, _FUNCTIONS))


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it counts, how many there are, the bar, and what was counted."""

    name: str
    value: float
    bar: str
    each: tuple[str, ...] = ()


def modules(root: Path) -> list[Module]:
    """All modules of the package under ``root``, by name."""
    found = []
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        text = path.read_text(encoding="utf-8")
        found.append(Module(name, text, ast.parse(text)))
    return found


def imports(package: Iterable[Module]) -> dict[str, set[str]]:
    """For each module the modules of the package that it imports, in functions too.

    The package's own module is left out: it names what the library offers and imports nothing
    before it is used.
    """
    package = list(package)
    known = {module.name for module in package}
    return {
        module.name: set(_imported(module.tree, known))
        for module in package
        if module.name != PACKAGE
    }


def _imported(tree: ast.Module, known: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                # "from imrsearch.search.kit import kit" imports a module, not a name of one.
                inner = f"{node.module}.{alias.name}"
                yield from {inner if inner in known else node.module} & known
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known


def arrows(package: Iterable[Module]) -> set[tuple[str, str]]:
    """The pairs of rooms of which the first imports from the second."""
    package = list(package)
    rooms = {module.name: module.room for module in package}
    return {
        (rooms[name], rooms[other])
        for name, others in imports(package).items()
        for other in others
        if rooms[name] != rooms[other]
    }


def cycle(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """One cycle of a graph, its first node again at the end; nothing where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def repeated_names(package: Iterable[Module]) -> dict[str, list[str]]:
    """Names that several modules define at their top level, with these modules."""
    return _repeated((name, module.name) for module in package for name in _defined(module.tree))


def repeated_classes(package: Iterable[Module]) -> dict[str, list[str]]:
    """Public classes of one name that several modules define, with these modules."""
    return _repeated(
        (node.name, module.name)
        for module in package
        for node in module.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )


def _repeated(definitions: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, module in sorted(set(definitions)):
        found[name].append(module)
    return {name: places for name, places in found.items() if len(places) > 1}


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def short_helpers(package: Iterable[Module]) -> list[str]:
    """Private functions of up to ``SHORT`` lines that their module names only once more."""
    return [
        f"{module.name}.{function.name}"
        for module in package
        for function in module.functions
        if function.name.startswith("_") and not function.name.startswith("__")
        if _lines(function) <= SHORT
        if len(re.findall(rf"(?<!\w){function.name}(?!\w)", module.text)) <= 2
    ]


def local_imports(package: Iterable[Module]) -> list[str]:
    """Import statements inside functions, as ``module:line``."""
    return sorted(
        {
            f"{module.name}:{node.lineno}"
            for module in package
            for function in module.functions
            for node in ast.walk(function)
            if isinstance(node, _IMPORTS)
        }
    )


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno
    return function.end_lineno - function.lineno + 1


def measures(root: Path) -> list[Measure]:
    """All measures of the sources under ``root``."""
    package = modules(root)
    rooms = {module.room for module in package}
    between = arrows(package)
    below = {room: {to for source, to in between if source == room} for room in rooms}
    cycles = [cycle(below), cycle(imports(package))]
    repeated = repeated_names(package)
    several = _several(repeated_classes(package))
    lengths = [_lines(function) for module in package for function in module.functions]
    source = sum(module.text.count("\n") for module in package)
    tests = sum(path.read_text("utf-8").count("\n") for path in (root / "tests").rglob("*.py"))
    helpers, local = short_helpers(package), local_imports(package)
    return [
        Measure("rooms at the top of the package", len(rooms), "≤ 18", tuple(sorted(rooms))),
        Measure("import arrows between rooms", len(between), "≤ 85", _lists(between)),
        Measure("import cycles", sum(map(bool, cycles)), "0", _lists(filter(None, cycles))),
        Measure("public class names with several meanings", len(several), "0", several),
        Measure("names defined in several modules", len(repeated), "≤ 20", _several(repeated)),
        Measure(f"private helpers of ≤ {SHORT} lines used once", len(helpers), "≤ 30", (*helpers,)),
        Measure("imports inside functions", len(local), "≤ 8", (*local,)),
        Measure("source lines", source, "≤ 18,500"),
        Measure("lines of the median function", statistics.median(lengths), "≤ 12"),
        Measure("lines of the longest function", max(lengths), "≤ 60"),
        Measure("test lines for each source line", tests / source, "≥ 1.1"),
    ]


def _lists(some: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted(" → ".join(one) for one in some))


def _several(repeated: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(f"{name}: {', '.join(places)}" for name, places in repeated.items())


def page_measures(settings: Settings) -> list[Measure]:
    """The modules and functions of this project's package that one page of results from an index
    runs through, once such a page has been served before."""
    client = create_app(settings).test_client()
    client.get("/search?q=physical+therapy")  # another page: the same one would be kept
    ran = _ran(lambda: client.get("/search?q=therapy"))
    inside = {(name, code) for name, code in ran if name.split(".")[0] == PACKAGE}
    names = sorted({name for name, _ in inside})
    return [
        Measure("modules that one page of results runs through", len(names), "≤ 40", (*names,)),
        Measure("functions that one page of results runs through", len(inside), "–"),
    ]


def _page_of_samples() -> list[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({}, index=str(Path(folder) / "index"))
        index_paths(settings, [ROOT / "samples" / "letters"])
        return page_measures(settings)


def _ran(action: Callable[[], object]) -> set[tuple[str, str]]:
    """Every Python function called by ``action``, as module and qualified name."""
    called: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add((str(frame.f_globals.get("__name__")), frame.f_code.co_qualname))

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return called


def main(arguments: list[str] | None = None) -> None:
    """Print the table and, where asked for, what is behind it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--each", action="store_true", help="list what was counted")
    parser.add_argument("--page", action="store_true", help="trace one page of results too")
    given = parser.parse_args(arguments)
    found = measures(given.root) + (_page_of_samples() if given.page else [])
    print(table(["measure", "value", "bar"], [(one.name, one.value, one.bar) for one in found]))
    for one in found if given.each else ():
        if one.each:
            print(f"\n{one.name}:", *one.each, sep="\n  ")


if __name__ == "__main__":
    main()
