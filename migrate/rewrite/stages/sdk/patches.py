"""Where tests patch a method of openai 0.x, and with what. It reads; it changes nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator

import msgspec

from migrate.rewrite.stages.sdk.code_file import CodeFile, last_name

_SYMBOL = re.compile(r"(?:^|\.)(openai\.\w+\.\w+)$")
_PATCH, _OBJECT, _SETATTR = "patch", "object", "setattr"
_KNOWN = ("new", "return_value", "side_effect")
_MOCKS = ("patch", "object", "multiple", "dict")


class Patch(msgspec.Struct, frozen=True):
    """``call`` puts something in the place of ``symbol``, which the string ``literal`` names, or else its
    first two arguments. ``fake`` is what it puts there; None where that is a mock, which ``mock`` names in
    ``scope`` (both empty where nothing does). ``returned`` and ``effect`` are what the mock is told there.
    ``odd`` says that there is more to it."""

    call: ast.Call
    symbol: str
    literal: ast.Constant | None
    fake: ast.expr | None
    returned: ast.expr | None
    effect: ast.expr | None
    mock: str
    scope: ast.AST | None
    odd: bool

    @property
    def is_attribute(self) -> bool:
        """Whether what it puts there becomes an attribute as it is (``monkeypatch``)."""
        return last_name(self.call.func) == _SETATTR

    @property
    def named(self) -> tuple[ast.expr, ...]:
        """The expressions that name the old method."""
        return (self.literal,) if self.literal is not None else tuple(self.call.args[:2])


def patches_in(file: CodeFile, known: Container[str]) -> Iterator[Patch]:
    """Those of ``file`` whose method is one of ``known``."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and node.args:
            symbol, count = _named(node)
            if symbol in known:
                yield _patch(file, node, symbol, count)


def _named(node: ast.Call) -> tuple[str, int]:
    """The method of 0.x that a call patches, and how many of its arguments name it."""
    last, first = last_name(node.func), node.args[0]
    if last in (_PATCH, _SETATTR) and isinstance(first, ast.Constant) and isinstance(first.value, str):
        return _symbol(first.value), 1
    patcher = (
        last == _OBJECT and isinstance(node.func, ast.Attribute) and last_name(node.func.value) == _PATCH
    )
    if (patcher or last == _SETATTR) and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
        return _symbol(f"{ast.unparse(first)}.{node.args[1].value!s}"), 2
    return "", 0


def _symbol(text: str) -> str:
    found = _SYMBOL.search(text)
    return found[1] if found else ""


def _patch(file: CodeFile, node: ast.Call, symbol: str, count: int) -> Patch:
    given = {one.arg or "": one.value for one in node.keywords}
    fakes = [*node.args[count:], *(value for name, value in given.items() if name == "new")]
    setattr_ = last_name(node.func) == _SETATTR
    odd = len(fakes) > 1 or not set(given) <= set(() if setattr_ else _KNOWN)
    odd = odd or any(isinstance(one, ast.Starred) for one in node.args) or (setattr_ and not fakes)
    odd = odd or (bool(fakes) and len(given) > int("new" in given))
    first = node.args[0]
    literal = first if count == 1 and isinstance(first, ast.Constant) else None
    seen = _mock(file, node) if not fakes else ("", None)
    mock, scope = seen or ("", None)
    odd = odd or seen is None
    fake = fakes[0] if fakes else None
    returned, effect = given.get("return_value"), given.get("side_effect")
    return Patch(node, symbol, literal, fake, returned, effect, mock, scope, odd)


def _mock(file: CodeFile, node: ast.Call) -> tuple[str, ast.AST | None] | None:
    """The name that the mock has, and the function or module where; None where it goes elsewhere."""
    parent = file.parent(node)
    if isinstance(parent, (ast.FunctionDef, ast.AsyncFunctionDef)) and node in parent.decorator_list:
        below = parent.decorator_list[parent.decorator_list.index(node) + 1 :]
        names = [one.arg for one in (*parent.args.posonlyargs, *parent.args.args)]
        position = sum(map(_gives_a_mock, below)) + isinstance(file.parent(parent), ast.ClassDef)
        return (names[position], parent) if position < len(names) else None
    target: ast.expr | None = None
    if isinstance(parent, ast.withitem):
        target = parent.optional_vars
    elif isinstance(parent, ast.Assign) and len(parent.targets) == 1:
        target = parent.targets[0]
    elif not isinstance(parent, ast.Expr):
        return None
    if target is None:
        return "", None
    return (target.id, file.function(node) or file.tree) if isinstance(target, ast.Name) else None


def _gives_a_mock(node: ast.expr) -> bool:
    """Whether a decorator hands a mock to the function."""
    if not isinstance(node, ast.Call) or last_name(node.func) not in _MOCKS[:2]:
        return False
    count = 1 if last_name(node.func) == _PATCH else 2
    return len(node.args) <= count and all(one.arg != "new" for one in node.keywords)
