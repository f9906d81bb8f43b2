"""A small repository's router, written by the tool, for the tests that run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = """\
from openai import OpenAI

client = OpenAI()


def classify(ticket: str) -> object:
    prompt = f"Classify this ticket. Answer with one label, spam or ham: {ticket}"
    messages = [{"role": "user", "content": prompt}]
    return client.chat.completions.create(model="gpt-4o-mini", max_tokens=5, temperature=0, messages=messages)


def draft(ticket: str) -> object:
    messages = [{"role": "system", "content": "You draft answers."}, {"role": "user", "content": ticket}]
    return client.chat.completions.create(model="gpt-4o", messages=messages)
"""


def written_router(home: Path, *flags: str) -> Path:
    """The folder that the router's files are written to."""
    app = home / "app"
    app.mkdir()
    (app / "app.py").write_text(APP, encoding="utf-8")
    command = [sys.executable, "-m", "migrate", "scaffold", "router", str(app), "--output", str(home / "out")]
    command += ["--today", "2026-11-23", "--strong", "gpt-5.2", "--fast", "gpt-5.4-mini", *flags]
    variables = {"PYTHONPATH": str(ROOT), "HOME": str(home), "REPOINT_CACHE_DIR": str(home / "cache")}
    done = subprocess.run(command, cwd=home, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return home / "out"
