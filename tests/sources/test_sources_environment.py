"""Environment files: each .env under fixtures/sources/environment, its assignments in the JSON beside it;
one without JSON has none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from migrate.sources.discovery import Discovery
from migrate.sources.environment import environment_assignments
from migrate.sources.lines import Lines

FOLDER = Path(__file__).parents[2] / "fixtures" / "sources" / "environment"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.env")))
def test_assignments(name: str) -> None:
    text = (FOLDER / f"{name}.env").read_bytes().decode()
    expected = FOLDER / f"{name}.json"
    lines = Lines(text)
    found = [
        {
            "name": one.name,
            "value": one.value,
            "at": lines.slice(one.value_span),
            "line": lines.slice(one.line_span),
            "quote": one.quote,
            "exported": one.exported,
        }
        for one in environment_assignments(text)
    ]
    assert found == (json.loads(expected.read_text("utf-8")) if expected.exists() else [])


def test_a_value_is_never_shown() -> None:
    (one,) = environment_assignments("OPENAI_API_KEY='sk-secret'\n")
    assert one.quoted
    assert "secret" not in f"{one} {one!r} {[one]} {one.__rich_repr__()}"


def test_which_files_are_environment_files() -> None:
    files = (".env", ".env.local", "a/.env.example", "a/prod.env", "env.py", "environment.yml", ".envrc")
    found = Discovery(Path("/"), files).of_kind("environment")
    assert found == (".env", ".env.local", "a/.env.example", "a/prod.env")
