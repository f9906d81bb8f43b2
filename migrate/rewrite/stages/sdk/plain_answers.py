"""Answers that are made dicts again where they are given, as those of 0.x were: reads by key stay, attributes
become keys. What goes out of sight has to say there that it is a dict."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from msgspec.structs import replace

from migrate.rewrite.stages.sdk.code_file import last_name
from migrate.rewrite.stages.sdk.held import ANY, OTHER, Held

if TYPE_CHECKING:
    from migrate.catalog.sdk_legacy import Answer, DictReaders
    from migrate.rewrite.stages.sdk.fields import Fields

_MAPPINGS = frozenset(("dict", "Mapping", "MutableMapping", "list", "str"))
_GIVES_PARTS = frozenset(("values", "items", "pop", "setdefault", "popitem"))
_GIVES_NOTHING = frozenset(("keys", "update", "clear"))
_GIVES_KEYS = frozenset(("list", "iter", "tuple", "set", "sorted", "reversed", "enumerate"))
_TO_DICT = frozenset(("to_dict", "to_dict_recursive", "copy"))


def dump(answer: Answer) -> str:
    """The code around an answer of 1.x that makes it the dict of 0.x."""
    return f"_.model_dump(exclude_unset=True{', by_alias=True' if answer.aliases else ''})"


def says_dict(node: ast.AST | None, readers: DictReaders) -> bool:
    """Whether a function says that what it returns is a dict: by its annotation, or because a web framework
    sends it as JSON."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    return _is_dict(node.returns, readers) or any(_is_route(one, readers) for one in node.decorator_list)


def _is_dict(node: ast.expr | None, readers: DictReaders) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return _is_dict(ast.parse(node.value, mode="eval").body, readers)
        except SyntaxError:
            return False
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _is_dict_or_none([node.left, node.right], readers)
    if isinstance(node, ast.Subscript) and last_name(node.value) in ("Optional", "Union"):
        return _is_dict_or_none(getattr(node.slice, "elts", [node.slice]), readers)
    owner = node.value if isinstance(node, ast.Subscript) else node
    return owner is not None and last_name(owner) in readers.annotations


def _is_dict_or_none(kinds: list[ast.expr], readers: DictReaders) -> bool:
    left = [one for one in kinds if not (isinstance(one, ast.Constant) and one.value is None)]
    return bool(left) and all(_is_dict(one, readers) for one in left)


def _is_route(node: ast.expr, readers: DictReaders) -> bool:
    """``@app.post("/ask")``."""
    path = node.args[0] if isinstance(node, ast.Call) and node.args else None
    spelled = isinstance(path, ast.Constant) and str(path.value).startswith("/")
    return isinstance(node, ast.Call) and spelled and last_name(node.func) in readers.decorators


def subscript(state: Fields, node: ast.Subscript, held: Held) -> Held:
    """``answer["key"]``, also as a target."""
    if held.kind not in ("answer", "list") or held.waits:
        return state.reads.obstacle(state.file, node, "what is read here is not known for certain", held)
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return part(state, held, key)


def part(state: Fields, held: Held, key: object) -> Held:
    """What stands under ``key``; anything of the answer where that is not known."""
    if isinstance(key, str):
        kinds = [one.fields[key] for one in state.reads.answers.values() if key in one.fields]
        if held.answer != ANY or not any(kinds):
            return state.reads.field(held, key) or OTHER
    return replace(held, kind="answer", answer=ANY, whole=False)


def attribute(state: Fields, node: ast.Attribute, held: Held) -> Held:
    """``answer.key`` becomes ``answer["key"]``."""
    if held.kind != "answer" or held.waits:
        return state.reads.obstacle(state.file, node, "what is read here may not be an answer", held)
    if held.answer == ANY:
        known = any(node.attr in one.fields for one in state.reads.answers.values())
        why = f"whether .{node.attr} is read of a part of the answer is not known"
        return state.reads.obstacle(state.file, node, why, held) if known else OTHER
    found = state.reads.field(held, node.attr)
    if found is None:
        return state.reads.unknown(state.file, node, held)
    state.missed(node, held, node.attr, node.value)
    state.reads.recast(state.file, node, node.value, f'_["{node.attr}"]', held)
    return found


def method(state: Fields, node: ast.Call, func: ast.Attribute, held: Held) -> Held:
    """A method of a dict, or of a part of one."""
    if held.kind == "list" or held.waits:
        why = "what is called here may not be an answer"
        return OTHER if held.kind == "list" else state.reads.obstacle(state.file, node, why, held)
    if func.attr == "get":
        return part(state, held, _key(node))
    if func.attr in _GIVES_PARTS:
        kind = "list" if func.attr in ("values", "items") else "answer"
        return replace(held, kind=kind, answer=ANY, whole=False)
    if func.attr in _GIVES_NOTHING or (held.answer == ANY and func.attr not in _TO_DICT):
        return OTHER
    if func.attr in _TO_DICT and held.answer != ANY:
        state.reads.recast(state.file, node, func.value, "dict(_)", held)
        return held
    return state.reads.obstacle(state.file, node, f"no dict has .{func.attr}()", held)


def through(state: Fields, node: ast.Call, held: Held) -> Held | None:
    """What a well-known function gives that asks about a dict or copies it; None for others."""
    name = last_name(node.func)
    if name == "isinstance" and len(node.args) == 2:
        kinds = getattr(node.args[1], "elts", [node.args[1]])
        return OTHER if all(last_name(one) in _MAPPINGS for one in kinds) else None
    if name in ("hasattr", "getattr"):
        return state.reads.obstacle(state.file, node, "it is asked for what may not be there", held)
    if name in _GIVES_KEYS and held.kind == "answer" and not held.waits:
        return replace(held, kind="list") if held.answer == ANY else OTHER
    return replace(held, whole=True) if name == "dict" and not node.keywords else None


def unpacked(node: ast.Call, argument: ast.expr, held: Held) -> bool:
    """Whether ``argument`` is given as ``**argument``, which takes a dict apart."""
    return held.plain and any(one.arg is None and one.value is argument for one in node.keywords)


def _key(node: ast.Call) -> object:
    return node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
