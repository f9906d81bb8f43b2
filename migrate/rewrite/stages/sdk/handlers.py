"""Handlers of exceptions of 0.x: what each catches, and which classes cannot simply get their new names."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from migrate.rewrite.stages.sdk.code_file import CodeFile
from migrate.rewrite.stages.sdk.old_names import OldNames

if TYPE_CHECKING:
    from migrate.catalog.sdk_legacy import LegacyFacts

ERROR_MODULE = "openai.error."


def new_error(dotted: str, old: LegacyFacts) -> str | None:
    """The class of 1.x for ``openai.error.X``, "" where there is none; None for what is no error class."""
    package = ERROR_MODULE if dotted.startswith(ERROR_MODULE) else "openai."
    name = dotted.removeprefix(package)
    if "." in name or name not in old.errors:
        return None
    if not dotted.startswith(ERROR_MODULE) and old.errors[name] == name:
        return None  # openai.APIError is right in both
    return old.errors[name]


def changed_by_hand(file: CodeFile, names: OldNames, old: LegacyFacts) -> frozenset[str]:
    """The imported names of error classes that stay where they are used: an exception that the code makes
    itself, a handler that has to change its place."""
    torn = Handlers(file, names, old).torn
    calls = (node.func for node in ast.walk(file.tree) if isinstance(node, ast.Call))
    made = (node for node in calls if new_error(names.dotted(node), old))
    return frozenset(node.id for node in (*torn, *made) if isinstance(node, ast.Name))


class Handlers:
    """The handlers of one file."""

    def __init__(self, file: CodeFile, names: OldNames, old: LegacyFacts) -> None:
        self._file = file
        self._names = names
        self._old = old

    def caught_by_each(self) -> dict[ast.ExceptHandler, list[str]]:
        """The names, in 1.x, of the classes that each handler catches."""
        handlers = (node for node in ast.walk(self._file.tree) if isinstance(node, ast.ExceptHandler))
        return {node: [name for _, name in self._caught(node)] for node in handlers}

    def _caught(self, handler: ast.ExceptHandler) -> list[tuple[ast.expr, str]]:
        if handler.type is None:
            return []
        types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        found = []
        for one in types:
            dotted = self._names.dotted(one)
            name = new_error(dotted, self._old) or dotted.removeprefix("openai.")
            if dotted:
                found.append((one, name))
        return found

    @cached_property
    def torn(self) -> dict[ast.expr, str]:
        """The classes of handlers that would take what a later handler was for, and those later ones."""
        found: dict[ast.expr, str] = {}
        for node in ast.walk(self._file.tree):
            handlers = node.handlers if isinstance(node, ast.Try) else []
            before: list[tuple[ast.expr, str]] = []
            for handler in handlers:
                caught = self._caught(handler)
                for one, name in caught:
                    for above, wider in before:
                        if self._old.is_kind_of(name, wider):
                            why = f"{name} is a kind of {wider} in 1.x: put its handler before the other"
                            found[one] = found[above] = why
                before += caught
        return found

    def torn_around(self, node: ast.AST | None) -> str:
        """Why a call stays whose own handlers cannot simply get their new names: they would catch nothing any
        more. Empty where there is no such handler around it."""
        while node is not None and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            above = self._file.parents.get(node)
            if isinstance(above, ast.Try) and node in above.body:
                types = {one for handler in above.handlers for one, _ in self._caught(handler)}
                if not types.isdisjoint(self.torn):
                    return "put the handlers around it in the order that they need in 1.x first"
            node = above
        return ""
