"""Programs for openai 0.28, moved by stage ``sdk``, say the same with every newer SDK line, and every request
is accepted."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import Done, move_sdk, run_program, told, worked
from sdk_environments import ALL

if TYPE_CHECKING:
    from strict_server import StrictServer

pytestmark = pytest.mark.live

PROGRAMS = sorted((Path(__file__).parents[2] / "fixtures" / "old_programs").glob("*.py"))
REFUSED = {"errors_and_lookups": [400, 404]}


def run(sdk: str, folder: Path, server: StrictServer) -> Done:
    server.clear()
    variables = {"OPENAI_API_KEY": server.key, "LLM_URL": server.base_url}
    done = run_program(sdk, folder, ["program.py"], variables)
    assert done.returncode == 0, told(done)
    return done


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_it_says_the_same(gateway: StrictServer, tmp_path: Path, program: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(program, folder / "program.py")
    before = run(ALL[0], folder, gateway)
    sent = [(request.path, request.model, request.status) for request in gateway.requests]
    assert [status for _, _, status in sent if status != 200] == REFUSED.get(program.stem, [])
    moved = move_sdk(folder, tmp_path / "user")
    assert worked(moved), told(moved)
    assert "openai.ChatCompletion" not in (folder / "program.py").read_text("utf-8"), told(moved)
    for sdk in ALL[1:]:
        after = run(sdk, folder, gateway)
        assert after.stdout == before.stdout, sdk
        assert sorted((one.path, one.model, one.status) for one in gateway.requests) == sorted(sent), sdk
    assert gateway.leaks == []
