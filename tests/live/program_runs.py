"""Runs a program under one SDK, and the tool on a folder, with nothing of the caller's environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sdk_environments import python_with

ROOT = Path(__file__).parents[2]
OLD_KEY = "sk-old-71d0c4e9b2"  # what OPENAI_API_KEY holds: must never reach the gateway
_FROM_CALLER = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG")
_TIMEOUT = 60

Done = subprocess.CompletedProcess[str]


def run_program(sdk: str, folder: Path, arguments: list[str], variables: dict[str, str]) -> Done:
    """Runs `python ARGUMENTS` in `folder` with the SDK and only these variables."""
    return run_with(python_with(sdk), folder, arguments, variables)


def run_with(python: Path, folder: Path, arguments: list[str], variables: dict[str, str]) -> Done:
    """The same with the interpreter ``python``."""
    return _run([str(python), *arguments], folder, variables)


def apply_tool(folder: Path, base_url: str, home: Path) -> Done:
    """`repoint apply` on the folder, with fixed routes; its cache goes below `home`.

    It runs in `home`: started in the program's folder, `-m` would import that folder's modules first.
    """
    flags = ["--base-url", base_url, "--key-env", "EVOLINK_API_KEY", "--gateway", "evolink"]
    flags += ["--strong", "gpt-5.2", "--fast", "gpt-5.4-mini", "--today", "2026-11-23", "--include", "review"]
    return _apply(folder, flags, home)


def move_to_responses(folder: Path, base_url: str, home: Path) -> Done:
    """`repoint apply --stage responses` on a folder that is migrated, whose gateway serves Responses."""
    flags = ["--stage", "responses", "--base-url", base_url, "--key-env", "EVOLINK_API_KEY"]
    return _apply(folder, [*flags, "--gateway", "openai", "--include", "review"], home)


def move_sdk(folder: Path, home: Path) -> Done:
    """`repoint apply --stage sdk` on the folder, in the same way."""
    return _apply(folder, ["--stage", "sdk", "--include", "review"], home)


def _apply(folder: Path, flags: list[str], home: Path) -> Done:
    home.mkdir(exist_ok=True)
    variables = {"PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    variables["LOCALAPPDATA"] = str(home)
    return _run([sys.executable, "-m", "migrate", "apply", str(folder), *flags], home, variables)


def worked(done: Done) -> bool:
    """Whether the tool ended as it promises: 0, or 1 where findings for a person remain. A crash is 1 too."""
    crashed = "Traceback" in done.stderr or "No module named" in done.stderr
    return done.returncode in (0, 1) and not crashed


def told(done: Done) -> str:
    """What a finished process said, for an assertion's message."""
    return f"exit code {done.returncode}\n--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}"


def _run(command: list[str], folder: Path, variables: dict[str, str]) -> Done:
    kept = {name: os.environ[name] for name in _FROM_CALLER if name in os.environ}
    fixed = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8", "NO_PROXY": "127.0.0.1,localhost"}
    fixed["HTTPS_PROXY"] = fixed["HTTP_PROXY"] = "http://127.0.0.1:9"  # nothing leaves the machine
    environment = {**kept, **fixed, **variables}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=_TIMEOUT,
        check=False,
    )
