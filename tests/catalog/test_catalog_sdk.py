"""The openai package: clients, methods, 0.x names, and the needles that find files which use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.catalog import load

pytestmark = pytest.mark.usefixtures("cache")

FIXTURES = Path(__file__).parents[2] / "fixtures" / "catalog"
SDK = load().sdk

ROWS = [
    line.split("\t")
    for line in (FIXTURES / "sdk_methods.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_method_of_the_newest_sdk_is_known_with_its_positional_parameters() -> None:
    missing = [path for path, _, _ in ROWS if SDK.method(path) is None]
    assert not missing
    wrong = [
        path
        for path, positional, _ in ROWS
        if (method := SDK.method(path)) and ",".join(method.positional) != positional
    ]
    assert not wrong


def test_every_method_that_takes_a_model_says_so() -> None:
    # A filter of a list, or the id to look up: not the model of a request.
    others = {"chat.completions.list", "beta.chat.completions.list", "models.retrieve", "models.delete"}
    marked = {path for path, _, model in ROWS if model} - others
    known = {path for path, _, _ in ROWS if (method := SDK.method(path)) and method.model}
    assert known == marked


def test_a_method_in_full() -> None:
    method = SDK.method("chat.completions.create")
    assert method
    assert (method.kind, method.endpoint, method.model, method.stream) == ("chat", "chat", "model", False)
    assert method.prompts == {"messages": "messages"}
    assert method.takes("max_completion_tokens") == "1.45.0"
    assert method.takes("reasoning_effort") == "1.58.0"
    assert method.takes("temperature") == "1.0.0"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("chat.completions.with_raw_response.create", "chat.completions.create"),
        ("with_streaming_response.responses.create", "responses.create"),
        ("beta.chat.completions.parse", "beta.chat.completions.parse"),
        ("completions", None),
        ("chat.completions", None),
        ("chat.completions.generate", None),
        ("", None),
    ],
)
def test_paths(path: str, found: str | None) -> None:
    method = SDK.method(path)
    assert (method.path if method else None) == found


def test_streams() -> None:
    streams = {path for path, method in SDK.methods.items() if method.stream}
    assert {"chat.completions.stream", "responses.stream", "beta.threads.runs.create_and_stream"} <= streams
    assert "chat.completions.create" not in streams


def test_dead_apis_are_dated() -> None:
    dated = {
        path.split(".")[1] for path, method in SDK.methods.items() if method.shutdown and path[:5] == "beta."
    }
    assert dated == {"assistants", "threads", "realtime"}
    edits = SDK.method("edits.create")
    assert edits
    assert edits.until == "1.7.1"


def test_clients() -> None:
    asynchronous = SDK.clients["openai.AsyncClient"]
    assert (asynchronous.canonical, asynchronous.asynchronous) == ("openai.AsyncOpenAI", True)
    assert asynchronous.arguments["base_url"] == "base_url"
    assert asynchronous.key_env == "OPENAI_API_KEY"
    azure = SDK.clients["openai.lib.azure.AzureOpenAI"]
    assert (azure.canonical, azure.target, azure.asynchronous) == ("openai.AzureOpenAI", "azure", False)
    assert {client.target for client in SDK.clients.values()} == {"openai", "azure", "other"}


def test_legacy() -> None:
    assert SDK.legacy["openai.ChatCompletion.acreate"].asynchronous
    transcribe = SDK.legacy["openai.Audio.transcribe"]
    assert transcribe.positional == ("model", "file")
    assert transcribe.replacement == "audio.transcriptions.create"
    assert SDK.legacy["openai.ChatCompletion.create"].model == ("model", "engine", "deployment_id")
    assert all(SDK.method(call.replacement) for call in SDK.legacy.values() if call.replacement)
    assert all((call.replacement == "") or not call.shutdown for call in SDK.legacy.values())


def test_globals() -> None:
    assert (SDK.globals["api_base"].role, SDK.globals["api_base"].generation) == ("base_url", "0.x")
    assert SDK.globals["base_url"].generation == "1.x"
    assert SDK.globals["api_key"].generation == "both"


def test_paths_of_the_client_of_the_module() -> None:
    assert {"chat", "responses", "embeddings"} <= SDK.module_client_paths


def test_needles_find_every_file_that_calls_a_model() -> None:
    symbols = [*SDK.clients, *SDK.legacy, *(f"openai.{name}" for name in SDK.globals)]
    calls = [f"client.{path}(" for path, method in SDK.methods.items() if _speaks_to_a_model(path)]
    assert len(calls) > 40
    unfound = [text for text in symbols + calls if not any(needle in text.encode() for needle in SDK.needles)]
    assert not unfound
    assert len(SDK.needles) <= 12


_OF_INSTRUCTOR = ("create", "create_with_completion", "create_partial", "create_iterable")


def _speaks_to_a_model(path: str) -> bool:
    """Inference and assistants. A file with nothing but administration is reached from where its client is
    made, and so are what only instructor's client has, the two newest resources and the dead Videos API."""
    method = SDK.methods[path]
    return (method.model is not None or path.startswith("beta.")) and path.partition(".")[0] not in {
        "decisions",
        "videos",
        "edits",
        "fine_tuning",
        *_OF_INSTRUCTOR,
    }
