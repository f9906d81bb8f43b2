"""``check --baseline``: what a team has accepted does not fail, what is new does, and counts only shrink."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import DAY, make_repository, repoint

ONE = """\
from openai import OpenAI

client = OpenAI()


def ask(messages):
    return client.chat.completions.create(model="gpt-4", messages=messages)
"""
TWO = ONE + "\n\ndef again(messages):" + ONE.partition("def ask(messages):")[2]
TWICE = ONE.replace("    return", "    client.chat.completions.create(model='gpt-4')\n    return")
WITH = (*DAY, "--only", "retired-model", "--baseline", "known.json")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = make_repository(tmp_path / "r", {"app/bot.py": ONE, "app/other.py": ONE})
    done = repoint(root, "check", *WITH, "--update-baseline")
    assert (done.returncode, done.stdout) == (0, "")
    assert "known.json: 2 findings accepted" in done.stderr
    return root


def counts(root: Path) -> dict[str, int]:
    rows = json.loads((root / "known.json").read_text())["findings"]
    return {f"{row['path']} {row['rule']} {row['function']}": row["count"] for row in rows}


def test_what_is_accepted_does_not_fail(repository: Path) -> None:
    assert counts(repository) == {"app/bot.py retired-model ask": 1, "app/other.py retired-model ask": 1}
    done = repoint(repository, "check", *WITH)
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 findings; 2 known from the baseline" in done.stderr


def test_lines_added_above_change_nothing(repository: Path) -> None:
    (repository / "app/bot.py").write_text("import os\n\nprint(os)\n\n" + ONE)
    assert repoint(repository, "check", *WITH).returncode == 0


@pytest.mark.parametrize(
    ("text", "line"), [(TWO, 11), (TWICE, 7), (ONE.replace("messages=messages", "messages=[]"), 7)]
)
def test_a_new_finding_fails(repository: Path, text: str, line: int) -> None:
    (repository / "app/bot.py").write_text(text)
    done = repoint(repository, "check", *WITH)
    assert done.returncode == 1
    (found,) = done.stdout.splitlines()
    assert found.startswith(f"app/bot.py:{line}:")


def test_updating_never_accepts_a_new_finding(repository: Path) -> None:
    before = counts(repository)
    (repository / "app/bot.py").write_text(TWO)
    assert repoint(repository, "check", *WITH, "--update-baseline").returncode == 1
    assert counts(repository) == before


def test_what_is_cured_is_said_and_taken_out(repository: Path) -> None:
    (repository / "app/bot.py").write_text(ONE.replace("gpt-4", "gpt-5.2"))
    assert "1 finding cured; --update-baseline" in repoint(repository, "check", *WITH).stderr
    done = repoint(repository, "check", *WITH, "--update-baseline")
    assert (done.returncode, "1 finding cured and taken out" in done.stderr) == (0, True)
    assert counts(repository) == {"app/other.py retired-model ask": 1}


def test_files_that_were_not_looked_at_stay_in_it(repository: Path) -> None:
    (repository / "app/other.py").write_text("")
    done = repoint(repository, "check", "app/bot.py", *WITH, "--update-baseline")
    assert (done.returncode, "cured" in done.stderr) == (0, False)
    assert len(counts(repository)) == 2


def test_a_file_that_is_gone_is_taken_out(repository: Path) -> None:
    (repository / "app/other.py").unlink()
    repoint(repository, "check", "app/bot.py", *WITH, "--update-baseline")
    assert counts(repository) == {"app/bot.py retired-model ask": 1}


def test_fix_leaves_what_is_accepted(repository: Path) -> None:
    done = repoint(repository, "check", *WITH, "--fix")
    assert (done.returncode, (repository / "app/bot.py").read_text()) == (0, ONE)


def test_a_baseline_in_the_settings_is_relative_to_them(repository: Path) -> None:
    (repository / "repoint.toml").write_text('baseline = "known.json"\nonly = ["retired-model"]\n')
    assert repoint(repository / "app", "check", *DAY).returncode == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no such baseline; --update-baseline writes it"),
        ("{", "no baseline of repoint"),
        ('{"schema": "repoint/baseline/9", "findings": []}', "not 'repoint/baseline/1'"),
        ('{"schema": "repoint/baseline/1", "findings": [{"rule": 1}]}', "$.findings[0]"),
    ],
)
def test_a_baseline_that_cannot_be_read(repository: Path, content: str | None, words: str) -> None:
    file = repository / "known.json"
    file.unlink() if content is None else file.write_text(content)
    done = repoint(repository, "check", *WITH)
    assert done.returncode == 2
    assert words in done.stderr
    assert "known.json" in done.stderr


def test_updating_needs_a_file(repository: Path) -> None:
    done = repoint(repository, "check", "--update-baseline", *DAY)
    assert (done.returncode, "--baseline FILE" in done.stderr) == (2, True)
