"""Which code runs only where a check of openai's version says so: both generations are served already, and
the branch for 0.x is deleted one day, not rewritten. Looks at one file; runs nothing."""

from __future__ import annotations

import ast
from functools import cached_property

from migrate.rewrite.stages.sdk.code_file import CodeFile, last_name
from migrate.rewrite.stages.sdk.old_names import OldNames
from migrate.sources.place import Place

_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_MISSING = frozenset(("ImportError", "ModuleNotFoundError", "AttributeError"))


class VersionChecks:
    """The checks of one file. ``readers`` are the functions and attributes that say which version it is."""

    def __init__(self, file: CodeFile, names: OldNames, readers: frozenset[str]) -> None:
        self._file = file
        self._names = names
        self._readers = readers

    def around(self, node: ast.AST) -> Place | None:
        """The check that decides whether ``node`` runs; None where there is none."""
        inner, outer = node, self._file.parent(node)
        while not isinstance(outer, ast.Module):
            if isinstance(outer, (ast.If, ast.IfExp)) and inner is not outer.test and self._reads(outer.test):
                return self._file.place(outer)
            if isinstance(outer, ast.Try) and self._serves_both(outer):
                return self._file.place(outer)
            inner, outer = outer, self._file.parent(outer)
        return self._left_before(node)

    def _left_before(self, node: ast.AST) -> Place | None:
        """The check before ``node`` that leaves its block: ``if NEW: return ...``."""
        statement = self._file.statement(node)
        for block in self._file.blocks(statement):
            for one in block:
                if one.end_lineno is not None and one.end_lineno >= statement.lineno:
                    break
                if isinstance(one, ast.If) and isinstance(one.body[-1], _LEAVING) and self._reads(one.test):
                    return self._file.place(one)
        return None

    def why(self, node: ast.AST) -> str:
        """Why code behind a check is left alone; empty where it is behind none."""
        check = self.around(node)
        if check is None:
            return ""
        line = check.span.line
        return f"it stands behind the check of openai's version at line {line}: keep the branch for 1.x"

    def _reads(self, test: ast.AST) -> bool:
        """Whether ``test`` asks for the version, itself or by a name that the file keeps the answer in."""
        for node in ast.walk(test):
            if self._is_reading(node) or (isinstance(node, ast.Name) and node.id in self._flags):
                return True
        return False

    def _is_reading(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute):
            return node.attr in self._readers and bool(self._names.dotted(node.value))
        if not isinstance(node, ast.Call) or not node.args:
            return False
        first = node.args[0]
        about = isinstance(first, ast.Constant) and first.value == "openai"
        return last_name(node.func) in self._readers and (about or self._names.dotted(first) == "openai")

    @cached_property
    def _flags(self) -> frozenset[str]:
        """The names on module level that a version, or what follows from one, is kept in."""
        found: set[str] = set()
        for node in self._file.tree.body:
            if isinstance(node, ast.Assign) and any(
                self._is_reading(one) or (isinstance(one, ast.Name) and one.id in found)
                for one in ast.walk(node.value)
            ):
                found.update(one.id for one in node.targets if isinstance(one, ast.Name))
        return frozenset(found)

    def _serves_both(self, node: ast.Try) -> bool:
        """Whether ``node`` tries an import of the package, and has another for want of it."""
        wanting = [one for one in node.handlers if _caught(one) & _MISSING]
        imports = [statement for statement in node.body if self._imports(statement)]
        return bool(imports) and any(self._imports(one) for each in wanting for one in each.body)

    def _imports(self, node: ast.stmt) -> bool:
        return any(one.statement is node for one in self._names.imports)


def _caught(handler: ast.ExceptHandler) -> frozenset[str]:
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return frozenset(one.id for one in types if isinstance(one, ast.Name))
