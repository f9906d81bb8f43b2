"""Whether an expression can be None when it runs, by what the same file shows. It follows one name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate.rewrite.stages.sdk.code_file import CodeFile

_READERS = ("get", "getenv")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def can_be_none(file: CodeFile, value: ast.expr) -> bool:
    """Whether something in ``file`` says that ``value`` can be None where it stands: a read that has no
    default, an entry of a dict, a parameter, or a name that is bound to one of these."""
    if _is_tested(file, value):
        return False
    if isinstance(value, ast.Name):
        function = file.function(value)
        if function is not None and _is_none_by_default(function, value.id):
            return True
        return any(_is_nothing(file, one) for one in _bound(file.tree, value.id))
    return _is_nothing(file, value)


def _is_nothing(file: CodeFile, value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return value.value is None
    if isinstance(value, ast.Call):
        name = getattr(value.func, "attr", getattr(value.func, "id", ""))
        return name in _READERS and len(value.args) == 1 and not value.keywords
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name):
        key = ast.dump(value.slice)
        for bound in _bound(file.tree, value.value.id):
            pairs = zip(bound.keys, bound.values, strict=True) if isinstance(bound, ast.Dict) else ()
            entries = [entry for one, entry in pairs if one is not None and ast.dump(one) == key]
            if any(isinstance(entry, ast.Constant) and entry.value is None for entry in entries):
                return True
    return False


def _bound(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    """What ``tree`` assigns to ``name`` alone, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id == name for one in targets):
                yield node.value


def _is_none_by_default(function: ast.AST, name: str) -> bool:
    if not isinstance(function, _FUNCTIONS):
        return False
    given = function.args
    plain = [*given.posonlyargs, *given.args]
    with_default = plain[len(plain) - len(given.defaults) :]
    pairs = [*zip(with_default, given.defaults, strict=True)]
    pairs += [(one, value) for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value]
    return any(
        one.arg == name and isinstance(value, ast.Constant) and value.value is None for one, value in pairs
    )


def _is_tested(file: CodeFile, value: ast.expr) -> bool:
    """Whether it stands where a test has said that there is something: ``if url:``."""
    wanted, inner, outer = ast.dump(value), ast.AST(), file.parent(value)
    while not isinstance(outer, ast.Module):
        inner, outer = outer, file.parent(outer)
        tested = isinstance(outer, ast.If) and inner in outer.body
        if tested and any(ast.dump(one) == wanted for one in ast.walk(outer.test)):  # type: ignore[attr-defined]
            return True
    return False
