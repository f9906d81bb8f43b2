"""Tests that patch openai 0.28 pass with every newer SDK, moved by stage ``sdk`` with what they test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from program_runs import move_sdk, run_program, told, worked
from sdk_environments import ALL

pytestmark = pytest.mark.live

CASES = Path(__file__).parents[2] / "fixtures" / "stages"
NAMES = ("sdk-patches-in-many-forms", "sdk-patches-async", "sdk-patched-own-client")
RUN = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", "."]


@pytest.mark.parametrize("name", NAMES)
def test_they_pass_before_and_after(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "project"
    shutil.copytree(CASES / name / "before", folder)
    variables = {
        "OPENAI_API_KEY": "sk-none",
        "KEY": "sk-none",
        "PYTHONPATH": os.pathsep.join((str(folder), str(folder / "src"))),
    }
    before = run_program(ALL[0], folder, RUN, variables)
    assert before.returncode == 0, told(before)
    moved = move_sdk(folder, tmp_path / "user")
    assert worked(moved), told(moved)
    for sdk in ALL[1:]:
        after = run_program(sdk, folder, RUN, variables)
        assert after.returncode == 0, f"{sdk}: {told(after)}"
