"""Runs every benchmark and prints its ratio against a yardstick measured in the same run.

``python -m benchmarks [FILES]``; 3,000 files for none given, a tenth of which call OpenAI.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks import big_repository, precommit
from benchmarks.repository import make_repository

_SETTLES = 2.5  # seconds after which a file that was just written is believed


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        staged = make_repository(folder, files, files // 10)
        time.sleep(_SETTLES)
        print("pre-commit")
        print(*(f"  {row}" for row in precommit.rows(folder, staged, files)), sep="\n")
        print(f"a repository of {files:,} files")
        print(*(f"  {row}" for row in big_repository.rows(folder, files)), sep="\n")


main()
