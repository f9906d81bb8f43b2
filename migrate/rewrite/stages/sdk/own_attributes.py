"""Attributes that one class alone writes and reads, so that the answers kept there can be followed."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from migrate.rewrite.stages.sdk.code_file import CodeFile, last_name
from migrate.sources.place import Place

OwnAttribute: TypeAlias = tuple[Place, str]
"""The class, and the name of the attribute."""
# Other ways to an attribute than writing its name behind a dot.
_BY_NAME = ("getattr", "setattr", "hasattr", "delattr", "vars", "attrgetter")
_HIDDEN = ("__dict__", "__getattr__", "__getattribute__", "__setattr__")
_PLAIN = ("object", "ABC")


class OwnAttributes:
    """``texts`` gives the path and text of every file that may use what a file defines under some names."""

    def __init__(self, texts: Callable[[str, tuple[str, ...]], Iterable[tuple[str, str]]]) -> None:
        self._texts = texts
        self._known: dict[OwnAttribute, bool] = {}

    def of(self, file: CodeFile, node: ast.expr) -> OwnAttribute | None:
        """What ``node`` is where it is such an attribute, spelled ``self.name`` in a method."""
        owner = _owner(file, node)
        if owner is None or not isinstance(node, ast.Attribute):
            return None
        key = (file.place(owner), node.attr)
        if key not in self._known:
            self._known[key] = _is_plain(owner) and self._is_own(file, owner, node.attr)
        return key if self._known[key] else None

    def shares(self, file: CodeFile, node: ast.Name) -> bool:
        """Whether what is bound to the name ``node`` may be read out of its own scope: through ``global``, a
        class, or another file that imports the module."""
        if file.is_shared(node) or file.function(node) is not None:
            return file.is_shared(node)
        *_, stem = file.path.removesuffix("/__init__.py").removesuffix(".py").split("/")
        used = rf"\.{node.id}\b|\bimport\b[^\n]*(?:\*|\b{node.id}\b)|^[ \t]+{node.id}[ \t]*,?\s*$"
        found, module = re.compile(used, re.MULTILINE), re.compile(rf"\b{re.escape(stem)}\b")
        texts = (text for other, text in self._texts(file.path, (node.id,)) if other != file.path)
        return any(module.search(text) and found.search(text) for text in texts)

    def _is_own(self, file: CodeFile, owner: ast.ClassDef, name: str) -> bool:
        read = False
        for node in ast.walk(file.tree):
            if isinstance(node, ast.ClassDef) and any(last_name(base) == owner.name for base in node.bases):
                return False
            if last_name(node) in (*_BY_NAME, *_HIDDEN) or getattr(node, "name", "") in (name, *_HIDDEN):
                return False
            if isinstance(node, ast.Attribute) and node.attr == name:
                if _owner(file, node) is not owner:
                    return False
                read = read or isinstance(node.ctx, ast.Load)
        return read and not self._elsewhere(file.path, owner.name, name)

    def _elsewhere(self, path: str, owner: str, name: str) -> bool:
        """Whether another file may use the attribute, or inherit it."""
        found = re.compile(
            rf"\.{name}\b|[\"']{name}[\"']|\bclass\s+\w+\s*\([^)]*\b{owner}\b|\b{owner}\s+as\b"
        )
        texts = self._texts(path, (owner, name))
        return any(found.search(text) for other, text in texts if other != path)


def _is_plain(owner: ast.ClassDef) -> bool:
    """Whether nothing but its own body makes the class what it is."""
    inherits = any(last_name(base) not in _PLAIN for base in owner.bases)
    return not (inherits or owner.decorator_list or owner.keywords)


def _owner(file: CodeFile, node: ast.AST) -> ast.ClassDef | None:
    """The class whose method reads or writes ``node``, an attribute of what its first parameter is."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
        return None
    function = file.function(node)
    while function is not None and not isinstance(file.parent(function), ast.ClassDef):
        if any(one.arg == node.value.id for one in ast.walk(function.args) if isinstance(one, ast.arg)):
            return None
        function = file.function(function)
    if function is None or isinstance(function, ast.Lambda) or function.decorator_list:
        return None
    owner = file.parent(function)
    first = [*function.args.posonlyargs, *function.args.args][:1]
    mine = bool(first) and first[0].arg == node.value.id and not _rebinds(function, first[0].arg)
    top = isinstance(owner, ast.ClassDef) and isinstance(file.parent(owner), ast.Module)
    return owner if mine and top and isinstance(owner, ast.ClassDef) else None


def _rebinds(function: ast.AST, name: str) -> bool:
    return any(
        isinstance(one, ast.Name) and one.id == name and not isinstance(one.ctx, ast.Load)
        for one in ast.walk(function)
    )
