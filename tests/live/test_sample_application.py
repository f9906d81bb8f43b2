"""The sample repository of fixtures/sample/: broken by a shutdown before `repoint apply`, whole after it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import OLD_KEY, apply_tool, run_program, told, worked
from sdk_environments import NEWEST
from strict_models import MODELS
from strict_server import StrictServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from strict_server import Recorded

pytestmark = pytest.mark.live

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample"
DEMO = ["-m", "helpdesk.demo"]
CHAT, RESPONSES, EMBEDDINGS = "/v1/chat/completions", "/v1/responses", "/v1/embeddings"
# What the demo asks, in order. None in place of a value: the parameter must be absent.
WANTED: list[tuple[str, str, dict[str, object]]] = [
    (CHAT, "gpt-5.4-mini", {"max_completion_tokens": 5, "temperature": 0, "stop": None, "max_tokens": None}),
    (CHAT, "gpt-5.4-mini", {"max_completion_tokens": 40, "temperature": 0, "max_tokens": None}),
    (CHAT, "gpt-5.2", {"max_completion_tokens": 600, "temperature": 0.4, "presence_penalty": None}),
    (CHAT, "gpt-5.2", {"reasoning_effort": "medium"}),
    (RESPONSES, "gpt-5.4-mini", {"reasoning": {"effort": "low"}, "max_output_tokens": 4000}),
    (EMBEDDINGS, "text-embedding-ada-002", {}),
]
UNTOUCHED = ("helpdesk/providers.py", "helpdesk/costs.py", "tests/test_costs.py", "helpdesk/__init__.py")


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, StrictServer]]:
    """A migrated copy and the gateway that it points at."""
    home = tmp_path_factory.mktemp("sample")
    copy = home / "app"
    shutil.copytree(SAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    with StrictServer("gw-key-40b6de", TODAY, secrets=(OLD_KEY,)) as server:
        applied = apply_tool(copy, server.base_url, home / "user")
        assert worked(applied), told(applied)
        yield copy, server
        assert not server.faults, server.faults[0]


def test_demo_fails_before(gateway: StrictServer) -> None:
    gateway.key = OLD_KEY
    variables = {"OPENAI_API_KEY": OLD_KEY, "OPENAI_BASE_URL": gateway.base_url}
    done = run_program(NEWEST, SAMPLE, DEMO, variables)
    assert done.returncode != 0, told(done)
    assert "The model `gpt-3.5-turbo` has been deprecated" in done.stderr


def test_demo_passes_after(migrated: tuple[Path, StrictServer]) -> None:
    folder, server = migrated
    done = run_program(NEWEST, folder, DEMO, {"EVOLINK_API_KEY": server.key, "OPENAI_API_KEY": OLD_KEY})
    assert server.leaks == []
    assert [seen.error for seen in server.requests if seen.status != 200] == []
    assert done.returncode == 0, told(done)
    assert [(seen.path, seen.model) for seen in server.requests] == [wanted[:2] for wanted in WANTED]
    assert [_picked(seen, wanted[2]) for seen, wanted in zip(server.requests, WANTED, strict=True)] == [
        wanted[2] for wanted in WANTED
    ]
    assert all(MODELS[seen.model].shutdown is None for seen in server.requests)


@pytest.mark.parametrize("name", UNTOUCHED)
def test_file_stays(migrated: tuple[Path, StrictServer], name: str) -> None:
    assert (migrated[0] / name).read_bytes() == (SAMPLE / name).read_bytes()


def test_line_ends_and_byte_order_mark_stay(migrated: tuple[Path, StrictServer]) -> None:
    package = migrated[0] / "helpdesk"
    summaries = (package / "summaries.py").read_bytes()
    assert summaries.count(b"\n") == summaries.count(b"\r\n") > 0
    assert (package / "search.py").read_bytes().startswith(b"\xef\xbb\xbf")


def _picked(seen: Recorded, wanted: dict[str, object]) -> dict[str, object]:
    return {name: seen.body.get(name) for name in wanted}
