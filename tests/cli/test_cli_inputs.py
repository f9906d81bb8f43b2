"""Files that cannot be used: each has a clear line and the right exit code, and nothing else is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import CALL, Done, command, environment, make_repository, repoint

IS_ROOT = os.name != "posix" or os.geteuid() == 0

# What stands in odd.py, what is said of it, and the exit code.
FAILING: dict[str, tuple[bytes, str]] = {
    "syntax": (b"import openai\ndef (:\n", "odd.py:2: failed: syntax error: "),
    "python 2": (b"import openai\nprint 'hello'\n", "odd.py:2: failed: Python 2 syntax: convert"),
    "latin-1 without a cookie": (b"import openai\nx = '\xe9'\n", "odd.py:2: failed: not UTF-8; add a coding"),
    "an unknown cookie": (b"# coding: klingon\nimport openai\n", "odd.py:1: failed: "),
    "tabs": (b"import openai\nif x:\n\ty\n        z\n", "odd.py:4: failed: syntax error: "),
    "too deep": (b"import openai\nx = " + b"(" * 300 + b")" * 300 + b"\n", "odd.py:2: failed: "),
}
SKIPPED: dict[str, tuple[bytes, str]] = {
    "generated": (b"# @generated\nimport openai\n", "odd.py: skipped: generated code"),
    "NUL bytes": (b"import openai\n\x00\n", "odd.py: skipped: binary"),
}
HARMLESS: dict[str, bytes] = {
    "empty": b"",
    "UTF-16, which Python does not read either": "import openai\n".encode("utf-16"),
    "only a byte order mark": b"\xef\xbb\xbf",
    "an invalid escape": b"import openai\nx = '\\d'\n",
    "latin-1 with a cookie": b"# coding: latin-1\nimport openai\nx = '\xe9'\n",
    "form feed": b"import openai\n\x0c\nx = 1\n",
    "lone carriage returns": b"import openai\rx = 1\r",
}


def rows(done: Done) -> list[str]:
    """The paths of the call sites of a run in JSON Lines."""
    return [json.loads(line)["path"] for line in done.stdout.splitlines()]


def scanned(tmp_path: Path, content: bytes) -> Done:
    folder = make_repository(tmp_path / "r", {"bot.py": CALL, "odd.py": content})
    done = repoint(folder, "scan", "--format", "jsonl")
    assert rows(done) == ["bot.py", "bot.py"], "the other file is not lost"
    return done


@pytest.mark.parametrize("name", FAILING)
def test_failing(tmp_path: Path, name: str) -> None:
    content, line = FAILING[name]
    done = scanned(tmp_path, content)
    assert done.returncode == 3
    told, summary = done.stderr.splitlines()
    assert told.startswith(line)
    assert summary.startswith("2 files scanned: 1 unchanged, 1 failed; ")


@pytest.mark.parametrize("name", SKIPPED)
def test_skipped(tmp_path: Path, name: str) -> None:
    content, line = SKIPPED[name]
    done = scanned(tmp_path, content)
    assert done.returncode == 0
    told, summary = done.stderr.splitlines()
    assert told.startswith(line)
    assert summary.startswith("2 files scanned: 1 unchanged, 1 skipped; ")


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(tmp_path: Path, name: str) -> None:
    done = scanned(tmp_path, HARMLESS[name])
    assert done.returncode == 0
    assert done.stderr.splitlines() == ["2 files scanned: 2 unchanged; 1 call, 1 client"]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it")
def test_newer_syntax_names_the_python_that_reads_it(tmp_path: Path) -> None:
    done = scanned(tmp_path, b"import openai\ntype Name = str\n")
    assert done.returncode == 3
    assert "odd.py:2: failed: syntax of Python 3.12: run repoint with Python 3.12 or newer" in done.stderr


def test_fifty_megabytes(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"bot.py": CALL})
    with (folder / "huge.py").open("wb") as file:
        file.write(b"import openai\n")
        file.truncate(50_000_000)
    done = repoint(folder, "scan", "--format", "jsonl")
    assert done.returncode == 0
    assert rows(done) == ["bot.py", "bot.py"]
    assert "huge.py: skipped: larger than 5 MB; raise max-file-size to include it" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="symlinks need a right on Windows")
def test_symlinks_that_lead_nowhere_or_in_circles(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"app/bot.py": CALL})
    (folder / "app/up").symlink_to("..")
    (folder / "app/round.py").symlink_to("round.py")
    (folder / "app/gone.py").symlink_to("nowhere.py")
    (folder / "app/twin.py").symlink_to("bot.py")
    done = repoint(folder, "scan", "--format", "jsonl")
    assert rows(done) == ["app/bot.py", "app/bot.py"]
    assert done.returncode == 0
    assert "app/gone.py: skipped: " in done.stderr
    assert "app/round.py: skipped: " in done.stderr


@pytest.mark.skipif(os.name != "posix" or (IS_ROOT and not shutil.which("setpriv")), reason="reads all")
def test_unreadable(tmp_path: Path) -> None:
    files = {"bot.py": CALL, "odd.py": CALL, "shut/bot.py": CALL}
    folder = make_repository(tmp_path / "r", files)
    (folder / "odd.py").chmod(0)
    (folder / "shut").chmod(0)
    # Root may read everything, unless it gives that power up.
    powers = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if IS_ROOT else ()
    done = subprocess.run(
        [*powers, *command("scan", "--format", "jsonl")],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (folder / "shut").chmod(0o755)
    assert done.returncode == 3
    assert rows(done) == ["bot.py", "bot.py"]
    assert "odd.py: failed: no permission to read it; allow reading or exclude it" in done.stderr
    assert "shut: failed: no permission to list the folder; allow it or exclude it" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="FIFOs are POSIX")
def test_a_fifo_does_not_block(tmp_path: Path) -> None:
    folder = make_repository(tmp_path / "r", {"bot.py": CALL})
    os.mkfifo(folder / "pipe.py")
    done = repoint(folder, "scan", "pipe.py", "bot.py", "--format", "jsonl")
    assert rows(done) == ["bot.py", "bot.py"]
    assert "pipe.py: skipped: not a file but a FIFO" in done.stderr


def test_a_file_that_is_no_python(tmp_path: Path) -> None:
    folder = make_repository(
        tmp_path / "r", {"bot.py": CALL, "README.md": "# We use openai, of course\nYes.\n"}
    )
    done = repoint(folder, "scan", "README.md", "bot.py", "--format", "jsonl")
    assert done.returncode == 0
    assert rows(done) == ["bot.py", "bot.py"]
    assert "README.md: skipped: prose" in done.stderr


def test_quiet_still_names_what_failed(tmp_path: Path) -> None:
    folder = make_repository(
        tmp_path / "r", {"odd.py": FAILING["syntax"][0], "skip.py": b"import openai\n\x00"}
    )
    done = repoint(folder, "scan", "-q")
    (line,) = done.stderr.splitlines()
    assert line.startswith("odd.py:2: failed: ")
    assert done.returncode == 3


def test_outcomes_are_in_the_document(tmp_path: Path) -> None:
    folder = make_repository(
        tmp_path / "r", {"odd.py": FAILING["syntax"][0], "skip.py": b"import openai\n\x00"}
    )
    document = json.loads(repoint(folder, "scan", "--format", "json").stdout)
    assert [(one["path"], one["state"], one["line"]) for one in document["outcomes"]] == [
        ("odd.py", "failed", 2),
        ("skip.py", "skipped", None),
    ]
