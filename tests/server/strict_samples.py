"""Makes a small value that fits a JSON schema, so that structured outputs and tool arguments parse."""

from __future__ import annotations

from typing import Any

_SCALARS: dict[str, Any] = {"string": "sample", "integer": 1, "number": 1.5, "boolean": True, "null": None}


def sample(schema: dict[str, Any], root: dict[str, Any] | None = None) -> Any:
    """A value for `schema`; `root` holds the `$defs` that its `$ref`s name (default: the schema itself)."""
    root = schema if root is None else root
    if "$ref" in schema:
        return sample(_resolve(schema["$ref"], root), root)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(schema[choice][0], root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {name: sample(each, root) for name, each in schema.get("properties", {}).items()}
    if kind == "array":
        return [sample(schema.get("items", {"type": "string"}), root)]
    return _SCALARS[kind]


def _resolve(reference: str, root: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = root
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found
