"""The strict server judged by the table requests.toml, and what it answers, streams, records and watches."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import tomli
from strict_models import MODELS
from strict_server import StrictServer

HERE = Path(__file__).parent
KEY = "gw-key-5f2c9b"
CASES: dict[str, dict[str, Any]] = tomli.loads((HERE / "requests.toml").read_text("utf-8"))
HELLO = [{"role": "user", "content": "Hi"}]


def ask(
    server: StrictServer, path: str, body: Any = None, key: str | None = KEY, **headers: str
) -> tuple[int, str]:
    """Status and text of one request to `path` below /v1; a GET where there is no body."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    sent = {"Connection": "close", **headers}
    if key is not None:
        sent["Authorization"] = f"Bearer {key}"
    raw = body if isinstance(body, str) or body is None else json.dumps(body)
    try:
        connection.request("GET" if raw is None else "POST", f"/v1/{path}", raw, sent)
        with connection.getresponse() as response:
            return response.status, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


def chat(server: StrictServer, **parameters: Any) -> dict[str, Any]:
    status, text = ask(server, "chat/completions", {"messages": HELLO, **parameters})
    assert status == 200, text
    answer: dict[str, Any] = json.loads(text)
    return answer


@pytest.mark.parametrize("name", CASES)
def test_request_is_judged_as_by_the_api(gateway: StrictServer, name: str) -> None:
    case = CASES[name]
    path = case.get("post", "chat/completions")
    gateway.today = case.get("today", gateway.today)
    body = {"messages": HELLO, **case["body"]} if path == "chat/completions" else case["body"]
    status, text = ask(gateway, path, body)
    assert status == case.get("status", 200), text
    assert gateway.requests[-1].status == status
    if status != 200:
        error = json.loads(text)["error"]
        assert case["error"] in error["message"]
        assert error["type"] == "invalid_request_error"
        for field in ("code", "param"):
            assert error[field] == case.get(field, error[field])


def test_null_effort_is_refused(gateway: StrictServer) -> None:
    body = {"model": "gpt-5.1", "messages": HELLO, "reasoning_effort": None}
    status, text = ask(gateway, "chat/completions", body)
    assert status == 400
    wanted = (
        "Unsupported value: 'reasoning_effort' does not support null with this model. "
        "Supported values are: 'none', 'low', 'medium', and 'high'."
    )
    assert json.loads(text)["error"]["message"] == wanted


def test_other_nulls_are_as_absent(gateway: StrictServer) -> None:
    nulls = dict.fromkeys(("max_tokens", "stop", "temperature", "presence_penalty", "tools"))
    assert chat(gateway, model="gpt-5.2", **nulls)["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize("key", [None, "", "sk-old-1234567890"])
def test_foreign_key_is_refused_and_remembered(gateway: StrictServer, key: str | None) -> None:
    status, text = ask(gateway, "chat/completions", {"model": "gpt-5.2", "messages": HELLO}, key)
    assert status == 401
    assert ("Incorrect API key provided: sk-old***90" in text) == bool(key)
    assert gateway.leaks == ([key] if key else [])


def test_secret_is_found_wherever_it_travels(gateway: StrictServer) -> None:
    gateway.secrets = ("sk-old",)
    for path, body, headers in (
        ("models?key=sk-old", None, {}),
        ("chat/completions", {"model": "gpt-5.2", "messages": HELLO, "user": "sk-old"}, {}),
        ("models", None, {"x-trace": "sk-old"}),
        ("models", None, {"api-key": "another"}),
    ):
        gateway.clear()
        assert ask(gateway, path, body, **headers)[0] == 200
        assert gateway.leaks == (["another"] if "api-key" in headers else ["sk-old"])


def test_body_that_is_no_json(gateway: StrictServer) -> None:
    assert ask(gateway, "chat/completions", "{")[0] == 400
    assert gateway.requests[-1].error.startswith("We could not parse the JSON body")


def test_model_list_holds_the_living(gateway: StrictServer) -> None:
    status, text = ask(gateway, "models")
    listed = {each["id"]: each for each in json.loads(text)["data"]}
    assert status == 200
    assert listed["gpt-5-mini"]["shutdown_date"] == "2026-12-11"
    assert listed["gpt-5.2"]["shutdown_date"] is None
    assert "gpt-4" not in listed
    assert ask(gateway, "models/gpt-5.2")[0] == 200
    assert [ask(gateway, f"models/{name}")[0] for name in ("gpt-4", "nothing")] == [404, 404]


def test_prefix_begins_every_model(gateway: StrictServer) -> None:
    gateway.prefix = "openai/"
    assert chat(gateway, model="openai/gpt-5.2")["model"] == "openai/gpt-5.2"
    assert ask(gateway, "chat/completions", {"model": "gpt-5.2", "messages": HELLO})[0] == 404


def test_small_cap_on_a_thinking_model_leaves_no_text(gateway: StrictServer) -> None:
    answer = chat(gateway, model="gpt-5.2", reasoning_effort="medium", max_completion_tokens=200)
    assert answer["choices"][0]["message"]["content"] == ""
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens_details"]["reasoning_tokens"] == 200
    answer = chat(gateway, model="gpt-5.2", max_completion_tokens=200)
    assert answer["choices"][0]["message"]["content"] == "Hello from gpt-5.2."


def test_tool_is_called_until_it_has_answered(gateway: StrictServer) -> None:
    schema = {"type": "object", "properties": {"city": {"type": "string"}, "unit": {"enum": ["c", "f"]}}}
    tools = [{"type": "function", "function": {"name": "weather", "parameters": schema}}]
    message = chat(gateway, model="gpt-5.2", tools=tools)["choices"][0]["message"]
    assert json.loads(message["tool_calls"][0]["function"]["arguments"]) == {"city": "sample", "unit": "c"}
    result = {"role": "tool", "tool_call_id": message["tool_calls"][0]["id"], "content": "Sunny"}
    answer = chat(gateway, model="gpt-5.2", tools=tools, messages=[*HELLO, message, result])
    assert answer["choices"][0]["message"]["content"] == "Hello from gpt-5.2."


def test_structured_output_fits_its_schema(gateway: StrictServer) -> None:
    tag = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "weight": {"type": ["number", "null"]}},
    }
    schema = {"type": "object", "properties": {"tags": {"type": "array", "items": {"$ref": "#/$defs/Tag"}}}}
    shape = {"type": "json_schema", "json_schema": {"name": "x", "schema": {**schema, "$defs": {"Tag": tag}}}}
    answer = chat(gateway, model="gpt-5.2", response_format=shape)
    content = json.loads(answer["choices"][0]["message"]["content"])
    assert content == {"tags": [{"name": "sample", "weight": 1.5}]}


def test_chat_stream_ends_with_usage_and_done(gateway: StrictServer) -> None:
    body = {"model": "gpt-5.2", "messages": HELLO, "stream": True, "stream_options": {"include_usage": True}}
    lines = ask(gateway, "chat/completions", body)[1].split("\n\n")
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]
    said = "".join(chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks[:-1])
    assert said == "Hello from gpt-5.2."
    assert chunks[-1]["choices"] == []
    assert chunks[-1]["usage"]["total_tokens"] == 13
    assert lines[-2:] == ["data: [DONE]", ""]


def test_responses_stream_is_numbered_and_named(gateway: StrictServer) -> None:
    text = ask(gateway, "responses", {"model": "gpt-5.2", "input": "Hi", "stream": True})[1]
    named = [block.splitlines() for block in text.strip().split("\n\n")]
    events = [json.loads(data.removeprefix("data: ")) for _, data in named]
    assert [name for name, _ in named] == [f"event: {event['type']}" for event in events]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    assert events[-1]["response"]["output"][0]["content"][0]["text"] == "Hello from gpt-5.2."


def test_every_model_has_one_line_in_the_table() -> None:
    source = (HERE / "strict_models.py").read_text("utf-8").partition("_TABLE")[2]
    names = [name for name in source.replace('"', " ").replace(",", " ").split() if name in MODELS]
    assert sorted(names) == sorted(MODELS)


def test_runs_by_hand() -> None:
    command = [sys.executable, str(HERE / "strict_server.py"), "--key", KEY, "--today", "2026-11-23"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        server = StrictServer(KEY, date(2026, 11, 23), port=int(url.removesuffix("/v1").rpartition(":")[2]))
        status, _ = ask(server, "chat/completions", {"model": "gpt-5.2", "messages": HELLO})
        seen = json.loads(process.stdout.readline())
        process.terminate()
    assert (status, seen["model"], seen["status"], seen["key"]) == (200, "gpt-5.2", 200, KEY)
