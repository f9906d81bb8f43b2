"""A call of 0.x that may pass ``engine`` or ``deployment_id`` beside ``model``: 1.x takes only ``model``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from itertools import combinations

from migrate.findings.finding import FileEdit
from migrate.program.calls.callsite import Parameter
from migrate.rewrite.stages.params.holders import removed, renamed, replaced
from migrate.rewrite.stages.sdk.code_file import FUNCTIONS, CodeFile
from migrate.sources.place import Place

_MODEL = "model"
_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_PLAIN = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Load)


def one_model(
    file: CodeFile, passed: Sequence[Parameter], code: Callable[[Place], str]
) -> tuple[tuple[FileEdit, ...], str]:
    """The edits that leave one argument ``model`` of those ``passed``, or why there are none."""
    others = [one for one in passed if one.name != _MODEL]
    names = " and ".join(dict.fromkeys(one.name for one in passed))
    if all(_never_both(file, one, two) for one, two in combinations(passed, 2)):
        edits = [renamed(one, _MODEL, code) for one in others]
        if all(edits):
            return tuple(edit for found in edits for edit in found), ""
    elif len(passed) == 2 and len(others) == 1 and passed[0].holder == passed[1].holder:
        model = next(one for one in passed if one.name == _MODEL)
        merged = _merged(others[0], model)
        if merged:
            return merged, ""
    which = others[0].name if others else _MODEL
    return (), f"{names} may both be passed: 1.x takes one model, {which} where it is given"


def _merged(other: Parameter, model: Parameter) -> tuple[FileEdit, ...]:
    """Two arguments of one call, or entries of one dict, as one; 0.x went by ``other`` where it was given."""
    taken = removed(other)
    if not taken or not (_is_plain(other.code) and _is_plain(model.code)):
        return ()
    value = _literal(other.code)
    if value is None and other.code == "None":
        return taken
    new = replaced(model, other.code if value else f"{other.code} or {model.code}")
    return (*taken, *new) if new else ()


def _is_plain(code: str) -> bool:
    """Whether evaluating ``code`` later, or not at all, makes no difference."""
    try:
        tree = ast.parse(code, mode="eval").body
    except SyntaxError:
        return False
    return all(isinstance(node, _PLAIN) for node in ast.walk(tree))


def _literal(code: str) -> object:
    node = ast.parse(code, mode="eval").body
    return node.value if isinstance(node, ast.Constant) else None


def _never_both(file: CodeFile, one: Parameter, two: Parameter) -> bool:
    """Whether the two stand in different arms of one choice, made once in a function's run."""
    first, second = _node(file, one), _node(file, two)
    if first is None or second is None:
        return False
    arms, others = _arms(file, first), _arms(file, second)
    return any(choice in arms and arms[choice] != arm for choice, arm in others.items())


def _node(file: CodeFile, parameter: Parameter) -> ast.expr | None:
    """The value of ``parameter``; None where what it is put into may outlive the function's run."""
    if parameter.place.path != file.path or parameter.form not in ("entry", "store"):
        return None
    found = (one for one in ast.walk(file.tree) if isinstance(one, ast.expr))
    node = next((one for one in found if file.span(one) == parameter.place.span), None)
    if node is None or parameter.form == "entry":
        return node
    statement = file.statement(node)
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    base = target.value if isinstance(target, ast.Subscript) else None
    return node if isinstance(base, ast.Name) and _is_made(file, base) else None


def _is_made(file: CodeFile, name: ast.Name) -> bool:
    """Whether the function around ``name`` gives it a value of its own."""
    scope = file.function(name) or file.tree
    stored = (one for one in ast.walk(scope) if isinstance(one, ast.Name) and one.id == name.id)
    return any(isinstance(one.ctx, ast.Store) for one in stored)


def _arms(file: CodeFile, node: ast.AST) -> dict[ast.AST, str]:
    """The choices around ``node`` in its function, with the field that holds it; none where a loop may come
    by several times."""
    found: dict[ast.AST, str] = {}
    while not isinstance(node, (ast.Module, *FUNCTIONS)):
        outer = file.parent(node)
        if isinstance(outer, _LOOPS):
            return {}
        if isinstance(outer, (ast.If, ast.IfExp)):
            found[outer] = next(name for name, value in ast.iter_fields(outer) if _holds(value, node))
        node = outer
    return {choice: field for choice, field in found.items() if field != "test"}


def _holds(value: object, node: ast.AST) -> bool:
    return value is node or (isinstance(value, list) and any(one is node for one in value))
