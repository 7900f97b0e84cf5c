"""The peers by name, each library imported when its peer is asked for."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from benchmarks.peers import Peer
from benchmarks.stock import Stock

_PEERS = {
    "tantivy": ("benchmarks.peers.bare_tantivy", "BareTantivy"),
    "fts5-sql": ("benchmarks.peers.sqlite", "Fts5BySql"),
    "fts5-numpy": ("benchmarks.peers.sqlite", "Fts5ByNumPy"),
    "xapian": ("benchmarks.peers.bare_xapian", "BareXapian"),
    "whoosh": ("benchmarks.peers.stock_whoosh", "StockWhoosh"),
}

NAMES = tuple(_PEERS)

MOST = {"xapian": 200_000, "whoosh": 20_000}
"""Beyond so many issues, a peer would need an hour to build and seconds to search."""


def peer(name: str) -> Peer:
    """The peer called ``name``. Raises ImportError where its library is not installed."""
    module, kind = _PEERS[name]
    made: Peer = getattr(import_module(module), kind)()
    return made


def build(name: str, folder: str, issues: str) -> None:
    """Build a peer's index of a stock in ``folder``, out of the collection as we build ours."""
    place = Path(folder)
    place.mkdir()
    stock = Stock(place.parent.parent, int(issues))
    peer(name).build(place, stock.documents())


if __name__ == "__main__":
    build(*sys.argv[1:])
