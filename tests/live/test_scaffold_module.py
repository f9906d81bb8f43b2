"""The module that `repoint scaffold router` writes, under the real SDK, as the first endpoint fails."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from program_runs import run_program, told
from scaffold_files import written_router
from sdk_environments import NEWEST, OLDEST
from strict_http import StrictHTTPServer
from strict_routes import Answer
from strict_server import StrictServer

pytestmark = pytest.mark.live

TODAY = date(2026, 11, 23)
FIRST_KEY, SECOND_KEY = "first-key-1a", "second-key-2b"
SYNC = """\
from llm_router import model_for, with_fallback

messages = [{"role": "user", "content": "hello"}]
answer = with_fallback(
    lambda client: client.chat.completions.create(model=model_for("strong"), messages=messages), timeout=2.0
)
print(answer.model)
"""
ASYNC = """\
import asyncio
from llm_router import model_for, with_fallback_async

messages = [{"role": "user", "content": "hello"}]


async def main():
    return await with_fallback_async(
        lambda client: client.chat.completions.create(model=model_for("strong"), messages=messages),
        timeout=2.0,
    )


print(asyncio.run(main()).model)
"""
STREAM = SYNC.replace("messages=messages)", "messages=messages, stream=True)").replace(
    "print(answer.model)", "print({chunk.model for chunk in answer})"
)
ERROR = {"error": {"message": "no", "type": "server_error", "param": None, "code": None}}


@contextmanager
def failing(status: int, seconds: float = 0.0) -> Iterator[tuple[str, list[str]]]:
    """An endpoint that answers everything with ``status`` after so long, and the keys that it was sent."""
    keys: list[str] = []

    def handle(_: str, __: str, headers: dict[str, str], ___: bytes) -> Answer:
        keys.append(headers.get("authorization", ""))
        time.sleep(seconds)
        return Answer(status=status, json=ERROR)

    server = StrictHTTPServer(0, handle)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", keys
    finally:
        server.shutdown()
        server.server_close()


def closed_port() -> str:
    """An address where nobody listens."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/v1"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_router(tmp_path_factory.mktemp("scaffold"))


@pytest.fixture
def second() -> Iterator[StrictServer]:
    with StrictServer(SECOND_KEY, TODAY, secrets=(FIRST_KEY,)) as server:
        yield server
        assert not server.leaks, "a key went to the wrong endpoint"
        assert not server.faults, server.faults[0]


def variables(first: str, second: StrictServer) -> dict[str, str]:
    return {
        "EVOLINK_BASE_URL": first,
        "EVOLINK_API_KEY": FIRST_KEY,
        "LLM_FALLBACK_BASE_URL": second.base_url,
        "LLM_FALLBACK_API_KEY": SECOND_KEY,
    }


@pytest.mark.parametrize("script", [SYNC, ASYNC], ids=["sync", "async"])
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_fails_is_left(status: int, script: str, program: Path, second: StrictServer) -> None:
    with failing(status) as (first, keys):
        done = run_program(NEWEST, program, ["-c", script], variables(first, second))
    assert done.stdout == "gpt-5.2\n", told(done)
    assert "the next endpoint is asked" in done.stderr
    assert FIRST_KEY not in done.stderr
    assert keys
    assert set(keys) == {f"Bearer {FIRST_KEY}"}
    assert len(second.requests) == 1


@pytest.mark.parametrize("script", [SYNC, ASYNC], ids=["sync", "async"])
def test_a_server_that_is_not_there_is_left(script: str, program: Path, second: StrictServer) -> None:
    done = run_program(NEWEST, program, ["-c", script], variables(closed_port(), second))
    assert done.stdout == "gpt-5.2\n", told(done)


def test_a_stream_goes_on_elsewhere(program: Path, second: StrictServer) -> None:
    with failing(503) as (first, _):
        done = run_program(NEWEST, program, ["-c", STREAM], variables(first, second))
    assert done.stdout == "{'gpt-5.2'}\n", told(done)


def test_another_purpose_is_named(program: Path, second: StrictServer) -> None:
    script = SYNC.replace('"strong"', '"stronk"')
    done = run_program(NEWEST, program, ["-c", script], variables(second.base_url, second))
    assert "ValueError: 'stronk' is no purpose; MODELS knows strong, fast" in done.stderr, told(done)


def test_a_server_that_is_too_slow_is_left(program: Path, second: StrictServer) -> None:
    with failing(200, seconds=4.0) as (first, _):
        done = run_program(NEWEST, program, ["-c", SYNC], variables(first, second))
    assert done.stdout == "gpt-5.2\n", told(done)


@pytest.mark.parametrize(("status", "error"), [(400, "BadRequestError"), (401, "AuthenticationError")])
def test_a_request_that_is_wrong_fails_at_once(
    status: int, error: str, program: Path, second: StrictServer
) -> None:
    with failing(status) as (first, keys):
        done = run_program(NEWEST, program, ["-c", SYNC], variables(first, second))
    assert error in done.stderr, told(done)
    assert len(keys) == 1
    assert second.requests == []


def test_the_last_error_is_raised(program: Path, second: StrictServer) -> None:
    with failing(503) as (first, _), failing(500) as (last, _):
        where = {**variables(first, second), "LLM_FALLBACK_BASE_URL": last}
        done = run_program(NEWEST, program, ["-c", SYNC], where)
    assert "InternalServerError" in done.stderr, told(done)
    assert FIRST_KEY not in done.stderr
    assert SECOND_KEY not in done.stderr


def test_one_endpoint_is_enough(program: Path, second: StrictServer) -> None:
    where = {
        "EVOLINK_BASE_URL": second.base_url,
        "EVOLINK_API_KEY": SECOND_KEY,
        "LLM_MODEL_STRONG": "gpt-5.1",
    }
    done = run_program(NEWEST, program, ["-c", SYNC], where)
    assert done.stdout == "gpt-5.1\n", told(done)


def test_the_oldest_sdk_will_do(program: Path, second: StrictServer) -> None:
    with failing(500) as (first, _):
        done = run_program(OLDEST, program, ["-c", SYNC], variables(first, second))
    assert done.stdout == "gpt-5.2\n", told(done)
