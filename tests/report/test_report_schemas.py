"""The shipped JSON Schemas: made from the records that are printed, and strict about every kind of edit."""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator
from written_schemas import FOLDER, schemas

from migrate.findings.edits import Edit
from migrate.findings.finding import FileEdit, Finding
from migrate.report import documents
from migrate.report.json_bytes import indented, lines
from migrate.sources.place import Place, Span

KINDS: tuple[type[msgspec.Struct], ...] = get_args(Edit)
SPAN = Span(1, 5, 1, 6)


def test_they_are_those_of_the_records() -> None:
    shipped = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert shipped == schemas(), "run python tests/report/written_schemas.py"


@pytest.mark.parametrize("name", schemas())
def test_they_are_schemas_that_refuse_what_they_do_not_name(name: str) -> None:
    schema = json.loads(schemas()[name])
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == name
    objects = [one for one in (schema, *schema.get("$defs", {}).values()) if "properties" in one]
    assert objects
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])


def row(edit: Any) -> dict[str, Any]:
    """The finding with ``edit``, as a line of JSON has it."""
    place = Place("app.py", SPAN)
    finding = Finding("r", "model", place, "wrong", "mend it", "safe", (FileEdit("app.py", edit),))
    printed: dict[str, Any] = json.loads(lines([documents.finding(finding)]))
    return printed


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_edit_is_described(kind: type[msgspec.Struct]) -> None:
    values: dict[Any, Any] = {Span: SPAN, Span | None: SPAN, int: 1, tuple[str, ...]: ("x",)}
    edit = kind(**{one.name: values.get(one.type, "x") for one in msgspec.structs.fields(kind)})
    printed = row(edit)
    finding = Draft202012Validator(json.loads(schemas()["finding.schema.json"]))
    assert finding.is_valid(printed)
    (shown,) = printed["edits"]
    assert list(shown)[:3] == ["path", "cell", "type"]
    for key in shown:
        assert not finding.is_valid({**printed, "edits": [{k: shown[k] for k in shown if k != key}]}), key
        assert not finding.is_valid({**printed, "edits": [{**shown, key: 1.5}]}), key
    assert not finding.is_valid({**printed, "edits": [{**shown, "more": "x"}]})


def test_half_a_surrogate_pair_is_written_out() -> None:
    values = {"plain": ["é", 1, None], "half": ["gpt-4\ud800", ("\udcff.py",)]}
    written = {"plain": ["é", 1, None], "half": ["gpt-4\\ud800", ["\\udcff.py"]]}
    assert json.loads(indented(values)) == written
    assert msgspec.json.decode(lines([values])) == written


def test_a_whole_pair_is_not() -> None:
    assert indented(["😀"]) == '[\n  "😀"\n]\n'.encode()
