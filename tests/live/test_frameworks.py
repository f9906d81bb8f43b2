"""Programs of frameworks, run with the real ones before and after `repoint apply`, at the strict server.

It installs each framework into an environment of its own, which takes minutes, so it runs where it is asked
for: `REPOINT_FRAMEWORKS=1 python -m pytest -n 0 tests/live/test_frameworks.py`.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from program_runs import OLD_KEY, apply_tool, run_with, told, worked
from sdk_environments import python_of
from strict_server import StrictServer

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(
        not os.environ.get("REPOINT_FRAMEWORKS"),
        reason="REPOINT_FRAMEWORKS is not set: it would install them",
    ),
]

PROGRAMS = Path(__file__).parents[2] / "fixtures" / "framework_programs"
KEY = "gw-key-4b6d02"


class Framework(NamedTuple):
    """``requires`` are what is installed, ``prints`` what the moved program says; where not even the URL is
    edited (``by_hand``) it is told by variables, as the finding says."""

    requires: tuple[str, ...]
    prints: str = "Hello from gpt-5.2."
    by_hand: bool = False


FRAMEWORKS = {
    "guidance_model": Framework(("guidance==0.3.1", "openai")),
    "instructor_client": Framework(("instructor==1.17.0",), "Weather\nWeather"),
    "marvin_agent": Framework(("marvin==3.2.7", "pydantic-ai<1.60"), "sample"),  # no import beside 2.x
    "mirascope_calls": Framework(("mirascope[openai]==1.25.7",), by_hand=True),
    "outlines_model": Framework(("outlines==1.3.3", "openai")),
    "semantic_kernel_chat": Framework(("semantic-kernel==1.45.0",)),
}


@pytest.fixture
def server() -> Iterator[StrictServer]:
    with StrictServer(KEY, date(2027, 1, 15), secrets=(OLD_KEY,)) as server:
        yield server
        assert not server.faults, server.faults[0]


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_the_moved_program_is_answered(server: StrictServer, tmp_path: Path, name: str) -> None:
    framework = FRAMEWORKS[name]
    python = python_of(name.partition("_")[0], framework.requires)
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(PROGRAMS / f"{name}.py", folder / "program.py")
    told_by_variables = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}

    before = run_with(python, folder, ["program.py"], told_by_variables)
    assert {one.status for one in server.requests} == {404}, told(before)

    applied = apply_tool(folder, server.base_url, tmp_path / "user")
    assert worked(applied), told(applied)
    server.clear()
    variables = {"EVOLINK_API_KEY": KEY, "OPENAI_API_KEY": OLD_KEY}
    after = run_with(python, folder, ["program.py"], told_by_variables if framework.by_hand else variables)
    assert after.returncode == 0, told(after)
    assert {(one.model, one.status) for one in server.requests} == {("gpt-5.2", 200)}
    assert framework.prints in after.stdout
    assert server.leaks == []


def test_every_program_is_run() -> None:
    assert {path.stem for path in PROGRAMS.glob("*.py")} == FRAMEWORKS.keys()
