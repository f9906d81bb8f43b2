"""Runs the command line as a real process, in repositories made for one test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[2]
Done = subprocess.CompletedProcess[str]

DAY = ("--today", "2026-11-23")  # findings about shutdowns must not depend on when the tests run
TIMEOUT = 60

CALL = """\
from openai import OpenAI

client = OpenAI()


def ask(question: str) -> str:
    response = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": question}],
    )
    return response.choices[0].message.content or ""
"""
CLEAN = "def add(a: int, b: int) -> int:\n    return a + b\n"


def make_repository(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A git repository with these files, all of them committed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "init", "-q")
    git(folder, "config", "core.autocrlf", "false")
    git(folder, "add", "-A")
    git(
        folder,
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "x",
    )
    return folder


def git(folder: Path, *arguments: str, given: bytes | None = None) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The variables of a run: nothing of the caller's but what a process needs."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    fixed = {"PYTHONPATH": str(PROJECT), "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    fixed |= {name: str(folder.parent / "state") for name in ("XDG_STATE_HOME", "LOCALAPPDATA")}
    return {**kept, **fixed, "XDG_CACHE_HOME": str(folder.parent / "cache"), **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "migrate", *arguments]


def repoint(folder: Path, *arguments: str, **variables: str) -> Done:
    """Runs ``repoint ARGUMENTS`` in ``folder``."""
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(folder, **variables),
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )


def refused(done: Done, *words: str) -> bool:
    """Whether a run ended as wrong use: code 2, nothing printed, one line of error with these words."""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("repoint: error: "), done.stderr
    assert not [word for word in words if word not in lines[0]], done.stderr
    return done.returncode == 2 and not done.stdout
