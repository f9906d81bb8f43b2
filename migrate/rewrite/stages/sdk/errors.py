"""Exceptions: ``openai.error.X`` becomes the class of 1.x, wherever it is named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrate.findings.edits import ReplaceExpression
from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.error_attributes import ErrorUse, attributes_of_errors
from migrate.rewrite.stages.sdk.error_reads import reads_out_of_sight
from migrate.rewrite.stages.sdk.handlers import ERROR_MODULE, Handlers, new_error
from migrate.rewrite.stages.sdk.old_names import OldNames

if TYPE_CHECKING:
    from migrate.catalog.sdk_legacy import LegacyFacts
    from migrate.rewrite.stages.sdk.imports_of import OldImports

_BY_ID = ("retrieve", "delete", "download", "cancel")


class ErrorClasses:
    """The error classes of one file."""

    def __init__(
        self,
        file: CodeFile,
        names: OldNames,
        old: LegacyFacts,
        imports: OldImports,
        texts: frozenset[ast.JoinedStr],
    ) -> None:
        """``texts`` are f-strings that are written anew already."""
        self._taken = texts
        self._file = file
        self._names = names
        self._old = old
        self._imports = imports
        self._handlers = Handlers(file, names, old)

    def uses(self) -> Iterator[ErrorUse]:
        torn = self._handlers.torn
        for node, dotted in self._names.uses():
            target, name = self._class_of(node, dotted)
            if name is None:
                continue
            parent = self._file.parent(target)
            if target in torn:
                yield ErrorUse(target, dotted, why=torn[target])
            elif not name:
                yield ErrorUse(target, dotted, why=f"1.x has no {dotted.rpartition('.')[2]}")
            elif isinstance(parent, ast.Call) and parent.func is target:
                why = f"{name} is made from a response in 1.x, not from a message"
                yield ErrorUse(target, dotted, why=why)
            else:
                yield from self._renamed(target, dotted, name)
        if self._names.uses_any("openai.error", *(f"openai.{one}" for one in self._old.errors)):
            caught = self._handlers.caught_by_each()
            found = list(attributes_of_errors(self._file, caught, self._old.error_attributes, self._taken))
            yield from found
            for node in reads_out_of_sight(self._file, {id(one.node) for one in found}):
                yield ErrorUse(node, node.attr, why=f"errors of 1.x have no .{node.attr}")

    def _class_of(self, node: ast.expr, dotted: str) -> tuple[ast.expr, str | None]:
        """The part of ``node`` that is an error class, and its new name."""
        while isinstance(node, ast.Attribute) and new_error(dotted, self._old) is None:
            node, dotted = node.value, dotted.rpartition(".")[0]
        return node, new_error(dotted, self._old)

    def _renamed(self, node: ast.expr, dotted: str, name: str) -> Iterator[ErrorUse]:
        if isinstance(node, ast.Name):
            if node.id in self._imports.kept or node.id == name:
                return
            if node.id in self._imports.stuck:
                yield ErrorUse(node, dotted, why=f"it is {name} in 1.x, and its import is changed by hand")
            else:
                yield ErrorUse(node, dotted, ReplaceExpression(self._file.span(node), name))
            return
        root: ast.expr = node
        while isinstance(root, ast.Attribute):
            root = root.value
        means_package = self._names.dotted(root) == "openai"
        module = ast.unparse(root) if means_package else self._names.module or "openai"
        code = f"{module}.{name}"
        note = self._wider(name)
        if name == "BadRequestError" and self._looks_up(node):
            code = f"({code}, {module}.NotFoundError)"
        elif name == "BadRequestError" and self._is_caught(node):
            note = "; look first: an unknown model was one too, and is a NotFoundError in 1.x"
        if self._file.in_f_string(node) is not None:
            yield ErrorUse(node, dotted, why="it stands inside an f-string")
        elif dotted.startswith(ERROR_MODULE) or name != dotted.removeprefix("openai."):
            yield ErrorUse(node, dotted, ReplaceExpression(self._file.span(node), code), note=note)

    def _wider(self, name: str) -> str:
        """What to look at where a class takes more in 1.x than it did."""
        kinds = sum(self._old.is_kind_of(one, name) for one in self._old.parents)
        wider = kinds and name != "OpenAIError"
        return (
            f"; look first: {name} is above {kinds} other classes in 1.x, and takes them too" if wider else ""
        )

    def _is_caught(self, node: ast.expr) -> bool:
        """Whether a handler names the class, alone or among others."""
        above = self._file.parent(node)
        above = self._file.parent(above) if isinstance(above, ast.Tuple) else above
        return isinstance(above, ast.ExceptHandler)

    def _looks_up(self, node: ast.expr) -> bool:
        """Whether ``node`` alone is what a handler catches around a call that asks for something by its id:
        an unknown one was an invalid request in 0.x, and is not found in 1.x."""
        handler = self._file.parent(node)
        attempt = self._file.parent(handler)
        if not isinstance(handler, ast.ExceptHandler) or not isinstance(attempt, ast.Try):
            return False
        calls = (one for part in attempt.body for one in ast.walk(part) if isinstance(one, ast.Call))
        names = (self._names.dotted(one.func).rpartition(".")[2] for one in calls)
        return any(name.removeprefix("a") in _BY_ID for name in names)
