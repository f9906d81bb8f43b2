"""The hooks, run by the real pre-commit from a repository that holds what is released."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "t"), ("EMAIL", "t@example.org"))
}
BOT = """\
from llm import client


def ask(messages):
    return client.chat.completions.create(model="gpt-4o", messages=messages)
"""
CLIENT = 'from openai import OpenAI\n\nclient = OpenAI(base_url="https://api.evolink.ai/v1", api_key="x")\n'
CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: v0
    hooks:
      - id: {hook}
        args: [--today, "2026-11-23"]
"""


def run(folder: Path, *command: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **IDENTITY, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull}
    environment.pop("PYTHONPATH", None)
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A repository with the files of this checkout that git knows or would take, tagged v0."""
    folder = tmp_path_factory.mktemp("released")
    listed = run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", home=home)
    for name in listed.stdout.split("\0"):
        if name.startswith(("migrate/", "rules/", "templates/")) or ("/" not in name and name):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x"), ("tag", "v0")):
        assert run(folder, "git", *arguments, home=home).returncode == 0
    return folder


def repository(folder: Path, released: Path, hook: str, home: Path) -> Path:
    """A project with the hook, in which only bot.py is staged: its client is committed already."""
    folder.mkdir()
    (folder / "llm.py").write_text(CLIENT)
    (folder / ".pre-commit-config.yaml").write_text(CONFIGURATION.format(repository=released, hook=hook))
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "x")):
        assert run(folder, "git", *arguments, home=home).returncode == 0
    (folder / "bot.py").write_text(BOT)
    run(folder, "git", "add", "-A", home=home)
    return folder


@pytest.mark.parametrize(
    ("hook", "word", "after"),
    [("repoint-check", "retiring-model", BOT), ("repoint-fix", "fixed", BOT.replace("gpt-4o", "gpt-5.2"))],
)
def test_a_commit_that_names_a_retiring_model(
    tmp_path: Path, released: Path, home: Path, hook: str, word: str, after: str
) -> None:
    folder = repository(tmp_path / "r", released, hook, home)
    first = run(folder, sys.executable, "-m", "pre_commit", "run", home=home)
    assert first.returncode == 1, first.stdout + first.stderr
    assert word in first.stdout
    assert "bot.py:5:" in first.stdout
    assert (folder / "bot.py").read_text() == after
    run(folder, "git", "add", "-A", home=home)
    second = run(folder, sys.executable, "-m", "pre_commit", "run", home=home)
    assert second.returncode == (0 if hook == "repoint-fix" else 1), second.stdout
