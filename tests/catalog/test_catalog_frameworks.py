"""Frameworks and HTTP libraries as data: every entry is complete, dated and names its sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import tomli

from migrate import resources
from migrate.catalog import load
from migrate.catalog.frameworkfile import read_frameworks
from migrate.catalog.sources import keys
from migrate.errors import CatalogError

pytestmark = pytest.mark.usefixtures("cache")

CATALOG = load()
FRAMEWORKS = CATALOG.frameworks
FILES = sorted((resources.folder("rules") / "sdks" / "frameworks").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_dated_and_names_known_sources(path: Path) -> None:
    document = tomli.loads(path.read_text(encoding="utf-8"))
    assert document["checked"] >= date(2026, 11, 1)
    assert set(keys(document["source"])) <= set(CATALOG.sources)


def test_every_call_says_where_its_model_is_and_what_for() -> None:
    for call in FRAMEWORKS.calls.values():
        assert call.carrier or call.model or call.implicit, call.symbol
        assert call.canonical in FRAMEWORKS.calls
        assert not (call.any_vendor and call.target != "openai"), call.symbol
        assert set(call.prompts.values()) <= {"messages", "system", "prompt", "input", "image", "speech"}


def test_implicit_models_are_models_of_the_catalog() -> None:
    implicit = {call.implicit for call in FRAMEWORKS.calls.values() if call.implicit}
    assert len(implicit) > 10
    assert [name for name in implicit if name not in CATALOG.models] == []


def test_implicit_defaults_of_the_newest_releases() -> None:
    named = {
        "langchain_openai.ChatOpenAI": "gpt-3.5-turbo",
        "langchain.llms.OpenAI": "gpt-3.5-turbo-instruct",
        "llama_index.llms.openai.OpenAI": "gpt-3.5-turbo",
        "haystack.components.generators.chat.OpenAIChatGenerator": "gpt-5-mini",
        "agents.Agent": "gpt-5.6-luna",
        "crewai.Agent": "gpt-4.1-mini",
        "litellm.completion": "",
        "langchain_openai.AzureChatOpenAI": "",
    }
    assert {symbol: FRAMEWORKS.calls[symbol].implicit for symbol in named} == named


def test_a_like_entry_takes_what_it_does_not_state() -> None:
    azure = FRAMEWORKS.calls["langchain.chat_models.AzureChatOpenAI"]
    assert (azure.canonical, azure.target) == ("langchain_openai.AzureChatOpenAI", "azure")
    assert azure.parameters["stop_sequences"] == "stop"
    assert FRAMEWORKS.calls["litellm.aspeech"].asynchronous


def test_the_word_agents_is_no_installed_package() -> None:
    assert "agents" not in FRAMEWORKS.packages
    assert {"litellm", "langchain_openai", "requests"} <= FRAMEWORKS.packages


@pytest.mark.parametrize(
    ("word", "target"),
    [("openai", "openai"), ("AZURE_OPENAI", "azure"), ("anthropic", "other"), ("", "other")],
)
def test_vendors(word: str, target: str) -> None:
    assert FRAMEWORKS.vendor_target(word) == target


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[call]]\nsymbol = "a.B"\nmodel = ["m"]', "key framework is missing"),
        ('framework = "a"\n[[call]]\nsymbol = "a.B"\nlike = "a.C"', "like = 'a.C' is no call above it"),
        ('framework = "a"\n[[call]]\nsymbol = "a.B"\nmodle = ["m"]', "did you mean model?"),
        ('framework = "a"\n[[call]]\nsymbol = "a.B"\nalso = ["a.B"]', "defined already"),
    ],
)
def test_errors_name_the_cure(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(f'checked = 2026-11-23\nsource = "repoint"\n{text}\n', encoding="utf-8")
    with pytest.raises(CatalogError, match=r"a\.toml") as caught:
        read_frameworks([file])
    assert message in str(caught.value)
