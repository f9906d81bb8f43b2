"""Which names of a file mean the openai package or something of 0.x in it, by the file's own imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property

import msgspec

from migrate.rewrite.stages.sdk.code_file import CodeFile

_PACKAGE = "openai"


class ImportedName(msgspec.Struct, frozen=True):
    """``alias`` of the import ``statement`` binds ``name`` to ``dotted``."""

    statement: ast.Import | ast.ImportFrom
    alias: ast.alias
    name: str
    dotted: str


class OldNames:
    """``imports`` are the file's imports of the package; a name that is bound to something else too counts
    for nothing."""

    def __init__(self, file: CodeFile) -> None:
        self.file = file
        self.imports = list(_imports(file.tree))
        bound = {one.name: one.dotted for one in self.imports}
        rebound = _rebound(file.tree) if bound else set()
        several = {one.name for one in self.imports if bound[one.name] != one.dotted}
        self._names = {
            name: dotted for name, dotted in bound.items() if name not in several and name not in rebound
        }

    @property
    def module(self) -> str:
        """The name that means the package itself on module level; empty where there is none."""
        top = (one for one in self.imports if self.file.on_module_level(one.statement))
        return next((one.name for one in top if self._names.get(one.name) == _PACKAGE), "")

    def dotted(self, node: ast.AST) -> str:
        """``openai.ChatCompletion.create`` for an expression that means it; empty for anything else."""
        if isinstance(node, ast.Name):
            return self._names.get(node.id, "")
        if isinstance(node, ast.Attribute):
            base = self.dotted(node.value)
            return f"{base}.{node.attr}" if base else ""
        return ""

    def uses_any(self, *dotted: str) -> bool:
        """Whether the file uses something of one of those names."""
        return any(one == name or one.startswith(f"{name}.") for _, one in self.uses() for name in dotted)

    def uses(self) -> tuple[tuple[ast.expr, str], ...]:
        """The outermost expressions that mean something of the package, with what."""
        return self._uses

    @cached_property
    def _uses(self) -> tuple[tuple[ast.expr, str], ...]:
        return tuple(self._used()) if self._names else ()

    def _used(self) -> Iterator[tuple[ast.expr, str]]:
        for node in ast.walk(self.file.tree):
            if isinstance(node, (ast.Name, ast.Attribute)):
                dotted = self.dotted(node)
                parent = self.file.parent(node)
                if dotted and not (isinstance(parent, ast.Attribute) and self.dotted(parent)):
                    yield node, dotted


def _imports(tree: ast.Module) -> Iterator[ImportedName]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == _PACKAGE or alias.name.startswith(f"{_PACKAGE}."):
                    name = alias.asname or _PACKAGE
                    yield ImportedName(node, alias, name, alias.name if alias.asname else _PACKAGE)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            module = node.module or ""
            if module == _PACKAGE or module.startswith(f"{_PACKAGE}."):
                for alias in node.names:
                    yield ImportedName(node, alias, alias.asname or alias.name, f"{module}.{alias.name}")


def _rebound(tree: ast.Module) -> set[str]:
    """Names that something other than an import binds; ``openai = None`` for want of the package aside."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            for one in node.body:
                if (
                    isinstance(one, ast.Assign)
                    and isinstance(one.value, ast.Constant)
                    and one.value.value is None
                ):
                    found -= {target.id for target in one.targets if isinstance(target, ast.Name)}
    return found
