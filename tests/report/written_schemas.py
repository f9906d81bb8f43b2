"""Makes the JSON Schemas that are shipped from the records that are printed: run it after a shape changed.

python tests/report/written_schemas.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from migrate.findings import edits, finding
from migrate.report import call_shapes, document_shapes, plan_shapes, prompt_shapes, report_shapes

Schema: TypeAlias = dict[str, Any]

FOLDER = Path(document_shapes.__file__).parent / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The name of a schema, what prints such JSON, and its shape; two shapes are told apart by their keys.
PRINTED: dict[str, tuple[str, tuple[type[msgspec.Struct], ...]]] = {
    "scan": ("repoint scan --format json", (document_shapes.Scan, document_shapes.ScanWhy)),
    "check": ("repoint check --format json", (document_shapes.Check,)),
    "diff": ("repoint diff --format json", (document_shapes.Diff,)),
    "apply": ("repoint apply --format json", (document_shapes.Apply,)),
    "plan": ("repoint plan --format json", (plan_shapes.Plan,)),
    "prompts": ("repoint prompts --format json", (prompt_shapes.PromptsOfCode,)),
    "prompt": ("a line of repoint prompts --format jsonl", (prompt_shapes.PromptRow,)),
    "rules": ("repoint rules --format json", (document_shapes.Rules,)),
    "undo": ("repoint undo --format json", (document_shapes.Undo, document_shapes.UndoRuns)),
    "report": ("repoint report --format json", (report_shapes.Report,)),
    "call-site": ("a line of repoint scan --format jsonl", (call_shapes.CallSite,)),
    "literal": ("a line of repoint scan --literals --format jsonl", (call_shapes.ModelLiteral,)),
    "finding": ("a line of repoint check --format jsonl", (document_shapes.Finding,)),
}


def schemas() -> dict[str, str]:
    """The text of every schema, by the name of its file."""
    return {f"{name}.schema.json": _text(name, *printed) for name, printed in PRINTED.items()}


def _text(name: str, title: str, shapes: tuple[type[msgspec.Struct], ...]) -> str:
    parts = _parts(shapes)
    if "#/$defs/FileEdit" in json.dumps(parts):
        parts |= _edits()
    parts = {key: _strict(parts[key]) for key in sorted(parts)}
    names = [shape.__name__ for shape in shapes]
    body = parts.pop(names[0]) if len(names) == 1 else {"oneOf": [_reference(one) for one in names]}
    head = {"$schema": DIALECT, "$id": f"{name}.schema.json"}
    whole = {**head, **body, "title": title, **({"$defs": parts} if parts else {})}
    return json.dumps(whole, indent=2) + "\n"


def _parts(shapes: object) -> dict[str, Schema]:
    _, parts = msgspec.json.schema_components(shapes, ref_template="#/$defs/{name}")  # type: ignore[arg-type]
    return parts


def _edits() -> dict[str, Schema]:
    """The edits as findings show them: each with the path of its file first, and the cell of a notebook."""
    parts = _parts((edits.Edit,))
    kinds = [name for name, part in parts.items() if "type" in part.get("properties", ())]
    for kind in kinds:
        home: Schema = {
            "path": {"type": "string"},
            "cell": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        }
        parts[kind]["properties"] = {**home, **parts[kind]["properties"]}
    either: Schema = {"title": "FileEdit", "description": finding.FileEdit.__doc__}
    parts["FileEdit"] = {**either, "oneOf": [_reference(kind) for kind in kinds]}
    return parts


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _strict(part: Schema) -> Schema:
    """Everything is always printed, and nothing else: all keys are required, no others are allowed."""
    part = {**part, "description": _plain(part.get("description"))}
    if "properties" in part:
        part["properties"] = {name: _constant(one) for name, one in part["properties"].items()}
        part |= {"required": list(part["properties"]), "additionalProperties": False}
    if "prefixItems" in part:
        part["items"] = False
    return part


def _constant(one: Schema) -> Schema:
    kept = {key: value for key, value in one.items() if key != "default"}
    if len(kept.get("enum", ())) == 1:
        kept["const"] = kept.pop("enum")[0]
    return kept


def _plain(docstring: str | None) -> str:
    assert docstring, "a record that is printed says in its docstring what it is"
    return " ".join(docstring.replace("``", "`").split())


if __name__ == "__main__":
    for file, text in schemas().items():
        (FOLDER / file).write_text(text, encoding="utf-8", newline="\n")
