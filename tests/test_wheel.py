"""The built wheel, alone in an empty environment, does the whole job."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-23"


def _run(arguments: list[str], folder: Path, expected: int = 0) -> bytes:
    done = subprocess.run(arguments, cwd=folder, capture_output=True, timeout=300, check=False)
    assert done.returncode == expected, (done.stdout + done.stderr).decode()
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT)], folder)
    (found,) = folder.glob("repoint-*.whl")
    return found


def test_it_holds_the_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "migrate/rules/routing.toml" in names
    assert "migrate/report/schemas/scan.schema.json" in names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"migrate"}


def test_it_does_the_job(wheel: Path, tmp_path: Path) -> None:
    _run([sys.executable, "-m", "venv", str(tmp_path / "empty")], tmp_path)
    scripts = tmp_path / "empty" / ("Scripts" if sys.platform == "win32" else "bin")
    _run([str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)], tmp_path)
    helpdesk = tmp_path / "helpdesk"
    shutil.copytree(ROOT / "fixtures" / "sample", helpdesk)
    _run(["git", "init", "-q"], helpdesk)
    _run(["git", "add", "."], helpdesk)
    repoint = str(scripts / "repoint")
    assert b"gpt-4o-mini from helpdesk/settings.py" in _run([repoint, "scan", "--today", TODAY], helpdesk)
    _run([repoint, "check", "--today", TODAY], helpdesk, expected=1)
    patch = _run([repoint, "diff", "--include", "review", "--today", TODAY], helpdesk, expected=1)
    _run([repoint, "apply", "--allow-dirty", "--include", "review", "--today", TODAY], helpdesk)
    _run([repoint, "check", "--today", TODAY], helpdesk)
    (tmp_path / "patch").write_bytes(patch)
    _run(["git", "apply", "--reverse", "--check", str(tmp_path / "patch")], helpdesk)
