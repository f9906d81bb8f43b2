"""Prompts rewritten through a local server: well-behaved, slow, broken or hostile, as real processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from migrate.catalog import load
from migrate.catalog.promptwords import prompt_words
from migrate.live.acceptance import refusals
from migrate.live.gateway import Access, Gateway, LiveError
from migrate.prompts.language.matching import lexicon

KEY = "test-key-0123456789abcdef"
SECRET = "sk-" + "a1b2c3d4e5f6g7h8i9j0"
PROMPT = 'You are a clerk. Be brief!!! Reply with JSON that has the key "name": nothing else.'
APP = f"""\
from openai import OpenAI

client = OpenAI()


def ask(text):
    return client.responses.create(
        model="gpt-5.2",
        instructions={PROMPT!r},
        input=f"Find the name of the person in this text, which is a letter: {{text}}",
    )
"""
WORDS = prompt_words(load().folder)
CUES = lexicon(load()).signs.cues
Answer = Callable[[dict[str, Any]], tuple[int, bytes]]


@contextmanager
def server(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Serves ``answer`` on a port of its own: its URL, and the requests with their headers as they come."""
    seen: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append({"path": self.path, "key": self.headers["Authorization"], **body})
            status, content = answer(body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_address[1]}/v1", seen
    finally:
        http.shutdown()
        http.server_close()


def completion(rewritten: str, **more: Any) -> bytes:
    content = json.dumps({"rewritten": rewritten, "changes": ["made it plain"]})
    message = {"role": "assistant", "content": content, **more}
    return json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode()


def sent_prompt(body: dict[str, Any]) -> str:
    return str(body["messages"][1]["content"]).removeprefix("<prompt>\n").removesuffix("\n</prompt>")


def plainer(body: dict[str, Any]) -> tuple[int, bytes]:
    return 200, completion(sent_prompt(body).replace(" Be brief!!!", "").replace(", which is a letter", ""))


def run(root: Path, url: str, *more: str, app: str = APP) -> subprocess.CompletedProcess[str]:
    root.mkdir(exist_ok=True)
    (root / "app.py").write_text(app, "utf-8")
    command = [sys.executable, "-m", "migrate", "prompts", ".", "--rewrite-with", "gpt-5.2"]
    flags = ["--gateway", "openai", "--base-url", url, "--key-env", "TEST_KEY", "--no-cache", *more]
    variables = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2]), "TEST_KEY": KEY}
    return subprocess.run(
        [*command, *flags],
        cwd=root,
        env=variables,
        capture_output=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )


def test_a_proposal_is_a_patch_and_nothing_is_written(tmp_path: Path) -> None:
    with server(plainer) as (url, seen):
        done = run(tmp_path / "r", url)
    assert done.returncode == 0, done.stderr
    assert "-        instructions='You are a clerk. Be brief!!! Reply" in done.stdout
    assert "+        instructions='You are a clerk. Reply with JSON" in done.stdout
    assert '+        input=f"Find the name of the person in this text: {text}",' in done.stdout
    assert "2 of 2 prompts rewritten" in done.stderr
    assert (tmp_path / "r" / "app.py").read_text("utf-8") == APP
    assert {one["key"] for one in seen} == {f"Bearer {KEY}"}
    assert all(one["response_format"]["json_schema"]["strict"] for one in seen)
    assert KEY not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("rewritten", "why"),
    [
        (
            'You are a clerk. Reply with JSON that has the key "title".',
            "lost what an output format may rest on",
        ),
        ("Du bist ein Angestellter und die Antwort ist der Name und nicht das Wort.", "another language"),
        (PROMPT * 2, "longer than asked"),
        (PROMPT + " {injected}", "placeholders differ: {injected} is new"),
        (PROMPT.replace("clerk", "cl\x1b[31merk"), "control characters"),
        ("   ", "it is empty"),
        (PROMPT, "nothing to change"),
    ],
)
def test_an_answer_that_is_another_prompt_is_refused(tmp_path: Path, rewritten: str, why: str) -> None:
    app = APP.replace(", which is a letter", "").replace("Find the name of the person in this text: ", "")
    with server(lambda _: (200, completion(rewritten))) as (url, _):
        done = run(tmp_path / "r", url, app=app)
    assert done.returncode == 0, done.stderr
    assert "# not changed: " in done.stdout
    assert why in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("status", "content", "why"),
    [
        (401, json.dumps({"error": {"message": f"wrong key {KEY}\x1b[2J"}}).encode(), "401: wrong key …"),
        (302, b"", "302"),
        (200, b"<html>", "no JSON object"),
        (200, b'{"choices": []}', "not the JSON that was asked for"),
        (200, completion("x", refusal="I cannot do that"), "the model refused: I cannot do that"),
    ],
)
def test_a_server_that_does_not_answer(tmp_path: Path, status: int, content: bytes, why: str) -> None:
    with server(lambda _: (status, content)) as (url, _):
        done = run(tmp_path / "r", url, "--concurrency", "1")
    assert done.returncode == 3
    assert why in done.stdout
    assert KEY not in done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr


def test_a_dry_run_sends_nothing_and_hides_secrets(tmp_path: Path) -> None:
    app = APP.replace("You are a clerk.", f"You are a clerk with the key {SECRET} of the house.")
    with server(plainer) as (url, seen):
        done = run(tmp_path / "r", url, "--dry-run", app=app)
        sent = run(tmp_path / "r", url, app=app)
    assert done.returncode == 0
    assert "{secret_1}" in done.stdout
    assert SECRET not in done.stdout
    assert "2 requests would be sent" in done.stderr
    assert len(seen) == 2
    assert SECRET not in json.dumps(seen)
    assert SECRET in sent.stdout  # the patch of the user's own file


def test_a_secret_makes_no_room_for_more(tmp_path: Path) -> None:
    app = APP.replace("You are a clerk.", f"You are a clerk with the key {SECRET * 9} of the house.")
    longer = PROMPT.replace(
        "clerk.", "clerk with the key {secret_1} of the house, and never of another house."
    )
    with server(lambda _: (200, completion(longer))) as (url, seen):
        done = run(tmp_path / "r", url, app=app)
    asked = len(sent_prompt(seen[0])) * 110 // 100
    assert f"at most {asked} characters" in seen[0]["messages"][0]["content"]
    assert f"longer than asked: {len(longer)} characters, not {asked}" in done.stdout


def test_several_at_once_and_no_more_than_asked(tmp_path: Path) -> None:
    asks = "\n".join(
        "OpenAI().responses.create(model='gpt-5.2', "
        f"input='Name person {one} in this text, in full, and no other person.')"
        for one in range(6)
    )
    here: list[int] = []
    most: list[int] = []

    def counted(body: dict[str, Any]) -> tuple[int, bytes]:
        here.append(1)
        most.append(len(here))
        time.sleep(0.3)
        here.pop()
        return plainer(body)

    with server(counted) as (url, seen):
        run(tmp_path / "r", url, "--concurrency", "3", app=f"from openai import OpenAI\n\n{asks}\n")
    assert len(seen) == 6
    assert max(most) == 3


def test_an_agents_prompt_is_told_from_others(tmp_path: Path) -> None:
    app = APP.replace("instructions=", "tools=[TOOL],\n        instructions=")
    for code, told in ((app, True), (APP, False)):
        done = run(tmp_path / "r", "http://127.0.0.1:9/v1", "--dry-run", app=code)
        assert ("goes on until the task is done" in done.stdout) is told


def test_no_more_is_spent_than_asked(tmp_path: Path) -> None:
    with server(plainer) as (url, seen):
        done = run(tmp_path / "r", url, "--max-cost", "0.00001")
    assert done.returncode == 3
    assert "not sent: it would cost more than --max-cost" in done.stdout
    assert not seen


def test_without_a_key_nothing_is_sent(tmp_path: Path) -> None:
    done = run(tmp_path / "r", "http://127.0.0.1:9/v1", "--key-env", "NOT_SET")
    assert done.returncode == 2
    assert "NOT_SET is not set" in done.stderr


def test_what_passes_is_tried_again() -> None:
    answers = [(503, b"busy"), (429, b"slow down"), (200, b'{"ok": 1}')]
    waited: list[float] = []
    with server(lambda _: answers.pop(0)) as (url, seen), Gateway(Access(url, KEY), waited.append) as gateway:
        assert gateway.post("chat/completions", {}) == {"ok": 1}
    assert len(seen) == 3
    assert len(waited) == 2
    with Gateway(Access("http://127.0.0.1:9/v1", KEY, 2), waited.append) as gateway, pytest.raises(LiveError):
        gateway.post("chat/completions", {})
    assert len(waited) == 5


def test_a_slow_server_is_given_up() -> None:
    def slow(_: dict[str, Any]) -> tuple[int, bytes]:
        time.sleep(0.5)
        return 200, b"{}"

    waited: list[float] = []
    with (
        server(slow) as (url, _),
        Gateway(Access(url, KEY, 0.05), waited.append) as gateway,
        pytest.raises(LiveError, match="ReadTimeout"),
    ):
        gateway.post("chat/completions", {})
    assert len(waited) == 3


def refused(old: str, new: str) -> list[str]:
    return list(refusals(old, new, 400, (), WORDS, CUES))


def test_examples_and_numbers_stay() -> None:
    old = "Sort words.\n1. Use at most 12 words.\nInput: b a\nOutput: a b\n"
    assert not refused(old, "Sort words, at most 12.\nInput: b a\nOutput: a b\n")
    assert refused(old, "Sort words, at most 10.\nInput: b a\nOutput: a b\n")
    assert refused(old, "Sort words, at most 12.\nInput: b a\nOutput: b a\n")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("Pregunta", "Respuesta"), ("Frage", "Antwort"), ("问题", "答案"), ("Ticket", "Class")],
)
def test_examples_stay_whatever_their_labels(asked: str, answer: str) -> None:
    shown = f"{asked}: uno\n{answer}: one\n\n{asked}: dos\n{answer}: two\n\n{asked}: {{word}}\n{answer}:"
    assert not refused(f"Translate, and be careful!\n\n{shown}", f"Translate.\n\n{shown}")
    assert refused(f"Translate.\n\n{shown}", f"Translate.\n\n{shown.replace('two', 'deux')}")


def test_a_label_that_is_no_example_may_go() -> None:
    assert not refused("Task: sort the words of {x} well.", "Sort the words of {x}.")
