"""``python -m imrsearch``, and the installed command: the command line."""

from __future__ import annotations

import sys

try:
    from imrsearch.cli import main
except KeyboardInterrupt:  # Ctrl-C while the command line is being loaded ends it in a line, too
    sys.stderr.write("Stopped.\n")
    sys.exit(130)

if __name__ == "__main__":
    main()
