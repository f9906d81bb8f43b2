"""Writes new import lines into the top of a libcst module, with the blank lines that PEP 8 asks for.

``imports`` decides where; this module only lays the line out.
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.findings.edits import AddImport
from migrate.rewrite.engine.cst_module import Parsed
from migrate.rewrite.engine.cst_values import statement
from migrate.rewrite.engine.imports import Slot, import_line, provides, slot_for
from migrate.rewrite.engine.source import parse

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


def with_imports(parsed: Parsed, edits: Sequence[AddImport]) -> cst.Module:
    """The module with every import of ``edits`` that it lacks; ``parsed`` still knows its statements."""
    module = parsed.module
    body = parse(parsed.text).body if edits else []
    for edit in edits:
        new = parse(import_line(edit), f"the import {import_line(edit)!r}").body[0]
        if any(provides(node, edit) for node in body):
            continue
        slot = _line_slot(module, slot_for(body, edit))
        line = statement(import_line(edit), module, cst.Newline())
        body.insert(sum(_width(node) for node in module.body[: slot.place]), new)
        module = _placed(module, slot, line, parsed)
    return module


def _width(node: cst.CSTNode) -> int:
    """How many statements ``ast`` counts for one of libcst's lines."""
    return len(node.body) if isinstance(node, cst.SimpleStatementLine) else 1


def _line_slot(module: cst.Module, slot: Slot) -> Slot:
    """``slot`` in lines instead of statements; statements joined by ``;`` are never torn apart."""
    passed = 0
    for index, node in enumerate(module.body):
        if passed == slot.place:
            return Slot(index, slot.touches)
        passed += _width(node)
        if passed > slot.place:
            return Slot(index + 1, "none") if slot.touches == "none" else Slot(index, "behind")
    return Slot(len(module.body), slot.touches)


def _placed(module: cst.Module, slot: Slot, line: cst.SimpleStatementLine, parsed: Parsed) -> cst.Module:
    body: list[Statement] = list(module.body)
    if not body:
        above = [cst.EmptyLine(indent=False)] if module.header else []
        new = line.with_changes(leading_lines=above)
        return module.with_changes(
            body=[new], has_trailing_newline=module.has_trailing_newline or not parsed.text
        )
    if slot.touches == "before":
        body.insert(slot.place, line)
    elif slot.touches == "behind":
        behind = body[slot.place]
        body[slot.place : slot.place + 1] = [
            line.with_changes(leading_lines=_leading(behind)),
            _with_leading(behind, (), parsed),
        ]
    elif slot.place == 0:
        return _at_the_top(module, line, parsed)
    else:
        body.insert(slot.place, line.with_changes(leading_lines=[cst.EmptyLine(indent=False)]))
        if slot.place + 1 < len(body):
            body[slot.place + 1] = _spaced(body[slot.place + 1], _leading(body[slot.place + 1]), parsed)
    return module.with_changes(body=body)


def _at_the_top(module: cst.Module, line: cst.SimpleStatementLine, parsed: Parsed) -> cst.Module:
    """No docstring and no import: below the comments that the file opens with."""
    lines = [*module.header, *_leading(module.body[0])]
    count = next((i for i, empty in enumerate(lines) if empty.comment is None), len(lines))
    above = [cst.EmptyLine(indent=False)] if count else []
    first = _spaced(module.body[0], lines[count:], parsed)
    body = [line.with_changes(leading_lines=above), first, *module.body[1:]]
    return module.with_changes(header=lines[:count], body=body)


def _spaced(node: Statement, lines: Sequence[cst.EmptyLine], parsed: Parsed) -> Statement:
    """``node`` below ``lines``, with a blank line at least before it (two before a function or a class,
    none between imports that already have one)."""
    wanted = 2 if isinstance(node, (cst.FunctionDef, cst.ClassDef)) else 1
    blank = next((i for i, empty in enumerate(lines) if empty.comment is not None), len(lines))
    missing = [cst.EmptyLine(indent=False)] * max(0, wanted - blank)
    return _with_leading(node, (*missing, *lines), parsed)


def _leading(node: Statement) -> Sequence[cst.EmptyLine]:
    lines = getattr(node, "leading_lines", ())
    return tuple(lines)


def _with_leading(node: Statement, lines: Sequence[cst.EmptyLine], parsed: Parsed) -> Statement:
    new = node.with_changes(leading_lines=lines)
    if node in parsed.spans:
        parsed.spans[new] = parsed.spans[node]
    return new
