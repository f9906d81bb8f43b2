"""Which expressions and names are plainly text, as one function's syntax shows. Follows nothing further."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator

# Methods of strings, files and templates that give a string.
_GIVING_TEXT = ("format", "join", "strip", "dumps", "read_text", "replace", "render")


def is_text(node: ast.expr, names: Collection[str] = ()) -> bool:
    """Whether an expression is text: a literal, an f-string, what is joined or formatted, ``names``."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.BinOp):
        joined = isinstance(node.op, ast.Add) and is_text(node.right, names)
        return is_text(node.left, names) or joined
    if isinstance(node, ast.IfExp):
        return is_text(node.body, names) and is_text(node.orelse, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in _GIVING_TEXT
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("str", "repr")
    return isinstance(node, ast.JoinedStr)


def text_names(scopes: Iterable[ast.AST]) -> set[str]:
    """Names of the functions and the module around a call that hold text and nothing else: parameters of type
    str, and what is only ever assigned text."""
    found: set[str] = set()
    hidden: set[str] = set()
    for scope in scopes:
        own, texts = _of_scope(scope)
        found |= texts - hidden
        hidden |= own
    return found


def _of_scope(scope: ast.AST) -> tuple[set[str], set[str]]:
    """The names of one scope, and those of them that hold text only."""
    arguments = getattr(scope, "args", None)
    given = (
        {one.arg: one.annotation for one in ast.walk(arguments) if isinstance(one, ast.arg)}
        if arguments
        else {}
    )
    texts = {name for name, kind in given.items() if isinstance(kind, ast.Name) and kind.id == "str"}
    known: dict[str, bool] = {name: name in texts for name in given}
    assigned: set[int] = set()
    for node in _within(scope):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            target = node.targets[0]
            assigned.add(id(target))
            known[target.id] = known.get(target.id, True) and is_text(node.value)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            known.update(dict.fromkeys(node.names, False))
        elif isinstance(node, ast.alias):
            known[(node.asname or node.name).partition(".")[0]] = False
    for node in _within(scope):
        if (
            isinstance(node, ast.Name)
            and isinstance(node.ctx, (ast.Store, ast.Del))
            and id(node) not in assigned
        ):
            known[node.id] = False
    return set(known), {name for name, is_one in known.items() if is_one}


def _within(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a scope that belong to no inner one."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            yield from _within(node)
