"""README's terminal sessions, commands and configuration are run, not trusted."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from migrate.catalog import load
from migrate.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TODAY = "2026-11-23"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def _sessions() -> list[tuple[str, str]]:
    """(command, output) of every prompt in a console block."""
    found = []
    for block in _blocks("console"):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.rstrip("\n")))
    return found


@pytest.fixture
def helpdesk(tmp_path: Path) -> Path:
    folder = tmp_path / "helpdesk"
    shutil.copytree(ROOT / "fixtures" / "sample", folder)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(("command", "output"), _sessions())
def test_a_session_prints_what_readme_shows(command: str, output: str, helpdesk: Path) -> None:
    program, *arguments = command.split()
    assert program == "repoint"
    done = subprocess.run(
        [sys.executable, "-m", "migrate", *arguments, "--today", TODAY],
        cwd=helpdesk,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "COLUMNS": "400"},
    )
    # A terminal shows both streams; the summary comes last.
    shown = done.stdout + done.stderr
    pattern = "(?s:.*)".join(re.escape(part) for part in output.split("\n...\n"))
    pattern = pattern.removesuffix(re.escape("\n...")) + "(?s:.*)"
    assert re.match(pattern, shown), shown


def test_ci_runs_exactly_the_two_commands() -> None:
    commands = [line for block in _blocks("sh") for line in block.splitlines() if line]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert len(commands) == 2
    assert [line for line in script if line.startswith("python3")] == commands


def test_the_configuration_is_accepted(tmp_path: Path) -> None:
    (block,) = _blocks("toml")
    (tmp_path / "pyproject.toml").write_text(block, encoding="utf-8")
    settings = load_settings(tmp_path, {})
    table = tomli.loads(block)["tool"]["repoint"]
    assert settings.strong == table["strong"]
    assert settings.fast == load().routing.fast
    named = re.search(r"gateway = .*# or (.*)", block)
    assert named is not None
    assert set(named[1].split(", ")) | {settings.gateway} == set(load().gateways)


@pytest.mark.parametrize("what", [(), ("--techniques",)])
def test_the_table_of_rules_is_what_rules_prints(what: tuple[str, ...]) -> None:
    arguments = ("rules", *what, "--format", "markdown")
    printed = subprocess.run(
        [sys.executable, "-m", "migrate", *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=True,
    ).stdout.decode()
    assert f"<!-- repoint {' '.join(arguments)} -->\n{printed}<!-- end -->\n" in README


def test_the_hook_of_readme_exists() -> None:
    block = _blocks("yaml")[0]
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    for hook in re.findall(r"id: (\S+)", block):
        assert f"id: {hook}\n" in hooks


def test_every_verb_is_listed() -> None:
    from migrate.cli.main import main  # noqa: F401

    shown = subprocess.run(
        [sys.executable, "-m", "migrate", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    for verb in re.findall(r"(?m)^  (\w+)  ", shown):
        assert f"`repoint {verb} " in README or f"`repoint {verb}`" in README, verb
