"""Real processes, killed before every call that changes the disk, and a few at random moments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the trial forks")
@pytest.mark.parametrize("mode", [("every",), ("random", "20")], ids="-".join)
def test_nothing_is_lost(mode: tuple[str, ...]) -> None:
    program = Path(__file__).with_name("kills.py")
    done = subprocess.run(
        [sys.executable, str(program), *mode], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "nothing lost" in done.stdout
