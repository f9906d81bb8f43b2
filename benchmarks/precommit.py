"""What a commit waits for: ``check`` on ten staged files, cold, against an interpreter with click and ast."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.repository import make_repository
from benchmarks.timing import best_of, row

_YARDSTICK = ["-c", "import click, ast"]
_TIMES = 7


def rows() -> list[str]:
    """The figures, one line each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        staged = make_repository(folder, 60, 10)
        yardstick = best_of(_YARDSTICK, folder, _TIMES, cold=True)
        version = best_of(["-m", "migrate", "--version"], folder, _TIMES, cold=True)
        cold = best_of(["-m", "migrate", "check", *staged], folder, _TIMES, cold=True)
        warm = best_of(["-m", "migrate", "check", *staged], folder, _TIMES, cold=False)
    said = "import click, ast"
    return [
        row("repoint --version", version, said, yardstick),
        row("check, ten staged files of 60, cold", cold, said, yardstick),
        row("check, ten staged files of 60, warm", warm, said, yardstick),
    ]
