"""Every SDK line reads what the strict server answers: without this, the live tests would prove nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from program_runs import run_program, told
from sdk_environments import ALL

if TYPE_CHECKING:
    from strict_server import StrictServer

pytestmark = pytest.mark.live

PROBES = Path(__file__).parents[2] / "fixtures" / "programs" / "probes"


@pytest.mark.parametrize("sdk", ALL)
def test_sdk_reads_every_answer(gateway: StrictServer, sdk: str) -> None:
    probe = "probe_v0.py" if sdk.startswith("0.") else "probe_v1.py"
    variables = {"OPENAI_API_KEY": gateway.key, "OPENAI_BASE_URL": gateway.base_url}
    variables["OPENAI_API_BASE"] = gateway.base_url
    done = run_program(sdk, PROBES, [probe], variables)
    assert done.returncode == 0, told(done)
    assert done.stdout.splitlines()[-1] == "all read"
    assert {seen.status for seen in gateway.requests} == {200, 400, 404}
    assert gateway.leaks == []
