"""A plan of many calls against the scan that it begins with: to take less than twice as long."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.repository import make_repository
from benchmarks.timing import best_of, environment, row

_TIMES = 3
_CALLING = 550  # files that call OpenAI, most of them once
_SCAN = ["-m", "migrate", "scan", "--format", "jsonl"]
_PLAN = ["-m", "migrate", "plan", "--format", "json"]


def rows() -> list[str]:
    """The figures, one line each, with an empty cache and with a filled one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        make_repository(folder, _CALLING * 4, _CALLING)
        calls = _calls(folder)
        found = []
        for state, cold in (("cold", True), ("warm", False)):
            scan = best_of(_SCAN, folder, _TIMES, cold=cold)
            plan = best_of(_PLAN, folder, _TIMES, cold=cold)
            found.append(row(f"plan of {calls} calls, {state} (to be below 2)", plan, "its scan", scan))
        return found


def _calls(folder: Path) -> int:
    done = subprocess.run(
        [sys.executable, *_PLAN], cwd=folder, env=environment(), capture_output=True, check=True
    )
    calls: int = json.loads(done.stdout)["totals"]["calls"]
    return calls
