"""Virtual environments with one version of the openai SDK each, built once and kept in the checkout.

They live in `.venv-sdk/` (ignored by git). Nothing is skipped: an installation that fails fails the test.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

OLDEST, SECOND, NEWEST = "1.0.0", "2.54.0", "3.54.0"
ALL = ("0.28.1", OLDEST, "1.109.1", SECOND, NEWEST)

_ROOT = Path(__file__).parents[2]
_ENVIRONMENTS = _ROOT / ".venv-sdk"
_TIMEOUT = 300
# 1.x up to 1.55 passes `proxies` to httpx, which dropped it in 0.28.
_REQUIRES = {version: [f"openai=={version}", "pytest"] for version in ALL}
_REQUIRES[OLDEST].append("httpx<0.28")


def python_with(version: str) -> Path:
    """The interpreter of an environment that has this SDK, built if it is not there yet."""
    return python_of(f"{version}-pytest", _REQUIRES[version])


def python_of(name: str, requirements: Sequence[str]) -> Path:
    """The interpreter of the environment ``name``, built of ``requirements`` if it is not there yet."""
    home = _ENVIRONMENTS / f"{name}-py{sys.version_info.major}.{sys.version_info.minor}"
    if not home.exists():
        _build(home, requirements)
    return _interpreter(home)


def _build(home: Path, requirements: Sequence[str]) -> None:
    # Built aside and renamed: an interrupted or parallel run never leaves a half one under its name.
    home.parent.mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=home.parent))
    try:
        _run([sys.executable, "-m", "venv", str(aside)])
        pip = [str(_interpreter(aside)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, *requirements])
        try:
            aside.rename(home)
        except OSError:
            if not home.exists():  # a parallel run was not the reason
                raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _interpreter(home: Path) -> Path:
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        pytest.fail(f"no SDK environment: `{' '.join(command)}` took more than {_TIMEOUT} s", pytrace=False)
    if done.returncode != 0:
        last = "\n".join((done.stderr or done.stdout).splitlines()[-8:])
        pytest.fail(f"no SDK environment: `{' '.join(command)}` said\n{last}", pytrace=False)
