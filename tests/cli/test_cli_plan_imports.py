"""A check that follows a plan file does not pay for what writes or costs one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from cli_runs import CALL, DAY, environment, make_repository, repoint

SHOW = """\
import sys
from migrate.cli.main import main
main(["check", "--today", "2026-11-23", "-q"])
names = ("tomlkit", "genai_prices", "rich", "jinja2", "libcst", "httpx", "splintr")
print("loaded:", *sorted(name for name in names if name in sys.modules))
"""


def test_a_check_with_a_plan_stays_light(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app.py": CALL})
    assert repoint(folder, "plan", *DAY).returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "retiring-model" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded:"
