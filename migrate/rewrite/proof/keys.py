"""Proves edits of keys in files that are not Python: read before and after, exactly those keys differ."""

from __future__ import annotations

import ast
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from typing import TypeAlias

from migrate.errors import ProofError
from migrate.facts.documents.problem import DocumentError
from migrate.facts.documents.reading import document, format_of
from migrate.facts.expressions import Constant, Expression, Mapping
from migrate.facts.expressions import Sequence as Items
from migrate.facts.shell.bodies import body_of
from migrate.facts.shell.curl import curl_requests
from migrate.findings.edits import Edit, RemoveKey, RenameKey, SetKey
from migrate.sources.kinds import kind_of
from migrate.sources.lines import Lines
from migrate.sources.place import Span

_Edits: TypeAlias = Lookup[tuple[Span, object], RenameKey | RemoveKey | SetKey]


def prove_keys(path: str, text: str, edits: Sequence[Edit], new_text: str) -> None:
    """Raises ProofError unless ``new_text`` says what ``text`` says, but for the keys of ``edits``."""
    wanted: _Edits = {
        (one.span, one.key): one for one in edits if isinstance(one, (RenameKey, RemoveKey, SetKey))
    }
    try:
        old, new = _said(path, text, wanted), _said(path, new_text, {})
    except DocumentError as error:
        raise ProofError("proof", f"{path} could not be read any more: {error.what}") from None
    if old != new:
        raise ProofError("proof", f"{path} would say something else beside its edits")


def _said(path: str, text: str, edits: _Edits) -> list[object]:
    """What the file says: its values, or all of its text but the bodies, which stand as values."""
    lines = Lines(text)
    form = format_of(path)
    parts: list[object] = []
    done = 0
    for request in curl_requests(path, text):
        body = body_of(request.body, lines) if request.body is not None else None
        if body is not None and kind_of(path) != "environment":
            start, end = lines.offsets(body.tree.span)
            parts += (text[done:start], _Plain(lines, edits).of(body.tree))
            done = end
    if not parts and form in ("json", "yaml", "toml"):
        return [_Plain(lines, edits).of(document(text, form))]
    return [*parts, text[done:]]


class _Plain:
    """Turns expressions into what compares equal where they mean the same."""

    def __init__(self, lines: Lines, edits: _Edits) -> None:
        self._lines = lines
        self._edits = edits

    def of(self, node: Expression) -> object:
        if isinstance(node, Mapping):
            entries: dict[object, object] = {
                key.value: self.of(value) for key, value in node.entries if isinstance(key, Constant)
            }
            return {"mapping": self._edited(node.span, entries)}
        if isinstance(node, Items):
            return [self.of(one) for one in node.items]
        if isinstance(node, Constant):
            return (type(node.value).__name__, node.value)
        return ("text", self._lines.slice(node.span))

    def _edited(self, span: Span, entries: dict[object, object]) -> dict[object, object]:
        found: dict[object, object] = {}
        for key, value in entries.items():
            edit = self._edits.get((span, key))
            if isinstance(edit, RenameKey):
                found[edit.new] = value
            elif isinstance(edit, SetKey):
                found[key] = _value(edit.code)
            elif edit is None:
                found[key] = value
        for (home, key), edit in self._edits.items():
            if home == span and isinstance(edit, SetKey) and key not in entries:
                found[key] = _value(edit.code)
        return found


def _value(code: str) -> object:
    return _of_python(ast.literal_eval(code))


def _of_python(value: object) -> object:
    if isinstance(value, dict):
        return {"mapping": {key: _of_python(inner) for key, inner in value.items()}}
    if isinstance(value, list):
        return [_of_python(one) for one in value]
    return (type(value).__name__, value)
