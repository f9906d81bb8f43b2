"""One Python file as ``ast`` with what edits need: spans, source text, parents. It decides nothing."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import TypeAlias

from migrate.sources.lines import Lines
from migrate.sources.place import Place, Span

Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class CodeFile:
    """The tree of one file. Raises SyntaxError where it is not Python."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.tree = ast.parse(text)
        self.lines = Lines(text)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        return {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}

    @cached_property
    def calls(self) -> dict[Span, ast.Call]:
        """Every call by its span; those inside f-strings stand at wrong places before Python 3.12."""
        return {self.span(node): node for node in ast.walk(self.tree) if isinstance(node, ast.Call)}

    @cached_property
    def functions(self) -> dict[Span, Function]:
        return {self.span(node): node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every identifier of the file."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.keyword):
                continue
            for field in ("id", "arg", "name", "attr", "asname"):
                word = getattr(node, field, None)
                if isinstance(word, str):
                    found.add(word)
        return frozenset(found)

    def span(self, node: ast.expr | ast.stmt) -> Span:
        return self.lines.of(node)

    def place(self, node: ast.expr | ast.stmt) -> Place:
        return Place(self.path, self.span(node))

    def code(self, node: ast.expr | ast.stmt) -> str:
        return self.lines.slice(self.span(node))

    def parent(self, node: ast.AST) -> ast.AST:
        return self.parents.get(node, self.tree)

    def statement(self, node: ast.AST) -> ast.stmt:
        """The statement that ``node`` is, or stands in."""
        while not isinstance(node, ast.stmt):
            node = self.parents[node]
        return node

    def function(self, node: ast.AST) -> Function | None:
        """The innermost function around ``node``; None on module level and in a class body."""
        node = self.parent(node)
        while not isinstance(node, (ast.Module, *FUNCTIONS)):
            node = self.parent(node)
        return None if isinstance(node, ast.Module) else node

    def blocks(self, node: ast.stmt) -> Iterator[list[ast.stmt]]:
        """The blocks of the same function that ``node`` stands in, the innermost first."""
        inner: ast.AST = node
        while not isinstance(inner, (ast.Module, *FUNCTIONS)):
            outer = self.parent(inner)
            for _, value in ast.iter_fields(outer):
                if isinstance(value, list) and inner in value:
                    yield value
            inner = outer

    def is_shared(self, node: ast.Name) -> bool:
        """Whether the function around ``node`` binds a name of the scopes around it (global, nonlocal), or a
        class body binds it, for everybody who has the class."""
        above: ast.AST = self.statement(node)
        while not isinstance(above, (ast.Module, ast.ClassDef, *FUNCTIONS)):
            above = self.parent(above)
        return isinstance(above, ast.ClassDef) or node.id in self._shared.get(self.function(node), ())

    @cached_property
    def _shared(self) -> dict[Function | None, list[str]]:
        found: dict[Function | None, list[str]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                found.setdefault(self.function(node), []).extend(node.names)
        return found

    def on_module_level(self, node: ast.stmt) -> bool:
        """Whether the statement is always executed when the module is imported, and once."""
        return isinstance(self.parent(node), ast.Module)

    def in_f_string(self, node: ast.AST) -> ast.JoinedStr | None:
        """The outermost f-string around ``node``."""
        found = None
        while not isinstance(node, ast.stmt) and node in self.parents:
            if isinstance(node, ast.JoinedStr):
                found = node
            node = self.parents[node]
        return found


def last_name(node: ast.AST) -> str:
    """``create`` for ``client.create``, and for ``create``; empty for what has no name."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
