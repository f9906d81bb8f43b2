"""``repoint diff``: a patch that ``git apply`` takes and that does exactly what apply does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import CALL, CLEAN, DAY, command, environment, git, make_repository, repoint

FILES: dict[str, str | bytes] = {
    "app/bot.py": CALL,
    "app/windows.py": CALL.replace("\n", "\r\n").encode(),
    "app/old.py": ("# coding: latin-1\n# caf\xe9\n" + CALL).encode("latin-1"),
    "app/marked.py": CALL.encode("utf-8-sig"),
    "app/no_end.py": CALL.rstrip("\n"),
    "app/näme with space.py": CALL,
    "app/clean.py": CLEAN,
}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path / "r", FILES)


def patch_of(folder: Path, *arguments: str) -> bytes:
    """The patch as bytes: files of several encodings are in it."""
    import subprocess

    done = subprocess.run(
        command("diff", *arguments, *DAY),
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


@pytest.mark.parametrize("below", [".", "app"])
def test_git_apply_does_what_apply_does(repository: Path, below: str) -> None:
    patch = patch_of(repository / below)
    git(repository, "apply", "--check", given=patch)
    git(repository, "apply", given=patch)
    patched = contents(repository)
    git(repository, "checkout", "-q", ".")
    assert contents(repository) == {name: _bytes(content) for name, content in FILES.items()}
    repoint(repository, "apply", *DAY)
    assert contents(repository) == patched
    assert [name for name in FILES if patched[name] == _bytes(FILES[name])] == ["app/clean.py"]


def test_nothing_is_written(repository: Path) -> None:
    before = contents(repository)
    patch_of(repository)
    assert contents(repository) == before
    assert git(repository, "status", "--short") == ""


def test_no_change(repository: Path) -> None:
    done = repoint(repository, "diff", "app/clean.py", *DAY)
    assert (done.returncode, done.stdout) == (0, "")


def test_summary_says_would(repository: Path) -> None:
    done = repoint(repository, "diff", "app/bot.py", *DAY)
    assert "1 file scanned: 1 would change;" in done.stderr
    assert done.stdout.startswith(
        "diff --git a/app/bot.py b/app/bot.py\n--- a/app/bot.py\n+++ b/app/bot.py\n@@ "
    )


def test_json(repository: Path) -> None:
    done = repoint(repository, "diff", "--format", "json", *DAY)
    document = json.loads(done.stdout)
    assert document["schema"] == "repoint/diff/1"
    changed = {one["path"]: one["patch"] for one in document["changes"]}
    assert sorted(changed) == sorted(name for name in FILES if name != "app/clean.py")
    assert changed["app/bot.py"] == patch_of(repository, "app/bot.py").decode()
    assert "# café\n" in changed["app/old.py"]
    assert document["applied"]
    assert document["summary"]["changed"] == len(changed)
    assert done.returncode == 1


def test_a_failed_file_outranks_changes(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"a.py": CALL, "b.py": "import openai\ndef (:\n"})
    done = repoint(folder, "diff", *DAY)
    assert done.returncode == 3
    assert "+++ b/a.py" in done.stdout, "the other file is not lost"
    assert "b.py:2: failed: syntax error" in done.stderr


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def test_one_patch_a_stage(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "stages", FILES)
    done = repoint(root, "diff", "--include", "review", "--patch-dir", "../patches", *DAY)
    assert done.returncode == 1, done.stderr
    names = done.stdout.splitlines()
    assert [Path(name).name for name in names] == ["1-gateway.patch", "2-model.patch"]
    copy = make_repository(tmp_path / "copy", FILES)
    for name in names:
        git(copy, "apply", "--check", str(root / name))
        git(copy, "apply", str(root / name))
    repoint(root, "apply", "--include", "review", *DAY)
    for path in FILES:
        assert (root / path).read_bytes() == (copy / path).read_bytes(), path


def test_a_folder_for_patches_that_cannot_be_made(tmp_path: Path) -> None:
    root = make_repository(tmp_path / "r", {"bot.py": CALL})
    done = repoint(root, "diff", "--patch-dir", "bot.py/patches", *DAY)
    assert (done.returncode, "--patch-dir: bot.py/patches" in done.stderr) == (2, True)
