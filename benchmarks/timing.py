"""Wall-clock time of whole commands, and how a figure is printed beside its yardstick."""

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

    ``cold`` gives every run an empty user cache folder; compiled bytecode stays, as after an install.
    """
    return min(_once(arguments, folder, cold) for _ in range(times))


def _once(arguments: list[str], folder: Path, cold: bool) -> float:
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if cold:
            environment["XDG_CACHE_HOME"] = cache
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=600,
        )
        return time.perf_counter() - start


def row(name: str, seconds: float, yardstick_name: str, yardstick: float) -> str:
    """``check, ten files: 0.110 s = 2.6 x (import click, ast: 0.042 s)``."""
    return f"{name}: {seconds:.3f} s = {seconds / yardstick:.1f} x ({yardstick_name}: {yardstick:.3f} s)"
