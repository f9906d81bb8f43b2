"""``repoint init``: adds to files that are there, and disturbs nothing in them."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli
import yaml
from cli_runs import CALL, make_repository, repoint

from migrate.cli.init_texts import has_hook, hook, with_hook, with_table
from migrate.errors import UsageError

PROJECT = '[project]\nname = "x"  # ours\r\n\n[tool.ruff]\nline-length = 99'
HOOKS = """\
# our hooks
default_stages: [pre-commit]
repos:
-   repo: https://example.org/one
    rev: v1   # pinned
    hooks:
    -   id: one

# the end
ci: {}
"""


def test_into_existing_files(tmp_path: Path) -> None:
    root = make_repository(
        tmp_path / "r",
        {"pyproject.toml": PROJECT, ".pre-commit-config.yaml": HOOKS, "app/bot.py": CALL},
    )
    done = repoint(root / "app", "init", "--gateway", "openrouter")
    assert done.returncode == 0, done.stderr
    text = (root / "pyproject.toml").read_bytes().decode()
    assert text.startswith(PROJECT)
    table = tomli.loads(text)["tool"]["repoint"]
    assert table == {"gateway": "openrouter", "strong": "gpt-5.2", "fast": "gpt-6-luna"}
    hooks = (root / ".pre-commit-config.yaml").read_text()
    assert hooks.startswith(HOOKS.partition("\n# the end")[0])
    assert hooks.endswith("\n# the end\nci: {}\n")
    assert [one["hooks"][0]["id"] for one in yaml.safe_load(hooks)["repos"]] == ["one", "repoint-check"]
    assert "openrouter" in repoint(root, "check").stdout or "OpenRouter" in repoint(root, "check").stdout


def test_where_there_is_nothing(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", {"bot.py": CALL})
    assert (
        repoint(root, "init", "--hook-repo", "https://example.org/repoint", "--hook-rev", "v1").returncode
        == 0
    )
    assert tomli.loads((root / "repoint.toml").read_text())["gateway"] == "evolink"
    assert yaml.safe_load((root / ".pre-commit-config.yaml").read_text()) == {
        "repos": [
            {"repo": "https://example.org/repoint", "rev": "v1", "hooks": [{"id": "repoint-check"}]},
        ]
    }


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", {"pyproject.toml": PROJECT})
    repoint(root, "init")
    before = {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}
    done = repoint(root, "init")
    assert done.stderr.count("has it already") == 2
    assert {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()} == before


def test_a_dry_run_shows_the_patch_and_writes_nothing(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", {"pyproject.toml": PROJECT})
    done = repoint(root, "init", "--dry-run")
    assert '+gateway = "evolink"' in done.stdout
    assert "+    - id: repoint-check" in done.stdout
    assert sorted(path.name for path in root.iterdir()) == [".git", "pyproject.toml"]


def test_without_the_hook(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", {})
    repoint(root, "init", "--no-hook")
    assert sorted(path.name for path in root.iterdir()) == [".git", "repoint.toml"]


@pytest.mark.parametrize(
    ("arguments", "files", "words"),
    [
        (["--gateway", "evolnk"], {}, "did you mean 'evolink'?"),
        (["--gateway", "cloudflare"], {}, "--base-url"),
        ([], {"pyproject.toml": "tool = { x = 1 }\n"}, "pyproject.toml: "),
        ([], {"pyproject.toml": b"\xff"}, "not UTF-8"),
        ([], {".pre-commit-config.yaml": "repos: []\n"}, "README's hook by hand"),
        ([], {".pre-commit-config.yaml": "repos: [\n"}, "by hand"),
    ],
)
def test_what_cannot_be_added_to_is_left_alone(
    tmp_path: Path, arguments: list[str], files: dict[str, str | bytes], words: str
) -> None:
    root = make_repository(tmp_path / "r", files)
    before = {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}
    done = repoint(root, "init", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "text",
    [
        "repos:\n- repo: a\n  hooks: [{id: x}]",
        "repos:\n  - repo: a\n    hooks:\n      - id: x\n# tail\n",
        "repos:\r\n  - repo: a\r\n    hooks:\r\n      - id: x\r\nfail_fast: true\r\n",
        "repos:\n    - {repo: a, hooks: [{id: x}]}\n\n\n",
        "",
    ],
)
def test_a_hook_is_added_behind_the_last(text: str) -> None:
    added = with_hook(text, "f", hook(None, ""))
    assert yaml.safe_load(added)["repos"][-1]["repo"] == "local"
    assert len(yaml.safe_load(added)["repos"]) == (2 if text else 1)
    assert has_hook(added)
    assert not has_hook(text)
    for line in text.splitlines():
        assert line in added.splitlines()


@pytest.mark.parametrize("text", ["a: 1\n", "- repo: a\n", "repos: [{repo: a}]\n", "repos: {a: 1}\n"])
def test_a_hook_is_not_added_to_what_is_no_list(text: str) -> None:
    with pytest.raises(UsageError, match="by hand"):
        with_hook(text, "f", hook(None, ""))


def test_a_table_keeps_line_ends() -> None:
    added = with_table("[a]\r\nb = 1\r\n", "f", [("gateway", "evolink")], table=True)
    assert added == '[a]\r\nb = 1\r\n\r\n[tool.repoint]\r\ngateway = "evolink"\r\n'
