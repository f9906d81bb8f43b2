"""``repoint apply``: what it writes, what it leaves and says about it, and its exit codes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, git, make_repository, repoint

SAMPLE = Path(__file__).parents[2] / "fixtures" / "sample"
BOTH = ("--include", "review", *DAY)
UNSURE = "from openai import OpenAI\n\n\ndef build(key: str) -> OpenAI:\n    return OpenAI(api_key=key)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", {"bot.py": CALL, "clean.py": CLEAN})


def test_all_done(repository: Path) -> None:
    done = repoint(repository, "apply", *BOTH)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("changed bot.py (direct-client, ")
    assert "2 files scanned: 1 changed, 1 unchanged; 1 call, 1 client" in done.stderr
    assert "gpt-4o" not in (repository / "bot.py").read_text()
    assert git(repository, "status", "--short") == " M bot.py\n"


def test_findings_remain(tmp_path: Path) -> None:
    folder = make_repository(
        tmp_path / "r", {"bot.py": CALL.replace("gpt-4o", "gpt-5.2"), "build.py": UNSURE}
    )
    done = repoint(folder, "apply", *DAY)
    assert done.returncode == 1
    head, _, left = done.stdout.partition("\nLeft for a person:\n")
    assert head == "changed bot.py (direct-client)\n"
    rule, place, cure = left.splitlines()
    assert " (gateway): " in rule
    assert place.startswith("  build.py:5:12: ")
    assert cure.startswith("      ")
    assert (folder / "build.py").read_text() == UNSURE


def test_one_stage_at_a_time(repository: Path) -> None:
    repoint(repository, "apply", "--stage", "gateway", *BOTH)
    text = (repository / "bot.py").read_text()
    assert "evolink" in text
    assert '"gpt-4o"' in text


def test_only_and_skip(repository: Path) -> None:
    repoint(repository, "apply", "--skip", "direct-client", *BOTH)
    assert "evolink" not in (repository / "bot.py").read_text()
    repoint(repository, "apply", "--only", "direct-client", *BOTH)
    assert "evolink" in (repository / "bot.py").read_text()


def test_flags_overrule_the_file(repository: Path) -> None:
    (repository / "pyproject.toml").write_text('[tool.repoint]\ngateway = "openrouter"\nstrong = "gpt-5.2"\n')
    flags = ("--gateway", "evolink", "--base-url", "https://own.example/v1", "--key-env", "OWN_KEY")
    repoint(repository, "apply", *flags, *BOTH)
    text = (repository / "bot.py").read_text()
    assert 'base_url="https://own.example/v1"' in text
    assert 'os.environ["OWN_KEY"]' in text
    assert '"gpt-5.2"' in text, "what no flag says stays as the file has it"


def test_json(repository: Path) -> None:
    done = repoint(repository, "apply", "--format", "json", *BOTH)
    document = json.loads(done.stdout)
    assert document["schema"] == "repoint/apply/1"
    assert [(one["path"], one["state"]) for one in document["outcomes"]] == [("bot.py", "changed")]
    assert document["summary"] | {"changed": 1, "unchanged": 1} == document["summary"]
    assert all(one["applied"] for one in document["applied"])
    assert not [one for one in document["left"] if not one["note"]]


def test_broken_files_lose_nothing_else(repository: Path) -> None:
    (repository / "broken.py").write_text("import openai\ndef (:\n")
    done = repoint(repository, "apply", *BOTH)
    assert done.returncode == 3
    assert "broken.py:2: failed: syntax error" in done.stderr
    assert "3 files scanned: 1 changed, 1 unchanged, 1 failed" in done.stderr
    assert "evolink" in (repository / "bot.py").read_text()


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
def test_a_read_only_file_fails_and_keeps_its_findings(repository: Path) -> None:
    shutil.copy(repository / "bot.py", repository / "other.py")
    (repository / "bot.py").chmod(0o444)
    done = repoint(repository, "apply", "--allow-dirty", *BOTH)
    assert done.returncode == 3
    assert "bot.py: failed: it is read-only; allow writing to it" in done.stderr
    assert "changed other.py" in done.stdout
    assert "  bot.py:3:10: " in done.stdout, "its findings are left for a person"
    assert (repository / "bot.py").read_text() == CALL
    assert "evolink" in (repository / "other.py").read_text()


def test_modes_stay(repository: Path) -> None:
    (repository / "bot.py").chmod(0o755)
    repoint(repository, "apply", *BOTH)
    assert (repository / "bot.py").stat().st_mode & 0o777 == 0o755


def test_the_sample_a_second_time(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path / "r", ignore=shutil.ignore_patterns("__pycache__"))
    folder = make_repository(tmp_path / "r", {})
    first = repoint(folder, "apply", *BOTH)
    assert "Traceback" not in first.stderr
    after = {path: path.read_bytes() for path in folder.rglob("*.py")}
    repoint(folder, "apply", *BOTH)
    assert {path: path.read_bytes() for path in folder.rglob("*.py")} == after


def test_a_trimmed_patch(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"one.py": CALL, "two.py": CALL}
    root = make_repository(tmp_path / "trimmed", files)
    patch = repoint(root, "diff", "--include", "review", *DAY).stdout
    (tmp_path / "kept.patch").write_text(patch[patch.index("diff --git a/two.py") :])
    done = repoint(root, "apply", "--from-patch", str(tmp_path / "kept.patch"), *DAY)
    assert done.returncode == 1, done.stderr
    assert (root / "one.py").read_text() == CALL
    assert "gpt-5.2" in (root / "two.py").read_text()
    again = repoint(root, "apply", "--from-patch", str(tmp_path / "kept.patch"), *DAY)
    assert again.returncode == 2
    assert "two.py: repoint would not change this file now" in again.stderr


def test_a_patch_that_is_not_there(tmp_path: Path) -> None:
    done = repoint(make_repository(tmp_path / "r", {"one.py": CALL}), "apply", "--from-patch", "no.patch")
    assert (done.returncode, "no.patch: cannot be read" in done.stderr) == (2, True)
