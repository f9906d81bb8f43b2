"""Imports that edits make unused: the edits that take them out, and who else may have taken the name."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from migrate.findings.edits import AddImport, DropImport, Edit, InsertAfter, RemoveStatement
from migrate.findings.finding import FileEdit, Finding
from migrate.rewrite.engine.imports import import_of
from migrate.sources.lines import Lines

if TYPE_CHECKING:
    from migrate.program.inventory import Inventory


def without_unused(old: str, new: str, edits: Sequence[Edit]) -> list[Edit] | None:
    """``edits`` of ``old`` with those that take out what a DropImport names and ``new``, which the others
    make, says nowhere but in its import; None where there is nothing of the kind."""
    wanted = {(one.module, one.name) for one in edits if isinstance(one, DropImport)}
    kept = [one for one in edits if not isinstance(one, DropImport)]
    lines, more, done = Lines(old), list[Edit](), list[Edit]()
    for node in ast.parse(old).body:
        if not isinstance(node, ast.ImportFrom) or node.level:
            continue
        code = lines.slice(lines.of(node))
        commented = "#" in "".join(map(lines.line, range(node.lineno, (node.end_lineno or node.lineno) + 1)))
        names = [one.name for one in node.names if (node.module, one.name) in wanted and not one.asname]
        gone = {name for name in names if _said(new, name) <= _said(code, name)}
        if not gone or commented:
            continue
        added = [one for one in kept if isinstance(one, AddImport) and one.module == node.module and one.name]
        done += added  # a new line for the same module would stand where this one goes
        left = [one for one in node.names if one.name not in gone]
        left += [ast.alias(one.name or "") for one in dict.fromkeys(added)]
        if node.names == sorted(node.names, key=_order):
            left.sort(key=_order)
        more.append(RemoveStatement(lines.of(node)))
        if left:
            more.append(InsertAfter(lines.of(node), _import(node.module or "", left)))
    return [*(one for one in kept if one not in done), *more] if more else None


def _order(one: ast.alias) -> str:
    return one.name


def _said(text: str, name: str) -> int:
    """How often ``text`` has the word, in strings and comments too: they may mean what is imported."""
    return len(re.findall(rf"\b{re.escape(name)}\b", text))


def _import(module: str, names: Sequence[ast.alias]) -> str:
    return import_of(module, [f"{one.name} as {one.asname}" if one.asname else one.name for one in names])


def unless_taken(findings: Sequence[Finding], inventory: Inventory) -> tuple[Finding, ...]:
    """``findings``, which leave an import where another file may take the name from."""
    return tuple(_checked(one, inventory) for one in findings)


def _checked(finding: Finding, inventory: Inventory) -> Finding:
    edits = tuple(one for one in finding.edits if not _is_taken(one, inventory))
    return finding if len(edits) == len(finding.edits) else msgspec.structs.replace(finding, edits=edits)


def _is_taken(one: FileEdit, inventory: Inventory) -> bool:
    if not isinstance(one.edit, DropImport):
        return False
    *_, stem = one.path.removesuffix(".py").split("/")
    if stem == "__init__":
        return True
    name = re.escape(one.edit.name)
    several = rf"^[ \t]+{name}[ \t]*,?[ \t]*$"  # in the parentheses of an import of many lines
    taken = re.compile(rf"\.{name}\b|\bimport\b[^\n]*(?:\*|\b{name}\b)|{several}", re.MULTILINE)
    module = re.compile(rf"\b{re.escape(stem)}\b")
    others = (source.text for path, source in inventory.sources.items() if path != one.path)
    return any(module.search(text) and taken.search(text) for text in others)
