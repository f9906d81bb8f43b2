"""``python -m migrate``: the same as the command ``repoint``."""

from __future__ import annotations

import os
import sys

# With -m the current folder comes first on the path, and a scanned repository may hold a click.py: nothing
# of it is ever executed. The package itself is loaded already and finds its parts without the path.
if sys.path and os.path.abspath(sys.path[0]) == os.getcwd():  # noqa: PTH100, PTH109 - before any import
    del sys.path[0]

from migrate.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
