"""What the verbs print as JSON and JSON Lines is what the shipped schemas say, and nothing beside it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from cli_runs import DAY, PROJECT, make_repository, repoint
from jsonschema import Draft202012Validator

from migrate import report

SCHEMAS = Path(report.__file__).parent / "schemas"
FIXTURES = PROJECT / "fixtures"
# Some of the cases, and files that fail and that hold what UTF-8 cannot.
PROGRAMS = [one for one in sorted(FIXTURES.glob("program/*")) if one.is_dir()]
CASES = [*sorted(FIXTURES.glob("stages/*/before"))[::9], *PROGRAMS[::9]]
ODD = {
    "broken.py": "from openai import (\n",
    "odd.py": 'from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4\\ud800", n=1e999)\n',
}
DOCUMENTS = {
    "scan": ("scan",),
    "why": ("scan", "--why", "sample/helpdesk/settings.py:10"),
    "check": ("check", *DAY),
    "diff": ("diff", "--include", "review", *DAY),
    "plan": ("plan", *DAY),
    "rules": ("rules",),
    "apply": ("apply", "--include", "review", *DAY),  # the last: it changes the files
}
LINES = {
    "call-site": ("scan",),
    "literal": ("scan", "--literals"),
    "finding": ("check", *DAY),
}
# Where the keys are that are taken out, spoilt and added to, one place for each shape.
PLACES: Sequence[tuple[str, tuple[str | int, ...]]] = (
    ("scan", ()),
    ("scan", ("call_sites", 0)),
    ("scan", ("call_sites", 0, "client")),
    ("scan", ("call_sites", 0, "clients", 0)),
    ("scan", ("call_sites", 0, "clients", 0, "settings", "base_url")),
    ("scan", ("call_sites", 0, "model")),
    ("scan", ("call_sites", 0, "model", "origins", 0)),
    ("scan", ("literals", 0)),
    ("scan", ("outcomes", 0)),
    ("scan", ("summary",)),
    ("why", ()),
    ("why", ("why",)),
    ("check", ()),
    ("check", ("findings", 0)),
    ("diff", ()),
    ("diff", ("changes", 0)),
    ("plan", ()),
    ("plan", ("totals",)),
    ("plan", ("calls", 0)),
    ("plan", ("calls", 0, "models", 0)),
    ("plan", ("calls", 0, "costs", 0)),
    ("plan", ("calls", 0, "costs", 0, "before")),
    ("apply", ()),
    ("rules", ()),
    ("rules", ("rules", 0)),
)


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def faults(schema: Draft202012Validator, printed: object) -> list[str]:
    return [f"{'.'.join(map(str, one.absolute_path))}: {one.message}" for one in schema.iter_errors(printed)]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas") / "r"
    for case in (*CASES, FIXTURES / "sample"):
        shutil.copytree(case, folder / case.relative_to(FIXTURES))
    return make_repository(folder, ODD)


@pytest.fixture(scope="module")
def rows(repository: Path) -> dict[str, list[Any]]:
    done = {name: repoint(repository, *words, "--format", "jsonl") for name, words in LINES.items()}
    return {name: [json.loads(line) for line in one.stdout.splitlines()] for name, one in done.items()}


@pytest.fixture(scope="module")
def printed(repository: Path, rows: dict[str, list[Any]]) -> dict[str, Any]:
    """The document of every verb; ``rows`` come before it, as apply is the last."""
    assert rows
    done = {name: repoint(repository, *words, "--format", "json") for name, words in DOCUMENTS.items()}
    return {name: json.loads(one.stdout) for name, one in done.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_as_its_schema_says(name: str, printed: dict[str, Any]) -> None:
    document = printed[name]
    tool, verb, version = document["schema"].split("/")
    assert (tool, verb, version) == ("repoint", DOCUMENTS[name][0], "1")
    assert faults(validator(verb), document) == []


@pytest.mark.parametrize("name", LINES)
def test_every_line_is_as_its_schema_says(name: str, rows: dict[str, list[Any]]) -> None:
    schema = validator(name)
    assert len(rows[name]) > 30
    assert [fault for row in rows[name] for fault in faults(schema, row)] == []


def test_lines_are_the_rows_of_the_document(printed: dict[str, Any], rows: dict[str, list[Any]]) -> None:
    assert printed["scan"]["call_sites"] == rows["call-site"]
    assert printed["scan"]["literals"] == rows["literal"]
    assert printed["check"]["findings"] == rows["finding"]


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_no_other_document_is_taken(name: str, place: tuple[str | int, ...], printed: dict[str, Any]) -> None:
    """Not one with a key less, nor with a key more, nor with another type of value."""
    schema = validator(DOCUMENTS[name][0])
    document = {key: longest(value) for key, value in deepcopy(printed[name]).items()}
    part: Any = document
    for step in place:
        part = part[step]
    assert schema.is_valid(document)
    for key, value in list(part.items()):
        del part[key]
        assert not schema.is_valid(document), f"without {key}"
        part[key] = [[value]]
        assert not schema.is_valid(document), f"{key} of another type"
        part[key] = value
    part["more"] = None
    assert not schema.is_valid(document)


def longest(value: Any) -> Any:
    """Of many rows the one with the most in it; anything else as it is."""
    return [max(value, key=lambda row: len(str(row)))] if isinstance(value, list) and value else value


def test_a_schema_refuses_the_document_of_another_verb(printed: dict[str, Any]) -> None:
    assert faults(validator("apply"), printed["check"])
    assert faults(validator("check"), {**printed["check"], "schema": "repoint/check/2"})
