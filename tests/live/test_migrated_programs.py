"""Programs of fixtures/programs/, run with real SDKs before and after `repoint apply`, at the strict server.

Before, the server stands for OpenAI after the announced shutdowns; after, for the gateway, which must see
only its own key, living models and parameters that they accept.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_cases import CASES, Case, Wanted
from program_runs import OLD_KEY, apply_tool, move_to_responses, run_program, told, worked
from sdk_environments import NEWEST
from strict_chat_rules import effective_effort as chat_effort
from strict_models import MODELS
from strict_responses_rules import effective_effort as responses_effort
from strict_server import Recorded, StrictServer

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.live

GATEWAY_KEY = "gw-key-8a3f17"
AFTER_THE_SHUTDOWNS = date(2027, 1, 15)
ANSWERED = [case.name for case in CASES.values() if case.before]
MOVED = [(case.name, sdk) for case in CASES.values() if not case.stays for sdk in case.sdks]


@dataclass
class Workshop:
    """Copies of the programs, each migrated once, to the one gateway of this session."""

    server: StrictServer
    home: Path
    done: dict[str, Path] = field(default_factory=dict)

    def migrated(self, case: Case) -> Path:
        """The folder of the migrated copy."""
        if case.name not in self.done:
            copy = self.home / case.name
            shutil.copytree(case.folder, copy, ignore=shutil.ignore_patterns("expect.toml", "__pycache__"))
            applied = apply_tool(copy, self.server.base_url, self.home / "user")
            assert worked(applied), told(applied)
            if case.responses:
                applied = move_to_responses(copy, self.server.base_url, self.home / "user")
                assert worked(applied), told(applied)
            self.done[case.name] = copy
        return self.done[case.name]


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with StrictServer(GATEWAY_KEY, AFTER_THE_SHUTDOWNS, secrets=(OLD_KEY,)) as server:
        yield Workshop(server, tmp_path_factory.mktemp("migrated"))
        assert not server.faults, server.faults[0]


@pytest.fixture(scope="session")
def provider() -> Iterator[StrictServer]:
    with StrictServer(OLD_KEY, AFTER_THE_SHUTDOWNS) as server:
        yield server
        assert not server.faults, server.faults[0]


@pytest.mark.parametrize("name", ANSWERED)
def test_program_before(provider: StrictServer, name: str) -> None:
    case = CASES[name]
    provider.clear()
    variables = {"OPENAI_API_KEY": OLD_KEY, "OPENAI_BASE_URL": provider.base_url}
    done = run_program(NEWEST, case.folder, ["program.py"], variables)
    assert provider.requests, told(done)
    assert provider.requests[-1].status == case.before
    assert (done.returncode == 0) == (case.before == 200), told(done)


@pytest.mark.parametrize(("name", "sdk"), MOVED)
def test_program_after(workshop: Workshop, name: str, sdk: str) -> None:
    case = CASES[name]
    folder = workshop.migrated(case)
    workshop.server.clear()
    variables = {"EVOLINK_API_KEY": GATEWAY_KEY, "OPENAI_API_KEY": OLD_KEY}
    done = run_program(sdk, folder, ["program.py"], variables)
    seen = workshop.server.requests
    assert workshop.server.leaks == []
    assert [request.error for request in seen if request.status != 200] == []
    assert done.returncode == 0, told(done)
    assert case.prints in done.stdout
    assert len(seen) == len(case.requests)
    for request, wanted in zip(seen, case.requests, strict=True):
        check(request, wanted)


@pytest.mark.parametrize("name", [case.name for case in CASES.values() if case.stays])
def test_program_that_stays(workshop: Workshop, name: str) -> None:
    folder = workshop.migrated(CASES[name])
    before = {
        path.name: path.read_bytes() for path in CASES[name].folder.glob("*.*") if path.suffix != ".toml"
    }
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in before} == before


@pytest.mark.parametrize("name", [case.name for case in CASES.values() if case.keeps])
def test_text_that_stays(workshop: Workshop, name: str) -> None:
    text = (workshop.migrated(CASES[name]) / "program.py").read_text("utf-8")
    assert [kept for kept in CASES[name].keeps if kept not in text] == []


def check(request: Recorded, wanted: Wanted) -> None:
    """Compares one request with what its program must send after the move."""
    assert (request.path, request.model) == (wanted.path, wanted.model)
    assert {name: request.body.get(name) for name in wanted.has} == wanted.has
    assert [name for name in wanted.lacks if name in request.body] == []
    effort = responses_effort if request.path == "/v1/responses" else chat_effort
    assert effort(MODELS[request.model], request.body) == wanted.effort
