"""The configuration that `repoint scaffold router` writes, in a real LiteLLM proxy before the strict server.

It installs LiteLLM into an environment of its own, which takes minutes, so it runs where it is asked for:
`REPOINT_LITELLM=1 python -m pytest -n 0 tests/live/test_scaffold_litellm.py`. REPOINT_LITELLM may also name
the interpreter of an environment that has `litellm[proxy]`.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scaffold_files import written_router
from strict_routes import Answer
from strict_server import StrictServer

ASKED = os.environ.get("REPOINT_LITELLM", "")

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not ASKED, reason="REPOINT_LITELLM is not set: it would install LiteLLM"),
]

TODAY = date(2026, 11, 23)
KEY, MASTER = "gw-key-77c1", "sk-master-9d2e"
_STARTS, _REQUEST = 180, 60  # seconds


def _python(home: Path) -> str:
    """The interpreter of an environment with LiteLLM."""
    if Path(ASKED).is_file():
        return ASKED
    environment = home / "litellm"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "litellm[proxy]"], check=True)
    return str(python)


class HalfBroken(StrictServer):
    """A strict server that fails every request to the model ``broken``."""

    broken = ""

    def handle(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Answer:
        if self.broken and f'"{self.broken}"'.encode() in raw:
            error = {
                "message": "The server had an error",
                "type": "server_error",
                "param": None,
                "code": None,
            }
            return Answer(status=500, json={"error": error})
        return super().handle(method, path, headers, raw)


@pytest.fixture(scope="module")
def behind() -> Iterator[HalfBroken]:
    server = HalfBroken(KEY, TODAY, secrets=(MASTER,))
    with server:
        yield server
        assert not server.leaks, "a key went where it does not belong"


@pytest.fixture(scope="module")
def proxy(behind: StrictServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("litellm")
    folder = written_router(home, "--base-url", behind.base_url)
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    python = Path(_python(home))
    command = [str(python), str(python.parent / "litellm"), "--config", str(folder / "litellm-config.yaml")]
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "NO_PROXY": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }
    variables |= {
        "EVOLINK_API_KEY": KEY,
        "LITELLM_MASTER_KEY": MASTER,
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    }
    with (home / "log").open("w") as log:
        running = subprocess.Popen(
            [*command, "--port", str(port), "--host", "127.0.0.1"],
            env=variables,
            cwd=home,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, running, home / "log")
            yield url
        finally:
            running.terminate()
            running.wait(timeout=30)


def _wait(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _STARTS
    while time.monotonic() < deadline:
        if running.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/health/liveliness", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the proxy did not start:\n{log.read_text()[-3000:]}")


def _ask(url: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    headers = {"Authorization": f"Bearer {MASTER}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/v1/{path}", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=_REQUEST) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


HELLO = [{"role": "user", "content": "hello"}]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("gpt-5.2", "gpt-5.2"),
        ("gpt-5.4-mini", "gpt-5.4-mini"),
        ("strong", "gpt-5.2"),
        ("fast", "gpt-5.4-mini"),
        ("classification", "gpt-5.4-mini"),
    ],
)
def test_a_name_reaches_its_model(asked: str, answered: str, proxy: str, behind: StrictServer) -> None:
    behind.clear()
    status, answer = _ask(proxy, "chat/completions", {"model": asked, "messages": HELLO})
    assert (status, answer.get("object")) == (200, "chat.completion"), answer
    assert [seen.model for seen in behind.requests] == [answered]


def test_what_a_model_rejects_is_no_silent_loss(proxy: str, behind: StrictServer) -> None:
    behind.clear()
    body = {"model": "gpt-5.2", "messages": HELLO, "reasoning_effort": "high", "temperature": 0.2}
    status, _ = _ask(proxy, "chat/completions", body)
    assert status == 400 or all("temperature" in seen.body for seen in behind.requests)


def test_a_model_that_fails_is_replaced(proxy: str, behind: HalfBroken) -> None:
    behind.clear()
    behind.broken = "gpt-5.4-mini"
    status, answer = _ask(proxy, "chat/completions", {"model": "gpt-5.4-mini", "messages": HELLO})
    behind.broken = ""
    assert status == 200, answer
    assert [seen.model for seen in behind.requests] == ["gpt-5.2"]


def test_a_stranger_is_turned_away(proxy: str) -> None:
    request = urllib.request.Request(f"{proxy}/v1/models", headers={"Authorization": "Bearer sk-other"})
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(request, timeout=_REQUEST)
    error.value.close()
    assert error.value.code in (400, 401, 403)
