"""The composite action: its check step is run as GitHub runs it, with the program of this checkout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
CHECK = ACTION["runs"]["steps"][-1]
BOT = "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4', messages=[])\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="GitHub runs these steps in bash")


def run(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The check step with ``inputs`` in the place of GitHub's expressions."""
    program = folder / "temp" / "repoint" / "bin" / "repoint"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m migrate "$@"\n')
    program.chmod(0o755)
    values = {name: one["default"] for name, one in ACTION["inputs"].items()} | inputs
    given = {name: _value(expression, values) for name, expression in CHECK["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK["run"]],
        cwd=folder,
        env={**os.environ, **given, "RUNNER_TEMP": str(folder / "temp")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _value(expression: str, values: dict[str, str]) -> str:
    match = re.fullmatch(r"\$\{\{ inputs\.(\S+) \}\}", expression)
    assert match, "an expression in a script would let an input act as code"
    return values[match[1]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "bot.py").write_text(BOT)
    (tmp_path / "fine.py").write_text("x = 1\n")
    return tmp_path


def test_it_annotates(folder: Path) -> None:
    done = run(folder)
    assert done.returncode == 1, done.stderr
    assert "::error file=app/bot.py,line=3" in done.stdout


def test_inputs_reach_the_program(folder: Path) -> None:
    arguments = "--only retired-model\n--today 2026-11-23"
    done = run(folder, paths="fine.py\napp", arguments=arguments, format="sarif", output="out.sarif")
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    results = json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == ["retired-model"]


def test_nothing_found(folder: Path) -> None:
    assert run(folder, paths="fine.py").returncode == 0


def test_no_input_acts_as_code(folder: Path) -> None:
    run(folder, paths="$(touch bad) ; touch bad", arguments="`touch bad`")
    assert not (folder / "bad").exists()


def test_every_input_of_readme_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (used,) = re.findall(r"uses: \S+/repoint@.*\n\s+with: \{(.*)\}", readme)
    assert {pair.split(":")[0].strip() for pair in used.split(",")} <= ACTION["inputs"].keys()
