"""``mapping.get(key, default)``, and ``pop`` and ``setdefault``, which give the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.facts.expressions import Scalar, dotted
from migrate.facts.records import Call
from migrate.program.collections import views
from migrate.program.outside import declarations
from migrate.program.solving.combining import NOTHING, only, union
from migrate.program.solving.values import CommandLine, Items, LiteralOption, Located, TextMethod, Value

if TYPE_CHECKING:
    from migrate.program.solving.evaluate import Evaluator


def got(evaluator: Evaluator, base: Value, at: Located, method: TextMethod, call: Call) -> Value:
    """``base.get(key, default)``; where the key can be one that is not visible, under any."""
    keys = evaluator.evaluate(at.other(call.arguments[0].value))
    found = [evaluator.under(one, keys, method.base) for one in base.options if isinstance(one, Items)]
    names = [one.value for one in keys.options if isinstance(one, LiteralOption)]
    commands = [one for one in base.options if isinstance(one, CommandLine)]
    found += [
        evaluator.lookup(only(one), name) for one in commands for name in names if isinstance(name, str)
    ]
    found += [_default_of_get(evaluator, (base, keys), at, method, call) for _ in call.arguments[1:2]]
    return union([*found, base.doubt()])


def _default_of_get(
    evaluator: Evaluator, sides: tuple[Value, Value], at: Located, method: TextMethod, call: Call
) -> Value:
    """The default of ``mapping.get(key, default)``, which is never used where the mapping surely has the
    key."""
    (base, keys), (key, other) = sides, (one.value for one in call.arguments[:2])
    default = evaluator.evaluate(at.other(other))
    wholes = [evaluator.seen(one, method.base) for one in base.options if isinstance(one, Items)]
    if base.unknown or len(wholes) < len(base.options) or not wholes:
        return default
    there = set.intersection(*map(_sure_keys, wholes))
    exact = views.exact_keys(keys)
    if exact and exact <= there:
        return NOTHING
    same = bool(dotted(key)) and dotted(key) == dotted(other)
    kept = [one for one in default.options if not (isinstance(one, LiteralOption) and one.value in there)]
    return Value(tuple(kept), default.unknown) if same else default


def made_up(evaluator: Evaluator, items: Items, key: Value, at: Located) -> Value:
    """What a ``defaultdict`` makes for a key that it may not have; nothing of any other dict."""
    factory = evaluator.factories.get(items.home)
    if factory is None:
        return NOTHING
    exact = views.exact_keys(key)
    if exact and exact <= _sure_keys(evaluator.seen(items, at)):
        return NOTHING
    return declarations.called(evaluator, factory)


def _sure_keys(whole: Items) -> set[Scalar]:
    """The keys that a dict has whatever happens."""
    removed = {key for key, _ in whole.removed}
    return {one.key for one in whole.entries if not one.maybe and one.step is None} - removed
