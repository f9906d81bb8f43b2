"""Records as documents of plain values, the content of every JSON format. Secrets are masked here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from migrate.findings.finding import FileEdit, Finding
from migrate.program.callsite import CallSite, Client, Parameter, Setting
from migrate.program.values import Origin
from migrate.report.masking import mask, mask_argument
from migrate.sources.place import Place
from migrate.sources.source import Outcome

Document: TypeAlias = dict[str, Any]


def document(verb: str, root: Path, content: Document) -> bytes:
    """The whole JSON document of a verb: its schema, the root that paths are relative to, its content."""
    whole = {"schema": f"repoint/{verb}/1", "root": root.as_posix(), **content}
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


def lines(rows: Iterable[Document]) -> bytes:
    """JSON Lines: one document a line."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def call_site(site: CallSite) -> Document:
    """One call site. The model and what its prompts come in are told apart, not among ``parameters``."""
    return {
        "id": site.id,
        **place(site.place),
        "function": site.function,
        "kind": site.kind,
        "sdk": site.sdk,
        "symbol": site.symbol,
        "certainty": site.certainty,
        "target": site.target,
        "async": site.asynchronous,
        "stream": site.stream,
        "client": client(site.clients[0]) if site.clients else None,
        "model": model(site.model),
        "parameters": {one.name: mask_argument(one.name, one.code) for one in plain_parameters(site)},
        "prompts": [
            {"path": one.place.path, "line": one.place.span.line, "role": one.role} for one in site.prompts
        ],
        "hidden": [mask(why) for why in site.hidden],
        "why": [mask(why) for why in site.model.why],
        "environment": list(site.model.environment),
        "clients": [
            {**client(one), "symbol": one.symbol, "target": one.target, "base_urls": _urls(one)}
            for one in site.clients
        ],
    }


def plain_parameters(site: CallSite) -> list[Parameter]:
    """The parameters that are neither the model nor the carrier of a prompt."""
    spoken = {"messages", "input", "instructions", "prompt", site.model_parameter}
    return [one for one in site.parameters if one.name not in spoken]


def client(one: Client) -> Document:
    """Where a client is made and where it leads; ``path`` is null where it is not made in the program,
    ``base_url`` where it is absent, open, or one of several."""
    at, urls = one.place, _urls(one)
    return {
        "path": at.path if at else None,
        "line": at.span.line if at else None,
        "base_url": urls[0] if len(urls) == 1 else None,
        "api_key_env": one.api_key_env,
    }


def model(setting: Setting) -> Document:
    return {
        "values": list(setting.values),
        "complete": setting.complete,
        "origins": [_origin(one) for one in setting.origins],
    }


def finding(one: Finding, *, applied: bool = False) -> Document:
    """One finding with its edits; ``applied`` says whether this run's change cures it."""
    return {
        "rule": one.rule,
        "stage": one.stage,
        **place(one.place),
        "message": mask(one.message),
        "cure": mask(one.cure),
        "safety": one.safety,
        "note": one.note,
        "applied": applied,
        "calls": list(one.calls),
        "change": one.change,
        "edits": [_edit(edit) for edit in one.edits],
    }


def outcome(one: Outcome) -> Document:
    return {"path": one.path, "state": one.state, "reason": one.reason, "line": one.line}


def place(at: Place) -> Document:
    span = at.span
    return {
        "path": at.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "cell": at.cell,
    }


def _origin(one: Origin) -> Document:
    span = one.place.span
    return {
        "path": one.place.path,
        "line": span.line,
        "column": span.column,
        "role": one.role,
        "value": one.value,
    }


def _edit(one: FileEdit) -> Document:
    fields: Document = msgspec.to_builtins(one.edit)
    masked = {key: mask(value) if isinstance(value, str) else value for key, value in fields.items()}
    return {"path": one.path, **masked}


def _urls(one: Client) -> list[str]:
    return [mask(value) for value in one.base_url.values if isinstance(value, str)]
