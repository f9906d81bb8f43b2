"""``repoint scaffold router``: what it writes, where, and that it never overwrites unasked."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import tomli
import yaml
from cli_runs import CALL, DAY, PROJECT, make_repository, refused, repoint

from migrate.catalog import load

FILES = ("litellm-config.yaml", "llm_router.py")
KEYS: dict[str, list[str]] = tomli.loads((PROJECT / "fixtures/scaffold/litellm-keys.toml").read_text("utf-8"))
MORE = """\
from openai import OpenAI

client = OpenAI()


def classify(ticket: str) -> object:
    prompt = f"Classify this ticket. Answer with one label, spam or ham: {ticket}"
    messages = [{"role": "user", "content": prompt}]
    return client.chat.completions.create(model="gpt-4o-mini", max_tokens=5, temperature=0, messages=messages)


def embed(text: str) -> object:
    return client.embeddings.create(model="text-embedding-3-small", input=text)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", {"app.py": CALL, "more.py": MORE})


def _written(folder: Path, *flags: str) -> tuple[Any, str]:
    done = repoint(folder, "scaffold", "router", "--output", "out", *DAY, *flags)
    assert done.returncode == 0, done.stderr
    config, module = ((folder / "out" / name).read_text("utf-8") for name in FILES)
    return yaml.safe_load(config), module


def _strange(found: dict[str, Any], key: str) -> list[str]:
    return [one for one in found if one not in KEYS[key]]


def test_the_configuration_has_documented_keys_only(folder: Path) -> None:
    config, _ = _written(folder)
    assert not _strange(config, "top")
    for name in ("router_settings", "litellm_settings", "general_settings"):
        assert not _strange(config[name], name)
    for model in config["model_list"]:
        assert not _strange(model, "model")
        assert not _strange(model["litellm_params"], "litellm_params")
        assert not _strange(model.get("model_info", {}), "model_info")
        assert model["model_info"]["mode"] in KEYS["modes"]


def test_every_name_in_the_configuration_is_a_model_of_it(folder: Path) -> None:
    config, _ = _written(folder)
    names = {model["model_name"] for model in config["model_list"]}
    assert names == {"gpt-5.2", "gpt-6-luna", "text-embedding-3-small"}
    settings = config["litellm_settings"]
    for table in (*settings["fallbacks"], *settings["context_window_fallbacks"]):
        ((model, others),) = table.items()
        assert {model, *others} <= names
        assert model not in others
    aliases = config["router_settings"]["model_group_alias"]
    assert set(aliases.values()) <= names
    assert aliases["classification"] == "gpt-6-luna"
    assert aliases["embedding"] == "text-embedding-3-small"


def test_a_longer_request_goes_to_a_wider_model(folder: Path) -> None:
    config, _ = _written(folder)
    models = load().models
    for table in config["litellm_settings"]["context_window_fallbacks"]:
        ((model, others),) = table.items()
        window = getattr(models.get(model), "context_window", 0)
        assert all(getattr(models.get(one), "context_window", 0) > window for one in others)


def test_keys_are_named_and_never_written(folder: Path) -> None:
    config, module = _written(folder)
    for model in config["model_list"]:
        assert model["litellm_params"]["api_key"] == "os.environ/EVOLINK_API_KEY"
        assert model["litellm_params"]["api_base"] == "https://api.evolink.ai/v1"
    assert 'os.environ["EVOLINK_API_KEY"]' in module


def test_the_module_is_a_typed_module(folder: Path) -> None:
    _, module = _written(folder)
    tree = ast.parse(module)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    assert len(functions) >= 7
    for one in functions:
        assert one.returns is not None
        assert all(argument.annotation is not None for argument in one.args.args)
    assert "{{" not in module
    assert max(map(len, module.splitlines())) <= 120


def test_a_gateway_is_named_in_its_way(folder: Path) -> None:
    config, module = _written(folder, "--gateway", "openrouter")
    assert '"strong": "openai/gpt-5.2"' in module
    assert config["model_list"][0]["litellm_params"]["model"] == "openai/openai/gpt-5.2"


def test_a_proxy_of_ones_own_has_openai_behind_it(folder: Path) -> None:
    own = ("--gateway", "litellm", "--base-url", "http://proxy.example:4000/v1")
    config, module = _written(folder, *own)
    assert config["model_list"][0]["litellm_params"]["api_base"] == "https://api.openai.com/v1"
    assert config["model_list"][0]["litellm_params"]["api_key"] == "os.environ/OPENAI_API_KEY"
    assert '"http://proxy.example:4000/v1"' in module


def test_the_plan_file_decides(folder: Path) -> None:
    repoint(folder, "plan", *DAY)
    file = folder / "repoint-plan.toml"
    file.write_text(
        file.read_text("utf-8").replace('model = "gpt-6-luna"', 'model = "gpt-5.4-mini"'), "utf-8"
    )
    config, _ = _written(folder)
    assert config["router_settings"]["model_group_alias"]["classification"] == "gpt-5.4-mini"


def test_nothing_is_overwritten_unasked(folder: Path) -> None:
    _written(folder)
    (folder / "out" / FILES[0]).write_text("mine\n")
    again = repoint(folder, "scaffold", "router", "--output", "out", *DAY)
    assert refused(again, FILES[0], "--force overwrites")
    assert (folder / "out" / FILES[0]).read_text() == "mine\n"
    shown = repoint(folder, "scaffold", "router", "--output", "out", "--dry-run", *DAY)
    assert "-mine" in shown.stdout
    assert (folder / "out" / FILES[0]).read_text() == "mine\n"
    forced = repoint(folder, "scaffold", "router", "--output", "out", "--force", *DAY)
    assert forced.returncode == 0
    assert (folder / "out" / FILES[0]).read_text() != "mine\n"


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    done = repoint(folder, "scaffold", "router", "--dry-run", *DAY)
    assert done.returncode == 0
    assert "+model_list:" in done.stdout
    assert not [name for name in FILES if (folder / name).exists()]
