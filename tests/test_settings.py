"""[tool.repoint] and flags to Settings; every mistake is told with file, key and cure."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from migrate.errors import SettingsError
from migrate.settings import USUAL_STAGES, Settings, load_settings

ALL = """\
gateway = "other"
base-url = "https://gateway.example/v1"
key-env = "GATEWAY_KEY"
style = "env"
strong = "gpt-5.2"
fast = "gpt-5-mini"
policy = "balanced"
stages = ["model", "params"]
include-review = true
include-docs = true
only = ["a"]
skip = ["b", "c"]
exclude = ["tests/", "*.ipynb"]
rules = ["ours.toml", "/shared/rules.toml"]
today = 2026-02-01
horizon = 90
max-file-size = "20 MB"
move-clients = ["azure", "other", "configurable"]
baseline = "known.json"
templates = "ours"
per-path-skip = { "examples/" = ["a"] }
deployments = { chat-prod = "gpt-4o" }
cache = false
plan = "plans/p.toml"
no-plan = true
"""
KEYS = sorted(line.split(" ")[0] for line in ALL.splitlines())


def test_without_a_file_all_is_default(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert settings == Settings()
    assert (settings.gateway, settings.style, settings.stages) == ("evolink", "literal", USUAL_STAGES)
    assert (settings.today, settings.horizon) == (datetime.date.today(), None)


def test_every_key(tmp_path: Path) -> None:
    (tmp_path / "repoint.toml").write_text(ALL)
    assert load_settings(tmp_path, {}) == Settings(
        gateway="other",
        base_url="https://gateway.example/v1",
        key_env="GATEWAY_KEY",
        style="env",
        strong="gpt-5.2",
        fast="gpt-5-mini",
        policy="balanced",
        stages=("model", "params"),
        include_review=True,
        include_docs=True,
        only=("a",),
        skip=("b", "c"),
        exclude=("tests/", "*.ipynb"),
        rules=(tmp_path / "ours.toml", Path("/shared/rules.toml")),
        today=datetime.date(2026, 2, 1),
        horizon=90,
        max_file_size=20_000_000,
        move_clients=("azure", "other", "configurable"),
        baseline=tmp_path / "known.json",
        templates=tmp_path / "ours",
        per_path_skip={"examples/": ("a",)},
        deployments={"chat-prod": "gpt-4o"},
        cache=False,
        plan=tmp_path / "plans" / "p.toml",
        no_plan=True,
        file=tmp_path / "repoint.toml",
    )


def test_all_keys_are_tested() -> None:
    keys = {field.encode_name for field in msgspec.structs.fields(Settings)} - {"file"}
    assert sorted(keys) == KEYS


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"pyproject.toml": '[tool.repoint]\ngateway = "here"'}, "here"),
        ({"../pyproject.toml": '[tool.repoint]\ngateway = "above"'}, "above"),
        ({"pyproject.toml": "[tool.repoint]", "../repoint.toml": 'gateway = "above"'}, "evolink"),
        ({"pyproject.toml": "[project]", "../repoint.toml": 'gateway = "above"'}, "above"),
        ({"pyproject.toml": "[project]\nname='repoint'", "../repoint.toml": 'gateway = "above"'}, "above"),
        ({"pyproject.toml": "not TOML at all", "../repoint.toml": 'gateway = "above"'}, "above"),
        ({"repoint.toml": 'gateway = "own"', "pyproject.toml": '[tool.repoint]\ngateway = "p"'}, "own"),
        ({".repoint.toml": 'gateway = "dot"', "repoint.toml": 'gateway = "own"'}, "dot"),
        ({"repoint.toml": '\ufeffgateway = "bom"'}, "bom"),
    ],
)
def test_the_nearest_file_that_has_any(tmp_path: Path, files: dict[str, str], expected: str) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    assert load_settings(root, {}).gateway == expected


def test_flags_win_and_what_was_not_given_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repoint.toml").write_text(ALL)
    monkeypatch.chdir(tmp_path.parent)
    flags = {
        "gateway": "flag",
        "key_env": None,
        "only": (),
        "include-review": False,
        "max_file_size": "512 kB",
        "today": "2026-03-04",
        "rules": (Path("more.toml"),),
        "baseline": Path("b.json"),
    }
    settings = load_settings(tmp_path, flags)
    assert (settings.gateway, settings.key_env, settings.only) == ("flag", "GATEWAY_KEY", ("a",))
    assert (settings.include_review, settings.max_file_size) == (False, 512_000)
    assert settings.today == datetime.date(2026, 3, 4)
    assert settings.rules == (tmp_path.parent / "more.toml",)
    assert settings.baseline == tmp_path.parent / "b.json"


MISTAKES = [
    ('style = "x"', "style: expected one of literal, env, environment; got 'x'"),
    ("gateway = 1", "gateway: expected the id of a gateway, as a string; got 1"),
    ('gateway = ""', "gateway: expected the id of a gateway, as a string; got ''"),
    ('base-url = "sk-secret"', "base-url: expected a URL that starts with https:// or http://"),
    ('key-env = "sk-secret"', "key-env: expected the name of an environment variable"),
    ('include-review = "yes"', "include-review: expected true or false; got 'yes'"),
    ("strong = true", "strong: expected a model id, as a string; got true"),
    (
        'stages = ["modle"]',
        "stages: expected a list out of gateway, model, params, sdk, dependencies, responses, prompts; "
        "got ['modle']",
    ),
    ('only = "rule"', "only: expected a list of rule ids; got 'rule'"),
    ("rules = [1]", "rules: expected a list of paths of rules files; got [1]"),
    ("horizon = -1", "horizon: expected a number of days, 0 or more; got -1"),
    ("horizon = true", "horizon: expected a number of days, 0 or more; got true"),
    ("today = 2026-01-02T03:04:05", "today: expected a date, as YYYY-MM-DD; got 2026-01-02 03:04:05"),
    ('today = "tomorrow"', "today: expected a date, as YYYY-MM-DD; got 'tomorrow'"),
    ('max-file-size = "5 XB"', "max-file-size: expected a size above 0, as 5000000 or \"5 MB\"; got '5 XB'"),
    ("max-file-size = 0", 'max-file-size: expected a size above 0, as 5000000 or "5 MB"; got 0'),
    (
        'move-clients = ["ollama"]',
        "move-clients: expected a list out of azure, other, configurable; got ['ollama']",
    ),
    ("gatway = 1", 'gatway: unknown key; did you mean "gateway"?'),
    ("base_url = 1", 'base_url: unknown key; did you mean "base-url"?'),
    ('zzz = "a"', "zzz: unknown key; the keys are " + ", ".join(KEYS)),
    ('file = "a"', "file: unknown key; the keys are " + ", ".join(KEYS)),
]


@pytest.mark.parametrize(("line", "message"), MISTAKES)
def test_a_mistake_in_a_file(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(f"[tool.repoint]\n{line}\n")
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path, {})
    assert str(raised.value) == f"{file}: [tool.repoint] {message}"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("max_file_size", "big", "--max-file-size: expected a size above 0"),
        ("horizon", "ninety", "--horizon: expected a number of days"),
        ("gate_way", "x", '--gate-way: unknown key; did you mean "gateway"'),
    ],
)
def test_a_mistake_in_a_flag(tmp_path: Path, name: str, value: object, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path, {name: value})
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("repoint.toml", b'gateway = "a"\nstyle =\n', ":2: Invalid value; correct the TOML"),
        ("repoint.toml", b'a = "\xff"\n', ":1: not UTF-8; convert the file to UTF-8"),
        (
            "pyproject.toml",
            b'[tool.repoint]\n\ngateway = "a\n',
            ":3: Illegal character '\\n'; correct the TOML",
        ),
        (
            "pyproject.toml",
            b"[tool]\nrepoint = 1\n",
            ": tool.repoint: expected a table; write [tool.repoint] on a line of its own",
        ),
    ],
)
def test_a_broken_file(tmp_path: Path, name: str, raw: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(SettingsError) as raised:
        load_settings(tmp_path, {})
    assert str(raised.value) == f"{tmp_path / name}{message}"


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repoint.toml").write_text("")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SettingsError, match=r"repoint\.toml: cannot be read: Permission denied"):
        load_settings(tmp_path, {})


def test_toml_is_only_loaded_for_a_file(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, migrate.settings as s;"
        "s.load_settings(pathlib.Path(sys.argv[1]), {'horizon': 1});"
        "print([name for name in ('tomli', 'migrate.catalog', 'difflib') if name in sys.modules])"
    )
    words = (sys.executable, "-c", code, str(tmp_path))
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    assert done.stdout == "[]\n"
