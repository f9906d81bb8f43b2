"""Processor time of whole commands, which other work on the machine does not change, and how a figure is
printed beside its yardstick.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def best_of(arguments: list[str], folder: Path, times: int, *, cold: bool) -> float:
    """The shortest of ``times`` runs of ``python *arguments`` in ``folder``, in seconds.

    ``cold`` gives every run an empty cache folder, else they share one that a run has filled; compiled
    bytecode stays, as after an install.
    """
    with tempfile.TemporaryDirectory() as shared:
        if cold:
            return min(_once_cold(arguments, folder) for _ in range(times))
        _once(arguments, folder, shared)
        return min(_once(arguments, folder, shared) for _ in range(times))


def environment() -> dict[str, str]:
    """What a command runs in: this checkout, with bytecode written."""
    variables = {**os.environ, "PYTHONPATH": str(_ROOT)}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    return variables


def _once_cold(arguments: list[str], folder: Path) -> float:
    with tempfile.TemporaryDirectory() as cache:
        return _once(arguments, folder, cache)


def _once(arguments: list[str], folder: Path, cache: str) -> float:
    start = _used()
    subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment(), "REPOINT_CACHE_DIR": cache},
        capture_output=True,
        check=False,
        timeout=600,
    )
    return _used() - start


def _used() -> float:
    """Processor time of all children so far; where the system tells none, the clock."""
    try:
        import resource
    except ImportError:  # Windows
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def row(name: str, seconds: float, yardstick_name: str, yardstick: float) -> str:
    """``check, ten files: 0.110 s = 2.6 x (import click, ast: 0.042 s)``."""
    return f"{name}: {seconds:.3f} s = {seconds / yardstick:.1f} x ({yardstick_name}: {yardstick:.3f} s)"
