"""``python -m imrsearch``: the command line."""

from imrsearch.cli import main

main()
