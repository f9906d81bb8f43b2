"""Calls that an answer goes through or into: methods of its own, builtins, functions of the program."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import msgspec

from migrate.rewrite.stages.sdk import growing, plain_answers
from migrate.rewrite.stages.sdk.code_file import last_name
from migrate.rewrite.stages.sdk.defaults import by_name, get
from migrate.rewrite.stages.sdk.held import OTHER, Held, awaited, item, join, joined

if TYPE_CHECKING:
    from migrate.rewrite.stages.sdk.code_file import CodeFile
    from migrate.rewrite.stages.sdk.expressions import Expressions
    from migrate.rewrite.stages.sdk.fields import Env

# What a function does with an answer that it is given, by its last name.
_LOGS = ("debug", "info", "warning", "error", "exception", "critical", "log")
_SHOWS = frozenset(("print", "pprint", "str", "repr", "len", "bool", "type", "id", *_LOGS))
_GIVES_IT = frozenset(
    ("list", "iter", "tuple", "sorted", "reversed", "enumerate", "copy", "deepcopy", "shield")
)
_WAITS = ("wait_for", "create_task", "ensure_future")
_RUNS, _LATER = ("run", "run_until_complete"), ("to_thread", "run_in_executor")
_DUMPS = ("dumps", "dump", "dict")
_AS_DICT, _TO_DICT = ("items", "keys", "values", "copy"), ("to_dict", "to_dict_recursive")


def call(state: Expressions, node: ast.Call, env: Env) -> Held:
    """What the call gives."""
    place = state.file.place(node)
    if isinstance(node.func, ast.Attribute) and place not in state.summaries.asking:
        base = state.eval(node.func.value, env)
        if base.tracked or base.kind == "empty":
            return _method(state, node, node.func, base, env)
    else:
        state.eval(node.func, env)
    values = [(one, state.eval(one, env)) for one in _arguments(node)]
    own = state.summaries.asking.get(place)
    result = own or state.summaries.result(place)
    given = [(one, held) for one, held in values if held.tracked]
    if own is None and state.summaries.feeds(place):
        for one, held in values:
            if not held.tracked:
                state.summaries.given(place, node, one, held)
    if not given:
        return result or _made_later(state, node)
    through = _through(state, node, given) if own is None else None
    if through is not None:
        return through
    for one, held in given:
        if plain_answers.unpacked(node, one, held):
            continue
        followed = own is None and state.summaries.given(place, node, one, held)
        if not followed and not growing.joins_others(state, node, growing.added_to(node), held):
            state.passed_on(one, held)
    return result or OTHER


def _arguments(node: ast.Call) -> list[ast.expr]:
    plain = [one.value if isinstance(one, ast.Starred) else one for one in node.args]
    return [*plain, *(one.value for one in node.keywords)]


def _made_later(state: Expressions, node: ast.Call) -> Held:
    """The answer of a lambda that is given to an executor."""
    for one in node.args:
        if isinstance(one, ast.Lambda) and runs_lambda(state.file, one):
            held = state.eval(one.body, {})
            return msgspec.structs.replace(held, waits=True) if held.tracked else OTHER
    return OTHER


def runs_lambda(file: CodeFile, node: ast.Lambda) -> bool:
    """Whether the call that is given ``node`` gives back what that returns, to be awaited."""
    parent = file.parent(node)
    return isinstance(parent, ast.Call) and last_name(parent.func) in _LATER and node in parent.args


def _through(state: Expressions, node: ast.Call, given: list[tuple[ast.expr, Held]]) -> Held | None:
    """What a call of a well-known function gives that is given an answer; None for any other call."""
    name = last_name(node.func)
    one, held = given[0]
    if name == "str" and _is_read(state.file, node):
        return state.reads.as_json(state.file, node, one, held)
    if name in _SHOWS:
        return OTHER
    if name == "gather":
        return _gathered(state, node, given)
    if not node.args or node.args[0] is not one or len(given) > 1:
        return None
    found = plain_answers.through(state, node, held) if held.plain else None
    if found is not None:
        return found
    if name in ("hasattr", "getattr"):
        return by_name(state, node, held, name)
    if name in _GIVES_IT:
        _sort_key(state, node, held)
        return item_list(held) if held.kind in ("stream", "either") else held
    if name in _WAITS and held.waits:
        return held
    if name in _RUNS and held.waits:
        return awaited(held)
    if name in ("next", "anext") and (held.kind in ("stream", "either") or isinstance(one, ast.GeneratorExp)):
        return _first(state, node, item(held))
    if name == "cast":
        return held
    return _as_data(state, node, one, held) if name in _DUMPS else None


def _as_data(state: Expressions, node: ast.Call, one: ast.expr, held: Held) -> Held:
    """An answer whose data are dumped, or copied into a dict."""
    if last_name(node.func) == "dict" and held.kind == "answer" and not (held.waits or node.keywords):
        state.reads.recast(state.file, node, one, "_.model_dump(exclude_unset=True)", held)
        return OTHER
    return state.reads.as_dict(state.file, one, held)


def _is_read(file: CodeFile, node: ast.Call) -> bool:
    """Whether the text that ``node`` gives is more than shown: the text of 0.x was JSON."""
    parent = file.parent(node)
    shown = isinstance(parent, ast.Call) and last_name(parent.func) in _SHOWS
    return not (shown or isinstance(parent, (ast.FormattedValue, ast.Expr)))


def _first(state: Expressions, node: ast.Call, held: Held) -> Held:
    """What ``next`` gives: the first of them, or the default beside it."""
    return join(held, state.eval(node.args[1], {})) if len(node.args) > 1 else held


def item_list(held: Held) -> Held:
    return msgspec.structs.replace(item(held), kind="list", whole=False)


def _gathered(state: Expressions, node: ast.Call, given: list[tuple[ast.expr, Held]]) -> Held:
    items = joined(item(held) if held.kind == "list" else held for _, held in given)
    if items.kind == "answer" and items.waits and len(given) == len(node.args):
        return Held("list", items.answer, waits=True, plain=items.plain, sources=items.sources)
    return state.reads.obstacle(state.file, node, "several kinds of things are gathered here", items)


def _sort_key(state: Expressions, node: ast.Call, held: Held) -> None:
    for one in node.keywords:
        if isinstance(one.value, ast.Lambda) and one.value.args.args:
            state.eval(one.value.body, {one.value.args.args[0].arg: item(held)})


def _method(state: Expressions, node: ast.Call, func: ast.Attribute, base: Held, env: Env) -> Held:
    """A method of an answer, or of a list or stream of them."""
    values = [(one, state.eval(one, env)) for one in _arguments(node)]
    if base.kind in ("empty", "list", "nothing") and func.attr in ("append", "extend"):
        return growing.grown(state, func, base, values, env)
    for one, held in values:
        state.passed_on(one, held)
    if base.plain:
        return plain_answers.method(state, node, func, base)
    known = base.kind in ("answer", "either") and not base.waits
    if known and func.attr == "get":
        return get(state, node, func, base)
    if known and func.attr in _TO_DICT:
        state.reads.recast(state.file, node, func.value, "_.model_dump(exclude_unset=True)", base)
        return OTHER
    if known and func.attr in _AS_DICT:
        return state.reads.as_dict(state.file, func.value, base)
    if base.kind in ("empty", "nothing") or (base.kind == "stream" and func.attr in ("close", "aclose")):
        return OTHER
    return state.reads.obstacle(state.file, node, f"no answer of 1.x has .{func.attr}()", base)
