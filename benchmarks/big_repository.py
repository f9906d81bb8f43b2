"""A repository of 3,000 files, 300 of which call OpenAI: the whole scan against parsing the same files."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.repository import make_repository
from benchmarks.timing import best_of, row

_PARSE = """
import ast, sys, pathlib
for path in pathlib.Path('.').rglob('*.py'):
    ast.parse(path.read_bytes())
"""
_TIMES = 3


def rows() -> list[str]:
    """The figures, one line each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        make_repository(folder, 3_000, 300)
        yardstick = best_of(["-c", _PARSE], folder, _TIMES, cold=True)
        scan = best_of(["-m", "migrate", "scan", "--format", "jsonl"], folder, _TIMES, cold=True)
        check = best_of(["-m", "migrate", "check"], folder, _TIMES, cold=True)
    said = "ast.parse of all 3,000 files"
    return [row("scan", scan, said, yardstick), row("check", check, said, yardstick)]
